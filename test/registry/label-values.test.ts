import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitsValue, likePatterns, mayHaveValue, openLike, unitedValues } from '../../src/registry/label-values.js'
import { parsePattern } from '../../src/registry/name-pattern.js'

const like = (...patterns: string[]) => patterns.map(parsePattern)

describe('what fits a pattern', () => {
  test.each([
    ['#', ['200', '-7', '1.5', '1e-9', '1.5e+21', 'NaN', 'nan', 'Infinity', '-inf', '00007', '  40', '1,024'], ['', 'ok', '5xx', '20O', 'one', '0x1f']],
    ['#xx', ['5xx', '-1xx', '0xx'], ['5', 'xx', '500', '5xxx']],
    ['/orders/*', ['/orders/', '/orders/7/items', '/orders/a\nb'], ['/order/7', 'x/orders/7']],
    ['*-#', ['a-1', '-1', 'a-b-2.5'], ['a', 'a-', 'a-b']],
    ['a.b*', ['a.b', 'a.b.c'], ['axb']],
  ])('%s', (pattern, fitting, others) => {
    expect(fitting.filter((value) => !fitsValue(parsePattern(pattern), value))).toEqual([])
    expect(others.filter((value) => fitsValue(parsePattern(pattern), value))).toEqual([])
  })

  test('any number that JavaScript writes fits a hole for digits', () => {
    fc.assert(fc.property(fc.oneof(fc.double(), fc.integer(), fc.bigInt()), fc.string(), (number, end) => {
      expect(fitsValue({ parts: ['a', end], holes: ['digits'] }, `a${number}${end}`)).toBe(true)
    }))
  })

  test('any text fits a hole for any', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (start, text, end) => {
      expect(fitsValue({ parts: [start, end] }, start + text + end)).toBe(true)
    }))
  })
})

test('a label may have what is listed, and what fits a pattern where it is open', () => {
  const has = (value: string) => mayHaveValue({ values: ['none'], open: true, patterns: like('#xx') }, value)
  expect(['none', '5xx', '500', 'Xnone'].map(has)).toEqual([true, true, false, false])
  expect(mayHaveValue({ values: [], open: true }, 'anything')).toBe(true)
  expect(mayHaveValue({ values: ['a'], open: false }, 'b')).toBe(false)
})

test('several labels are united: what one leaves open is open', () => {
  const [a, b] = [{ values: ['a'], open: false }, { values: ['b'], open: true, patterns: like('#') }]
  expect(unitedValues([a, b])).toEqual({ values: ['a', 'b'], open: true, patterns: like('#') })
  expect(unitedValues([a, b, { values: ['a'], open: true, patterns: like('/x/*', '#') }])).toEqual({ values: ['a', 'b'], open: true, patterns: like('#', '/x/*') })
  expect(unitedValues([a, b, { values: [], open: true }])).toEqual({ values: ['a', 'b'], open: true })
  expect(unitedValues([a, a])).toEqual(a)
})

test('a pattern that anything fits, or very many, say nothing', () => {
  expect(openLike(['a'], like('#', '*'))).toEqual({ values: ['a'], open: true })
  expect(openLike([], like(...Array.from({ length: 17 }, (_, i) => `k${i}-*`)))).toEqual({ values: [], open: true })
  expect(openLike(['a'], [])).toEqual({ values: ['a'], open: false })
})

test('patterns are told in words', () => {
  expect(likePatterns(like('#'))).toBe('a number')
  expect(likePatterns(like('#', '/x/*', 'a"*'))).toBe('a number or like "/x/*" or "a\\"*"')
  expect(likePatterns(like('#xx'))).toBe('like "#xx"')
})
