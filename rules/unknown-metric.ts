import { declarationsOf, describeDeclaration, originOf } from '../src/contract/describe.js'
import { askedName, matchSelector, type AskedName } from '../src/contract/selector-match.js'
import { explainUnknownMetric, kindOf, knowsProducers, ownsPrefix, type UnknownMetric } from '../src/contract/unknown-metric.js'
import { isUnderQuantile } from '../src/contract/selector-use.js'
import { defineRule } from '../src/lint/rule.js'
import { catalogSummary, mayExposeUnlisted } from '../src/registry/catalogs.js'
import type { Family } from '../src/registry/types.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-metric',
  subject: 'selector',
  severity: 'error',
  summary: 'Each selector names a series that something exposes',
  check({ query, selector }, { workspace, report }) {
    const { registry } = workspace
    // Without a producer in sight there is nothing to hold the query against.
    if (!knowsProducers(registry)) return
    const match = matchSelector(selector, registry)
    if (match.kind !== 'none' || workspace.isExternalMetric(match.asked.text)) return
    const askedFor = isUnderQuantile(selector, query.parsed.expr) ? 'buckets' : 'anything'
    const found = explainUnknownMetric(match.asked, askedFor, registry)
    const severity = severityOf(match.asked, found, workspace)
    if (severity === undefined) return
    const at = query.place(match.asked.start, match.asked.end)
    const suggestion = 'suggestion' in found ? found.suggestion : undefined
    report({
      at,
      severity,
      message: messageFor(match.asked.text, found),
      data: { metric: askedName(selector)!.text, ...(suggestion !== undefined && { suggestion }) },
      related: 'family' in found ? declarationsOf([found.family]) : [],
      suggestions: suggestion === undefined ? [] : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
    })
  },
})

/**
 * Names like those of the code, and names much like an exposed one, are mistakes. Any other name may come from an
 * exporter that the workspace does not show: an error only where every scrape job is written out.
 */
function severityOf(
  asked: AskedName,
  found: UnknownMetric,
  { registry, scraped, activeCatalogs }: Workspace,
): 'error' | 'warning' | undefined {
  if (found.kind === 'other-series' || found.kind === 'near' || ownsPrefix(asked.text, registry)) return 'error'
  // Not every catalog that counts lists all that its exporter can expose.
  if (scraped === 'open' || [...activeCatalogs].some((catalog) => mayExposeUnlisted(catalog, asked.text))) return undefined
  return scraped === 'closed' ? 'error' : 'warning'
}

function messageFor(name: string, found: UnknownMetric): string {
  switch (found.kind) {
    case 'other-series':
      return `No series is called "${name}": ${wrongSeries(found.family)}`
    case 'near':
      return `No producer exposes "${name}". Did you mean "${found.suggestion}" (${describeDeclaration(found.family)})?`
    case 'exporter': {
      const exporters = found.exporters.map((catalog) => catalogSummary(catalog)?.title ?? catalog)
      return `No producer exposes "${name}": it is a metric of ${exporters.join(' or ')}, and nothing here shows that it runs`
    }
    case 'nothing':
      return `No producer exposes "${name}"`
  }
}

function wrongSeries(family: Family): string {
  const series = family.series.filter((one) => !one.endsWith('_created')).map((one) => `"${one}"`)
  const listed = series.length > 1 ? `${series.slice(0, -1).join(', ')} and ${series.at(-1)!}` : series[0]
  return `"${family.name}" is ${kindOf(family.type)} (${originOf(family) ?? 'origin unknown'}), which exposes ${listed ?? 'nothing'}`
}
