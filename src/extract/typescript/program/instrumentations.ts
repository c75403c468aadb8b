import { loadCatalog } from '../../../registry/catalogs.js'
import { anyName, joinNames, knownName } from '../../../registry/name-pattern.js'
import type { ClientLibrary, Label, NamePattern } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Instrumentation, MetricDeclaration } from '../../types.js'
import { defaultLabels } from '../clients/registries.js'
import type { Analysis } from '../engine/analysis.js'
import type { Installation } from '../engine/facts.js'
import { knownText, toStrings } from '../values/values.js'

/** The places where metrics known by catalog are switched on, with what is put before their names. */
export function instrumentationsOf(analysis: Analysis): Instrumentation[] {
  const found = new Map<string, Instrumentation>()
  for (const installation of analysis.facts.finds.installations.values()) {
    const { catalog, prefix, known, place } = installation
    const text = prefix && knownText(prefix)
    if (prefix && text === undefined) continue
    const labels = labelsOf(analysis, installation)
    const key = [place.source.path, place.span.start, catalog, text ?? '', JSON.stringify(labels)].join('\n')
    found.set(key, { catalog, ...(text !== undefined && { prefix: text }), ...(labels.length > 0 && { labels }), ...(known && { known }), place })
  }
  return [...found.values()].sort(inOrder)
}

/** The metrics of a catalog that are switched on with a prefix that is not known: any text may stand before their names. */
export function declarationsWithOpenPrefix(analysis: Analysis): MetricDeclaration[] {
  return [...analysis.facts.finds.installations.values()].flatMap((installation) => {
    const { catalog, prefix, place } = installation
    if (!prefix || knownText(prefix) !== undefined) return []
    return (loadCatalog(catalog)?.families ?? []).map((family): MetricDeclaration => ({
      client: 'prom-client',
      name: joinNames(prefix, knownName(family.name)),
      type: family.type,
      ...(family.help !== undefined && { help: family.help }),
      labels: withDefaults(family.labels.map(({ name, values = [], open }) => ({ name, values, open })), labelsOf(analysis, installation)),
      labelsOpen: family.labelsOpen ?? false,
      recorded: 'yes',
      place,
      via: [],
      reason: `the prefix of the default metrics is not known: ${prefix.reason ?? 'it is computed'}`,
    }))
  })
}

/** Packages that are handed a registry may put metrics of any name in it. */
export function declarationsOfOthers({ facts }: Analysis): MetricDeclaration[] {
  return [...facts.ends.registriesGivenAway.values()].map((place) =>
    anyMetric('prom-client', anyName, place, 'a package that is not read gets the registry here and may add metrics to it'))
}

/** What an exporter puts before the names of the code's own metrics stands before those that packages measure by OpenTelemetry, too. */
export function declarationsBehindExporters({ facts }: Analysis): MetricDeclaration[] {
  return [...facts.finds.exporters.values()].flatMap(({ prefix, place }) => (prefix.length === 0 ? [] : toStrings(prefix)).map((text) =>
    anyMetric('opentelemetry-js', joinNames(joinNames(text, knownName('_')), anyName), place,
      'packages that measure by OpenTelemetry may add metrics, and this exporter gives all of them its prefix')))
}

/** Metrics of which nothing is known but a pattern of their names. */
function anyMetric(client: ClientLibrary, name: NamePattern, place: Place, reason: string): MetricDeclaration {
  return { client, name, type: 'unknown', labels: [], labelsOpen: true, recorded: 'unknown', place, via: [], reason }
}

function labelsOf(analysis: Analysis, { labels, registries }: Installation): readonly Label[] {
  return withDefaults(labels, defaultLabels(analysis, registries))
}

/** A metric's own label wins over a default label of the same name (prom-client: lib/registry.js). */
function withDefaults(own: readonly Label[], defaults: readonly Label[]): readonly Label[] {
  const labels = new Map([...defaults, ...own].map((label) => [label.name, label]))
  return [...labels.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function inOrder(a: Instrumentation, b: Instrumentation): number {
  if (a.place.source.path !== b.place.source.path) return a.place.source.path < b.place.source.path ? -1 : 1
  if (a.place.span.start !== b.place.span.start) return a.place.span.start - b.place.span.start
  return (a.prefix ?? '') < (b.prefix ?? '') ? -1 : 1
}
