import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const rules = (...exprs: string[]) => `groups:\n  - name: jobs\n    rules:\n${exprs.map((expr, i) => `      - alert: A${i}\n        expr: ${JSON.stringify(expr)}\n`).join('')}`
const lint = (...exprs: string[]) => lintLines('alert-never-fires', { 'rules.yml': rules(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })

test('finds comparisons that no value passes', async () => {
  expect(await lint(
    'count(up) == 0',
    'rate(jobs_done_total[5m]) < 0',
    'sum(up == 0) > 0',
    '1 < up',
    'absent(jobs_queued) > 1',
    'clamp_max(jobs_queued, 10) > 100',
  )).toEqual([
    'rules.yml:5:26 error «==» This alert never fires: "count(up)" is 1 or more, "0" is 0, and no such values pass "==". A count of no series is no series and not 0: use absent()',
    'rules.yml:7:42 error «<» This alert never fires: "rate(jobs_done_total[5m])" is 0 or more, "0" is 0, and no such values pass "<"',
    'rules.yml:9:29 error «>» This alert never fires: "sum(up == 0)" is 0, "0" is 0, and no such values pass ">"',
    'rules.yml:11:18 error «<» This alert never fires: "1" is 1, "up" is between 0 and 1, and no such values pass "<"',
    'rules.yml:13:36 error «>» This alert never fires: "absent(jobs_queued)" is 1, "1" is 1, and no such values pass ">"',
    'rules.yml:15:43 error «>» This alert never fires: "clamp_max(jobs_queued, 10)" is 10 or less, "100" is 100, and no such values pass ">"',
  ])
})

test('finds matchers that exclude each other, and what yields nothing at all', async () => {
  expect(await lint('jobs_queued{job="producer", job=""} > 1', 'jobs_queued{job=""} > 1', 'topk(0, jobs_queued)', 'absent(vector(1))')).toEqual([
    'rules.yml:5:46 error «job=\\"\\"» This alert never fires: "job="producer"" and "job=""" exclude each other',
    'rules.yml:7:28 error «job=\\"\\"» This alert never fires: every series has the label "job", and "job=""" asks for those without',
    'rules.yml:9:16 error «topk(0, jobs_queued)» This alert never fires: "topk(0, jobs_queued)" never yields anything',
    'rules.yml:11:16 error «absent(vector(1))» This alert never fires: "absent(vector(1))" never yields anything',
  ])
})

test('reads through recording rules', async () => {
  expect(await lintLines('alert-never-fires', {
    'src/metrics.ts': producer,
    'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: jobs:down\n        expr: count(up == 0)\n      - alert: A\n        expr: jobs:down == 0\n',
  })).toEqual([
    'rules.yml:7:25 error «==» This alert never fires: "jobs:down" is 1 or more, "0" is 0, and no such values pass "=="',
  ])
})

test('is silent where one branch can be true, and on what may be so', async () => {
  expect(await lint(
    '(count(up == 0) or vector(0)) < 1',
    'jobs_queued < 0',
    'delta(jobs_queued[5m]) < 0',
    'deriv(jobs_done_total[5m]) < 0',
    'count(up) < 2',
    'up != 1',
    'elsewhere_total < 0',
    'vector(1)',
  )).toEqual([])
})

test('is silent on what other rules tell, and on dashboards', async () => {
  expect(await lint('jobs_done_total{nope="x"} > 1', 'jobs_done_total{status="lost"} > 1', 'sum by (kind) (jobs_done_total) / sum(jobs_done_total) > 1')).toEqual([])
  expect(await lintLines('alert-never-fires', { 'd.json': dashboardWith('count(up) == 0'), 'src/metrics.ts': producer })).toEqual([])
})
