import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { isProducer } from '../src/contract/producers.js'
import { numberOf } from '../src/contract/inference/functions.js'
import type { Shape } from '../src/contract/inference/types.js'
import { isWholeTruth, operatorOf } from '../src/lint/explain-labels.js'
import { defineRule } from '../src/lint/rule.js'
import type { BinaryExpr, Expr } from '../src/promql/ast.js'

export default defineRule({
  name: 'counter-without-rate',
  subject: 'query',
  severity: 'warning',
  summary: 'No alert compares what a counter has come to with a number',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (query.owner.kind !== 'alerting' || expr === undefined || errors.length > 0) return
    const comparison = withoutParens(expr)
    const counted = comparison.type === 'BinaryExpr' ? comparedWithNumber(comparison) : undefined
    if (comparison.type !== 'BinaryExpr' || counted === undefined) return
    const { shapes } = workspace.infer(counted)
    if (shapes.length === 0 || !shapes.every(isRawCounter) || !isWholeTruth(expr, workspace)) return
    const [family] = shapes[0]!.families
    const operator = operatorOf(comparison, query)
    report({
      at: query.place(operator.start, operator.end),
      message: `A counter only rises and starts anew with its program: ${comparison.op === '==' ? 'it has this value once' : 'once this is true it stays so until then'}. Compare increase() or rate() of it${family ? ` ("${family.name}", ${describeDeclaration(family)})` : ''}`,
      ...(family && { data: { metric: family.name } }),
      related: declarationsOf(shapes.flatMap(({ families }) => families)),
    })
  },
})

/** The side that is compared with a number other than 0, at which a counter that never rose would be. */
function comparedWithNumber({ op, lhs, rhs, bool }: BinaryExpr): Expr | undefined {
  if (bool || !['==', '<', '<=', '>', '>='].includes(op)) return undefined
  const [left, right] = [numberOf(lhs), numberOf(rhs)]
  if (right !== undefined && right !== 0 && left === undefined) return lhs
  return left !== undefined && left !== 0 && right === undefined ? rhs : undefined
}

/** By a type from code or a registry file; never by a name, and not by a catalog, whose releases may differ. */
function isRawCounter({ kind, families }: Shape): boolean {
  return kind === 'counter' && families.length > 0 && families.every(({ origin, type }) => isProducer(origin) && type === 'counter')
}

function withoutParens(expr: Expr): Expr {
  return expr.type === 'ParenExpr' ? withoutParens(expr.expr) : expr
}
