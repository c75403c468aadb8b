import { describe, expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { loadFiles } from '../workspace/load-files.js'
import { expectMarks } from './marked.js'

const head = (kind: string, apiVersion = 'v1') => `{{- /* Made by hand. */ -}}
{{- if and .Values.monitoring.enabled
      (semverCompare ">=1.14.0-0" .Capabilities.KubeVersion.GitVersion) }}
apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: {{ printf "%s-%s" (include "worker.fullname" .) "jobs" | trunc 63 | trimSuffix "-" }}
  labels: {{- include "worker.labels" . | nindent 4 }}
  {{- with .Values.monitoring.labels }}
    {{- toYaml . | nindent 4 }}
  {{- end }}
`

test('rules of a chart: what stands there is checked, and what is filled in is not known', async () => {
  expect(await expectMarks({
    'chart/templates/rules.yaml': `${head('PrometheusRule', 'monitoring.coreos.com/v1')}spec:
  groups:
    - name: {{ include "worker.name" . }}
      {{- if .Values.slow }}
      interval: 5m
      {{- else }}
      interval: {{ .Values.interval }}
      {{- end }}
      rules:
{{- range .Values.queues }}
        - alert: Deep{{ .name | title }}
          expr: |-
            max(«unknown-metric:queue_dept»{queue="{{ .name }}"}) > {{ .max | default 100 }}
          for: {{ dig "Deep" "for" "10m" $.Values.rules }}
          labels:
            severity: {{ .severity | quote }}
{{ toYaml $.Values.rules.labels | indent 12 }}
          annotations:
            summary: {{\`{{ $labels.nothing }}\`}} in {{ "{{" }} $labels.queu {{ "}}" }}
{{- end }}
{{- if not .Values.rules.disabled }}
        - alert: Stuck
          expr: sum(rate(jobs_done_total{queue="mail"}[5m]) == 0«promql-syntax:»
        - alert: {{ .Values.prefix }}Idle
          expr: |
            sum(rate(jobs_done_total[5m]))
{{- if .Values.strict }}
              < 1
{{- else }}
              < 0.1
{{- end }}
        - alert: Chosen
          expr: {{ if .Values.total }}sum(jobs_done_total){{ else }}sum(rate({{ .Values.metric }}[5m])){{ end }} > 1
        - record: {{ .Values.prefix }}:jobs:rate
          expr: sum({{ .Values.filter }}) by (queue
        - alert: Recorded
          expr: app:jobs:rate > 1
{{- end }}
{{- end }}
`,
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'unclosed left parenthesis',
  ])
})

const dashboard = (uid: string, expr: string) => JSON.stringify({ ...dashboardWith(expr), uid, title: uid })

test('dashboards in ConfigMaps of a chart, one printed as it is', async () => {
  const filledIn = JSON.stringify({ ...dashboardWith('max(«unknown-metric:queue_dept»{namespace=~"{{ .Values.namespace }}"})'), uid: '{{ .Release.Name }}-queues', title: '{{ .Release.Name }}' }, null, 2)
    .replace(/"schemaVersion": \d+/, '"refresh": {{ .Values.refresh | quote }},\n  $&').replace(/\n(?= {2}"panels")/, '\n{{- if .Values.links }}\n  "links": [ {{ .Values.links | toJson }} ],\n{{- end }}\n')
  expect(await expectMarks({
    'chart/templates/dashboards.yaml': `${head('ConfigMap')}data:
  jobs.json: |-
    {{\`${dashboard('jobs', 'sum(«unknown-metric:jobs_don_total»{queue="mail"})').replace('"legendFormat":""', '"legendFormat":"{{queue}}"').replace('"tags":[', '"description": "Jobs – all", "timezone": "`}}{{ if .Values.utc }}utc{{ else }}{{ .Values.timezone }}{{ end }}{{`","tags":[')}\`}}
  queues.json: |
${filledIn.replace(/^(?!\{\{)/gm, '    ')}
{{- end }}
---
{{- with .Values.more }}
{{ toYaml . }}
{{- end }}
`,
  })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
  ])
})

test('uids are compared where nothing decides whether a dashboard is there', async () => {
  const file = (text: string) => ({ name: '{{ .Release.Name }}', json: text })
  const map = (name: string, ...uids: string[]) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-${name}\ndata:\n${uids.map((uid, i) => `  ${name}-${i}.json: |\n    ${file(dashboard(uid, 'max(queue_depth)')).json.replace(/"title":"[^"]*"/, `"title":"${name} ${i}"`)}\n`).join('')}`
  expect(await expectMarks({
    'chart/templates/a.yaml': map('a', 'one'),
    'chart/templates/b.yaml': map('b', 'one').replace('"uid":"one"', '"uid":«duplicate-uid:"one"»'),
    'chart/templates/c.yaml': `{{- if .Values.c }}\n${map('c', 'one')}{{- else }}\n---\n${map('c', 'one')}{{- end }}\n`,
  })).toEqual([
    'uid "one" is already used by "a 0": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
  ])
})

describe('what cannot be read without Helm is told', () => {
  test.each([
    ['a list that a template makes', `${head('PrometheusRule', 'monitoring.coreos.com/v1')}spec:\n  groups:\n    - name: a\n      rules: {{ if .Values.x }}\n        - alert: A\n          expr: up == 0\n      {{ end }}\n{{- end }}\n`, true],
    ['a key by halves', `${head('PrometheusRule', 'monitoring.coreos.com/v1')}spec:\n  groups:\n    - name: a\n      rules:\n        - alert: A\n          expr: up == 0\n        {{ if .Values.x }}labels:\n            a: b\n          {{ end }}: x\n{{- end }}\n`, false],
  ])('%s', async (_, text, isRead) => {
    const { workspace } = await loadFiles({ 'chart/templates/rules.yaml': text })
    expect({ unread: workspace.unread, alerts: workspace.alertingRules.map(({ alert }) => alert), problems: workspace.files.flatMap(({ problems }) => problems) }).toEqual(isRead
      ? { unread: [], alerts: ['A'], problems: [] }
      : { unread: [{ form: 'Helm template', path: 'chart/templates/rules.yaml' }], alerts: [], problems: [] })
  })
})
