import { describe, expect, test } from 'vitest'
import { parse, valueType, walk, type Expr, type ParseError } from '../../src/promql/index.js'

/** Each node's type with the text that it covers, indented by its depth. */
function outline(text: string, options?: Parameters<typeof parse>[1]): string[] {
  const lines: string[] = []
  const depths = new Map<Expr | undefined, number>([[undefined, -1]])
  const { expr, errors } = parse(text, options)
  expect(errors).toEqual([])
  walk(expr!, (node, parent) => {
    const depth = depths.get(parent)! + 1
    depths.set(node, depth)
    lines.push(`${'  '.repeat(depth)}${node.type} ${text.slice(node.start, node.end)}`)
  })
  return lines
}

function errorsOf(text: string): (readonly [string, string])[] {
  return parse(text).errors.map(({ message, start, end }: ParseError) => [message, text.slice(start, end)])
}

describe('the tree', () => {
  test('has every node with its range', () => {
    expect(outline('sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / 2')).toEqual([
      'BinaryExpr sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / 2',
      '  AggregateExpr sum by (job) (rate(http_requests_total{code=~"5.."}[5m]))',
      '    Call rate(http_requests_total{code=~"5.."}[5m])',
      '      MatrixSelector http_requests_total{code=~"5.."}[5m]',
      '        VectorSelector http_requests_total{code=~"5.."}',
      '  NumberLiteral 2',
    ])
  })

  test.each([
    ['a + b * c', ['BinaryExpr a + b * c', '  VectorSelector a', '  BinaryExpr b * c', '    VectorSelector b', '    VectorSelector c']],
    ['a - b - c', ['BinaryExpr a - b - c', '  BinaryExpr a - b', '    VectorSelector a', '    VectorSelector b', '  VectorSelector c']],
    ['a ^ b ^ c', ['BinaryExpr a ^ b ^ c', '  VectorSelector a', '  BinaryExpr b ^ c', '    VectorSelector b', '    VectorSelector c']],
    ['-a ^ 2', ['UnaryExpr -a ^ 2', '  BinaryExpr a ^ 2', '    VectorSelector a', '    NumberLiteral 2']],
    ['-a * 2', ['BinaryExpr -a * 2', '  UnaryExpr -a', '    VectorSelector a', '  NumberLiteral 2']],
    ['foo offset -5m @ end() [10m:]', ['SubqueryExpr foo offset -5m @ end() [10m:]', '  VectorSelector foo offset -5m @ end()']],
    ['sum(sum) by (by)', ['AggregateExpr sum(sum) by (by)', '  VectorSelector sum']],
  ])('reads %s as Prometheus does', (text, expected) => {
    expect(outline(text)).toEqual(expected)
  })

  test('tells a selector', () => {
    expect(parse('http:rate5m{job!="a", "label.name"=~`x\\d`} @ 1.5 offset 1h30m').expr).toEqual({
      type: 'VectorSelector',
      name: { parts: ['http:rate5m'], quoted: false, start: 0, end: 11 },
      matchers: [
        {
          type: 'LabelMatcher',
          name: { parts: ['job'], quoted: false, start: 12, end: 15 },
          op: '!=',
          value: { parts: ['a'], quoted: true, start: 17, end: 20 },
          start: 12,
          end: 20,
        },
        {
          type: 'LabelMatcher',
          name: { parts: ['label.name'], quoted: true, start: 22, end: 34 },
          op: '=~',
          value: { parts: ['x\\d'], quoted: true, start: 36, end: 41 },
          start: 22,
          end: 41,
        },
      ],
      matcherTemplates: [],
      at: { timestamp: 1.5, start: 45, end: 48 },
      offset: { type: 'DurationLiteral', seconds: 5400, start: 56, end: 61 },
      start: 0,
      end: 61,
    })
  })

  test('counts in UTF-16', () => {
    expect(outline('{"ü😀"} + x')).toEqual(['BinaryExpr {"ü😀"} + x', '  VectorSelector {"ü😀"}', '  VectorSelector x'])
  })

  test.each([
    ['0x1F', 31], ['017', 15], ['1_000', 1000], ['1.', 1], ['.5', 0.5], ['1e3', 1000], ['-Inf', -Infinity],
    ['1h30m', 5400], ['09', 9], ['9223372036854775808', 2 ** 63],
  ])('reads the number %s', (text, value) => {
    expect(parse(text).expr).toMatchObject({ type: 'NumberLiteral', value })
  })

  test.each([
    ['"a\\tb\\x41\\u00e9\\U0001F600"', 'a\tbAé😀'],
    ["'it\\'s'", "it's"],
    ['`raw \\n`', 'raw \\n'],
    ['"\\xe2\\x82\\xac \\303\\274"', '€ ü'],
  ])('reads the string %s', (text, value) => {
    expect(parse(text).expr).toMatchObject({ type: 'StringLiteral', value: { parts: [value] } })
  })

  test.each([
    ['up', 'vector'], ['up[5m]', 'matrix'], ['up[5m:]', 'matrix'], ['1 + time()', 'scalar'], ['1 + up', 'vector'],
    ['"x"', 'string'], ['-(1)', 'scalar'], ['vector(1)', 'vector'],
  ] as const)('%s is a %s', (text, type) => {
    expect(valueType(parse(text).expr!)).toBe(type)
  })
})

describe('errors', () => {
  test.each([
    ['rate(up)', [['expected type range vector in call to function "rate", got instant vector', 'up']]],
    ['rat(up[5m])', [['unknown function with name "rat"', 'rat']]],
    ['sum(rate(up[5m])', [
      ['unclosed left parenthesis', ''],
      ['no arguments for aggregate expression provided', 'sum(rate(up[5m])'],
    ]],
    ['up{job="a" instance="b"}', [['unexpected identifier "instance" in label matching, expected "," or "}"', 'instance']]],
    ['up{job=~"("}', [['error parsing regexp: missing closing ): `(`', 'job=~"("']]],
    ['up{job=~"(?=a)"}', [['error parsing regexp: invalid or unsupported Perl syntax: `(?=`', 'job=~"(?=a)"']]],
    ['a and on(job) group_left b', [
      ['no grouping allowed for "and" operation', 'a and on(job) group_left b'],
      ['set operations must always be many-to-many', 'a and on(job) group_left b'],
    ]],
    // Prometheus's range of an operator ends one character early.
    ['a + on(job) group_left(job) b', [['label "job" must not occur in ON and GROUP clause at once', '+ on(job) group_left(job']]],
    ['{job=~".*"}', [['vector selector must contain at least one non-empty matcher', '{job=~".*"}']]],
    ['up{__name__="x"}', [['metric name must not be set twice: "up" or "x"', 'up{__name__="x"}']]],
    ['x offset 5m offset 1m', [['offset may not be set multiple times', 'x offset 5m']]],
    ['x[5m] > 1', [['binary expression must contain only scalar and instant vector types', 'x[5m]']]],
    ['"ü" + 😀', [["unexpected character: '😀'", '😀']]],
    ['up{job="a}', [['unterminated quoted string', '"a}']]],
  ])('%s', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })

  test.each([
    ['rate(foo[5m]) bar + sum(baz)', ['foo', 'bar', 'baz']],
    ['sum(foo{job=} / bar) > ', ['foo{job=}', 'bar']],
    ['foo{a*"b"} + bar', ['foo{a*"b"}', 'bar']],
    ['foo[] + bar', ['foo', 'bar']],
    ['max(foo, bar, ) by (x) or baz', ['foo', 'bar', 'baz']],
    ['foo == == bar', ['foo', 'bar']],
    [') foo', ['foo']],
  ])('leave the selectors of %s', (text, expected) => {
    const { expr, errors } = parse(text)
    const selectors: string[] = []
    walk(expr!, (node) => {
      if (node.type === 'VectorSelector') selectors.push(text.slice(node.start, node.end))
    })
    expect(errors).not.toEqual([])
    expect(selectors).toEqual(expected)
  })
})
