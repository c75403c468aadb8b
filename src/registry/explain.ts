import { likePatterns } from './label-values.js'
import { patternText } from './name-pattern.js'
import { nearestNames } from '../text/nearest-names.js'
import { placeText } from './recorded-place.js'
import type { Registry } from './registry.js'
import type { ClientLibrary, Declaration, Family, FamilyPattern, Label, Origin } from './types.js'

/** All that the registry knows of a name. */
export interface Explanation {
  readonly name: string
  /** Families that expose a series of this name. */
  readonly exposedBy: readonly Family[]
  /** Families of this name that expose series of other names only. */
  readonly named: readonly Family[]
  /** Families whose names are not known whole, and which the name could belong to. */
  readonly patterns: readonly FamilyPattern[]
  /** Names much like it, where nothing is known of it. */
  readonly nearest: readonly string[]
}

/** Looks a metric up by the name of a series or of a family. */
export function explain(registry: Registry, name: string): Explanation {
  const exposedBy = registry.familyOfSeries(name)
  const named = registry.familiesNamed(name).filter((family) => !exposedBy.includes(family))
  const patterns = registry.patternsMatching(name)
  const isKnown = exposedBy.length + named.length + patterns.length > 0
  const all = [...registry.seriesNames(), ...registry.families.map((family) => family.name)]
  const names = isKnown ? [] : [...new Set(all)]
  return { name, exposedBy, named, patterns, nearest: nearestNames(name, names, 5) }
}

/** The explanation for people. */
export function renderExplanation({ name, exposedBy, named, patterns, nearest }: Explanation): string {
  const blocks = [
    ...exposedBy.map((family) => familyBlock(`${name} is ${seriesRole(name, family)}`, family.series, family)),
    ...named.map((family) => familyBlock(`${name} is the name of ${article(family.type)}, and no series`, family.series, family)),
    ...patterns.map((pattern) => {
      const head = `${name} could be exposed by ${patternText(pattern.name)}, a name that is not known whole`
      return familyBlock(head, pattern.series.map(patternText), pattern)
    }),
  ]
  if (blocks.length > 0) return blocks.join('\n')
  const hint = nearest.length === 0 ? '' : `Much like it:\n${nearest.map((each) => `  ${each}\n`).join('')}`
  return `Nothing is known of ${name}.\n${hint}`
}

type Described = Omit<Family, 'name' | 'series'>

function seriesRole(name: string, family: Family): string {
  return family.name === name ? article(family.type) : `a series of ${family.name}, ${article(family.type)}`
}

function familyBlock(head: string, series: readonly string[], described: Described): string {
  const { help, unit, labels, labelsOpen, buckets, quantiles } = described
  const rows: (readonly [string, string] | undefined)[] = [
    help ? ['help', help.replace(/\s+/g, ' ').trim()] : undefined,
    unit ? ['unit', unit] : undefined,
    ['series', series.join(', ')],
    ...(labels.length === 0 && !labelsOpen ? [['labels', 'none'] as const] : []),
    ...labels.map((label) => [`label ${label.name}`, labelText(label)] as const),
    labelsOpen
      ? ['labels', `${labels.length === 0 ? 'not known' : 'there may be others'}: their names are computed at run time`]
      : undefined,
    buckets && ['buckets', buckets.join(', ')],
    quantiles && ['quantiles', quantiles.length === 0 ? 'none' : quantiles.join(', ')],
    ['recorded', recordedText(described)],
    ['known from', originText(described.origin)],
    ...described.declarations.flatMap(declarationRows),
  ]
  const present = rows.filter((row) => row !== undefined)
  const width = Math.max(...present.map(([key]) => key.length))
  return `${head}\n${present.map(([key, text]) => `  ${key.padEnd(width)}  ${text}\n`).join('')}`
}

function labelText({ values, open, patterns }: Label): string {
  const list = values.map((value) => JSON.stringify(value)).join(', ')
  if (patterns) return `${values.length === 0 ? '' : `${list} or `}${likePatterns(patterns)}: every place that records it is known`
  if (!open) return values.length === 0 ? 'never has a value' : `${list} and no other: every place that records it is known`
  return values.length === 0 ? 'any value' : `${list} and maybe others: some values are only known at run time`
}

function recordedText({ recorded, labels, labelsOpen }: Described): string {
  if (recorded === 'yes') return 'yes'
  if (recorded === 'unknown') return 'not known'
  return labels.length > 0 || labelsOpen ? 'never, so it has no series' : 'never, so it stays 0'
}

function declarationRows({ place, via, reason }: Declaration): [string, string][] {
  return [
    ['declared', placeText(place)],
    ...via.map((call): [string, string] => ['  by way of', placeText(call)]),
    ...(reason === undefined ? [] : [['  not known', reason] satisfies [string, string]]),
  ]
}

function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'code':
      return `code that uses ${clientNames[origin.client]}`
    case 'registry-file':
      return `${origin.file}${origin.from === undefined ? '' : `, there from ${originText(origin.from)}`}`
    case 'catalog':
      return `the catalog of ${origin.catalog}, because of ${origin.evidence}`
    case 'recording-rule':
      return 'a recording rule'
    case 'built-in':
      return 'Prometheus itself'
  }
}

const clientNames: Readonly<Record<ClientLibrary, string>> = {
  'prom-client': 'prom-client',
  prometheus_client: 'prometheus_client',
  aioprometheus: 'aioprometheus',
  'opentelemetry-js': 'OpenTelemetry (JavaScript)',
  'opentelemetry-python': 'OpenTelemetry (Python)',
  'exposition-text': 'hand-written exposition text',
}

function article(type: Family['type']): string {
  if (type === 'unknown' || type === 'untyped') return 'a metric of unknown type'
  return type === 'info' ? 'an info' : `a ${type}`
}
