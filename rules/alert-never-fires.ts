import { describeInterval } from '../src/contract/inference/intervals.js'
import type { EmptyCause } from '../src/contract/inference/types.js'
import { declarationsOf } from '../src/contract/describe.js'
import { isOfGrafana, outcomeOfRule } from '../src/lint/alert-outcome.js'
import { isWholeTruth, operatorOf } from '../src/lint/explain-labels.js'
import { literalOf } from '../src/contract/selector-match.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { Expr } from '../src/promql/ast.js'
import type { GrafanaAlertQuery, Query, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'alert-never-fires',
  subject: 'query',
  severity: 'error',
  summary: 'The expression of each alert can be true',
  check(query, { workspace, report }) {
    if (isOfGrafana(query)) {
      const finding = findingInGrafana(query, workspace)
      if (finding) report(finding)
      return
    }
    const { expr, errors } = query.parsed
    if (query.owner.kind !== 'alerting' || expr === undefined || errors.length > 0) return
    const { cause } = workspace.infer(expr)
    const told = cause && explained(cause, query)
    if (told === undefined || !isWholeTruth(expr, workspace)) return
    report({
      at: query.place(told.start, told.end),
      message: `This alert never fires: ${told.message}`,
      related: cause?.kind === 'comparison' ? declarationsOf(cause.families) : [],
    })
  },
})

/** A rule of Grafana's alerting whose condition is 0 for ever, or has no data for ever. */
function findingInGrafana(query: GrafanaAlertQuery, workspace: Workspace): Finding | undefined {
  const { rule } = query.owner
  const { outcome, queries } = outcomeOfRule(query, workspace) ?? {}
  if (outcome?.kind === 'never') {
    const { path, message } = outcome.why
    return { at: rule.place(...path.slice(rule.path.length)), message: `This alert never fires: ${message}` }
  }
  if (outcome?.kind !== 'empty') return undefined
  // Nothing is what some rules wait for.
  if (rule.noDataState === 'Alerting') return undefined
  const empty = queries?.get(outcome.query.refId)
  const { cause } = empty?.parsed.expr ? workspace.infer(empty.parsed.expr) : {}
  const told = empty && cause && explained(cause, empty)
  if (empty === undefined || told === undefined) return undefined
  const instead = rule.noDataState === undefined || rule.noDataState === 'NoData' ? '. Grafana sends "DatasourceNoData" for ever instead' : ''
  return {
    at: empty.place(told.start, told.end),
    message: `This alert never fires: ${told.message}${instead}`,
    related: cause?.kind === 'comparison' ? declarationsOf(cause.families) : [],
  }
}

/** What makes the expression empty; `undefined` where another rule tells it at the same place. */
function explained(cause: EmptyCause, query: Query): { start: number; end: number; message: string } | undefined {
  const text = ({ start, end }: { start: number; end: number }) => query.text.slice(start, end).replace(/\s+/g, ' ')
  switch (cause.kind) {
    case 'comparison': {
      const { node, left, right } = cause
      if (node.type !== 'BinaryExpr') return undefined
      const { start, end } = operatorOf(node, query)
      const counted = isCount(node.lhs) || isCount(node.rhs) ? '. A count of no series is no series and not 0: use absent()' : ''
      return { start, end, message: `"${text(node.lhs)}" is ${describeInterval(left)}, "${text(node.rhs)}" is ${describeInterval(right)}, and no such values pass "${node.op}"${counted}` }
    }
    case 'selector': {
      const { why } = cause.left
      const other = cause.node.matchers.find(({ name }, i) => literalOf(name) === cause.label && i < cause.node.matchers.indexOf(cause.matcher))
      if (other) return { ...span(cause.matcher), message: `"${text(other)}" and "${text(cause.matcher)}" exclude each other` }
      if (literalOf(cause.matcher.value) === '') return { ...span(cause.matcher), message: `every series has the label "${cause.label}", and "${text(cause.matcher)}" asks for those without` }
      // What no series has of a declared label, unknown-label and unknown-label-value tell.
      return why.kind === 'recorded' ? { ...span(cause.matcher), message: `no rule records a "${cause.label}" that "${text(cause.matcher)}" matches` } : undefined
    }
    case 'other':
      return { ...span(cause.node), message: `"${text(cause.node)}" never yields anything` }
    default:
      return undefined
  }
}

function span({ start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } {
  return { start, end }
}

function isCount(expr: Expr): boolean {
  if (expr.type === 'ParenExpr') return isCount(expr.expr)
  return expr.type === 'AggregateExpr' && expr.op.parts[0] === 'count'
}
