import { deepStrictEqual, strictEqual } from 'node:assert'
import { parser as lezer } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { test } from 'vitest'
import { format, parse, print, walk, type Call, type Expr, type ParseError } from '../../src/promql/index.js'
import { generatedExpression } from './generated-expression.js'
import { shape } from './trees.js'

/**
 * The text without the forms that `@prometheus-io/lezer-promql` 0.315 does not know and Prometheus does: the number
 * `1.`, a metric called `offset`, and `min_of` and `max_of` as functions.
 */
function withoutOracleDefects(text: string, expr: Expr): string {
  let result = text
  const replace = ({ start, end }: { start: number; end: number }, by: string) => {
    result = result.slice(0, start) + by.padEnd(end - start) + result.slice(end)
  }
  walk(expr, (node) => {
    if (node.type === 'NumberLiteral' && text.slice(node.start, node.end).endsWith('.')) replace(node, '1')
    if (node.type === 'VectorSelector' && node.name?.parts[0] === 'offset') replace(node.name, 'other')
    if (node.type === 'Call' && isMinOrMaxOf(node)) replace(node.func, 'min')
  })
  return result
}

function isMinOrMaxOf({ func: { parts: [name] } }: Call): boolean {
  return name === 'min_of' || name === 'max_of'
}

/**
 * The oracle knows no types, not that Prometheus's lexer wants a number before the colon of a subquery, and not that
 * the `+` of `x offset (5m) + y` goes on with the duration.
 */
function isBeyondOracle({ message }: ParseError): boolean {
  return /only allowed between instant vectors|colon before duration|in offset, expected/.test(message)
}

/**
 * The oracle takes `min(1, 2)` for an aggregation and `-1 ^ 2` for `(-1) ^ 2`, and gives up precedence around
 * modifiers: its `a and b offset 5m + c` is `(a and b offset 5m) + c`.
 */
function isReadDifferently(text: string): boolean {
  return /_of\(|offset|@|anchored|smoothed/.test(text) || (text.includes('^') && /[-+]\s*[\d.IN]/.test(text))
}

const kinds: Readonly<Record<string, string>> = {
  FunctionCall: 'Call', AggregateExpr: 'AggregateExpr', BinaryExpr: 'BinaryExpr', ParenExpr: 'ParenExpr',
  SubqueryExpr: 'SubqueryExpr', MatrixSelector: 'MatrixSelector', VectorSelector: 'VectorSelector',
}

/** What the oracle sees: whether there is an error, and the nodes with where they start. */
function oracle(text: string): { refuses: boolean; nodes: string[] } {
  let refuses = false
  const nodes: string[] = []
  lezer.parse(text).iterate({
    enter({ type, from }) {
      if (type.isError) refuses = true
      const kind = kinds[type.name]
      if (kind) nodes.push(`${kind}@${from}`)
    },
  })
  return { refuses, nodes: nodes.sort() }
}

function nodesOf(expr: Expr): string[] {
  const nodes: string[] = []
  const known = new Set(Object.values(kinds))
  walk(expr, ({ type, start }) => {
    if (known.has(type)) nodes.push(`${type}@${start}`)
  })
  return nodes.sort()
}

const numRuns = Number(process.env['PROMQL_EXPRESSIONS'] ?? 100_000)

test(`${numRuns} generated expressions: the same verdict and tree as the oracle, and print and format lose nothing`, () => {
  fc.assert(
    fc.property(generatedExpression(), (text) => {
      const { expr, errors } = parse(text)
      fc.pre(!errors.some(isBeyondOracle))
      const known = withoutOracleDefects(text, expr!)
      const theirs = oracle(known)
      strictEqual(errors.length > 0, theirs.refuses)
      if (errors.length > 0) return
      if (!isReadDifferently(text)) deepStrictEqual(nodesOf(parse(known).expr!), theirs.nodes)
      const tree = shape(expr)
      strictEqual(shape(parse(print(expr!)).expr), tree)
      const formatted = format(expr!)
      if (formatted.includes('\n')) strictEqual(shape(parse(formatted).expr), tree)
      else strictEqual(formatted, print(expr!))
    }),
    { numRuns },
  )
}, 600_000)
