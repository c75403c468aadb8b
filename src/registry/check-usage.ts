import { groupedBy } from '../text/grouped-by.js'
import { nearestNames } from '../text/nearest-names.js'
import { likePatterns, mayHaveValue, unitedValues } from './label-values.js'
import { patternText, wholeName } from './name-pattern.js'
import { placeText, recordOfPlace } from './recorded-place.js'
import type { Registry } from './registry.js'
import { exposedType } from './exposed-type.js'
import { usedByText } from './usage.js'
import type { SeriesUse, Usage, UsedBy } from './usage.js'
import type { Family } from './types.js'

/** Something that a consumer needs and that no family gives. */
export interface UsageFinding extends UsedBy {
  readonly kind: 'series' | 'type' | 'label' | 'value' | 'bucket' | 'quantile'
  readonly message: string
  readonly label?: string
  readonly value?: string
  /** The name or value that is nearest to the missing one. */
  readonly suggestion?: string
}

export interface CheckUsageOptions {
  /** Whether this registry answers for a series; a use of any other is passed over. Default: it answers for all. */
  readonly owns?: (series: string) => boolean
  /** Labels that targets and Prometheus's configuration add, beside those that families declare. */
  readonly targetLabels?: ReadonlySet<string>
}

/**
 * Every need of a usage file that the registry does not meet, in the order of the file. What the registry leaves open
 * (patterns, open labels, open values, unknown buckets) is not held against it.
 */
export function checkUsage(registry: Registry, usage: Usage, options: CheckUsageOptions = {}): UsageFinding[] {
  return usage.consumers.flatMap((consumer) =>
    consumer.uses
      .filter(({ series }) => options.owns?.(patternText(series)) ?? true)
      .flatMap((use) => unmetNeeds(registry, use, options).map((need) => ({ consumer, use, ...need }))),
  )
}

/** The findings for people, grouped by what is missing, each with the panels and alerts that need it. */
export function renderUsageFindings(findings: readonly UsageFinding[]): string {
  const blocks = [...groupedBy(findings, ({ message }) => message)].map(([message, group]) => {
    const lines = new Set(group.map((finding) => `  needed by ${usedByText(finding)}`))
    return `${message}\n${[...lines].join('\n')}\n`
  })
  return blocks.join('\n')
}

/** The findings for programs: consumer, place, and what is missing. */
export function usageFindingsJson(findings: readonly UsageFinding[]): unknown {
  return findings.map(({ kind, message, consumer, use, label, value, suggestion }) => ({
    kind,
    message,
    series: patternText(use.series),
    label,
    value,
    suggestion,
    consumer: consumer.name,
    ...recordOfPlace(use.place),
  }))
}

type Need = Omit<UsageFinding, keyof UsedBy>

function unmetNeeds(registry: Registry, use: SeriesUse, { targetLabels }: CheckUsageOptions): Need[] {
  const families = registry.seriesMatching(use.series).flatMap((name) => registry.familyOfSeries(name))
  if (registry.patternsOverlapping(use.series).length > 0) return []
  const series = patternText(use.series)
  if (families.length === 0) return [missingSeries(registry, use)]
  const labels = use.labels.filter(({ name }) => !targetLabels?.has(name))
  return [
    ...wrongType(series, use, families),
    ...labels.flatMap(({ name, values }) => missingLabel(series, name, values, families)),
    ...missingBounds('bucket', series, use.buckets, families.map(({ buckets }) => buckets)),
    ...missingBounds('quantile', series, use.quantiles, families.map(({ quantiles }) => quantiles)),
  ]
}

function missingSeries(registry: Registry, { series }: SeriesUse): Need {
  const name = wholeName(series)
  const [suggestion] = name === undefined ? [] : nearestNames(name, registry.seriesNames(), 1)
  const family = suggestion === undefined ? undefined : registry.familyOfSeries(suggestion)[0]
  const hint = family === undefined ? '' : `; the nearest is "${suggestion!}"${declaredAt(family)}`
  const message = `nothing exposes "${patternText(series)}"${hint}`
  return { kind: 'series', message, ...(suggestion === undefined ? {} : { suggestion }) }
}

function wrongType(series: string, { type }: SeriesUse, families: readonly Family[]): Need[] {
  if (type === undefined || families.some((family) => mayBeOfType(family, type))) return []
  const [family] = families
  return [{ kind: 'type', message: `"${series}" is used as a ${type} and is a ${family!.type}${declaredAt(family!)}` }]
}

function mayBeOfType(family: Family, type: Family['type']): boolean {
  const have = exposedType(family.type)
  const asked = exposedType(type)
  return have === 'unknown' || asked === 'unknown' || have === asked
}

function missingLabel(series: string, name: string, values: readonly string[], families: readonly Family[]): Need[] {
  const labels = families.flatMap((family) => family.labels.filter((label) => label.name === name))
  if (families.some((family) => family.labelsOpen)) return []
  if (labels.length === 0) {
    const own = [...new Set(families.flatMap((family) => family.labels.map((label) => label.name)))]
    const [suggestion] = nearestNames(name, own, 1)
    const have = own.length === 0 ? 'it has no labels' : `it has ${own.map((label) => `"${label}"`).join(', ')}`
    const message = `"${series}" has no label "${name}"; ${have}${declaredAt(families[0]!)}`
    return [{ kind: 'label', message, label: name, ...(suggestion === undefined ? {} : { suggestion }) }]
  }
  const { patterns, values: known } = unitedValues(labels)
  return values
    .filter((value) => !labels.some((label) => mayHaveValue(label, value)))
    .map((value) => {
      const [suggestion] = nearestNames(value, known, 1)
      const have = known.length === 0 && patterns === undefined ? 'no values' : [...known.map((each) => JSON.stringify(each)), ...(patterns ? [likePatterns(patterns)] : [])].join(', ')
      const never = `label "${name}" of "${series}" never is ${JSON.stringify(value)}`
      const message = `${never}; it has ${have}${declaredAt(families[0]!)}`
      return { kind: 'value', message, label: name, value, ...(suggestion === undefined ? {} : { suggestion }) }
    })
}

function missingBounds(
  kind: 'bucket' | 'quantile',
  series: string,
  asked: readonly number[],
  known: readonly (readonly number[] | undefined)[],
): Need[] {
  const lists = known.filter((list) => list !== undefined)
  if (lists.length < known.length) return []
  const all = [...new Set(lists.flat())].sort((a, b) => a - b)
  return asked
    .filter((bound) => bound !== Infinity && !all.includes(bound))
    .map((bound) => ({
      kind,
      message: `"${series}" has no ${kind} ${bound}; it has ${all.length === 0 ? 'none' : all.join(', ')}`,
      label: kind === 'bucket' ? 'le' : 'quantile',
      value: String(bound),
    }))
}

function declaredAt({ declarations }: Family): string {
  return declarations[0] === undefined ? '' : ` (declared at ${placeText(declarations[0].place)})`
}
