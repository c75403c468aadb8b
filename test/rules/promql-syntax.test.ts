import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

test('points at the place inside the JSON string, past its escapes', async () => {
  expect(await lintLines('promql-syntax', { 'jobs.json': dashboardWith('sum by status (x{a="b\\"c"})', 'rate(x)', 'x{a="1",, b="2"}') })).toEqual([
    'jobs.json:20:27 error «status» unexpected identifier "status" in grouping opts, expected "("',
    'jobs.json:35:25 error «x» expected type range vector in call to function "rate", got instant vector',
    'jobs.json:50:30 error «,» unexpected "," in label matching, expected identifier or "}"',
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

test('only warns where VictoriaMetrics runs, which takes more than PromQL', async () => {
  expect(await lintLines('promql-syntax', {
    'jobs.json': dashboardWith('topk_last(3, jobs_queued)'),
    'compose.yml': 'services:\n  metrics:\n    image: victoriametrics/victoria-metrics:v1.100.0\n',
  })).toEqual([
    'jobs.json:20:20 warning «topk_last» unknown function with name "topk_last" (in PromQL; VictoriaMetrics, which runs here, may take it)',
  ])
})
