import type { VectorSelector } from '../promql/ast.js'
import { catalogedValues } from '../registry/catalogs.js'
import { mayHaveValue, unitedValues } from '../registry/label-values.js'
import type { Family, LabelValues, NamePattern } from '../registry/types.js'
import type { Contract, TargetLabels } from './contract.js'
import { matchSelector, type SelectorMatch } from './selector-match.js'

/** Every value that a label of some families can have. */
export interface KnownValues {
  /** Sorted; numbers by size. */
  readonly values: readonly string[]
  /** What all others are like; absent where there are none. */
  readonly patterns?: readonly NamePattern[]
  /** Whether the label may have the value. */
  has(value: string): boolean
  /** Whether one of them matches; `true` where that depends on how a number is written, or on what fits a pattern. */
  some(matches: (value: string) => boolean): boolean
  /** Whether only the name of the series tells whose it is. */
  readonly byName?: true
}

/**
 * All the values that a label has on the series of a selector; `undefined` where that cannot be told: the metric or the
 * label is not known, some value may be anything, or scraping sets the label too. Of a catalog only what its exporter can
 * give and nothing else counts, which few labels are: another version may have other values.
 */
export function selectorLabelValues(selector: VectorSelector, label: string, { registry, targetLabels }: Pick<Contract, 'registry' | 'targetLabels'>): KnownValues | undefined {
  const match = matchSelector(selector, registry)
  if (targetLabels.names.has(label)) return isScraped(match) ? valuesOfTargets(label, targetLabels) : undefined
  if (match.kind === 'none' && match.asked.kind === 'exact') return valuesInCatalogs(match.asked.text, label)
  if (match.kind !== 'known') return undefined
  if (match.families.some(({ origin, labelsOpen }) => labelsOpen && origin.kind !== 'built-in' && origin.kind !== 'catalog')) return undefined
  const bounds = boundsOf(label, match.families, match.series)
  if (bounds !== undefined) return numbers(bounds)
  const labels = match.families.flatMap((family) => family.labels.filter(({ name }) => name === label))
  return knownValues(unitedValues(labels))
}

/** Of a series that nothing at hand exposes and whose name tells which exporter does. */
function valuesInCatalogs(series: string, label: string): KnownValues | undefined {
  const values = catalogedValues(series, label)
  const known = values && knownValues(values)
  return known && { ...known, byName: true }
}

function knownValues({ values, open, patterns }: LabelValues): KnownValues | undefined {
  if (patterns !== undefined) return listedOrLike(values, patterns)
  return open || values.length === 0 ? undefined : listed(values)
}

function listed(values: readonly string[]): KnownValues {
  return { values, has: (value) => values.includes(value), some: (matches) => values.some(matches) }
}

function listedOrLike(values: readonly string[], patterns: readonly NamePattern[]): KnownValues {
  return { values, patterns, has: (value) => mayHaveValue({ values, open: true, patterns }, value), some: () => true }
}

function valuesOfTargets(label: string, { values }: TargetLabels): KnownValues | undefined {
  const known = values?.get(label)
  return known && listed(known)
}

/** Whether a selector's series come from targets: rules record series and write alerts with labels of their own. */
function isScraped(match: SelectorMatch): boolean {
  if (match.kind === 'open') return false
  if (match.kind === 'none') return match.asked.kind === 'exact' && !match.asked.text.includes(':')
  return match.families.every(({ origin, labels, name }) => (
    origin.kind !== 'recording-rule' && !name.startsWith('ALERTS') && !labels.some((own) => own.name === 'job' || own.name === 'instance')
  ))
}

/** The bucket bounds of histograms, or the quantiles of summaries, where it is these that the label tells. */
function boundsOf(label: string, families: readonly Family[], series: readonly string[]): readonly number[] | undefined {
  const lists = families.map((family) => {
    if (label === 'le' && family.type === 'histogram' && series.every((name) => name.endsWith('_bucket'))) {
      return family.buckets && [...family.buckets, Infinity]
    }
    return label === 'quantile' && family.type === 'summary' && series.every((name) => name === family.name) ? family.quantiles : undefined
  })
  const known = lists.filter((list) => list !== undefined)
  return known.length < lists.length ? undefined : [...new Set(known.flat())].sort((a, b) => a - b)
}

/** Prometheus 3 writes `1` as `1.0`, earlier versions keep what the client wrote: numbers are the same by their size. */
function numbers(bounds: readonly number[]): KnownValues {
  return {
    values: bounds.map((bound) => (bound === Infinity ? '+Inf' : String(bound))),
    has: (value) => bounds.includes(value === '+Inf' ? Infinity : Number(value)),
    some: () => true,
  }
}
