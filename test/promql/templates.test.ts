import { describe, expect, test } from 'vitest'
import { parse, print, valueType, walk } from '../../src/promql/index.js'
import { shape } from './trees.js'

const grafana = { templates: 'grafana' } as const

/** The types of all nodes, and what each selector is called, templates as written. */
function read(text: string): string[] {
  const { expr, errors } = parse(text, grafana)
  expect(errors).toEqual([])
  const found: string[] = []
  walk(expr!, (node) => {
    const name = node.type === 'VectorSelector' && node.name ? ` ${text.slice(node.name.start, node.name.end)}` : ''
    found.push(node.type + name)
  })
  return found
}

describe('Grafana variables', () => {
  test.each([
    ['rate(x[$__rate_interval])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['rate(x[${__rate_interval}])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['rate(x[[[range]]])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['max_over_time(x[[[range]]:[[step]]])', ['Call', 'SubqueryExpr', 'VectorSelector x']],
    ['max_over_time(x[$__range:])', ['Call', 'SubqueryExpr', 'VectorSelector x']],
    ['x offset $off', ['VectorSelector x']],
    ['x[${__range_s}s] @ ${__to:date:seconds}', ['MatrixSelector', 'VectorSelector x']],
    ['rate(x[$a * 2])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['topk($n, x)', ['AggregateExpr', 'TemplateExpr', 'VectorSelector x']],
    ['$metric', ['TemplateExpr']],
    ['$metric{job="a"}', ['VectorSelector $metric']],
    ['rate($metric[5m])', ['Call', 'MatrixSelector', 'VectorSelector $metric']],
    ['${prefix}_total', ['VectorSelector ${prefix}_total']],
    ['node_[[kind]]_bytes{}', ['VectorSelector node_[[kind]]_bytes']],
    ['node_$kind', ['VectorSelector node_$kind']],
    ['${metric:raw}{job="a"}', ['VectorSelector ${metric:raw}']],
    ['$agg by (x) (y)', ['AggregateExpr', 'VectorSelector y']],
    ['$agg(y) by (x)', ['AggregateExpr', 'VectorSelector y']],
    ['sum $by (y)', ['AggregateExpr', 'VectorSelector y']],
    ['$func(x[5m])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['${fn}_over_time(x[5m])', ['Call', 'MatrixSelector', 'VectorSelector x']],
    ['{$filters}', ['VectorSelector']],
    ['x{job="a", $more}', ['VectorSelector x']],
    ['x{job="a" $more}', ['VectorSelector x']],
    ['x{$label=~"$value", ${other}!="y"}', ['VectorSelector x']],
    ['x{job=~${job:doublequote}}', ['VectorSelector x']],
    ['sum by ($group) (x)', ['AggregateExpr', 'VectorSelector x']],
    ['sum by (a, ${group:csv}) (x)', ['AggregateExpr', 'VectorSelector x']],
    ['x * 1e-$n', ['BinaryExpr', 'VectorSelector x', 'TemplateExpr']],
    ['quantile_over_time(0.$q, x[5m])', ['Call', 'TemplateExpr', 'MatrixSelector', 'VectorSelector x']],
    ['$a + $b', ['BinaryExpr', 'TemplateExpr', 'TemplateExpr']],
    ['x > $threshold', ['BinaryExpr', 'VectorSelector x', 'TemplateExpr']],
    ['x $op on (job) y', ['BinaryExpr', 'VectorSelector x', 'VectorSelector y']],
    ['sum(x) / $__interval_ms * 1000', ['BinaryExpr', 'BinaryExpr', 'AggregateExpr', 'VectorSelector x', 'TemplateExpr', 'NumberLiteral']],
    ['label_replace(x, "a", "$1", "b", "(.*)")', ['Call', 'VectorSelector x', 'StringLiteral', 'StringLiteral', 'StringLiteral', 'StringLiteral']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    'rate(x[$__rate_interval])', 'x[[[range]]]', '$metric{}', '${prefix}_total{$label="a$b"}', 'x{$filters,job="a"}',
    'x offset $off', '$agg by (x, $y) (z)', 'sum $by (y)', '0.$q * x', 'x > 0.5e-[[n]]', 'x > 1e9.$n', 'x $op on (job) y', 'x @ $t', 'a $filter',
  ])('%s is printed so that it parses back', (text) => {
    const { expr } = parse(text, grafana)
    expect(shape(parse(print(expr!), grafana).expr)).toBe(shape(expr))
  })

  test('keep their place, name, field and format', () => {
    const { expr } = parse('up{job=~"a-${job.text:regex}|[[b:pipe]]|$c"}', grafana)
    expect(expr).toMatchObject({
      matchers: [{
        value: {
          quoted: true,
          parts: [
            'a-',
            { type: 'Template', name: 'job', field: 'text', format: 'regex', syntax: '${}', start: 11, end: 28 },
            '|',
            { type: 'Template', name: 'b', format: 'pipe', syntax: '[[]]', start: 29, end: 39 },
            '|',
            { type: 'Template', name: 'c', syntax: '$', start: 40, end: 42 },
          ],
        },
      }],
    })
  })

  test.each(['"$1"', '"foo$"', '"[[:alpha:]]"', '"$$"', '"${1}"', '"${not a name}"'])('%s has none', (text) => {
    expect(parse(text, grafana)).toMatchObject({ errors: [], expr: { value: { parts: [text.slice(1, -1)] } } })
  })

  test('have no value type', () => {
    expect(valueType(parse('$x + 1', grafana).expr!)).toBe('none')
    expect(valueType(parse('$x + up', grafana).expr!)).toBe('vector')
  })

  test('are an error in plain PromQL', () => {
    expect(parse('rate(x[$__interval])').errors).toEqual([
      { message: "unexpected character in duration expression: '$'", start: 7, end: 20 },
    ])
  })

  test.each(['$', '$$', '${', '${}', '[[', '[[]]', 'x{$}', 'x[$]', '"$', 'by ($', '${a:', 'x{[[a}', '$a{', '$a[', '$a(', '0.$'])(
    'junk like %s is an error and no crash', (text) => {
      expect(parse(text, grafana).errors).not.toEqual([])
    },
  )
})
