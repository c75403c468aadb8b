import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

test('points at the place inside the JSON string, past its escapes', async () => {
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith('sum by status (x{a="b\\"c"})', 'rate(x)', 'x{a="1",, b="2"}') })).toEqual([
    'jobs.json:20:27 error «status» unexpected identifier "status" in grouping opts, expected "("',
    'jobs.json:35:25 error «x» expected type range vector in call to function "rate", got instant vector',
    'jobs.json:50:30 error «,» unexpected "," in label matching, expected identifier or "}"',
  ])
})

test('tells what is meant by a grouping that belongs to nothing', async () => {
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith('rate(x[5m]) by (job)', 'topk(3, rate(x[5m]) without (job))', 'sum by by (x)') })).toEqual([
    'jobs.json:20:32 error «by» unexpected <by> (only aggregations have "by", as in "sum by (job) (…)")',
    'jobs.json:35:40 error «without» unexpected <without> in aggregation (only aggregations have "without", as in "sum without (job) (…)")',
    'jobs.json:50:27 error «by» unexpected <by> in grouping opts, expected "("',
  ])
})

test('points at the place inside a YAML block scalar', async () => {
  expect(await lintLines('promql-syntax', {
    'alerts.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: A\n        expr: >-\n          rate(x[5m])\n            / on ()) y\n',
  })).toEqual(['alerts.yml:7:21 error « y» unexpected right parenthesis \')\''])
})

test('only reads as PromQL what goes to Prometheus', async () => {
  const target = (datasource: unknown) => ({ ...dashboardWith(), panels: [{ id: 1, type: 'logs', datasource, targets: [{ refId: 'A', expr: '{app="x"} |= "error"' }] }] })
  expect(await lintLines('promql-syntax', {
    'loki.json': target({ type: 'loki', uid: 'l' }),
    'variable.json': { ...target({ uid: '${ds}' }), templating: { list: [{ name: 'ds', type: 'datasource', query: 'loki' }] } },
    'unknown.json': target(null),
  })).toEqual([])
  expect(await lintLines('promql-syntax', {
    'variable.json': { ...target({ uid: '${ds}' }), templating: { list: [{ name: 'ds', type: 'datasource', query: 'prometheus' }] } },
  })).toHaveLength(1)
})

test('leaves alone what only MetricsQL has where VictoriaMetrics runs', async () => {
  const exprs = ['topk_last(3, jobs_queued)', 'sum(increase(jobs_done_total))', 'jobs_queued default 0', 'WITH (f = {job="a"}) sum(jobs_queued{f})', 'sum(jobs_queued', 'summ(jobs_queued)']
  const compose = (image: string) => `services:\n  metrics:\n    image: ${image}\n`
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith(...exprs), 'compose.yml': compose('victoriametrics/victoria-metrics:v1.100.0') })).toEqual([
    'jobs.json:80:35 error «» unclosed left parenthesis',
    'jobs.json:95:20 error «summ» unknown function with name "summ"',
  ])
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith(...exprs), 'compose.yml': compose('prom/prometheus') })).toHaveLength(exprs.length)
  const rule = 'apiVersion: operator.victoriametrics.com/v1beta1\nkind: VMRule\nmetadata: { name: jobs }\nspec:\n  groups:\n    - name: jobs\n      rules: [{ record: jobs_all, expr: sum(jobs_queued) }]\n'
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith(...exprs), 'rules.yaml': rule })).toHaveLength(2)
})

test('says what a query to Prometheus is that is written in LogQL', async () => {
  expect(await lintLines('promql-syntax', { 'logs.json': dashboardWith('{job="gateway"} |= "ERROR" | json') })).toEqual([
    "logs.json:20:38 error «|= \\\"ERROR\\\" | json» unexpected character: '|' (this is LogQL, and the query goes to Prometheus)",
  ])
})

test('reads around what Helm and Ansible fill in, and says nothing where that cannot be done', async () => {
  const rules = (...exprs: string[]) => `groups:\n  - name: jobs\n    rules:\n${exprs.map((expr, i) => `      - { alert: A${i}, expr: '${expr}' }\n`).join('')}`
  expect(await lintLines('promql-syntax', {
    'chart/Chart.yaml': 'name: jobs\n',
    'chart/files/rules.yaml': rules(
      'jobs_queued{namespace="{{ .Release.Namespace }}"} > {{ .Values.limit }}',
      'rate(jobs_done_total[{{ .Values.window }}]) > {{ limit | default(5) }}',
      '{{ include "jobs.expr" . }} {{ .Values.operator }} 5',
      'jobs_queued{{ .Values.selector }} > > 5',
      'jobs_queued > {{ $labels.limit }}',
      'jobs_queued{{job="a"}}',
      'rate(jobs_done_total[5m]',
    ),
  })).toEqual([
    "chart/files/rules.yaml:8:44 error «{ $labels.limit }}» unexpected left brace '{'",
    "chart/files/rules.yaml:9:41 error «{job=\"a\"}}» unexpected left brace '{'",
    'chart/files/rules.yaml:10:53 error «» unclosed left parenthesis',
  ])
})

test("reads around what Terraform's templatefile fills in", async () => {
  const files = (call: string) => ({
    'main.tf': `locals {\n  jobs = ${call}\n}\n`,
    'dashboards/jobs.json': dashboardWith('rate(jobs_done_total{kind="${var.kind}", pod=~"$${pod}"}[${join("", [5, "m"])}])', 'rate(jobs_done_total{kind="${kind}"}[$${__rate_interval}])'),
  })
  expect(await lintLines('promql-syntax', files('templatefile("dashboards/jobs.json", {})'))).toEqual([])
  expect(await lintLines('promql-syntax', files('file("dashboards/jobs.json")'))).toEqual([
    "dashboards/jobs.json:20:81 error «${join(\\\"\\\", [5, \\\"m\\\"])}])» unexpected character in duration expression: '$'",
    "dashboards/jobs.json:35:59 error «$${__rate_interval}])» unexpected character in duration expression: '$'",
  ])
})
