import { isAbsent } from '../src/contract/inference/label-values.js'
import { mismatchOf, type Mismatch } from '../src/contract/inference/matching.js'
import { literalOf } from '../src/contract/selector-match.js'
import { describeLabel, isWholeTruth, operatorOf, placesOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import type { BinaryExpr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unmatched-vectors',
  subject: 'query',
  severity: 'error',
  summary: 'The two sides of each operator have series that can match',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    walk(expr, (node) => {
      if (node.type !== 'BinaryExpr') return
      const mismatch = node.op === 'unless' ? excludingNothing(node, workspace) : matchingNothing(node, workspace)
      if (mismatch === undefined || isToldElsewhere(node, mismatch) || !isWholeTruth(node, workspace)) return
      const { label, left, right } = mismatch
      const operator = operatorOf(node, query)
      const result = node.op === 'unless' ? 'leaves out nothing' : `never yields anything${query.owner.kind === 'alerting' ? ', so the alert never fires' : ''}`
      report({
        at: query.place(operator.start, operator.end),
        message: `This "${operator.text}" ${result}: the left side has ${describeLabel(label, left, query)}, the right side has ${describeLabel(label, right, query)}`,
        data: { label },
        related: [...placesOf(label, left, query), ...placesOf(label, right, query)],
      })
    })
  },
})

function matchingNothing(node: BinaryExpr, workspace: Workspace): Mismatch | undefined {
  const { cause } = workspace.infer(node)
  return cause?.kind === 'unmatched' && cause.node === node ? cause : undefined
}

/** `unless` with a right side that has no partner for any series of the left (pint: promql/impossible, dead side). */
function excludingNothing({ lhs, rhs, matching }: BinaryExpr, workspace: Workspace): Mismatch | undefined {
  const [left, right] = [workspace.infer(lhs), workspace.infer(rhs)]
  if (left.type !== 'vector' || right.type !== 'vector') return undefined
  let first: Mismatch | undefined
  for (const l of left.shapes) {
    for (const r of right.shapes) {
      const mismatch = mismatchOf(matching, l, r)
      if (mismatch === undefined) return undefined
      first ??= mismatch
    }
  }
  return first
}

/** A label that `on (…)` names and a side lacks is the finding of unknown-label or aggregated-away. */
function isToldElsewhere({ matching }: BinaryExpr, { label, left, right }: Mismatch): boolean {
  if (matching?.on !== true || !matching.labels.some((name) => literalOf(name) === label)) return false
  return [left, right].some((side) => isAbsent(side) && (side.why.kind === 'never-declared' || side.why.kind === 'dropped'))
}
