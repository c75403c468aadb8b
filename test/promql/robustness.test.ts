import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, print, walk, type ParseOptions } from '../../src/promql/index.js'
import { generatedExpression } from './generated-expression.js'

const modes: readonly ParseOptions[] = [{ templates: 'none' }, { templates: 'grafana' }]

/** Parses in both modes; every error and node must lie in the text. */
function survives(text: string): void {
  for (const mode of modes) {
    const { expr, errors } = parse(text, mode)
    for (const { start, end } of errors) {
      if (start < 0 || end > text.length) throw new Error(`error outside of ${JSON.stringify(text)}`)
    }
    if (!expr) continue
    walk(expr, ({ type, start, end }) => {
      if (start < 0 || end > text.length || start > end) throw new Error(`${type} outside of ${JSON.stringify(text)}`)
    })
    print(expr)
  }
}

describe('whatever the input, parsing ends and nothing is thrown', () => {
  test('random characters', () => {
    const alphabet = [...'abc019 \t\n$${}[]()"\'`\\,:;=!~<>+-*/%^@#.|&?_'.split(''), '[[', ']]', '\u00e9', '\ud83d', '\ufffd', '😀', '\u0000']
    const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }).map((parts) => parts.join(''))
    fc.assert(fc.property(text, survives), { numRuns: 20_000 })
  })

  test('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => survives(Buffer.from(bytes).toString('latin1'))), {
      numRuns: 5000,
    })
  })

  test('broken expressions', () => {
    const token = fc.constantFrom('(', ')', '{', '}', '[', ']', '"', ',', ' by ', ' offset ', '@', '$x', '${y}m', '[[z]]', '=~', '5m', '')
    const broken = fc.tuple(generatedExpression(), fc.array(fc.tuple(fc.nat(), fc.nat(4), token), { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(broken, ([expression, edits]) => {
        let text = expression
        for (const [at, length, inserted] of edits) {
          const start = at % (text.length + 1)
          text = text.slice(0, start) + inserted + text.slice(start + length)
        }
        survives(text)
      }),
      { numRuns: 10_000 },
    )
  })

  const depth = 10_000
  test.each([
    ['parentheses', `${'('.repeat(depth)}x${')'.repeat(depth)}`],
    ['signs', `${'-'.repeat(depth)}x`],
    ['calls', `${'abs('.repeat(depth)}x${')'.repeat(depth)}`],
    ['aggregations', `${'sum('.repeat(depth)}x${')'.repeat(depth)}`],
    ['operators', `x${' + x'.repeat(depth)}`],
    ['powers', `x${' ^ x'.repeat(depth)}`],
    ['durations in parentheses', `x[${'('.repeat(depth)}5m${')'.repeat(depth)}]`],
    ['signs of durations', `x offset ${'-'.repeat(depth)}5m`],
    ['nested min_of', `x[${'min_of(1m, '.repeat(depth)}5m${')'.repeat(depth)}]`],
  ])('10,000 %s are valid, and printed so that they parse back', (_, text) => {
    const { expr, errors } = parse(text)
    expect(errors).toEqual([])
    expect(parse(print(expr!)).errors).toEqual([])
  })

  test.each(['(', '-', 'abs(', 'sum by (', '{', '[', 'x[', '"', "'", '`', '"\\x', ')', '$', '${', '${a:', '[[', '[[a:', '0.$', '@', ',', 'x{a="b",', 'fill ', '#\n', '\u00e9', 'x y '])(
    '200,000 characters of %s',
    (text) => survives(text.repeat(200_000 / text.length)),
  )

  test('a megabyte of valid text', () => {
    const long = Array.from({ length: 20_000 }, (_, i) => `rate(metric_${i}{job="a", instance=~"b.*"}[5m])`).join(' + ')
    expect(parse(long).errors).toEqual([])
    expect(parse(`sum(${'a, '.repeat(100_000)}a)`).errors).toHaveLength(1)
    survives(`{job="${'x'.repeat(1_000_000)}"}`)
    survives(`{job=~"${'(a|b)*'.repeat(20_000)}"}`)
    survives(`{job=~"${'('.repeat(200_000)}"}`)
  })
})
