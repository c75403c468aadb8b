import { holesOf, patternOf, unitedPattern } from '../../../registry/name-pattern.js'
import { isOpenTelemetry } from '../../../registry/naming.js'
import type { NamePattern } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { digest } from '../values/digest.js'
import { noValues, type Metric, type MetricShape } from '../values/metric.js'
import type { Value } from '../values/types.js'
import { metricsIn, optionsOf } from '../values/values.js'

/** All metrics found; one that is declared twice in the same way at the same place is one. */
export interface MetricTable {
  readonly byKey: Map<string, Metric>
  /** Those met since the program was last followed from its start. */
  readonly current: Set<Metric>
  next: number
  /** By the attribute or variable that holds them. */
  readonly byHolder: Map<string, Map<string, Value>>
  /** Names of attributes and variables that hold lists and dictionaries of metrics, with the file of one. */
  readonly containers: Map<string, string>
  /** `.labels(…)` on something unknown: the label names by keyword, or their number. */
  readonly unresolvedLabels: Set<string>
}

export function createMetricTable(): MetricTable {
  return { byKey: new Map(), current: new Set(), next: 0, byHolder: new Map(), containers: new Map(), unresolvedLabels: new Set() }
}

export function declareMetric(table: MetricTable, shape: MetricShape, call: Place, calls: readonly Place[]): Metric {
  const key = [
    call.source.path, call.span.start, call.span.end, shape.type, JSON.stringify(shape.name.parts), shape.labelNames.join(),
  ].join('|')
  const known = table.byKey.get(key)
  // OpenTelemetry takes signs and points in a name: a number may be any text there.
  const name: NamePattern = isOpenTelemetry(shape.client) ? { parts: shape.name.parts } : patternOf(shape.name.parts, holesOf(shape.name))
  if (known) {
    known.name = table.current.has(known) ? unitedPattern(known.name, name) : name
    known.labelsOpen ||= shape.labelsOpen
    known.registration.unregistered = false
    table.current.add(known)
    return known
  }
  const metric: Metric = {
    id: table.next++, shape, name, constructorPlace: call, calls: [...calls],
    labels: new Map(shape.labelNames.map((name) => [name, noValues()])), labelsOpen: shape.labelsOpen,
    recorded: false, escaped: false, moves: new Set(),
    registration: { registry: undefined, unregistered: false, pidInMultiprocess: false },
  }
  table.byKey.set(key, metric)
  table.current.add(metric)
  return metric
}

/** Forgets what was recorded; the metrics stay what they are. */
export function forgetRecordings(table: MetricTable): void {
  table.current.clear()
  table.unresolvedLabels.clear()
  for (const metric of table.byKey.values()) {
    metric.recorded = false
    metric.moves.clear()
    metric.escaped = false
    metric.registration.unregistered = false
    for (const label of metric.labels.values()) {
      label.values.clear()
      label.patterns.clear()
      label.open = false
    }
  }
}

/** Remembers that a metric is held by an attribute or variable of this name. */
export function noteHolder(table: MetricTable, name: string, value: Value): void {
  for (const option of optionsOf(value)) {
    if (option.kind === 'dictionary' && option.entries.length > 0) noteContainer(table, name, option.entries[0]!.value)
    if (option.kind === 'sequence' && option.items.length > 0) noteContainer(table, name, option.items[0]!)
    if (!metricsIn(option).some(({ child }) => !child)) continue
    const held = table.byHolder.get(name) ?? new Map<string, Value>()
    table.byHolder.set(name, held.set(digest(option), option))
  }
}

/** Remembers that metrics are items of what an attribute or variable of this name holds. */
export function noteContainer(table: MetricTable, name: string, item: Value): void {
  const [metric] = metricsIn(item)
  if (metric) table.containers.set(name, metric.metric.constructorPlace.source.path)
}
