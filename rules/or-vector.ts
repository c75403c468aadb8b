import { isAbsent, mayBeAbsent } from '../src/contract/inference/label-values.js'
import type { Inferred, Shape } from '../src/contract/inference/types.js'
import { literalOf } from '../src/contract/selector-match.js'
import { isWholeTruth, operatorOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import { walk, type Expr } from '../src/promql/index.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'or-vector',
  subject: 'query',
  severity: 'warning',
  summary: 'Each "or vector(…)" stands in for series without labels',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    const takenTogether = new Set<Expr>()
    walk(expr, (node, parent) => {
      if (parent !== undefined && (takenTogether.has(parent) || takesTogether(parent, workspace))) takenTogether.add(node)
      if (node.type !== 'BinaryExpr' || node.op !== 'or' || !isVector(node.rhs) || node.matching?.on === true) return
      const label = labelOnEverySeries(workspace.infer(node.lhs))
      if (label === undefined || takenTogether.has(node) || !isWholeTruth(node, workspace)) return
      const operator = operatorOf(node, query)
      report({
        at: query.place(operator.start, node.rhs.end),
        message: `This adds a series without labels and stands in for none: each series on the left has the label "${label}". Aggregate the left side without labels first, or leave this out`,
        data: { label },
      })
    })
  },
})

function isVector(expr: Expr): boolean {
  if (expr.type === 'ParenExpr') return isVector(expr.expr)
  return expr.type === 'Call' && literalOf(expr.func) === 'vector'
}

/** A label that every series surely has, by which none of them is like one without labels. */
function labelOnEverySeries({ shapes: [first, ...others] }: Inferred): string | undefined {
  if (first === undefined) return undefined
  const isSure = (shape: Shape, name: string) => {
    const values = shape.labels.get(name)
    return values !== undefined && !mayBeAbsent(values) && !isAbsent(values)
  }
  return [...first.labels.names()].find((name) => name !== '__name__' && isSure(first, name) && others.every((shape) => isSure(shape, name)))
}

/** Whether an aggregation, a function of one series or a comparison that it does not pass takes up a series that is added inside. */
function takesTogether(node: Expr, workspace: Workspace): boolean {
  if (node.type === 'AggregateExpr') return true
  if (node.type === 'Call') return ['scalar', 'absent', 'label_replace', 'label_join'].includes(literalOf(node.func) ?? 'absent')
  if (node.type !== 'BinaryExpr') return false
  if (node.op === 'or') return true
  // A comparison that the added series does not pass leaves it out again.
  return ['==', '!=', '<', '<=', '>', '>='].includes(node.op)
    && !workspace.infer(node).shapes.some(({ labels, others }) => isAbsent(others) && [...labels].every(([, values]) => isAbsent(values)))
}
