import type { MetricType } from './types.js'

/** What Prometheus keeps of a `# TYPE`, a `# HELP` and a `# UNIT` line. */
export interface SeriesMetadata {
  readonly type: string
  readonly help: string
  readonly unit: string
}

export interface FoldedFamily {
  readonly name: string
  readonly type: MetricType
  /** Sorted. */
  readonly series: readonly string[]
  readonly metadata: SeriesMetadata | undefined
}

/**
 * Puts series names back into the families that they came from, by the metadata of families; a histogram's three
 * series are known as one without it. `x_created` goes with the counter, histogram or summary that it dates.
 */
export function foldSeries(
  names: readonly string[],
  metadataOf: (family: string) => SeriesMetadata | undefined,
): FoldedFamily[] {
  const known = new Set(names)
  const families = new Map<string, { type: MetricType; series: string[]; metadata: SeriesMetadata | undefined }>()
  for (const series of [...known].sort()) {
    const { name, type, metadata } = familyOf(series, known, metadataOf)
    const family = families.get(name)
    if (family) family.series.push(series)
    else families.set(name, { type, series: [series], metadata })
  }
  for (const [name, { series }] of families) {
    const dated = name.endsWith('_created') ? datedFamily(name, (candidate) => families.get(candidate)?.type) : undefined
    if (dated === undefined) continue
    const target = families.get(dated)!
    target.series = [...target.series, ...series].sort()
    families.delete(name)
  }
  return [...families].map(([name, family]) => ({ name, ...family }))
}

/** The family whose time of creation the series `x_created` tells, given the types of the families that there are. */
export function datedFamily(created: string, typeOf: (name: string) => MetricType | undefined): string | undefined {
  const base = created.slice(0, -'_created'.length)
  if (typeOf(`${base}_total`) === 'counter') return `${base}_total`
  const type = typeOf(base)
  return type === 'counter' || type === 'histogram' || type === 'summary' ? base : undefined
}

type Membership = Omit<FoldedFamily, 'series'>

function familyOf(
  series: string,
  known: ReadonlySet<string>,
  metadataOf: (family: string) => SeriesMetadata | undefined,
): Membership {
  const own = metadataOf(series)
  if (own) return { name: series, type: metricType(own.type), metadata: own }
  const [, base, suffix] = /^(.+)_(bucket|sum|count|gsum|gcount|total|created|info)$/.exec(series) ?? []
  const metadata = base === undefined ? undefined : metadataOf(base)
  if (base !== undefined && metadata) {
    const type = metricType(metadata.type)
    // OpenMetrics keeps the suffixes of counters and infos out of the family's name.
    const suffixed = type === 'counter' ? `${base}_total` : type === 'info' ? `${base}_info` : base
    const isMember = suffixesOf.get(type)?.includes(suffix!) ?? false
    if (isMember && (suffixed === base || known.has(suffixed))) return { name: suffixed, type, metadata }
  }
  const isHistogram = ['bucket', 'sum', 'count'].every((each) => known.has(`${base ?? ''}_${each}`))
  if (base !== undefined && isHistogram && /bucket|sum|count/.test(suffix!)) return { name: base, type: 'histogram', metadata }
  return { name: series, type: 'unknown', metadata: undefined }
}

const suffixesOf: ReadonlyMap<MetricType, readonly string[]> = new Map([
  ['counter', ['total', 'created']],
  ['histogram', ['bucket', 'sum', 'count', 'gsum', 'gcount', 'created']],
  ['summary', ['sum', 'count', 'created']],
  ['info', ['info']],
])

/** Prometheus's name of a type (Prometheus: model/metadata, common/model/metadata.go) as one of ours. */
export function metricType(text: string): MetricType {
  switch (text) {
    case 'counter':
    case 'gauge':
    case 'histogram':
    case 'summary':
    case 'info':
    case 'stateset':
      return text
    case 'gaugehistogram':
      return 'histogram'
    default:
      return 'unknown'
  }
}
