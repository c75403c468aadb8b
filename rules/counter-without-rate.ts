import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { numberOf } from '../src/contract/inference/functions.js'
import type { Shape } from '../src/contract/inference/types.js'
import { isRawCounter } from '../src/contract/raw-counter.js'
import { panelUnit } from '../src/grafana/units.js'
import { isWholeTruth, operatorOf } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { BinaryExpr, Expr } from '../src/promql/ast.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'counter-without-rate',
  subject: 'query',
  severity: 'error',
  summary: 'No alert compares what a counter has come to with a number, and no panel shows it as something per second',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    const finding = query.owner.kind === 'alerting' ? compared(expr, query, workspace) : shownPerSecond(expr, query, workspace)
    if (finding) report(finding)
  },
})

function compared(expr: Expr, query: Query, workspace: Workspace): Finding | undefined {
  const comparison = withoutParens(expr)
  const counted = comparison.type === 'BinaryExpr' ? comparedWithNumber(comparison) : undefined
  const shapes = counted && rawCounters(counted, workspace)
  if (comparison.type !== 'BinaryExpr' || shapes === undefined) return undefined
  const operator = operatorOf(comparison, query)
  const isOnce = comparison.op === '=='
  return {
    at: query.place(operator.start, operator.end),
    message: `A counter only rises and starts anew with its program: ${isOnce ? 'it has this value once' : 'once this is true it stays so until then'}. Compare increase() or rate() of it${declared(shapes)}`,
    ...(!isOnce && { severity: 'warning' as const }),
    ...evidence(shapes),
  }
}

/** In a unit by time a counter's rate was meant. */
function shownPerSecond(expr: Expr, query: Query, workspace: Workspace): Finding | undefined {
  const unit = query.owner.kind === 'target' && !query.owner.target.hidden ? query.owner.target.unit : undefined
  const shown = unit && panelUnit(unit.text)
  const shapes = shown?.perTime ? rawCounters(expr, workspace) : undefined
  if (shown === undefined || shapes === undefined) return undefined
  return {
    at: query.place(expr.start, expr.end),
    message: `The panel shows ${shown.name} ("${unit!.text}"), and this is what a counter has come to since its program started. Show rate() of it${declared(shapes)}`,
    severity: 'warning',
    ...evidence(shapes),
  }
}

function rawCounters(expr: Expr, workspace: Workspace): readonly Shape[] | undefined {
  const { shapes } = workspace.infer(expr)
  return shapes.length > 0 && shapes.every(isRawCounter) && isWholeTruth(expr, workspace) ? shapes : undefined
}

function declared([shape]: readonly Shape[]): string {
  const [family] = shape!.families
  return family === undefined ? '' : ` ("${family.name}", ${describeDeclaration(family)})`
}

function evidence(shapes: readonly Shape[]): Pick<Finding, 'data' | 'related'> {
  const [family] = shapes[0]!.families
  return { ...(family && { data: { metric: family.name } }), related: declarationsOf(shapes.flatMap(({ families }) => families)) }
}

/** The side that is compared with a number other than 0, at which a counter that never rose would be. */
function comparedWithNumber({ op, lhs, rhs, bool }: BinaryExpr): Expr | undefined {
  if (bool || !['==', '<', '<=', '>', '>='].includes(op)) return undefined
  const [left, right] = [numberOf(lhs), numberOf(rhs)]
  if (right !== undefined && right !== 0 && left === undefined) return lhs
  return left !== undefined && left !== 0 && right === undefined ? rhs : undefined
}

function withoutParens(expr: Expr): Expr {
  return expr.type === 'ParenExpr' ? withoutParens(expr.expr) : expr
}
