import { openLike } from '../../../registry/label-values.js'
import { joinNames, knownName } from '../../../registry/name-pattern.js'
import type { Label } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { movementOf } from '../../movement.js'
import type { MetricDeclaration } from '../../types.js'
import type { LabelValues, Metric } from '../values/metric.js'

/** What is handed to the registry, in the order of files and places. */
export function toDeclarations(metrics: readonly Metric[]): MetricDeclaration[] {
  const sharing = new Map<string, Set<string>>()
  for (const metric of metrics) {
    if (metric.name.parts.length > 1) continue
    for (const place of metric.shape.name.places) {
      const key = placeKey(place)
      sharing.set(key, (sharing.get(key) ?? new Set()).add(metric.name.parts.join('\0')))
    }
  }
  const all = metrics
    .map((metric) => toDeclaration(metric, (place) => sharing.get(placeKey(place))?.size ?? 0))
    .flatMap((declaration, index) => (metrics[index]!.shape.isGaugeHistogram ? [declaration, ...gaugesOf(declaration)] : [declaration]))
  return all.sort((a, b) =>
    compare(a.place.source.path, b.place.source.path) || a.place.span.start - b.place.span.start ||
    compare(a.name.parts.join('*'), b.name.parts.join('*')) || compare(a.type, b.type))
}

/** The text format has no gauge histograms: their sum and count become gauges (prometheus_client/exposition.py, generate_latest). */
function gaugesOf(declaration: MetricDeclaration): MetricDeclaration[] {
  return ['_gcount', '_gsum'].map((suffix) => ({
    ...declaration, type: 'gauge', name: joinNames(declaration.name, knownName(suffix)),
  }))
}

function toDeclaration(metric: Metric, sharedBy: (place: Place) => number): MetricDeclaration {
  const { shape } = metric
  const place = namePlace(metric, sharedBy)
  const reason = shape.reason ?? (shape.name.parts.length > 1 ? shape.name.reason ?? 'part of the name is not known' : undefined)
  const never = !metric.recorded && !metric.escaped
  const movement = shape.type === 'gauge' ? movementOf(metric.moves, !metric.escaped) : undefined
  const labels = [...metric.labels].map(([name, values]): Label => ({ name, ...exposedValues(values, metric.escaped) }))
  return {
    client: shape.client,
    name: metric.name,
    type: shape.type,
    ...(shape.help !== undefined && { help: shape.help }),
    ...(shape.unit !== undefined && { unit: shape.unit }),
    labels: labels.sort((a, b) => compare(a.name, b.name)),
    labelsOpen: metric.labelsOpen,
    ...(shape.buckets && !shape.isGaugeHistogram && { buckets: shape.buckets }),
    ...(shape.quantiles && { quantiles: shape.quantiles }),
    recorded: metric.recorded ? 'yes' : never ? 'never' : 'unknown',
    ...(movement && { movement }),
    place,
    via: wrapperCalls(metric, place),
    ...(reason !== undefined && { reason }),
  }
}

function exposedValues({ values, patterns, open }: LabelValues, escaped: boolean): Omit<Label, 'name'> {
  const known = [...values].sort(compare)
  if (open || escaped || values.size + patterns.size === 0) return { values: known, open: true }
  return openLike(known, [...patterns.values()])
}

/**
 * The literal that names this metric and no other: of a name put together from several, the one that the fewest
 * metrics share; the argument of a wrapper rather than what the wrapper makes of it; a prefix last.
 */
function namePlace(metric: Metric, sharedBy: (place: Place) => number): Place {
  const weight = (place: Place) => {
    const call = metric.calls.findIndex((each) => contains(each, place))
    const isPrefix = /_['"]+$/.test(place.source.text.slice(place.span.start, place.span.end))
    return sharedBy(place) * 1000 + (isPrefix ? 500 : 0) + (call === -1 ? metric.calls.length : call)
  }
  return metric.shape.name.places.reduce<Place | undefined>(
    (best, place) => (!best || weight(place) < weight(best) ? place : best), undefined,
  ) ?? metric.constructorPlace
}

function wrapperCalls(metric: Metric, place: Place): readonly Place[] {
  if (contains(metric.constructorPlace, place)) return []
  const at = metric.calls.findIndex((call) => contains(call, place))
  return at === -1 ? metric.calls.slice(-1) : metric.calls.slice(at)
}

function contains(outer: Place, inner: Place): boolean {
  return outer.source.path === inner.source.path && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}

function placeKey(place: Place): string {
  return `${place.source.path}:${place.span.start}:${place.span.end}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
