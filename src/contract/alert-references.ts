import type { Expr } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import { askedName, isLiteral, literalOf, unquotedRange } from './selector-match.js'

/** A name of an alert in a query, with its range in the query. */
export interface AlertReference {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** The series that Prometheus writes for alerts (Prometheus: rules/alerting.go). */
const alertSeries = new Set(['ALERTS', 'ALERTS_FOR_STATE'])

/**
 * The alerts that an expression names: `ALERTS{alertname="X"}`, and each alternative of `alertname=~"X|Y"` where the
 * expression is a list of plain names.
 */
export function alertReferences(expr: Expr): AlertReference[] {
  const found: AlertReference[] = []
  walk(expr, (node) => {
    if (node.type !== 'VectorSelector' || !alertSeries.has(askedName(node)?.text ?? '')) return
    for (const { name, op, value } of node.matchers) {
      const text = literalOf(value)
      if (!isLiteral(name, 'alertname') || text === undefined || text === '') continue
      const { start, end } = unquotedRange(value)
      if (op === '=') found.push({ name: text, start, end })
      // Escapes would move the alternatives away from their places in the source.
      if (op === '=~' && /^[\w:-]+(?:\|[\w:-]+)*$/.test(text) && end - start === text.length) {
        let at = start
        for (const alternative of text.split('|')) {
          found.push({ name: alternative, start: at, end: at + alternative.length })
          at += alternative.length + 1
        }
      }
    }
  })
  return found
}
