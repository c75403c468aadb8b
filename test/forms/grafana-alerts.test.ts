import { expect, test } from 'vitest'
import { coverageOf } from '../../src/lint/coverage.js'
import { usageOf } from '../../src/workspace/usage.js'
import { lintLines, loadFiles } from '../rules/lint-files.js'
import { alertFile, expression, query } from '../rules/grafana-alert-files.js'
import { expectMarks, producer } from './marked.js'

const datasources = `apiVersion: 1
datasources:
  - name: Prometheus
    type: prometheus
    uid: prometheus
    url: http://prometheus:9090
`

test('rules that Grafana is provisioned with', async () => {
  expect(await expectMarks({
    'grafana/provisioning/datasources/all.yml': datasources,
    'grafana/provisioning/alerting/rules.yml': `apiVersion: 1
groups:
  - orgId: 1
    name: jobs
    folder: Jobs
    interval: 1m
    rules:
      - uid: stuck
        title: Stuck
        condition: C
        data:
          - refId: A
            relativeTimeRange: { from: 600, to: 0 }
            datasourceUid: prometheus
            model:
              expr: >-
                sum by (queue) (
                  rate(«unknown-metric:jobs_don_total»[$__rate_interval]))
          - refId: B
            datasourceUid: __expr__
            model: { type: reduce, expression: A, reducer: last }
          - refId: C
            datasourceUid: __expr__
            model: { type: threshold, expression: B, conditions: [{ evaluator: { type: lt, params: [0.1] } }] }
        for: 5m
        labels:
          severity: page
        annotations:
          summary: Nothing is done in {{ $labels.queue }}, {{ $values.B.Value | humanize }}
      - uid: deep
        title: Deep
        condition: C
        data:
          - refId: A
            datasourceUid: «unknown-datasource:prometheos»
            model:
              datasource: { type: prometheus }
              instant: true
              expr: max by (queue) (queue_depth
                > 5«promql-syntax:»
          - refId: C
            datasourceUid: -100
            model: { type: math, expression: '$A > 100 && \${«grafana-alert-expression:B»} > 1' }
      - uid: «duplicate-alert-uid:stuck»
        title: Slow
        condition: «grafana-alert-expression:A»
        data:
          - refId: A
            datasourceUid: prometheus
            model: { expr: 'rate(jobs_done_total{queue="«unknown-label-value:male»"}[5m])' }
`,
    'grafana/provisioning/alerting/late.yml': `groups:
  - name: late
    folder: Jobs
    interval: «grafana-alert-schema:60»
    rules:
      - uid: late
        title: Late
        condition: A
        noDataState: «grafana-alert-schema:Ok»
        data:
          - refId: A
            datasourceUid: prometheus
            model: { instant: true, expr: max(queue_depth) > 9 }
        labels:
          queue: "{{ «grafana-alert-template:$labels».queue }}"
          level: "{{ $$values.A.Value }}"
        annotations:
          summary: "{{ $labels.«unavailable-label:queue» }} has {{ $values.«grafana-alert-template:B».Value }}: {{ «grafana-alert-template:$value» | humanize }}"
---
«grafana-alert-schema:a»piVersion: 1
groups: []
deleteRules: []
`,
  })).toEqual([
    'this is no duration that Grafana reads here, such as "5m" or "1h30m"',
    '"noDataState" is one of "NoData", "Alerting", "OK", "KeepLast"',
    'In labels Grafana takes "$labels" for an environment variable, before it reads the template: write "$$labels"',
    'This prints nothing: the result has no label "queue": "max" drops it.',
    'This prints "[no value]": no query or expression of this rule has the refId "B"',
    'Grafana cannot expand this text, and sends it as it is written: error calling humanize: can\'t convert string to float. "$value" is a text in Grafana; a number is "$values.B.Value", for the expression "B"',
    'Grafana reads the first document of a file only: nothing of this one is loaded',
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'No datasource with the uid "prometheos" is provisioned. Did you mean "prometheus"?',
    'unclosed left parenthesis',
    'Grafana cannot evaluate this rule: no query or expression of this rule has the refId "B". There is: A, C',
    'uid "stuck" is already used by "Stuck": Grafana keeps one rule of a uid, so that the second replaces the first',
    'Grafana cannot evaluate this rule: the condition "A" is a time series, and Grafana alerts on single values only: reduce it first, or make its query instant',
    'Label "queue" of "jobs_done_total" (counter, src/metrics.ts:3) is never "male". It is one of: "mail".',
  ])
})

test('what the Grafana operator keeps, and what the API answers with', async () => {
  expect(await expectMarks({
    'k8s/alerts.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaAlertRuleGroup
metadata:
  name: jobs
spec:
  folderRef: jobs
  interval: 5m
  rules:
    - uid: deep
      title: Deep
      condition: B
      data:
        - refId: A
          datasourceUid: prometheus
          model: { datasource: { type: prometheus }, expr: «unknown-metric:queue_dept» }
        - refId: B
          datasourceUid: __expr__
          model: { type: classic_conditions, conditions: [{ evaluator: { params: [5], type: gt }, operator: { type: and }, query: { params: [A] }, reducer: { type: max } }] }
      annotations:
        summary: '{{ $labels.«grafana-alert-template:queue» }} {{ $values.B0 }}'
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaContactPoint
metadata: { name: mail }
spec: { name: mail, type: email, settings: { addresses: a@example.org } }
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaNotificationPolicy
metadata: { name: all }
spec:
  route: { receiver: grafana-default-email, routes: [{ receiver: «unknown-receiver:mial» }] }
`,
    'export.json': JSON.stringify([{
      uid: 'deep', title: 'Deep', ruleGroup: 'jobs', condition: 'A',
      data: [{ refId: 'A', datasourceUid: 'prometheus', model: { instant: true, expr: '«unknown-metric:queue_dept» > 1' } }],
    }]),
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'This prints "[no value]": a classic condition results in one value without labels',
    'No contact point "mial" is provisioned. Did you mean "mail"?',
  ])
})

test('contact points, policies, mute timings and templates', async () => {
  expect(await expectMarks({
    'provisioning/alerting/contact-points.yaml': `apiVersion: 1
contactPoints:
  - name: team
    receivers:
      - uid: team
        type: slack
        settings: { url: $SLACK_URL, title: '{{ template "«unknown-receiver:team.titel»" . }} {{ template "slack.default.text" . }}', text: '{{ template "team.title" . }}' }
      - «grafana-alert-schema:uid: mail
        type: email»
muteTimes:
  - name: nights
templates:
  - name: team
    template: '{{ define "team.title" }}Jobs{{ end }}'
`,
    'provisioning/alerting/policies.json': `{
  "apiVersion": 1,
  "policies": [{
    "receiver": "«unknown-receiver:teem»",
    "routes": [{ "receiver": "grafana-default-email", "mute_time_intervals": ["nights", "«unknown-receiver:nigths»"] }]
  }]
}
`,
  })).toEqual([
    'No template "team.titel" is provisioned. Did you mean "team.title"?',
    '"receivers[1]" lacks "settings"',
    'No contact point "teem" is provisioned. There is: "team".',
    'No mute timing "nigths" is provisioned. Did you mean "nights"?',
  ])
})

test('LogQL, SQL and a rule for another Grafana stay alone', async () => {
  await expectMarks({
    'grafana/provisioning/alerting/logs.yml': `apiVersion: 1
groups:
  - name: logs
    folder: Jobs
    interval: 1m
    rules:
      - uid: errors
        title: Errors
        condition: A
        data:
          - refId: A
            datasourceUid: loki
            model: { expr: 'count_over_time({job="worker"} |= "error" [5m])' }
          - refId: B
            datasourceUid: main
            model: { datasource: { type: mysql }, rawSql: select 1, expr: 'select' }
`,
    'other/provisioning/alerting/logs.yml': `apiVersion: 1
deleteRules:
  - uid: errors
groups:
  - name: jobs
    folder: Jobs
    interval: 1m
    rules:
      - uid: errors
        title: Jobs
        condition: A
        data: [{ refId: A, datasourceUid: p, model: { datasource: { type: prometheus }, instant: true, expr: queue_depth > 4 } }]
`,
  })
})

const deep = alertFile(`uid: deep\ntitle: Deep\ncondition: B\ndata:\n${query('A', 'max(queue_depth{queue="mail"})')}\n${expression('B', 'type: reduce, expression: A, reducer: last')}`)

test('they are consumers: in the coverage and in the usage', async () => {
  const workspace = await loadFiles({ 'src/metrics.ts': producer, 'provisioning/alerting/a.yml': deep })
  expect(coverageOf(workspace).consumers).toEqual([
    { file: 'provisioning/alerting/a.yml', selectors: { total: 1, proved: 1, refuted: 0, unverified: 0 }, unverified: [] },
  ])
  expect(usageOf(workspace).consumers.map(({ kind, name, file, uses }) => ({ kind, name, file, series: uses.map(({ series }) => series) }))).toEqual([
    { kind: 'alerting-rule', name: 'alert "Deep" in group "jobs"', file: 'provisioning/alerting/a.yml', series: [{ parts: ['queue_depth'] }] },
  ])
})

test('alert lists know their titles, and dashboards what they record', async () => {
  const recording = alertFile(`uid: r\ntitle: R\nrecord: { metric: 'queue:depth:max', from: A }\ndata:\n${query('A', 'max(queue_depth)', ', instant: true')}`)
  const files = {
    'src/metrics.ts': producer,
    'provisioning/alerting/a.yml': deep,
    'provisioning/alerting/r.yml': recording,
    'jobs.json': {
      uid: 'jobs', title: 'Jobs', schemaVersion: 39,
      panels: [
        { id: 1, type: 'alertlist', title: 'Firing', options: { alertName: 'Deep' } },
        { id: 2, type: 'alertlist', title: 'Firing', options: { alertName: 'Deeep' } },
        { id: 3, type: 'stat', title: 'Depth', datasource: { type: 'prometheus', uid: 'p' }, targets: [{ refId: 'A', expr: 'queue:depth:max' }, { refId: 'B', expr: 'queue:depth:min' }] },
      ],
    },
  }
  expect(await lintLines('unknown-alert', files)).toEqual(['jobs.json:19:23 error «Deeep» No rule file defines an alert "Deeep". Did you mean "Deep"?'])
  expect(await lintLines('unknown-metric', files)).toEqual([
    'jobs.json:37:20 error «queue:depth:min» No producer exposes "queue:depth:min". Did you mean "queue:depth:max" (recorded, provisioning/alerting/r.yml:9)?',
  ])
})
