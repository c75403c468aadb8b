import { describe, expect, test } from 'vitest'
import { constantOperation } from '../../../src/contract/inference/constant-operation.js'
import { parse } from '../../../src/promql/index.js'

/** The result and the labels that tell the sides apart; `no` where the operation may yield anything. */
function told(query: string): string {
  const { expr, errors } = parse(query, { templates: 'grafana' })
  if (expr?.type !== 'BinaryExpr' || errors.length > 0) throw new Error(`no operation: ${query}`)
  const constant = constantOperation(expr)
  return constant === undefined ? 'no' : [constant.result, ...constant.labels].join(' ')
}

describe('an operation on two sides of one pipeline', () => {
  test.each([
    // The label survives and is matched on.
    ['rate(x{status="ok"}[5m]) / rate(x[5m])', '1 status'],
    ['rate(x[5m]) / rate(x{status="ok"}[5m])', '1 status'],
    ['x{a="1", b="2"} / x', '1 a b'],
    ['sum by (status) (x{status="ok"}) / sum by (status) (x)', '1 status'],
    ['sum without (pod) (x{status="ok"}) / sum without (pod) (x)', '1 status'],
    ['x{status="ok"} / on (status, job) x', '1 status'],
    ['x{status="ok"} / ignoring (pod) x', '1 status'],
    ['x{job="$job", status="ok"} / x{job="$job"}', '1 status'],
    ['{__name__="x", status="ok"} / {__name__="x"}', '1 status'],
    // Whatever is the same on both sides.
    ['x / x', '1'],
    ['rate(x[$i]) / rate(x[$i])', '1'],
    ['(x) / ((x))', '1'],
    ['x{b="2", a="1"} / x{a="1", b="2"}', '1'],
    // Constants around it.
    ['100 * x{status="ok"} / x', '100 status'],
    ['x / (x * 2)', '0.5'],
    ['x / 4 / x', '0.25'],
    // The other operators.
    ['x{status="ok"} - x', '0 status'],
    ['x{status="ok"} == x', 'same status'],
    ['x >= x', 'same'],
    ['x == bool x', '1'],
    ['x < x', 'nothing'],
    ['x > bool x', '0'],
    ['x{status="ok"} unless x', 'nothing status'],
    ['x{status="ok"} unless on (job) x', 'nothing status'],
  ])('%s is %s', (query, expected) => {
    expect(told(query)).toBe(expected)
  })

  test.each([
    // The label is gone, or not matched on.
    ['sum(x{status="ok"}) / sum(x)'],
    ['sum by (job) (x{status="ok"}) / sum by (job) (x)'],
    ['sum without (status) (x{status="ok"}) / sum without (status) (x)'],
    ['sum by ($l) (x{status="ok"}) / sum by ($l) (x)'],
    ['x{status="ok"} / on (job) x'],
    ['x{status="ok"} / ignoring (status) x'],
    ['x{status="ok"} / ignoring (status) group_left () x'],
    ['histogram_quantile(0.9, x{le="1"}) / histogram_quantile(0.9, x)'],
    ['label_replace(x{a="1"}, "a", "", "b", "c") / label_replace(x, "a", "", "b", "c")'],
    // Other series, or another pipeline.
    ['x / y'],
    ['x{a="1"} / x{b="2"}'],
    ['x{a="1"} / x{a="2"}'],
    ['x{$filters} / x'],
    ['rate(x[5m]) / rate(x[1m])'],
    ['rate(x[5m]) / rate(x[5m] offset 1h)'],
    ['rate(x[5m]) / increase(x[5m])'],
    ['topk(1, x) / topk(1, x)'],
    ['(x + y) / (x + y)'],
    // What a constant leaves open.
    ['2 * x - x'],
    ['x + x'],
    ['x * x'],
    ['x and x'],
    ['x or x'],
    ['x unless x{status="ok"}'],
    ['1 / 1'],
  ])('%s may be anything', (query) => {
    expect(told(query)).toBe('no')
  })
})
