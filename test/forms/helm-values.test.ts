import { expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { loadFiles } from '../workspace/load-files.js'
import { expectMarks } from './marked.js'

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by))
const dashboard = (uid: string, expr: string) => JSON.stringify({ ...dashboardWith(expr), uid, title: uid }, null, 2)

const values = `kube-prometheus-stack:
  additionalPrometheusRulesMap:
    jobs:
      additionalLabels: { team: a }
      groups:
        - name: jobs
          rules:
            - alert: Deep
              expr: max(«unknown-metric:queue_dept») > 100
              «rule-file-schema:anotations»: {}
  additionalPrometheusRules:
    - name: more
      groups:
        - name: more
          rules:
            - record: queue:jobs:rate
              expr: sum by (queue) (rate(jobs_done_total[5m])«promql-syntax:»
  prometheus:
    prometheusSpec:
      externalLabels: { cluster: a }
      additionalScrapeConfigs:
        - job_name: worker
          static_configs: [{ targets: ['worker:9100'] }]
  grafana:
    dashboardProviders:
      dashboardproviders.yaml:
        apiVersion: 1
        providers: [{ name: default, orgId: 1, type: file, options: { path: /var/lib/grafana/dashboards/default } }]
    datasources:
      datasources.yaml:
        apiVersion: 1
        datasources: [{ name: Prometheus, uid: prometheus, type: prometheus, access: proxy, url: 'http://prometheus' }]
    dashboards:
      default:
        jobs:
          json: |
${indented(dashboard('jobs', 'sum(«unknown-metric:jobs_don_total»{queue="mail"})'), 12)}
        again:
          json: |
${indented(dashboard('other', 'max(queue_depth)').replace('"other"', '«duplicate-uid:"jobs"»').replace('"uid": "prometheus"', '"uid": «unknown-datasource:"promethius"»'), 12)}
        node:
          gnetId: 1860
metrics:
  prometheusRule:
    enabled: true
    rules:
      - alert: Stuck
        enabled: true
        expr: max(«unknown-metric:queue_deepth»{job="{{ .Release.Name }}"}) > 1
        annotations:
          summary: '{{ printf "%f" $value }}'
extraObjects:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: '{{ .Release.Name }}-rules' }
    data:
      rules.yml: |
        groups:
          - name: held
            rules:
              - alert: Held
                expr: «unknown-metric:jobs_dome_total» > 1
`

const messages = [
  'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
  'unknown key "anotations" in "rules[0]". Did you mean "annotations"?',
  'unclosed left parenthesis',
  'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
  'uid "jobs" is already used by "jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
  'No datasource "promethius" is provisioned. Did you mean "prometheus"?',
  'No producer exposes "queue_deepth". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
  'No producer exposes "jobs_dome_total"',
]

test('values for the charts of Prometheus and Grafana, for others, and resources in them', async () => {
  expect(await expectMarks({ 'deploy/values-prod.yaml': values })).toEqual(messages)
})

test('values in a HelmRelease', async () => {
  expect(await expectMarks({
    'deploy/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: monitoring }
spec:
  chart: { spec: { chart: kube-prometheus-stack } }
  values:
${indented(values, 4)}`,
  })).toEqual(messages)
})

test('values in an Application of Argo CD, as text and as an object', async () => {
  const rules = `additionalPrometheusRulesMap:
  jobs:
    groups:
      - name: jobs
        rules:
          - alert: Deep
            expr: max(«unknown-metric:queue_dept») > 100
`
  expect(await expectMarks({
    'deploy/app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: monitoring }
spec:
  source:
    helm:
      values: |
${indented(rules, 8)}  sources:
    - helm:
        valuesObject:
${indented(rules, 10)}`,
  })).toEqual([messages[0], messages[0]])
})

test('the prometheus chart has rules and a configuration, to which it adds more', async () => {
  const { workspace } = await loadFiles({
    'values.yaml': `serverFiles:
  alerting_rules.yml:
    groups: [{ name: a, rules: [{ alert: A, expr: up == 0 }] }]
  rules: {}
  prometheus.yml:
    scrape_configs:
      - job_name: prometheus
        static_configs: [{ targets: ['localhost:9090'] }]
`,
  })
  expect({
    alerts: workspace.alertingRules.map(({ alert }) => alert),
    configs: workspace.prometheusConfigs.map(({ unread, scrapeJobs }) => ({ unread, scrapeJobs })),
    unread: workspace.unread,
  }).toEqual({ alerts: ['A'], configs: [{ unread: true, scrapeJobs: [] }], unread: [] })
})

test('two files of values are for two installations, and other YAML with such keys is none', async () => {
  const one = `grafana:\n  dashboards:\n    default:\n      jobs:\n        json: |\n${indented(dashboard('jobs', 'max(queue_depth)'), 10)}\n`
  expect(await expectMarks({
    'values-a.yaml': one,
    'values-b.yaml': one,
    'pipeline.yaml': 'jobs:\n  rules:\n    - { alert: x, expr: "a b" }\nsteps:\n  groups:\n    - { name: a, rules: [{ alert: x, expr: "a b" }] }\n',
  })).toEqual([])
})

const alerting = (version: string) => `grafana:
  alerting:
    rules.yaml:
${version}      groups:
        - orgId: 1
          name: jobs
          folder: Jobs
          interval: 1m
          rules:
            - uid: deep
              title: Deep
              condition: «grafana-alert-expression:C»
              data:
                - refId: A
                  datasourceUid: prometheus
                  model: { refId: A, expr: 'max(«unknown-metric:queue_dept»)', instant: true }
              annotations:
                summary: '{{ \`{{ $labels.queue }}\` }} of {{ .Release.Name }}'
              notification_settings:
                receiver: «unknown-receiver:teem»
    contactpoints.yaml:
      secret:
${version.replace(/^(?=.)/gm, '  ')}        contactPoints:
          - orgId: 1
            name: team
            receivers: [{ uid: t, type: webhook, settings: { url: 'http://team' } }]
    policies.yaml:
${version}      policies:
        - orgId: 1
          receiver: «unknown-receiver:taem»
  datasources:
    datasources.yaml:
      apiVersion: 1
      datasources: [{ name: Prometheus, uid: prometheus, type: prometheus, access: proxy, url: 'http://prometheus' }]
`

test("Grafana's alerting in the values of its chart, with and without a version", async () => {
  const expected = [
    'Grafana cannot evaluate this rule: the condition is "C", and no query or expression of this rule has that refId. There is: A',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'No contact point "teem" is provisioned. There is: "team".',
    'No contact point "taem" is provisioned. Did you mean "team"?',
  ]
  expect(await expectMarks({ 'values.yaml': alerting('') })).toEqual(expected)
  expect(await expectMarks({ 'values.yaml': alerting('      apiVersion: 1\n') })).toEqual(expected)
})

test('rules of one uid in the values of two installations', async () => {
  const rules = (second: string) => `alerting:
  rules.yaml:
    groups:
      - name: jobs
        folder: Jobs
        interval: 1m
        rules:
          - { uid: deep, title: Deep, condition: A, data: [{ refId: A, datasourceUid: prometheus, model: { refId: A, expr: max(queue_depth) > 9, instant: true } }] }
          - { uid: ${second}, title: Deeper, condition: A, data: [{ refId: A, datasourceUid: prometheus, model: { refId: A, expr: max(queue_depth) > 99, instant: true } }] }
`
  expect(await expectMarks({ 'values-a.yaml': rules('deeper'), 'values-b.yaml': rules('deeper') })).toEqual([])
  expect(await expectMarks({ 'values-a.yaml': rules('«duplicate-alert-uid:deep»'), 'values-b.yaml': rules('other') })).toEqual([
    'uid "deep" is already used by "Deep": Grafana keeps one rule of a uid, so that the second replaces the first',
  ])
})

test('values of another name are told by keys that only these charts have', async () => {
  const rules = `prometheus:
  prometheusSpec:
    retention: 15d
customRules:
  jobs:
    groups:
      - name: jobs
        rules:
          - alert: Deep
            expr: max(«unknown-metric:queue_dept») > 100
`
  expect(await expectMarks({ 'clusters/a/monitoring.yaml': rules })).toEqual(['No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?'])
  expect(await expectMarks({ 'clusters/a/monitoring.yaml': rules.replace('prometheusSpec', 'spec').replace(/«[^:]*:([^»]*)»/, '$1') })).toEqual([])
})
