import { describe, expect, test } from 'vitest'
import { format, parse, print } from '../../src/promql/index.js'

describe('print', () => {
  test.each([
    ['sum(rate(x{job="a",b=~\'c\'}[5m]))by(job)', 'sum by (job) (rate(x{job="a",b=~"c"}[5m]))'],
    ['SUM WITHOUT() (x)', 'sum without () (x)'],
    ['a+on(job)group_left b', 'a + on (job) group_left () b'],
    ['a == bool ignoring(x) fill(0) b', 'a == bool ignoring (x) fill (0) b'],
    ['a + fill_left(-1) fill_right(2) b', 'a + fill_left (-1) fill_right (2) b'],
    ['{"a.b", "c.d"="e\\n"}', '{"a.b","c.d"="e\\n"}'],
    ['x{}', 'x'],
    ['x offset 90 @ 1.5', 'x @ 1.500 offset 1m30s'],
    ['x[3600] smoothed @ end()', 'x[1h] smoothed @ end()'],
    ['max_over_time(x[1d:1m] offset -1w)', 'max_over_time(x[1d:1m] offset -1w)'],
    ['x[5m*2 + (step())]', 'x[5m * 2s + (step())]'],
    ['x offset ++5m + 3', 'x offset ++5m + 3s'],
    ['x offset (5m) + 3', 'x offset (5m) + 3s'],
    ['x offset +(5m) + 3', 'x offset +(5m) + 3'],
    ['x offset +(5m ^ 2s) * ignoring () y', 'x offset +(5m ^ 2s) * ignoring () y'],
    ['x offset (5m) anchored * y', 'x anchored offset +(5m) * y'],
    ['- x ^ -2', '-x ^ -2'],
    ['0x1F + 1e3 + .5 + 1e300 / 1e-7', `31 + 1000 + 0.5 + 1${'0'.repeat(300)} / 0.0000001`],
    ['Inf + -inf + NaN', 'Inf + -Inf + NaN'],
    ['1h30m + 90d', '1h30m + 90d'],
  ])('%s', (text, expected) => {
    expect(print(parse(text).expr!)).toBe(expected)
  })
})

// The expected output is Prometheus's own (test/oracle), except that ours keeps the order of matchers.
describe('format', () => {
  test('leaves alone what fits on a line', () => {
    expect(format(parse('sum( rate(x[5m]) )').expr!)).toBe('sum(rate(x[5m]))')
  })

  test('splits what does not', () => {
    const text =
      'histogram_quantile(0.99, sum by (le, job) (rate(http_request_duration_seconds_bucket{job="api", code=~"2.."}[5m]))) ' +
      '/ on (job) group_left () -(topk(3, sum by (job) (rate(http_requests_total{job="api", instance=~"prod-.*", code="500"}[5m] offset 1d))))'
    expect(format(parse(text).expr!)).toBe(
      [
        '  histogram_quantile(',
        '    0.99,',
        '    sum by (le, job) (rate(http_request_duration_seconds_bucket{job="api",code=~"2.."}[5m]))',
        '  )',
        '/ on (job) group_left ()',
        '  -(',
        '    topk(',
        '      3,',
        '      sum by (job) (rate(http_requests_total{job="api",instance=~"prod-.*",code="500"}[5m] offset 1d))',
        '    )',
        '  )',
      ].join('\n'),
    )
  })
})
