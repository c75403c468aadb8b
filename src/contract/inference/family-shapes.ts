import type { VectorSelector } from '../../promql/ast.js'
import { mayHaveValue } from '../../registry/label-values.js'
import type { Family, Label } from '../../registry/types.js'
import type { TargetLabels } from '../contract.js'
import { anyValue, between, nonNegative, point } from './intervals.js'
import { LabelMap } from './label-map.js'
import { absent, closed, join, open, passing, unknownReason } from './label-values.js'
import type { Interval, Kind, LabelValues, Reason, Shape } from './types.js'

/** The series of one name that a family exposes, as a selector of that name alone finds them. */
export function familyShape(family: Family, series: string, targetLabels: TargetLabels, selector: VectorSelector): Shape {
  const declared: Reason = { kind: 'declared', selector, family }
  const labels = new Map<string, LabelValues>([['__name__', closed([series], declared)]])
  for (const label of family.labels) labels.set(label.name, ownLabel(label, family, declared))
  const special = specialLabel(family, series)
  if (special) labels.set(special.name, open(special.mayBeAbsent, declared))
  const isRecorded = family.origin.kind === 'recording-rule'
  if (!isRecorded) addTargetLabels(labels, family, targetLabels)
  const isOpen = family.labelsOpen || (!isRecorded && (targetLabels.open || (!targetLabels.configured && isOfAnyTarget(family))))
  const kind = kindOfSeries(family, series)
  return {
    labels: LabelMap.of(labels),
    others: isOpen ? open(true, unknownReason) : absent({ kind: 'never-declared', selector, family }),
    kind,
    value: valueOf(family, kind),
    condition: false,
    always: false,
    families: [family],
  }
}

/**
 * Catalogs unite releases, and another may have other labels and values. Only prometheus_client gives each series all
 * the labels that are declared; the others leave out those that are not given when a value is recorded.
 */
function ownLabel(label: Label, { origin }: Family, why: Reason): LabelValues {
  const { values, open: isOpen, patterns, always } = label
  if (origin.kind !== 'catalog' && isOpen && patterns) return passing(always !== true, (value) => mayHaveValue(label, value), why)
  if (origin.kind === 'catalog' || isOpen || values.length === 0) return open(always !== true, why)
  return closed(always === true ? values : [...values, ''], why)
}

/** `le` of buckets and `quantile` of summaries, which families do not list. */
function specialLabel({ type, name, origin }: Family, series: string): { name: string; mayBeAbsent: boolean } | undefined {
  const isUnknown = origin.kind !== 'recording-rule' && (type === 'unknown' || type === 'untyped')
  if (series.endsWith('_bucket') && (type === 'histogram' || isUnknown)) return { name: 'le', mayBeAbsent: isUnknown }
  if (series === name && (type === 'summary' || isUnknown)) return { name: 'quantile', mayBeAbsent: isUnknown }
  return undefined
}

/** A label of both is the target's, and the metric's own is renamed to `exported_…` (Prometheus: scrape/scrape.go, mutateSampleLabels). */
function addTargetLabels(labels: Map<string, LabelValues>, family: Family, { names, values, always, honored }: TargetLabels): void {
  const target: Reason = { kind: 'target' }
  if (family.name.startsWith('ALERTS')) return
  for (const name of names) {
    const own = labels.get(name)
    const known = values?.get(name)
    const isSure = always?.has(name) ?? false
    const targets = known && isSure && !honored ? closed(known, target) : open(!isSure, target)
    if (own === undefined) {
      labels.set(name, targets)
      continue
    }
    // Where not every target has the label, the metric's own keeps its name.
    labels.set(name, isSure && !honored ? targets : join(own, targets))
    labels.set(`exported_${name}`, isSure && !honored ? own : join(own, absent(target)))
  }
}

/**
 * Whether every target has series of a family: `up` and its like, and what client libraries expose of any process.
 * Without a Prometheus configuration nothing tells which targets there are and what labels they bear.
 */
function isOfAnyTarget({ name, origin }: Family): boolean {
  return origin.kind === 'built-in' || (origin.kind === 'catalog' && /^(?:process|go|python|nodejs|jvm)_/.test(name))
}

/** By the declared type and the suffix that it gives; never by a name alone. */
function kindOfSeries({ type, name }: Family, series: string): Kind {
  if (name === 'up' && type === 'gauge') return 'boolean'
  switch (type) {
    case 'counter':
      return series === name ? 'counter' : 'timestamp'
    case 'histogram':
      if (series === name) return 'native-histogram'
      return suffixKinds.find(([suffix]) => series === name + suffix)?.[1] ?? 'unknown'
    case 'summary':
      if (series === name) return 'summary-quantile'
      return suffixKinds.find(([suffix]) => series === name + suffix)?.[1] ?? 'unknown'
    case 'gauge':
    case 'info':
    case 'stateset':
      return type
    default:
      return 'unknown'
  }
}

const suffixKinds: readonly (readonly [string, Kind])[] = [['_bucket', 'bucket'], ['_sum', 'sum'], ['_count', 'count'], ['_created', 'timestamp']]

function valueOf({ name, origin }: Family, kind: Kind): Interval {
  if (origin.kind === 'built-in') {
    if (name === 'up') return between(0, 1)
    return name === 'ALERTS' ? point(1) : nonNegative
  }
  // What a catalog calls a counter another release may not.
  switch (kind) {
    case 'counter':
    case 'bucket':
    case 'count':
    case 'timestamp':
      return nonNegative
    case 'info':
      return point(1)
    case 'stateset':
      return between(0, 1)
    default:
      return anyValue
  }
}
