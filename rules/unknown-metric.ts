import { declarationsOf, describeDeclaration, originOf } from '../src/contract/describe.js'
import { matchSelector, type AskedName, type Unnamed } from '../src/contract/selector-match.js'
import {
  explainUnknownMetric, firstWord, kindOf, knowsProducers, ownFamilies, renamedPrefixes, tailOf, type UnknownMetric,
} from '../src/contract/unknown-metric.js'
import { isUnderQuantile } from '../src/contract/selector-use.js'
import { defineRule } from '../src/lint/rule.js'
import { catalogSummary, anyMayExposeUnlisted } from '../src/registry/catalogs.js'
import type { Registry } from '../src/registry/registry.js'
import type { Family } from '../src/registry/types.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

interface Unknown {
  readonly query: Query
  readonly asked: AskedName
  /** Whether a metric whose name is not known at all could be meant. */
  readonly unnamed: Unnamed
  readonly found: UnknownMetric | { readonly kind: 'renamed'; readonly family: Family; readonly suggestion: string }
}

export default defineRule({
  name: 'unknown-metric',
  subject: 'workspace',
  severity: 'error',
  summary: 'Each selector names a series that something exposes',
  check(workspace, { report }) {
    const unknown = withRenames(unknownNames(workspace), workspace.registry)
    const alike = countAlike(unknown.map(({ asked }) => asked.text))
    for (const { query, asked, unnamed, found } of unknown) {
      const likely = severityOf(asked.text, found, workspace, alike(asked.text))
      const severity = unnamed === 'none' ? likely : severityBesideUnnamed(unnamed, likely, found)
      if (severity === undefined) continue
      const at = query.place(asked.start, asked.end)
      const suggestion = 'suggestion' in found ? found.suggestion : undefined
      report({
        at,
        severity,
        message: messageFor(asked.text, found),
        context: query.context,
        data: { metric: asked.text, ...(suggestion !== undefined && { suggestion }) },
        related: 'family' in found ? declarationsOf([found.family]) : [],
        suggestions: suggestion === undefined ? [] : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
      })
    }
  },
})

function unknownNames({ registry, selectors, isExternalMetric, namesInCode }: Workspace): Unknown[] {
  // Without a producer in sight there is nothing to hold a query against.
  if (!knowsProducers(registry)) return []
  return selectors.flatMap(({ query, selector }) => {
    const match = matchSelector(selector, registry)
    if (match.kind !== 'none' || isExternalMetric(match.asked.text)) return []
    const askedFor = isUnderQuantile(selector, query.parsed.expr) ? 'buckets' : 'anything'
    const found = explainUnknownMetric(match.asked, askedFor, registry)
    // Code that is not understood may expose it; where another series has the family, that is understood.
    if (match.asked.kind === 'exact' && found.kind !== 'other-series' && namesInCode.anywhere(match.asked.text)) return []
    return [{ query, asked: match.asked, unnamed: match.unnamed, found }]
  })
}

/** Where a prefix was renamed, what each name is called now. */
function withRenames(unknown: readonly Unknown[], registry: Registry): readonly Unknown[] {
  const renamed = renamedPrefixes(unknown.filter(({ found }) => found.kind !== 'exporter').map(({ asked }) => asked.text), registry)
  return unknown.map((one) => {
    const prefix = renamed.get(firstWord(one.asked.text) ?? '')
    const suggestion = `${prefix ?? ''}_${tailOf(one.asked.text) ?? ''}`
    const [family] = registry.familyOfSeries(suggestion)
    return prefix === undefined || family === undefined ? one : { ...one, found: { kind: 'renamed', family, suggestion } }
  })
}

/** So many names that begin alike and that nothing here exposes are those of a library or service that is not at hand. */
const namesOfComponent = 3

/**
 * Names that begin like the code's own, or did before a prefix was renamed, are mistakes. Any other name may come
 * from a library, an exporter or a service that the workspace does not show: a warning where it is the odd one, and
 * nothing where it is clear that there is such a component.
 */
function severityOf(
  name: string,
  found: Unknown['found'],
  { registry, scraped, activeCatalogs, recordingRules }: Workspace,
  alike: number,
): 'error' | 'warning' | undefined {
  // Not every catalog that counts lists all that its exporter can expose.
  const unlisted = anyMayExposeUnlisted(activeCatalogs, name)
  if (unlisted && 'family' in found && found.family.origin.kind === 'catalog' && found.family.name !== name) return undefined
  if (found.kind === 'other-series' || found.kind === 'renamed') return 'error'
  if (unlisted) return undefined
  if (found.kind === 'near' && firstWord(name) === firstWord(found.suggestion)) {
    return found.family.origin.kind === 'catalog' ? 'warning' : 'error'
  }
  const own = ownFamilies(name, registry)
  if (own > 0 && alike < namesOfComponent * own) return 'error'
  // Only recording rules make names with a colon; without any at hand they are kept elsewhere.
  if (name.includes(':')) return recordingRules.length > 0 ? 'warning' : undefined
  if (scraped === 'open') return undefined
  return found.kind === 'exporter' || alike < namesOfComponent ? 'warning' : undefined
}

/**
 * Where a metric's name cannot be told, only what is known under another name is worth a word. A package that is handed a
 * registry may add any metric to it, but hardly one that the code has under almost the same name.
 */
function severityBesideUnnamed(unnamed: Unnamed, likely: 'error' | 'warning' | undefined, found: Unknown['found']): 'error' | 'warning' | undefined {
  if (likely !== 'error' || !('suggestion' in found)) return undefined
  return unnamed === 'foreign' ? 'error' : 'warning'
}

/** How many of the names begin with the same word as each. */
function countAlike(names: readonly string[]): (name: string) => number {
  const counts = new Map<string, number>()
  const keyOf = (name: string) => firstWord(name) ?? name
  for (const name of new Set(names)) counts.set(keyOf(name), (counts.get(keyOf(name)) ?? 0) + 1)
  return (name) => counts.get(keyOf(name)) ?? 0
}

function messageFor(name: string, found: Unknown['found']): string {
  switch (found.kind) {
    case 'other-series':
      return `No series is called "${name}": ${wrongSeries(found.family)}`
    case 'near':
    case 'renamed':
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
