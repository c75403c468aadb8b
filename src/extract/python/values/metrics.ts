import type { ClientLibrary, MetricType, NamePattern } from '../../../registry/types.js'
import { joinNames, knownName, patternOf, holesOf, unitedPattern } from '../../../registry/name-pattern.js'
import { isOpenTelemetry } from '../../../registry/naming.js'
import type { Place } from '../../../text/source.js'
import { moveBy, movementOf, type Move } from '../../movement.js'
import type { MetricDeclaration } from '../../types.js'
import { optionsOf } from './values.js'
import type { Arguments, TextValue, Value } from './values.js'

/** A metric while the program is followed: what was declared, and what reaches its labels. */
export interface Metric {
  readonly id: number
  readonly client: ClientLibrary
  name: NamePattern
  readonly type: MetricType
  readonly help: string | undefined
  readonly unit: string | undefined
  /** In the order of the declaration, as `.labels(a, b)` takes them. */
  readonly labelNames: readonly string[]
  readonly buckets: readonly number[] | undefined
  readonly quantiles: readonly number[] | undefined
  /** Where the name may be said to be written, best first among equals. */
  readonly places: readonly Place[]
  readonly constructorPlace: Place
  readonly calls: readonly Place[]
  readonly reason: string | undefined
  readonly labels: Map<string, LabelValues>
  labelsOpen: boolean
  recorded: boolean
  /** What is done to it: of a gauge, whether it only rises. */
  readonly moves: Set<Move>
  /** Its sum and count are exposed as gauges of their own. */
  readonly isGaugeHistogram: boolean
  /** A collector makes it anew with its samples. */
  readonly isFamily: boolean
  /** A gauge whose samples keep their process apart where the client runs in multiprocess mode. */
  pidInMultiprocess: boolean
  /** The registry of the program's own that it is in, by digest. */
  registry: string | undefined
  /** It was handed to code that cannot be followed. */
  escaped: boolean
  /** It was taken from its registry again. */
  unregistered: boolean
}

export interface LabelValues {
  readonly values: Set<string>
  open: boolean
}

export interface MetricShape {
  readonly client: ClientLibrary
  readonly type: MetricType
  readonly name: TextValue
  readonly help: string | undefined
  readonly unit: string | undefined
  readonly labelNames: readonly string[]
  readonly labelsOpen: boolean
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
  readonly reason?: string | undefined
  readonly isGaugeHistogram?: boolean
  readonly isFamily?: boolean
}

/** All metrics found; one that is declared twice in the same way at the same place is one. */
export interface MetricTable {
  readonly byKey: Map<string, Metric>
  /** Those met since the program was last followed from its start. */
  readonly current: Set<Metric>
  next: number
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
    known.unregistered = false
    table.current.add(known)
    return known
  }
  const reason = shape.reason ?? (shape.name.parts.length > 1 ? shape.name.reason ?? 'part of the name is not known' : undefined)
  const metric: Metric = {
    id: table.next++,
    client: shape.client,
    name,
    type: shape.type,
    help: shape.help,
    unit: shape.unit,
    labelNames: shape.labelNames,
    buckets: shape.buckets,
    quantiles: shape.quantiles,
    places: shape.name.places,
    constructorPlace: call,
    calls: [...calls],
    reason,
    labels: new Map(shape.labelNames.map((name) => [name, { values: new Set<string>(), open: false }])),
    labelsOpen: shape.labelsOpen,
    isGaugeHistogram: shape.isGaugeHistogram ?? false,
    isFamily: shape.isFamily ?? false,
    recorded: false,
    moves: new Set(),
    pidInMultiprocess: false,
    registry: undefined,
    escaped: false,
    unregistered: false,
  }
  table.byKey.set(key, metric)
  table.current.add(metric)
  return metric
}

/** A value reaches a label. */
export function addLabelValue(metric: Metric, label: string, value: Value): void {
  let known = metric.labels.get(label)
  if (!known) metric.labels.set(label, (known = { values: new Set(), open: false }))
  for (const option of optionsOf(value)) {
    const shown = pythonText(option)
    if (shown === undefined) known.open = true
    else known.values.add(shown)
  }
}

/** `str(value)`, where it is known. */
export function pythonText(value: Value): string | undefined {
  if (value.kind === 'instance' && value.member) return pythonText(value.member.shown)
  if (value.kind === 'text') return value.parts.length === 1 ? value.parts[0] : undefined
  if (value.kind === 'constant') {
    if (value.value === null) return 'None'
    if (typeof value.value === 'boolean') return value.value ? 'True' : 'False'
    return Number.isInteger(value.value) ? String(value.value) : undefined
  }
  return undefined
}

/** `.labels(…)`: each declared label gets its value. */
export function recordLabels(metric: Metric, args: Arguments): void {
  metric.recorded = true
  const resolved = !args.open && (args.keyword.size > 0 || args.positional.length === metric.labelNames.length)
  if (!resolved) {
    for (const label of metric.labels.values()) label.open = true
  }
  args.positional.forEach((value, index) => {
    const name = metric.labelNames[index]
    if (name !== undefined) addLabelValue(metric, name, value)
  })
  for (const [name, value] of args.keyword) {
    if (metric.labelNames.includes(name) || metric.labelsOpen) addLabelValue(metric, name, value)
  }
}

/** A dictionary of labels: `.info({…})`, `.add(1, {…})`. Names that are not known leave the labels open. */
export function recordDictionary(metric: Metric, value: Value | undefined): void {
  metric.recorded = true
  for (const option of value ? optionsOf(value) : []) {
    if (option.kind === 'constant') continue
    if (option.kind !== 'dictionary') {
      metric.labelsOpen = true
      openAll(metric)
      continue
    }
    if (option.open) {
      metric.labelsOpen = true
      openAll(metric)
    }
    for (const entry of option.entries) {
      for (const key of optionsOf(entry.key)) {
        const name = pythonText(key)
        if (name === undefined) metric.labelsOpen = true
        else addLabelValue(metric, name, entry.value)
      }
    }
  }
}

export function openAll(metric: Metric): void {
  for (const label of metric.labels.values()) label.open = true
}

/** Notes what is done to a metric. */
export function noteMove({ moves }: Metric, move: Move, isCertain: boolean): void {
  moves.add(isCertain ? move : 'unknown')
}

/** What it does to a gauge to add the value of an argument. */
export function moveByValue(value: Value | undefined): Move {
  return moveBy(value?.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined)
}

/** Forgets what was recorded; the metrics stay what they are. */
export function forgetRecordings(table: MetricTable): void {
  table.current.clear()
  for (const metric of table.byKey.values()) {
    metric.recorded = false
    metric.moves.clear()
    metric.escaped = false
    metric.unregistered = false
    for (const label of metric.labels.values()) {
      label.values.clear()
      label.open = false
    }
  }
}

/** What is handed to the registry, in the order of files and places. */
export function toDeclarations(metrics: readonly Metric[]): MetricDeclaration[] {
  const sharing = new Map<string, Set<string>>()
  for (const metric of metrics) {
    if (metric.name.parts.length > 1) continue
    for (const place of metric.places) {
      const key = placeKey(place)
      sharing.set(key, (sharing.get(key) ?? new Set()).add(metric.name.parts.join('\0')))
    }
  }
  const all = metrics
    .map((metric) => toDeclaration(metric, (place) => sharing.get(placeKey(place))?.size ?? 0))
    .flatMap((declaration, index) => (metrics[index]!.isGaugeHistogram ? [declaration, ...gaugesOf(declaration)] : [declaration]))
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
  const place = namePlace(metric, sharedBy)
  const never = !metric.recorded && !metric.escaped
  const movement = metric.type === 'gauge' ? movementOf(metric.moves, !metric.escaped) : undefined
  const labels = [...metric.labels].map(([name, { values, open }]) => ({
    name, values: [...values].sort(compare), open: open || metric.escaped || values.size === 0,
  }))
  return {
    client: metric.client,
    name: metric.name,
    type: metric.type,
    ...(metric.help !== undefined && { help: metric.help }),
    ...(metric.unit !== undefined && { unit: metric.unit }),
    labels: labels.sort((a, b) => compare(a.name, b.name)),
    labelsOpen: metric.labelsOpen,
    ...(metric.buckets && !metric.isGaugeHistogram && { buckets: metric.buckets }),
    ...(metric.quantiles && { quantiles: metric.quantiles }),
    recorded: metric.recorded ? 'yes' : never ? 'never' : 'unknown',
    ...(movement && { movement }),
    place,
    via: wrapperCalls(metric, place),
    ...(metric.reason !== undefined && { reason: metric.reason }),
  }
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
  return metric.places.reduce<Place | undefined>(
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

