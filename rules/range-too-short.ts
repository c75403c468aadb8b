import { literalOf, matchSelector } from '../src/contract/selector-match.js'
import { admits } from '../src/contract/inference/label-values.js'
import { labelOf } from '../src/contract/inference/shapes.js'
import { defineRule } from '../src/lint/rule.js'
import { isScrapedBy } from '../src/registry/catalogs.js'
import type { Family } from '../src/registry/types.js'
import type { VectorSelector } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'
import type { Workspace } from '../src/workspace/workspace.js'

/** Functions that need two samples in their range. */
const ofTwoSamples = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv'])

export default defineRule({
  name: 'range-too-short',
  subject: 'query',
  severity: 'warning',
  summary: 'Each rate looks at two scrapes or more',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    walk(expr, (node) => {
      const name = node.type === 'Call' ? literalOf(node.func) : undefined
      const range = node.type === 'Call' ? node.args[0] : undefined
      if (name === undefined || !ofTwoSamples.has(name) || range?.type !== 'MatrixSelector' || range.range.type !== 'DurationLiteral') return
      const interval = shortestInterval(range.vectorSelector, workspace)
      const { seconds } = range.range
      if (interval === undefined || seconds >= 2 * interval) return
      report({
        at: query.place(range.range.start, range.range.end),
        message: seconds <= interval
          ? `${name}() needs two samples, and with a scrape every ${interval} s there is at most one in ${seconds} s: it yields nothing`
          : `${name}() needs two samples, and with a scrape every ${interval} s there are not always two in ${seconds} s: it has gaps. Take ${4 * interval} s, so that a scrape may fail`,
      })
    })
  },
})

/** How often the jobs are scraped that may expose a selector's series: the shortest interval; `undefined` where that cannot be told. */
function shortestInterval(selector: VectorSelector, workspace: Workspace): number | undefined {
  const { registry, prometheusConfigs, infer, exposure } = workspace
  const match = matchSelector(selector, registry)
  // Rules record at intervals of their own, and programs may write into Prometheus at any.
  if (match.kind !== 'known' || match.families.some(({ origin }) => origin.kind === 'recording-rule')) return undefined
  if (prometheusConfigs.length === 0) return shortestOfMonitors(selector, match.families, workspace)
  if (exposure.scraped !== 'closed') return undefined
  const { shapes } = infer(selector)
  const jobs = prometheusConfigs.flatMap(({ scrapeJobs }) => scrapeJobs).filter(({ name }) => shapes.some((shape) => admits(labelOf(shape, 'job'), name)))
  return jobs.length === 0 ? undefined : Math.min(...jobs.map(({ interval }) => interval))
}

/**
 * The same of what the Prometheus operator scrapes: told where each exporter that has the series, or the very job that is
 * asked for, has a resource that says how often.
 */
function shortestOfMonitors({ matchers }: VectorSelector, families: readonly Family[], { monitors }: Workspace): number | undefined {
  const jobs = matchers.flatMap(({ name, op, value }) => (literalOf(name) === 'job' && op === '=' ? literalOf(value) ?? [] : []))
  const intervals = families.flatMap(({ origin }) => {
    const own = monitors.filter((monitor) => origin.kind === 'catalog' ? isScrapedBy(origin.catalog, monitor) : monitor.job !== undefined && jobs.includes(monitor.job)).flatMap((monitor) => monitor.intervals)
    return own.length === 0 ? [undefined] : own
  })
  const known = intervals.filter((interval) => interval !== undefined)
  return known.length === 0 || known.length < intervals.length ? undefined : Math.min(...known)
}
