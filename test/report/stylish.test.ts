import { describe, expect, test } from 'vitest'
import { stylish } from '../../src/report/stylish.js'
import { cleanReport, diagnostic, driftedReport, placeIn, reportOf } from './sample.js'

const plain = { color: false }

test('each diagnostic with its source, context, related places and suggestions; the summary last', () => {
  expect(stylish(driftedReport, plain)).toBe(`\
grafana/dashboards/ml-analytics.json:7:31  error  unknown-metric
  No producer exposes "ml_cost_dollars_total". Did you mean "ml_cost_usd_total" (counter, python/shared/metrics.py:61)?

  7 │ "expr": "sum(increase(ml_cost_dollars_total[24h]))"
    │                       ^^^^^^^^^^^^^^^^^^^^^
  panel "Total Cost (24h)" in dashboard "ML Analytics & Cost Monitoring"

grafana/dashboards/ml-copy, 100%.json:1:10  error  duplicate-uid
  uid "ml-analytics" is already used by "ML Analytics"

  1 │ { "uid": "ml-analytics" }
    │          ^^^^^^^^^^^^^^
  grafana/dashboards/ml-analytics.json:2:10 first used here
  suggestion: give the copy a uid of its own

grafana/dashboards/ml-copy, 100%.json:1:1  warning  required-tags
  The dashboard has no tags

  1 │ { "uid": "ml-analytics" }
    │ ^^^^^^^^^^^^^^^^^^^^^^^^^

3 problems (2 errors, 1 warning) in 14 files: 3 dashboards, 1 rule file, 58 queries, 31 metric families
duplicate-uid 1, required-tags 1, unknown-metric 1
`)
})

test('nothing but the summary when clean', () => {
  expect(stylish(cleanReport, plain)).toBe('No problems in 14 files: 3 dashboards, 1 rule file, 58 queries, 31 metric families\n')
})

describe('the summary counts', () => {
  test('one of each', () => {
    const report = reportOf([diagnostic('required-tags', placeIn('a.json', '«{}»'), 'no tags', { severity: 'warning' })], {
      ruleFiles: 2,
      queries: 1,
      families: 1,
    })
    expect(stylish(report, plain).split('\n').at(-2)).toBe(
      '1 problem (0 errors, 1 warning) in 1 file: 1 dashboard, 2 rule files, 1 query, 1 metric family',
    )
  })
})

test('a suggestion that the message does not tell already', () => {
  const place = placeIn('rules.yml', 'expr: rate(«ml_tasks»[5m])')
  const suggestions = [{ message: 'append "_total"', replacement: { place, text: 'ml_tasks_total' } }]
  expect(stylish(reportOf([diagnostic('unknown-metric', place, 'The client adds a suffix', { suggestions })]), plain)).toContain(
    '\n  suggestion: append "_total"\n',
  )
})

test('a related place that the message names already is not told again', () => {
  const declared = placeIn('metrics.py', '\nx = «Counter»("x")')
  const found = (message: string) =>
    stylish(reportOf([diagnostic('unknown-metric', placeIn('a.json', '«y»'), message, { related: [{ place: declared, message: 'declared here' }] })]), plain)
  expect(found('Did you mean "x" (counter, metrics.py:2)?')).not.toContain('declared here')
  expect(found('Did you mean "z" (counter, metrics.py:21)?')).toContain('\n  metrics.py:2:5 declared here\n')
})

test('a message of several lines is indented as a whole', () => {
  const report = reportOf([diagnostic('parse-error', placeIn('a.yml', 'a: «*b»'), 'unresolved alias\r\n\r\ndefine it first\n')])
  expect(stylish(report, plain)).toContain('  unresolved alias\n\n  define it first\n\n  1 │ a: *b\n')
})

test('a long line is cut to the width of the terminal', () => {
  const filler = '"a":1,'.repeat(17_000)
  const report = reportOf([diagnostic('unknown-metric', placeIn('min.json', `{${filler}"expr":"«up»",${filler}}`), 'no such metric')])
  const frame = stylish(report, { color: false, width: 50 }).split('\n').slice(3, 5)
  expect(frame).toEqual(['  1 │ …"a":1,"a":1,"expr":"up","a":1,"a":1,"a":1,…', '    │                      ^^'])
})

test('no control character of the input reaches the terminal', () => {
  const place = placeIn('dash\u001b[2J\nboards/\u202egnp.json', '{ "expr": "«up\u001b]0;owned\u0007»\u009b31m" }')
  const report = reportOf([
    diagnostic('unknown-metric', place, 'No producer exposes "up\u001b]0;owned\u0007"\tnor \u2066x', {
      context: 'panel "\u001b[31mred\u007f"',
      related: [{ place, message: 'seen \u0085 here' }],
      suggestions: [{ message: 'drop \u0000' }],
    }),
  ])
  expect(stylish(report, plain)).toBe(`\
dash\\u001b[2J\\u000aboards/\\u202egnp.json:1:12  error  unknown-metric
  No producer exposes "up\\u001b]0;owned\\u0007"\\u0009nor \\u2066x

  1 │ { "expr": "up\\u001b]0;owned\\u0007\\u009b31m" }
    │            ^^^^^^^^^^^^^^^^^^^^^^
  panel "\\u001b[31mred\\u007f"
  dash\\u001b[2J\\u000aboards/\\u202egnp.json:1:12 seen \\u0085 here
  suggestion: drop \\u0000

1 problem (1 error, 0 warnings) in 1 file: 1 dashboard, 0 rule files, 0 queries, 0 metric families
`)
})

test('colour adds escape sequences and changes nothing else', () => {
  const coloured = stylish(driftedReport, { color: true })
  expect(coloured).toContain('\u001b[31merror\u001b[39m')
  expect(coloured).toContain('\u001b[33mwarning\u001b[39m')
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(stylish(driftedReport, plain))
})
