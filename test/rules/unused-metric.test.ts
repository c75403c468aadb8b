import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('unused-metric', { 'jobs.json': dashboardWith(...exprs), 'src/metrics.ts': producer })

test('is off by default', () => {
  expect(rules.find(({ name }) => name === 'unused-metric')?.severity).toBe('off')
})

test('reports each metric of the code that no query reads', async () => {
  expect(await lint('rate(jobs_duration_seconds_sum[5m])')).toEqual([
    "src/metrics.ts:3:41 warning «'jobs_done_total'» No dashboard and no rule reads \"jobs_done_total\"",
    "src/metrics.ts:5:41 warning «'jobs_queued'» No dashboard and no rule reads \"jobs_queued\"",
  ])
})

test('an alert, a regular expression and a variable in a name read metrics too', async () => {
  expect(await lintLines('unused-metric', {
    'jobs.json': dashboardWith('{__name__=~"jobs_queue.*"}', 'rate(jobs_${what}_seconds_count[5m])'),
    'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: NoJobs\n        expr: rate(jobs_done_total[5m]) == 0\n',
    'src/metrics.ts': producer,
  })).toEqual([])
})

test('is silent where a query may read any metric', async () => {
  expect(await lint('$metric')).toEqual([])
  expect(await lint('sum($query)')).toEqual([])
  expect(await lint('rate($metric[5m])')).toEqual([])
  expect(await lint('{job="producer"}')).toEqual([])
})

test('a variable that is compared with is no query', async () => {
  expect(await lint('rate(jobs_duration_seconds_sum[5m]) + jobs_queued > $threshold')).toEqual([
    "src/metrics.ts:3:41 warning «'jobs_done_total'» No dashboard and no rule reads \"jobs_done_total\"",
  ])
})
