import { disk } from '../text/disk.js'
import { groupedBy } from '../text/grouped-by.js'
import { packageFile } from '../text/package-file.js'
import { ownValue } from '../text/value.js'
import { wordsOf } from '../text/word-likeness.js'
import { evidenceFor, hasPortOf, isNamedLike, namesExporter, type CatalogEvidence, type NamedTarget, type NamingMonitor, type StackEvidence } from './catalog-evidence.js'
import { parsePattern } from './name-pattern.js'
import type { Family, Label, LabelValues, MetricType } from './types.js'

/** A family as a catalog keeps it: the registry file's form without declarations (docs/catalogs.md). */
export interface CatalogFamily {
  readonly name: string
  readonly type: MetricType
  readonly help?: string
  readonly labels: readonly (CatalogValues & { readonly name: string })[]
  /** Present and true where there may be labels beside those listed. */
  readonly labelsOpen?: boolean
  readonly series: readonly string[]
  /** Of a summary, where they are always the same. */
  readonly quantiles?: readonly number[]
}

/** The values of a label as a catalog keeps them: `patterns` as `patternText` writes them. */
interface CatalogValues {
  readonly values?: readonly string[]
  readonly open: boolean
  readonly patterns?: readonly string[]
}

/** What is known of a catalog without reading its families. */
export interface CatalogSummary {
  readonly catalog: string
  /** The exporter's name as its makers write it: `Node exporter`. */
  readonly title: string
  /** What it exposes, and for whom. */
  readonly exporter: string
  /** The versions whose families are listed, oldest first. */
  readonly version: string
  /** Whether every family that the exporter can expose is listed: `openPrefixes` is empty. */
  readonly complete: boolean
  /** How the names begin that belong to this exporter alone. */
  readonly prefixes: readonly string[]
  /** How names begin that the exporter may expose although they are not listed. */
  readonly openPrefixes: readonly string[]
  readonly evidence: CatalogEvidence
  /** Catalogs whose families this exporter exposes too: those of its language's runtime. */
  readonly includes?: readonly string[]
}

/** The families that a well-known exporter or client library exposes. */
export interface Catalog extends CatalogSummary {
  /** How the families were found. */
  readonly source: string
  readonly families: readonly CatalogFamily[]
}

/** A catalog that counts, and why, in words for a person: `image "prom/node-exporter:v1.8.0"`. */
export interface ActiveCatalog {
  readonly catalog: string
  readonly evidence: string
}

export interface CatalogFamilyOptions {
  /** Put before each name, as `collectDefaultMetrics({ prefix })` does. */
  readonly prefix?: string
  /** Labels that every series has beside its own (`registry.setDefaultLabels`). */
  readonly labels?: readonly Label[]
  /** What is known of labels that the catalog has. */
  readonly known?: readonly Label[]
  /** Why the catalog counts; kept in each family's origin. */
  readonly evidence?: string
}

let summaries: ReadonlyMap<string, CatalogSummary> | undefined
let catalogsBySeries: ReadonlyMap<string, readonly string[]> | undefined
const loaded = new Map<string, Catalog>()

/** The names of all catalogs, sorted. */
export function catalogNames(): readonly string[] {
  return [...readSummaries().keys()]
}

/** What is known of a catalog without reading its families; `undefined` where there is none of that name. */
export function catalogSummary(name: string): CatalogSummary | undefined {
  return readSummaries().get(name)
}

/**
 * Whether a catalog tells all that its exporter exposes but for what `openPrefixes` say. One that may expose anything under
 * all of its prefixes was not seen to run, and what the libraries in it expose is not known either: Thanos has metrics
 * of Cortex.
 */
export function tellsAll(name: string): boolean {
  const summary = catalogSummary(name)
  return summary === undefined || summary.prefixes.length === 0 || summary.prefixes.some((prefix) => !summary.openPrefixes.includes(prefix))
}

/** The exporter's name as its makers write it, for a sentence. */
export function catalogTitle(name: string): string {
  return catalogSummary(name)?.title ?? name
}

const mostTitles = 3

/** The names of several exporters, one of which is meant: `RabbitMQ or Redis exporter`. */
export function catalogTitles(names: readonly string[]): string {
  const more = names.length - mostTitles
  const titles = names.slice(0, more === 1 ? names.length : mostTitles).map(catalogTitle)
  return `${titles.join(' or ')}${more > 1 ? ` or ${more} others` : ''}`
}

/**
 * A whole catalog, the families of those that it includes among its own; read when first asked for. `undefined` where
 * there is none of that name.
 */
export function loadCatalog(name: string): Catalog | undefined {
  if (!readSummaries().has(name)) return undefined
  const known = loaded.get(name)
  if (known) return known
  const own = readJson(`${name}.json`) as Catalog
  const included = (own.includes ?? []).flatMap((each) => loadCatalog(each)?.families ?? [])
  const catalog = { ...own, families: [...own.families, ...included] }
  loaded.set(name, catalog)
  return catalog
}

/**
 * The catalogs that count in a stack, sorted by name, each with the first piece of evidence: configuration before
 * images before scrape jobs. Configured names that no catalog has are passed over; `catalogNames` tells them.
 */
export function catalogsFor(stack: StackEvidence): readonly ActiveCatalog[] {
  return [...readSummaries().values()].flatMap(({ catalog, evidence }) => {
    const found = evidenceFor(catalog, evidence, stack)
    return found === undefined ? [] : [{ catalog, evidence: found }]
  })
}

/** The catalog of the program that answers at a target, where something names it. */
export function catalogOfTarget(target: NamedTarget): string | undefined {
  return [...readSummaries().values()].find(({ evidence }) => isNamedLike(evidence, target))?.catalog
}

/** Whether the program at a target may be an exporter: its port is the exporter's own, or the target names it. */
export function mayBeExporter(catalog: string, target: NamedTarget): boolean {
  const summary = catalogSummary(catalog)
  return summary !== undefined && (isNamedLike(summary.evidence, target) || hasPortOf(summary.evidence, target.address))
}

/** Whether a resource scrapes the exporter of a catalog, by what names it. */
export function isScrapedBy(catalog: string, monitor: NamingMonitor): boolean {
  const summary = catalogSummary(catalog)
  return summary !== undefined && namesExporter(summary.evidence, monitor)
}

/** The families of a catalog as the registry holds them, in the catalog's order. */
export function catalogFamilies(catalog: Catalog, options: CatalogFamilyOptions = {}): readonly Family[] {
  const { prefix = '', labels = [], known = [], evidence = '' } = options
  const origin = { kind: 'catalog', catalog: catalog.catalog, evidence } as const
  return catalog.families.map((family) => ({
    name: prefix + family.name,
    type: family.type,
    ...(family.help !== undefined && { help: family.help }),
    labels: withDefaultLabels(family.labels, labels, known),
    labelsOpen: family.labelsOpen ?? false,
    series: family.series.map((series) => prefix + series),
    ...(family.quantiles && { quantiles: family.quantiles }),
    recorded: 'yes',
    origin,
    declarations: [],
  }))
}

/** The names of the catalogs that list a series, sorted. Reads only the series index, never a catalog. */
export function catalogsWithSeries(series: string): readonly string[] {
  catalogsBySeries ??= readSeriesIndex()
  return catalogsBySeries.get(series) ?? []
}

let valuesBySeries: Readonly<Record<string, Readonly<Record<string, CatalogValues>>>> | undefined

/**
 * What a label of a series can be, where each catalog that lists the series knows; `undefined` where one does not, or
 * none lists it. Reads only the index of values, never a catalog.
 */
export function catalogedValues(series: string, label: string): LabelValues | undefined {
  valuesBySeries ??= readJson('values.json') as Readonly<Record<string, Readonly<Record<string, CatalogValues>>>>
  const known = ownValue(ownValue(valuesBySeries, series) ?? {}, label)
  return known && labelValues(known)
}

function labelValues({ values = [], open, patterns }: CatalogValues): LabelValues {
  return { values, open, ...(patterns && { patterns: patterns.map(parsePattern) }) }
}

let words: ReadonlySet<string> | undefined

/** Whether any catalog has a series with this word, in lower case, in its name: a word that people use. */
export function isWordOfCatalogs(word: string): boolean {
  catalogsBySeries ??= readSeriesIndex()
  words ??= new Set([...catalogsBySeries.keys()].flatMap(wordsOf))
  return words.has(word)
}

/** Whether an exporter may expose a series of this name although its catalog, or one that it includes, does not list it. */
export function mayExposeUnlisted(catalog: string, series: string): boolean {
  const { openPrefixes = [], includes = [] } = catalogSummary(catalog) ?? {}
  return openPrefixes.some((prefix) => series.startsWith(prefix)) || anyMayExposeUnlisted(includes, series)
}

/** The same of several exporters. */
export function anyMayExposeUnlisted(catalogs: Iterable<string>, series: string): boolean {
  return [...catalogs].some((catalog) => mayExposeUnlisted(catalog, series))
}

/**
 * The names of the catalogs whose exporter owns names that begin like this one, sorted: whose metric it looks like,
 * though no catalog may list it. Those with the longest prefix only (`nginx_ingress_controller_`, not `nginx_`).
 */
export function catalogsOwning(series: string): readonly string[] {
  prefixes ??= readPrefixes()
  for (const length of prefixes.lengths) {
    const prefix = series.slice(0, length)
    const owners = prefix.length === length && prefix.includes(':') === series.includes(':') ? prefixes.owners.get(prefix) : undefined
    if (owners) return owners
  }
  return []
}

/** The catalogs of each prefix, sorted, and the lengths of all prefixes, the longest first. */
interface Prefixes {
  readonly owners: ReadonlyMap<string, readonly string[]>
  readonly lengths: readonly number[]
}

let prefixes: Prefixes | undefined

function readPrefixes(): Prefixes {
  const owners = groupedBy([...readSummaries().values()].flatMap(({ catalog, prefixes: own }) => [...new Set(own)].map((prefix) => ({ catalog, prefix }))), ({ prefix }) => prefix)
  return {
    owners: new Map([...owners].map(([prefix, all]) => [prefix, all.map(({ catalog }) => catalog)])),
    lengths: [...new Set([...owners.keys()].map(({ length }) => length))].sort((a, b) => b - a),
  }
}

/** A label of the series wins over a default label of the same name (prom-client: lib/registry.js, getMetricsAsString). */
function withDefaultLabels(own: CatalogFamily['labels'], defaults: readonly Label[], known: readonly Label[]): readonly Label[] {
  const ownNames = new Set(own.map((label) => label.name))
  return [
    ...own.map(({ name, ...values }) => known.find((label) => label.name === name) ?? { name, ...labelValues(values) }),
    ...defaults.filter((label) => !ownNames.has(label.name)),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readSummaries(): ReadonlyMap<string, CatalogSummary> {
  if (!summaries) {
    const list = readJson('index.json') as readonly CatalogSummary[]
    summaries = new Map(list.map((summary) => [summary.catalog, summary]))
  }
  return summaries
}

function readSeriesIndex(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const [catalog, series] of Object.entries(readJson('series.json') as Record<string, readonly string[]>)) {
    for (const name of series) {
      const catalogs = index.get(name)
      if (catalogs) catalogs.push(catalog)
      else index.set(name, [catalog])
    }
  }
  return index
}

function readJson(file: string): unknown {
  return JSON.parse(disk.readText(packageFile(`catalogs/${file}`)))
}
