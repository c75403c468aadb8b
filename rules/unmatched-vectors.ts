import { isAbsent } from '../src/contract/inference/label-values.js'
import type { EmptyCause } from '../src/contract/inference/types.js'
import { literalOf } from '../src/contract/selector-match.js'
import { describeLabel, isWholeTruth, operatorOf, placesOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import type { BinaryExpr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

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
      const { cause } = workspace.infer(node)
      if (cause?.kind !== 'unmatched' || cause.node !== node || isToldElsewhere(node, cause) || !isWholeTruth(node, workspace)) return
      const { label, left, right } = cause
      const operator = operatorOf(node, query)
      const result = query.owner.kind === 'alerting' ? ', so the alert never fires' : ''
      report({
        at: query.place(operator.start, operator.end),
        message: `This "${operator.text}" never yields anything${result}: the left side has ${describeLabel(label, left, query)}, the right side has ${describeLabel(label, right, query)}`,
        data: { label },
        related: [...placesOf(label, left, query), ...placesOf(label, right, query)],
      })
    })
  },
})

/** A label that `on (…)` names and a side lacks is the finding of unknown-label or aggregated-away. */
function isToldElsewhere({ matching }: BinaryExpr, { label, left, right }: Extract<EmptyCause, { kind: 'unmatched' }>): boolean {
  if (matching?.on !== true || !matching.labels.some((name) => literalOf(name) === label)) return false
  return [left, right].some((side) => isAbsent(side) && (side.why.kind === 'never-declared' || side.why.kind === 'dropped'))
}
