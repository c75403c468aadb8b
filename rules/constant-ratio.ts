import { constantOperation, type ConstantOperation } from '../src/contract/inference/constant-operation.js'
import { operatorOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import type { Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'constant-ratio',
  subject: 'query',
  severity: 'error',
  summary: 'No operator holds series against themselves',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    /** What stands around each expression in parentheses or under an aggregation. */
    const around = new Map<Expr, Expr | undefined>()
    walk(expr, (node, parent) => {
      const outer = parent && isTransparent(parent) ? around.get(parent) : parent
      if (isTransparent(node)) around.set(node, outer)
      if (node.type !== 'BinaryExpr') return
      const constant = constantOperation(node)
      if (constant === undefined || isMeant(constant, outer) || workspace.infer(node).shapes.length === 0) return
      const operator = operatorOf(node, query)
      const { labels: [label], left, right } = constant
      report({
        at: query.place(operator.start, operator.end),
        message: `This "${operator.text}" ${outcome(constant)}: ${label === undefined
          ? 'both sides are the same'
          : `both sides are matched on "${label}" too, so each series meets itself. Aggregate both sides without "${label}", with sum() for instance`}`,
        ...(label !== undefined && { data: { label } }),
        related: [left, right].map(({ start, end }) => ({ place: query.place(start, end), message: 'read here' })),
      })
    })
  },
})

function outcome({ result }: ConstantOperation): string {
  if (result === 'nothing') return 'never yields anything'
  return result === 'same' ? 'is always true' : `is always ${result} (or NaN)`
}

function isTransparent({ type }: Expr): boolean {
  return type === 'ParenExpr' || type === 'AggregateExpr'
}

/**
 * `x / x` and `x - x` make a 1 and a 0 where they are part of a sum or product, aggregated or not, and `x == x` leaves
 * out NaN. (Percona's dashboards multiply by `avg by (service_name) (x / x)` to keep those services that have x.)
 */
function isMeant({ labels, result }: ConstantOperation, outer: Expr | undefined): boolean {
  if (labels.length > 0) return false
  if (result === 'same') return true
  return outer?.type === 'BinaryExpr' && ['*', '+', '-', 'or', 'and'].includes(outer.op)
}
