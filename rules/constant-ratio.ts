import { constantOperation, type ConstantOperation } from '../src/contract/inference/constant-operation.js'
import { operatorOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import type { BinaryExpr, Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'constant-ratio',
  subject: 'query',
  severity: 'error',
  summary: 'No operator holds series against themselves',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    const parents = new Map<Expr, Expr | undefined>()
    walk(expr, (node, parent) => {
      parents.set(node, parent)
      if (node.type !== 'BinaryExpr') return
      const constant = constantOperation(node)
      if (constant === undefined || isMeant(node, constant, parents) || workspace.infer(node).shapes.length === 0) return
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

/**
 * `x / x` and `x - x` make a 1 and a 0 where they are part of a sum or product, aggregated or not, and `x == x` leaves
 * out NaN. (Percona's dashboards multiply by `avg by (service_name) (x / x)` to keep those services that have x.)
 */
function isMeant(node: BinaryExpr, { labels, result }: ConstantOperation, parents: ReadonlyMap<Expr, Expr | undefined>): boolean {
  if (labels.length > 0) return false
  if (result === 'same') return true
  let parent = parents.get(node)
  while (parent?.type === 'ParenExpr' || parent?.type === 'AggregateExpr') parent = parents.get(parent)
  return parent?.type === 'BinaryExpr' && ['*', '+', '-', 'or', 'and'].includes(parent.op)
}
