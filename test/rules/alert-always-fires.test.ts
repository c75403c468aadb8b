import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const rules = (...exprs: string[]) => `groups:\n  - name: jobs\n    rules:\n${exprs.map((expr, i) => `      - alert: A${i}\n        expr: ${JSON.stringify(expr)}\n`).join('')}`
const lint = (...exprs: string[]) => lintLines('alert-always-fires', { 'rules.yml': rules(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })

test('finds comparisons that yield 0 or 1', async () => {
  expect(await lint('up == bool 0', '(rate(jobs_done_total[5m]) > bool 10)')).toEqual([
    'rules.yml:5:19 warning «==» This alert always fires: with "bool" the comparison yields 0 or 1 and leaves no series out, and an alert fires for each series, whatever its value: leave "bool" out',
    'rules.yml:7:43 warning «>» This alert always fires: with "bool" the comparison yields 0 or 1 and leaves no series out, and an alert fires for each series, whatever its value: leave "bool" out',
  ])
})

test('finds conditions that every value passes', async () => {
  expect(await lint('up >= 0', 'sum(jobs_done_total) >= 0', '2 > up', 'up != 2')).toEqual([
    'rules.yml:5:19 warning «>=» This alert always fires: every value that there can be passes "up >= 0"',
    'rules.yml:7:37 warning «>=» This alert always fires: every value that there can be passes "sum(jobs_done_total) >= 0"',
    'rules.yml:9:18 warning «>» This alert always fires: every value that there can be passes "2 > up"',
    'rules.yml:11:19 warning «!=» This alert always fires: every value that there can be passes "up != 2"',
  ])
})

test('finds what has no condition', async () => {
  expect(await lint('up', 'rate(jobs_done_total[5m])', 'sum by (kind) (increase(jobs_done_total[1h])) / 3600')).toEqual([
    'rules.yml:5:16 warning «up» This alert always fires: nothing is compared, and an alert fires for each series, whatever its value',
    'rules.yml:7:16 warning «rate(jobs_done_total[5m])» This alert always fires: nothing is compared, and an alert fires for each series, whatever its value',
    'rules.yml:9:16 warning «sum by (kind) (increase(jobs_done_total[1h])) / 3600» This alert always fires: nothing is compared, and an alert fires for each series, whatever its value',
  ])
})

test("is silent on the dead man's switch, and where the series themselves may be the alarm", async () => {
  expect(await lint(
    'vector(1)',
    'absent(up)',
    'ALERTS{alertstate="firing"}',
    'elsewhere_build_info',
    'elsewhere_total >= 0',
    'count(up == 0) > 0',
    'count(up) >= 1',
    'up{job="producer"} unless up{job="producer"} == 1',
    'jobs_done_total{status="failed"}',
    '(up == 0) >= bool 0',
    'changes(up[1h])',
  )).toEqual([
  ])
})

test('is silent on comparisons that can be false, and that drop what is no number', async () => {
  expect(await lint('up == 0', 'jobs_done_total > 0', 'rate(jobs_done_total[5m]) > -1', 'up > jobs_queued')).toEqual([
  ])
})

test('is silent on what rules record, which may be filtered, and on dashboards', async () => {
  expect(await lintLines('alert-always-fires', {
    'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: jobs:down\n        expr: up == 0\n      - alert: A\n        expr: jobs:down\n',
    'd.json': dashboardWith('up == bool 1'),
  })).toEqual([
  ])
})
