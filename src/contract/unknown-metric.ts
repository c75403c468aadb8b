import { catalogsWithSeries } from '../registry/catalogs.js'
import { rankedNames } from '../text/nearest-names.js'
import { kindWords, spellingLikeness, wordFrom, wordLikeness, wordsOf } from '../text/word-likeness.js'
import type { Registry } from '../registry/registry.js'
import type { Family, MetricType } from '../registry/types.js'
import { isProducer } from './producers.js'
import type { AskedName } from './selector-match.js'
import type { AskedFor } from './selector-use.js'

/** What can be said of a name that no known series has. */
export type UnknownMetric =
  /** The family exists, but exposes other series. */
  | { readonly kind: 'other-series'; readonly family: Family; readonly suggestion?: string }
  /** There is a name much like it. */
  | { readonly kind: 'near'; readonly family: Family; readonly suggestion: string }
  /** Exporters expose it that nothing here shows to run. */
  | { readonly kind: 'exporter'; readonly exporters: readonly string[] }
  | { readonly kind: 'nothing' }

const suffixes = /_(?:bucket|sum|count|total|created|info)$/

/** Looks for what was probably meant by a name that matches nothing. */
export function explainUnknownMetric(asked: AskedName, askedFor: AskedFor, registry: Registry): UnknownMetric {
  if (asked.kind === 'exact') {
    const family = familyBehind(asked.text, registry)
    if (family) {
      const suggestion = seriesMeant(asked.text, askedFor, family)
      return { kind: 'other-series', family, ...(suggestion !== undefined && { suggestion }) }
    }
  }
  // What the code itself exposes is a better guess than what others do, and than an exporter that nobody runs.
  const own = asked.kind === 'pattern' ? undefined : nearSeries(asked.text, askedFor, ownSeries(asked.text, registry), registry)
  if (own && firstWord(asked.text) === firstWord(own.suggestion)) return own
  const prefixed = withWordsBefore(asked, registry)
  if (prefixed) return prefixed
  const near = asked.kind === 'pattern' ? undefined : nearSeries(asked.text, askedFor, nameableSeries(asked.text, registry), registry)
  const exporters = asked.kind === 'exact' ? catalogsWithSeries(asked.text) : []
  return exporters.length > 0 ? { kind: 'exporter', exporters } : (near ?? own ?? withoutFirstWord(asked, registry) ?? { kind: 'nothing' })
}

/** The name is one of the code's own but for a word before it. */
function withoutFirstWord({ text, kind }: AskedName, registry: Registry): Near | undefined {
  const suggestion = kind === 'exact' ? tailOf(text) ?? '' : ''
  const family = /[_:]/.test(suggestion) ? registry.familyOfSeries(suggestion).find(({ origin }) => isProducer(origin)) : undefined
  return family && { kind: 'near', family, suggestion }
}

/** The name is the end of one of the code's own, or of its catalog's where a prefix was given to that, and of no other. */
function withWordsBefore({ text, kind }: AskedName, registry: Registry): Near | undefined {
  if (kind !== 'exact' || !/[_:]/.test(text)) return undefined
  const exporters = catalogsWithSeries(text)
  const isMeant = ({ origin }: Family) => isProducer(origin) || (origin.kind === 'catalog' && exporters.includes(origin.catalog))
  const [found, ...others] = nameableSeries(text, registry).flatMap((suggestion): Near[] => {
    const family = suggestion.endsWith(`_${text}`) ? registry.familyOfSeries(suggestion).find(isMeant) : undefined
    return family ? [{ kind: 'near', family, suggestion }] : []
  })
  return others.length === 0 ? found : undefined
}

type Near = Extract<UnknownMetric, { kind: 'near' }>

/** By so much the best has to be better than the next family, to be named: a guess among equals is none. */
const clearLead = 0.04

/** Nobody calls a metric longer than this: it is a list of many in a regular expression. */
const longestName = 300

function nearSeries(name: string, askedFor: AskedFor, series: readonly string[], registry: Registry): Near | undefined {
  if (name.length > longestName) return undefined
  const ranked = rankedNames(name, series, 6).flatMap(({ name: suggestion, score }) => {
    const [family] = registry.familyOfSeries(suggestion)
    return family && fits(name, askedFor, suggestion, family) ? [{ suggestion, score, family }] : []
  })
  const [best] = ranked
  const next = best && ranked.find(({ family }) => family.name !== best.family.name)
  if (best === undefined || (next && best.score - next.score < clearLead)) return undefined
  return { kind: 'near', family: best.family, suggestion: best.suggestion }
}

/** Whether a series could be meant by a name in what the query does with it. One that is only misspelt may be. */
function fits(name: string, askedFor: AskedFor, suggestion: string, { type, origin }: Family): boolean {
  // What rules record has a colon in its name, by convention, and what programs expose has none.
  if (origin.kind === 'recording-rule' && suggestion.includes(':') !== name.includes(':')) return false
  if (spellingLikeness(name, suggestion) > 0) return true
  if (name.includes(':') && !suggestion.includes(':')) return false
  // Who wants to know what something is asks for that.
  if (suggestion.endsWith('_info') && !name.endsWith('_info')) return false
  if (!alike(firstWord(name), firstWord(suggestion))) return false
  // The code's own names change; of an exporter's, another word within the name is another thing.
  if ((origin.kind === 'catalog' || origin.kind === 'built-in') && !saysTheSame(name, suggestion)) return false
  const isCounted = askedFor === 'rate' || /_(?:total|count|sum)$/.test(name)
  if (isCounted) return type !== 'gauge' && type !== 'info' && type !== 'stateset'
  return type !== 'counter' || askedFor === 'buckets'
}

/** For each word of a name that says something of its subject, whether another name says it too. */
function saidBy(other: string, name: string): boolean[] {
  const others = wordsOf(other).map(wordFrom)
  return wordsOf(name).filter((word) => !kindWords.has(word)).map((word) => others.some((one) => wordLikeness(wordFrom(word), one) > 0.6))
}

/**
 * Whether a series may be what an exporter calls now what is asked for: it says all that the name says, and nothing else
 * before the last word that both have. `redis_cache_hits` says `cache`, which `redis_defrag_hits` does not.
 */
function saysTheSame(name: string, suggestion: string): boolean {
  const said = saidBy(name, suggestion)
  return !saidBy(suggestion, name).includes(false) && !said.slice(0, said.lastIndexOf(true)).includes(false)
}

/** Whether two first words may stand for one component: `job`, `jobs`. */
function alike(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && wordLikeness(wordFrom(a), wordFrom(b)) > 0.7)
}

/** A family whose name is the asked one but for the suffix that tells the kind of series. */
function familyBehind(name: string, registry: Registry): Family | undefined {
  const stems = [name, name.replace(suffixes, '')]
  const named = (candidates: readonly string[]) => candidates.flatMap((candidate) => registry.familiesNamed(candidate).slice(0, 1))
  const [family] = named([...stems, ...stems.map((stem) => `${stem}_total`)])
  // What is merely called so is another metric: `node_cpu_info` is not what `node_cpu` has become.
  return family ?? named(stems.map((stem) => `${stem}_info`)).find(({ type }) => type === 'info')
}

function seriesMeant(name: string, askedFor: AskedFor, { name: family, type, series }: Family): string | undefined {
  if (type === 'histogram') return `${family}${askedFor === 'buckets' || name.endsWith('_bucket') ? '_bucket' : '_count'}`
  if (type === 'summary') return series.includes(family) ? family : `${family}_count`
  return series.includes(family) ? family : series[0]
}

/**
 * The series to suggest from: buckets for one who asks for buckets and for nobody else, and `_created` likewise,
 * which nobody writes in a query otherwise.
 */
function nameableSeries(name: string, registry: Registry): readonly string[] {
  return kept(`any ${rareKind(name)}`, registry, () => registry.seriesNames().filter((one) => rareKind(one) === rareKind(name)))
}

/** Those of them that the code exposes. */
function ownSeries(name: string, registry: Registry): readonly string[] {
  return kept(`own ${rareKind(name)}`, registry, () => nameableSeries(name, registry).filter((one) => (
    registry.familyOfSeries(one).some(({ origin }) => isProducer(origin))
  )))
}

function rareKind(series: string): string {
  return /_(?:bucket|created)$/.exec(series)?.[0] ?? ''
}

/** Lists are kept for each registry, because the search for near names keeps its index by list. */
function kept(key: string, registry: Registry, list: () => readonly string[]): readonly string[] {
  const lists = keptLists.get(registry) ?? new Map<string, readonly string[]>()
  keptLists.set(registry, lists)
  const series = lists.get(key) ?? list()
  lists.set(key, series)
  return series
}

const keptLists = new WeakMap<Registry, Map<string, readonly string[]>>()

/** The kind of a family in a sentence: `a counter`, `an info metric`. */
export function kindOf(type: MetricType): string {
  if (type === 'info') return 'an info metric'
  if (type === 'stateset') return 'a state set'
  return type === 'unknown' || type === 'untyped' ? 'a metric of unknown type' : `a ${type}`
}

/**
 * How many families begin with the same word as a name (`ml_` of `ml_cost_usd_total`). Only code and registry files
 * count; catalogs and Prometheus's own series say nothing of the user's names.
 */
export function ownFamilies(name: string, registry: Registry): number {
  const word = firstWord(name)
  if (word === undefined) return 0
  return registry.families.filter(({ name: own, origin }) => isProducer(origin) && firstWord(own) === word).length
}

/**
 * Prefixes that were renamed or added: words that unknown names begin with, each with the word that the same
 * names begin with now, or with '' where they have no such word. One name alone proves nothing (everybody has an
 * `…_http_requests_total`): two or more, and most of those that begin so, have to be found again.
 */
export function renamedPrefixes(unknown: readonly string[], registry: Registry): ReadonlyMap<string, string> {
  const own = new Map<string, Set<string>>()
  for (const { series, origin } of registry.families) {
    if (!isProducer(origin)) continue
    for (const name of series) {
      add(own, tailOf(name), firstWord(name))
      if (/[_:]/.test(name)) add(own, name, '')
    }
  }
  const groups = new Map<string, Set<string>>()
  for (const name of unknown) add(groups, firstWord(name), name)
  const renamed = new Map<string, string>()
  for (const [word, names] of groups) {
    const targets = new Map<string, number>()
    for (const name of names) for (const target of own.get(tailOf(name) ?? '') ?? []) targets.set(target, (targets.get(target) ?? 0) + 1)
    const [best, next] = [...targets].sort(([, a], [, b]) => b - a)
    if (best && best[1] >= 2 && best[1] > names.size / 2 && best[1] !== next?.[1]) renamed.set(word, best[0])
  }
  return renamed
}

function add(map: Map<string, Set<string>>, key: string | undefined, value: string | undefined): void {
  if (key !== undefined && value !== undefined) map.set(key, (map.get(key) ?? new Set()).add(value))
}

/** A name without its first word. */
export function tailOf(name: string): string | undefined {
  const word = firstWord(name)
  return word === undefined ? undefined : name.slice(word.length + 1)
}

/** The word before the first `_` or `:`; `undefined` where there is none. */
export function firstWord(name: string): string | undefined {
  return /^[a-zA-Z0-9]+(?=[_:])/.exec(name)?.[0]
}
