import { defineRule } from '../src/lint/rule.js'
import type { Duration, Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'beyond-retention',
  subject: 'query',
  severity: 'warning',
  summary: 'Each query asks for what Prometheus still keeps',
  check(query, { workspace: { deployment }, report }) {
    const { expr } = query.parsed
    if (expr === undefined) return
    for (const { seconds, at } of reachesOf(expr)) {
      const servers = deployment.prometheus
      const retentions = servers?.map(({ retention }) => retention) ?? []
      if (servers === undefined || servers.some(({ config }) => readsElsewhere(config.document.value))) return
      if (retentions.some((retention) => retention === undefined || seconds <= retention)) continue
      const [longest] = [...servers].sort((a, b) => b.retention! - a.retention!)
      const { service, retention } = longest!
      report({
        at: query.place(at.start, at.end),
        message: `This reaches back ${days(seconds)}, and "${service.name}" (${service.writtenIn}) keeps ${days(retention!)} (--storage.tsdb.retention.time)`,
      })
    }
  },
})

interface Reach {
  readonly seconds: number
  readonly at: { readonly start: number; readonly end: number }
}

/** How far back each selector reaches by its own range and offset, and those of the subqueries around it. */
function reachesOf(expr: Expr): Reach[] {
  const reaches: Reach[] = []
  const around = new Map<Expr, number>()
  walk(expr, (node, parent) => {
    const outer = parent === undefined ? 0 : around.get(parent) ?? 0
    // After `@` the times are fixed ones.
    const own = node.type === 'SubqueryExpr' && node.at !== undefined ? -Infinity : node.type === 'SubqueryExpr' ? secondsOf(node.range) + secondsOf(node.offset) : node.type === 'MatrixSelector' ? secondsOf(node.range) : 0
    around.set(node, outer + own)
    if (node.type !== 'VectorSelector' || node.at !== undefined) return
    const at = node.offset ?? (parent?.type === 'MatrixSelector' ? parent.range : node)
    reaches.push({ seconds: outer + secondsOf(node.offset), at })
  })
  return reaches
}

/** What is not known counts as nothing. */
function secondsOf(duration: Duration | undefined): number {
  return duration?.type === 'DurationLiteral' ? duration.seconds : 0
}

function readsElsewhere(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'remote_read' in config
}

function days(seconds: number): string {
  const amount = (value: number) => String(Math.round(value * 10) / 10)
  return seconds >= 86_400 ? `${amount(seconds / 86_400)} d` : `${amount(seconds / 3600)} h`
}
