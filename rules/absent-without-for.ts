import { literalOf } from '../src/contract/selector-match.js'
import { durationText, secondsOf } from '../src/lint/bounds.js'
import { configsThatRead } from '../src/lint/configs-that-read.js'
import { textIn } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'
import type { Call, Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'
import type { PrometheusConfig } from '../src/prometheus/model.js'

export default defineRule({
  name: 'absent-without-for',
  subject: 'query',
  severity: 'off',
  summary: 'Each alert on what is absent waits for a second scrape',
  check(query, { workspace, report }) {
    const { owner, parsed: { expr, errors } } = query
    if (owner.kind !== 'alerting' || expr === undefined || errors.length > 0) return
    const { rule } = owner
    const text = textIn(rule, 'for', rule.group)
    const seconds = text === undefined ? 0 : secondsOf(text)
    const interval = shortestInterval(configsThatRead(rule.group.file, workspace))
    if (seconds === undefined || (seconds > 0 && seconds >= 2 * interval)) return
    const isResult = new Set<Expr>()
    walk(expr, (node, parent) => {
      if (parent !== undefined && !(isResult.has(parent) && passesOn(node, parent))) return
      isResult.add(node)
      // `absent_over_time(x[5m])` waits for as long as its range.
      if (node.type !== 'Call' || literalOf(node.func) !== 'absent') return
      const cause = isAboutScrapes(node) ? 'A Prometheus that starts' : 'One scrape that fails, or a Prometheus that starts,'
      const wait = text === undefined ? 'has no "for"' : `waits for ${text} only`
      report({
        at: query.place(node.func.start, node.func.end),
        message: `${cause} makes this true until the next scrape, and the alert ${wait}: let it wait for two scrapes${interval === 0 ? '' : `, ${durationText(2 * interval)}`}`,
      })
    })
  },
})

/** Whether a series of a part is one of the whole. */
function passesOn(node: Expr, parent: Expr): boolean {
  if (parent.type === 'ParenExpr') return true
  return parent.type === 'BinaryExpr' && (parent.op === 'or' || node === parent.lhs || parent.lhs.type === 'NumberLiteral')
}

/** Whether a call asks for what Prometheus itself writes of each scrape, of those that fail too. */
function isAboutScrapes({ args: [selector] }: Call): boolean {
  return selector?.type === 'VectorSelector' && /^(?:up|scrape_\w+)$/.test((selector.name && literalOf(selector.name)) ?? '')
}

/** The seconds between two scrapes of the job that is scraped most often; 0 where no job is known. */
function shortestInterval(configs: readonly PrometheusConfig[]): number {
  const intervals = configs.flatMap(({ scrapeJobs }) => scrapeJobs).map(({ interval }) => interval)
  return intervals.length === 0 ? 0 : Math.min(...intervals)
}
