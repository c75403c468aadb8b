import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const rules = (...exprs: string[]) => `groups:\n  - name: jobs\n    rules:\n${exprs.map((expr, i) => `      - alert: A${i}\n        expr: ${JSON.stringify(expr)}\n`).join('')}`
const lint = (...exprs: string[]) => lintLines('counter-without-rate', { 'rules.yml': rules(...exprs), 'src/metrics.ts': producer })

test('finds counters that an alert compares with a number', async () => {
  expect(await lint('jobs_done_total > 100', 'sum by (kind) (jobs_done_total{status="failed"}) >= 5', '(jobs_done_total == 1)')).toEqual([
    'rules.yml:5:32 warning «>» A counter only rises and starts anew with its program: once this is true it stays so until then. Compare increase() or rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
    'rules.yml:9:33 warning «==» A counter only rises and starts anew with its program: it has this value once. Compare increase() or rate() of it ("jobs_done_total", counter, src/metrics.ts:3)',
  ])
})

test('is silent on rates, on gauges, on guards and on what only a name calls a counter', async () => {
  expect(await lint(
    'rate(jobs_done_total[5m]) > 1', 'jobs_queued > 100', 'jobs_done_total > 0', 'jobs_done_total > 5 and jobs_queued > 1', 'jobs_done_total - jobs_done_total offset 10m >= 1', 'elsewhere_total > 100',
  )).toEqual([])
  expect(await lintLines('counter-without-rate', { 'd.json': dashboardWith('jobs_done_total > 100'), 'src/metrics.ts': producer })).toEqual([])
})
