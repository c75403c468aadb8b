import { expect, test } from 'vitest'
import { compact } from '../../src/report/compact.js'
import { cleanReport, driftedReport, hostileReport } from './sample.js'

test('one line for each diagnostic, as ESLint has it, and their number', () => {
  expect(compact(driftedReport, { color: true })).toBe(`\
grafana/dashboards/ml-analytics.json: line 7, col 31, Error - No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)? (unknown-metric)
grafana/dashboards/ml-copy, 100%.json: line 1, col 10, Error - uid "ml-analytics" is already used by "ML Analytics" (duplicate-uid)
grafana/dashboards/ml-copy, 100%.json: line 1, col 1, Warning - The dashboard has no tags (required-tags)

3 problems
`)
})

test('is what the problem matcher of VS Code ($eslint-compact) finds', () => {
  // microsoft/vscode: src/vs/workbench/contrib/tasks/common/problemMatcher.ts, 'eslint-compact'.
  const matcher = /^(.+):\sline\s(\d+),\scol\s(\d+),\s(Error|Warning|Info)\s-\s(.+)\s\((.+)\)$/
  const found = compact(driftedReport, { color: false }).split('\n').flatMap((line) => matcher.exec(line) ?? []).filter((part) => /^\S+$/.test(part))
  expect(found).toEqual(['grafana/dashboards/ml-analytics.json', '7', '31', 'Error', 'unknown-metric', '1', '10', 'Error', 'duplicate-uid', '1', '1', 'Warning', 'required-tags'])
})

test('nothing when clean; one line whatever the names are', () => {
  expect(compact(cleanReport, { color: false })).toBe('')
  expect(compact(hostileReport, { color: false }).split('\n')).toHaveLength(4)
})
