import type { Expr, VectorSelector } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import { literalOf } from './selector-match.js'

/** Functions of classic histograms, which read the `_bucket` series. */
const bucketFunctions = new Set(['histogram_quantile', 'histogram_fraction'])

/** Whether a selector feeds a function that reads histogram buckets. */
export function isUnderQuantile(selector: VectorSelector, expr: Expr | undefined): boolean {
  if (expr === undefined) return false
  let found = false
  walk(expr, (node) => {
    if (node.type !== 'Call' || !bucketFunctions.has(literalOf(node.func) ?? '')) return
    walk(node, (inner) => {
      if (inner === selector) found = true
    })
  })
  return found
}
