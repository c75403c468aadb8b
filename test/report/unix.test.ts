import { expect, test } from 'vitest'
import { unix } from '../../src/report/unix.js'
import { cleanReport, diagnostic, driftedReport, placeIn, reportOf } from './sample.js'

test('one line for each diagnostic', () => {
  expect(unix(driftedReport, { color: true })).toBe(`\
grafana/dashboards/ml-analytics.json:7:31: error: No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)? [unknown-metric]
grafana/dashboards/ml-copy, 100%.json:1:10: error: uid "ml-analytics" is already used by "ML Analytics" [duplicate-uid]
grafana/dashboards/ml-copy, 100%.json:1:1: warning: The dashboard has no tags [required-tags]
`)
})

test('nothing when clean', () => {
  expect(unix(cleanReport, { color: false })).toBe('')
})

test('line breaks become blanks, control characters escapes', () => {
  const place = placeIn('a\nb.yml', 'x: «\u001b»')
  const report = reportOf([diagnostic('parse-error', place, 'bad escape\r\n  near \u001b[31m\u2028x\n')])
  expect(unix(report, { color: false })).toBe('a\\u000ab.yml:1:4: error: bad escape near \\u001b[31m\\u2028x [parse-error]\n')
})
