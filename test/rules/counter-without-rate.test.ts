import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const rules = (...exprs: string[]) => `groups:\n  - name: jobs\n    rules:\n${exprs.map((expr, i) => `      - alert: A${i}\n        expr: ${JSON.stringify(expr)}\n`).join('')}`
const lint = (...exprs: string[]) => lintLines('counter-without-rate', { 'rules.yml': rules(...exprs), 'src/metrics.ts': producer })

test('finds counters that an alert compares with a number', async () => {
  expect(await lint('jobs_done_total > 100', 'sum by (kind) (jobs_done_total{status="failed"}) >= 5', '(jobs_done_total == 1)')).toEqual([
    'rules.yml:5:32 warning «>» A counter only rises and starts anew with its program: once this is true it stays so until then. Compare increase() or rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
    'rules.yml:9:33 error «==» A counter only rises and starts anew with its program: it has this value once. Compare increase() or rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
  ])
})

test('is silent on rates, on gauges, on guards and on what only a name calls a counter', async () => {
  expect(await lint(
    'rate(jobs_done_total[5m]) > 1', 'jobs_queued > 100', 'jobs_done_total > 0', 'jobs_done_total > 5 and jobs_queued > 1', 'jobs_done_total - jobs_done_total offset 10m >= 1', 'elsewhere_total > 100',
  )).toEqual([])
  expect(await lintLines('counter-without-rate', { 'd.json': dashboardWith('jobs_done_total > 100'), 'src/metrics.ts': producer })).toEqual([])
})

const panel = (expr: string, unit: string, more: object = {}) => lintLines('counter-without-rate', {
  'd.json': {
    uid: 'd', title: 'D', tags: ['d'], schemaVersion: 39, templating: { list: [] },
    panels: [{
      id: 1, type: 'timeseries', title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' },
      targets: [{ refId: 'A', expr }], fieldConfig: { defaults: { unit }, overrides: [] }, ...more,
    }],
  },
  'src/metrics.ts': producer,
})

test('finds counters that a panel shows as something per second', async () => {
  expect([
    ...await panel('sum by (kind) (jobs_done_total{kind="$kind"})', 'Bps'),
    ...await panel('topk(5, jobs_done_total) * 8', 'ops'),
  ]).toEqual([
    'd.json:23:20 warning «sum by (kind) (jobs_done_total{kind=\\"$kind\\"})» The panel shows bytes per second ("Bps"), and this is what a counter has come to since its program started. Show rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
    'd.json:23:20 warning «topk(5, jobs_done_total) * 8» The panel shows operations per second ("ops"), and this is what a counter has come to since its program started. Show rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
  ])
})

test('is silent on counters that are shown as what they are, and where the panel makes something else of them', async () => {
  expect([
    await panel('jobs_done_total', 'short'),
    await panel('rate(jobs_done_total[5m])', 'ops'),
    await panel('jobs_done_total - jobs_done_total offset 5m', 'ops'),
    await panel('jobs_queued', 'ops'),
    await panel('elsewhere_total', 'ops'),
    await panel('jobs_done_total', 'ops', { transformations: [{ id: 'calculateField', options: {} }] }),
    await panel('jobs_done_total', 'ops', { type: 'stat', options: { reduceOptions: { calcs: ['diff'] } } }),
  ].flat()).toEqual([])
})
