import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import type { Kind, Shape } from '../src/contract/inference/types.js'
import { literalOf } from '../src/contract/selector-match.js'
import { headOf, isWholeTruth } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { walk, type Expr } from '../src/promql/index.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

/** Functions that take each fall for a start from 0. */
const ofCounters = new Set(['rate', 'irate', 'increase'])

export default defineRule({
  name: 'rate-of-gauge',
  subject: 'query',
  severity: 'warning',
  summary: 'Each rate is of a counter',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    walk(expr, (node) => {
      const name = node.type === 'Call' ? literalOf(node.func) : undefined
      const argument = node.type === 'Call' ? node.args[0] : undefined
      if (name === undefined || argument === undefined || !ofCounters.has(name)) return
      const finding = findingFor(name, argument, query, workspace)
      if (finding && isWholeTruth(node, workspace)) report(finding)
    })
  },
})

function findingFor(name: string, argument: Expr, query: Query, workspace: Workspace): Finding | undefined {
  const { shapes } = workspace.infer(argument)
  const [family] = shapes[0]?.families ?? []
  const at = query.place(argument.start, argument.end)
  if (family && shapes.every(isGaugeByFile)) {
    return {
      at,
      message: `${name}() of "${family.name}" (${describeDeclaration(family)}) means nothing: it takes each fall for a restart. Use the gauge itself, or delta() or deriv() of it`,
      data: { metric: family.name },
      related: declarationsOf([family]),
    }
  }
  const summed = argument.type === 'SubqueryExpr' ? aggregationIn(argument.expr) : undefined
  if (summed === undefined || shapes.length === 0 || !shapes.every(({ kind }) => isCounted(kind))) return undefined
  return { at, message: `${name}() of a "${headOf(summed, query)}" of counters takes each restart of one for a restart of all. Take the ${name}() of each first, and aggregate that` }
}

/** Code often increments what it declares as a gauge and nothing else: of that the fault, if any, is in the declaration. */
function isGaugeByFile({ kind, families }: Shape): boolean {
  return kind === 'gauge' && families.length > 0 && families.every(({ origin }) => origin.kind === 'registry-file')
}

function aggregationIn(expr: Expr): Expr | undefined {
  if (expr.type === 'ParenExpr') return aggregationIn(expr.expr)
  return expr.type === 'AggregateExpr' && ['sum', 'avg', 'max', 'min'].includes(literalOf(expr.op)?.toLowerCase() ?? '') ? expr : undefined
}

function isCounted(kind: Kind): boolean {
  return kind === 'counter' || kind === 'bucket' || kind === 'count'
}
