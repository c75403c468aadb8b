import { expect, test } from 'vitest'
import { fold, parse, valueType } from '../../src/promql/index.js'

test('an aggregation that is left open is reported in the text', () => {
  for (const text of ['(sum(', 'sum(']) {
    for (const { start, end } of parse(text).errors) expect(start <= end && end <= text.length).toBe(true)
  }
})

test('fold and valueType take no stack, however deep the tree is', () => {
  const { expr } = parse(`x${' + x'.repeat(50_000)}`)
  expect(valueType(expr!)).toBe('vector')
  expect(fold<number>(expr!, (_, inner) => inner.reduce((sum, one) => sum + one, 1))).toBe(100_001)
  expect(valueType(parse(`1${' + 1'.repeat(50_000)}`).expr!)).toBe('scalar')
})
