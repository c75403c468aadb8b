import { declarationsOf } from '../src/contract/describe.js'
import { mustPass } from '../src/contract/inference/intervals.js'
import type { Kind, Shape } from '../src/contract/inference/types.js'
import { isOfGrafana, outcomeOfRule } from '../src/lint/alert-outcome.js'
import { isWholeTruth, operatorOf } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { BinaryExpr, Expr } from '../src/promql/ast.js'
import { valueType, walk } from '../src/promql/index.js'
import type { GrafanaAlertQuery, Query, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'alert-always-fires',
  subject: 'query',
  severity: 'warning',
  summary: 'The expression of each alert has a condition that can be false',
  check(query, { workspace, report }) {
    if (isOfGrafana(query)) {
      const finding = findingInGrafana(query, workspace)
      if (finding) report(finding)
      return
    }
    const { expr, errors } = query.parsed
    if (query.owner.kind !== 'alerting' || expr === undefined || errors.length > 0) return
    const { shapes } = workspace.infer(expr)
    const told = explained(withoutParens(expr), shapes, query, workspace)
    if (told === undefined || !isWholeTruth(expr, workspace)) return
    report({
      at: query.place(told.start, told.end),
      message: `This alert always fires: ${told.message}`,
      related: declarationsOf([...new Set(shapes.flatMap(({ families }) => families))]),
    })
  },
})

/** A rule of Grafana's alerting whose condition is never 0, for series that are there in good times too. */
function findingInGrafana(query: GrafanaAlertQuery, workspace: Workspace): Finding | undefined {
  const { rule } = query.owner
  const known = outcomeOfRule(query, workspace)
  if (known?.outcome.kind !== 'always') return undefined
  const exprs = rule.chain().sources!.flatMap(({ refId }) => known.queries.get(refId)?.parsed.expr ?? [])
  const shapes = exprs.flatMap((expr) => workspace.infer(expr).shapes)
  if (!shapes.every(isMeasured) || exprs.some((expr) => asksForExistence(expr, workspace))) return undefined
  const { path, message } = known.outcome.why
  return {
    at: rule.place(...path.slice(rule.path.length)),
    message: `This alert always fires: ${message}`,
    related: declarationsOf([...new Set(shapes.flatMap(({ families }) => families))]),
  }
}

interface Told {
  readonly start: number
  readonly end: number
  readonly message: string
}

function explained(expr: Expr, shapes: readonly Shape[], query: Query, workspace: Workspace): Told | undefined {
  if (shapes.length === 0 || valueType(expr) !== 'vector') return undefined
  const isOperator = expr.type === 'BinaryExpr'
  if (isOperator && expr.bool) {
    if (shapes.some(({ condition }) => condition)) return undefined
    const { start, end } = operatorOf(expr, query)
    return { start, end, message: `with "bool" the comparison yields 0 or 1 and leaves no series out, and an alert fires for each series, whatever its value: leave "bool" out` }
  }
  if (isOperator && isComparison(expr)) return surelyTrue(expr, query, workspace)
  if (!shapes.every(isMeasured) || asksForExistence(expr, workspace)) return undefined
  return { start: expr.start, end: expr.end, message: 'nothing is compared, and an alert fires for each series, whatever its value' }
}

function withoutParens(expr: Expr): Expr {
  return expr.type === 'ParenExpr' ? withoutParens(expr.expr) : expr
}

function isComparison({ op }: BinaryExpr): boolean {
  return ['==', '!=', '<', '<=', '>', '>='].includes(op)
}

/** A comparison with a scalar that every value passes. */
function surelyTrue(expr: BinaryExpr, query: Query, workspace: Workspace): Told | undefined {
  const [left, right] = [workspace.infer(expr.lhs), workspace.infer(expr.rhs)]
  const [vector, scalar] = right.type === 'scalar' ? [left, right] : [right, left]
  if (vector.type !== 'vector' || scalar.type !== 'scalar' || !vector.shapes.every(isMeasured)) return undefined
  const isSure = left.shapes.every((l) => right.shapes.every((r) => mustPass(expr.op, l.value, r.value)))
  if (!isSure || vector.shapes.length === 0) return undefined
  const { start, end } = operatorOf(expr, query)
  const text = query.text.slice(expr.start, expr.end).replace(/\s+/g, ' ')
  return { start, end, message: `every value that there can be passes "${text}"` }
}

/**
 * Whether series of a shape are there in good times too, as far as can be told: nothing decides that they are, and
 * they are measured by what is scraped. What is recorded may have been filtered.
 */
function isMeasured({ condition, always, kind, families }: Shape): boolean {
  if (condition || always || families.length === 0 || existenceKinds.has(kind)) return false
  return families.every(({ name, origin }) => origin.kind !== 'recording-rule' && !/^ALERTS|_info$/.test(name))
}

/** Of what is counted or marked, not measured, the series themselves may be the alarm. */
const existenceKinds: ReadonlySet<Kind> = new Set<Kind>(['unknown', 'info', 'stateset', 'number', 'number-of-series'])

/**
 * Whether an expression that compares nothing may ask for series that are there only when something is wrong: those of
 * some label values, or of a gauge that has labels or that an exporter may leave out.
 */
function asksForExistence(expr: Expr, workspace: Workspace): boolean {
  let asks = false
  walk(expr, (node) => {
    if (node.type !== 'VectorSelector') return
    if (node.matchers.length > 0 || node.matcherTemplates.length > 0) asks = true
    for (const { kind, families } of workspace.infer(node).shapes) {
      if (kind !== 'gauge') continue
      if (families.some(({ origin, labels, labelsOpen }) => origin.kind === 'catalog' || labelsOpen || labels.length > 0)) asks = true
    }
  })
  return asks
}
