import type { VectorSelector } from '../promql/ast.js'
import type { Family } from '../registry/types.js'
import type { Contract, TargetLabels } from './contract.js'
import { matchSelector, type SelectorMatch } from './selector-match.js'

/** Every value that a label of some families can have. */
export interface KnownValues {
  /** Sorted; numbers by size. */
  readonly values: readonly string[]
  has(value: string): boolean
  /** Whether one of them matches; `true` where that depends on how a number is written. */
  some(matches: (value: string) => boolean): boolean
}

/**
 * All the values that a label has on the series of a selector; `undefined` where that cannot be told: the metric or the
 * label is not known, some value is computed, or scraping sets the label too. Catalogs do not count, because another
 * version of the exporter may have other values.
 */
export function selectorLabelValues(selector: VectorSelector, label: string, { registry, targetLabels }: Pick<Contract, 'registry' | 'targetLabels'>): KnownValues | undefined {
  const match = matchSelector(selector, registry)
  if (targetLabels.names.has(label)) return isScraped(match) ? valuesOfTargets(label, targetLabels) : undefined
  if (match.kind !== 'known') return undefined
  if (match.families.some(({ origin, labelsOpen }) => (labelsOpen && origin.kind !== 'built-in') || origin.kind === 'catalog')) return undefined
  const bounds = boundsOf(label, match.families, match.series)
  if (bounds !== undefined) return numbers(bounds)
  const labels = match.families.flatMap((family) => family.labels.filter(({ name }) => name === label))
  const values = [...new Set(labels.flatMap((one) => one.values))].sort()
  if (values.length === 0 || labels.some(({ open }) => open)) return undefined
  return listed(values)
}

function listed(values: readonly string[]): KnownValues {
  return { values, has: (value) => values.includes(value), some: (matches) => values.some(matches) }
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
