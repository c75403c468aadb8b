import type { MetricType } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { ownValue } from '../../../text/value.js'
import type { Context } from '../engine/engine.js'
import { callMethod } from '../engine/follow.js'
import { declareMetric } from '../engine/metric-table.js'
import { touch, touchDeclaring } from '../engine/touch.js'
import { itemsOf } from '../values/containers.js'
import { digest } from '../values/digest.js'
import { noValues, type LabelValues, type Metric, type MetricShape } from '../values/metric.js'
import { asText, joinTexts, likelyOptions } from '../values/text-values.js'
import type { Arguments, TextValue, Value } from '../values/types.js'
import { mapOptions, noneValue, optionsOf, union, unknown } from '../values/values.js'
import type { Client } from './client.js'
import { argumentsOf, bucketsOf, familyBuckets, labelNamesOf, oneOf, plainText } from './declared.js'
import { callRegistryMethod, isOwnRegistry, noteExposition } from './prometheus-registries.js'
import { addShown, harmlessMethods, noteMove, recordDictionary, recordLabels, recordingMethods, usualMove } from './recording.js'

interface Constructor {
  readonly type: MetricType
  readonly params: readonly string[]
  /** For custom collectors: the family is made with its samples. */
  readonly family: boolean
}

const common = ['name', 'documentation', 'labelnames', 'namespace', 'subsystem', 'unit', 'registry', '_labelvalues']
const simpleFamily = ['name', 'documentation', 'value', 'labels', 'unit']

/** The parameters of prometheus_client 0.26: metrics.py and metrics_core.py. */
const constructors: Readonly<Record<string, Constructor>> = {
  Counter: { type: 'counter', params: common, family: false },
  Gauge: { type: 'gauge', params: [...common, 'multiprocess_mode'], family: false },
  Summary: { type: 'summary', params: common, family: false },
  Histogram: { type: 'histogram', params: [...common, 'buckets'], family: false },
  Info: { type: 'info', params: common, family: false },
  Enum: { type: 'stateset', params: [...common, 'states'], family: false },
  UnknownMetricFamily: { type: 'untyped', params: simpleFamily, family: true },
  UntypedMetricFamily: { type: 'untyped', params: simpleFamily, family: true },
  CounterMetricFamily: { type: 'counter', params: ['name', 'documentation', 'value', 'labels', 'created', 'unit'], family: true },
  GaugeMetricFamily: { type: 'gauge', params: simpleFamily, family: true },
  SummaryMetricFamily: { type: 'summary', params: ['name', 'documentation', 'count_value', 'sum_value', 'labels', 'unit'], family: true },
  HistogramMetricFamily: { type: 'histogram', params: ['name', 'documentation', 'buckets', 'sum_value', 'labels', 'unit'], family: true },
  GaugeHistogramMetricFamily: { type: 'histogram', params: ['name', 'documentation', 'buckets', 'gsum_value', 'labels', 'unit'], family: true },
  InfoMetricFamily: { type: 'info', params: ['name', 'documentation', 'value', 'labels'], family: true },
  StateSetMetricFamily: { type: 'stateset', params: ['name', 'documentation', 'value', 'labels'], family: true },
  Metric: { type: 'unknown', params: ['name', 'documentation', 'typ', 'unit'], family: true },
}

export const constructorNames: readonly string[] = Object.keys(constructors)

/** prometheus_client/metrics.py, Histogram.DEFAULT_BUCKETS */
export const defaultBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** Whether a class of this dotted name makes a metric. */
export function isConstructor(name: string): boolean {
  return constructorNamed(name) !== undefined
}

/** The constructor with this name in prometheus_client, whichever of its modules it is imported from. */
function constructorNamed(name: string): Constructor | undefined {
  if (!name.startsWith('prometheus_client.')) return undefined
  const last = name.slice(name.lastIndexOf('.') + 1)
  return Object.hasOwn(constructors, last) ? constructors[last] : undefined
}

export const prometheusClient: Client = {
  call(context, name, args, place) {
    if (!name.startsWith('prometheus_client.')) return undefined
    const constructor = constructorNamed(name)
    if (constructor) return declare(context, constructor, args, place)
    const dot = name.lastIndexOf('.')
    const [self, ...others] = args.positional
    const made = callOfSubclass(context, name.slice(0, dot), name.slice(dot + 1), self, { ...args, positional: others }, place)
    if (made) return made
    if (name.endsWith('register')) return callRegistryMethod(context, name, args)
    noteExposition(context, name, args, place)
    return undefined
  },
  callMade(context, { name, args: made }, method, args, place) {
    if (!name.startsWith('prometheus_client.')) return undefined
    const called = callOfSubclass(context, name, method, made?.positional[0], args, place)
    if (called) return called
    if (!method.endsWith('register')) return undefined
    touch(context.engine)
    return callRegistryMethod(context, `${name}.${method}`, args)
  },
  callMetric(receiver, name, args) {
    const { metric } = receiver
    switch (name) {
      case 'labels':
        recordLabels(metric, args)
        return { ...receiver, child: true }
      case 'info':
        recordDictionary(metric, args.positional[0] ?? args.keyword.get('val') ?? unknown('no argument'))
        return noneValue
      case 'add_metric':
        addSample(metric, args)
        return noneValue
      case 'add_sample':
        recordDictionary(metric, args.positional[1] ?? args.keyword.get('labels') ?? unknown('no argument'))
        return noneValue
    }
    if (recordingMethods.has(name)) {
      if (receiver.child || metric.shape.labelNames.length === 0) metric.recorded = true
      return name === 'time' || name === 'track_inprogress' || name === 'count_exceptions' ? receiver : noneValue
    }
    if (!harmlessMethods.has(name)) metric.escaped = true
    return noneValue
  },
  callUnknown(context, method, args) {
    if (method === 'labels') noteUnresolvedLabels(context, args)
    return undefined
  },
  moveOf: usualMove,
}

/** Declares what a call of a constructor declares: one metric for each name that it may have. */
function declare(context: Context, constructor: Constructor, args: Arguments, place: Place): Value {
  const written = argumentsOf(args, constructor.params)
  const given = (name: string): Value | undefined => {
    const value = written(name)
    return value && optionsOf(value).every((option) => option.kind === 'constant' && option.value === null) ? undefined : value
  }
  touchDeclaring(context.engine)
  const type = typeOf(constructor, given('typ'))
  const unit = plainText(given('unit'))
  const labels = labelNamesOf(given(constructor.family ? 'labels' : 'labelnames'), args.open)
  const metrics = fullNames(type, given, place).map((name) => {
    const shape: MetricShape = {
      client: 'prometheus_client', type, name,
      help: plainText(given('documentation')),
      unit: unit === '' ? undefined : unit,
      labelNames: labels.names,
      labelsOpen: labels.open || constructor.params.includes('typ'),
      ...(type === 'histogram' && { buckets: bucketsOfConstructor(constructor, given('buckets')) }),
      ...(type === 'summary' && { quantiles: [] }),
      reason: labels.reason,
      isGaugeHistogram: constructor.params.includes('gsum_value') || plainText(given('typ')) === 'gaugehistogram',
      isFamily: constructor.family,
    }
    const metric = declareMetric(context.engine.metrics, shape, place, context.engine.course.calls)
    addOwnLabels(metric, constructor, given)
    return metric
  })
  return oneOf(metrics)
}

function bucketsOfConstructor({ family }: Constructor, written: Value | undefined): readonly number[] | undefined {
  if (family) return familyBuckets(written)
  return written ? bucketsOf(written) : defaultBuckets
}

/** prometheus_client/metrics_core.py, METRIC_TYPES */
const metricTypes: Readonly<Record<string, MetricType>> = {
  counter: 'counter', gauge: 'gauge', histogram: 'histogram', summary: 'summary', info: 'info', stateset: 'stateset',
  untyped: 'untyped', unknown: 'untyped', gaugehistogram: 'histogram',
}

function typeOf(constructor: Constructor, written: Value | undefined): MetricType {
  const text = plainText(written)
  return text === undefined ? constructor.type : ownValue(metricTypes, text) ?? 'unknown'
}

/** prometheus_client/metrics.py, _build_full_name; metrics_core.py, Metric.__init__ */
function fullNames(type: MetricType, given: (name: string) => Value | undefined, place: Place): TextValue[] {
  const underscore: Value = { kind: 'text', parts: ['_'], places: [] }
  const pieces: Value[] = []
  for (const prefix of ['namespace', 'subsystem']) {
    const value = given(prefix)
    if (!value) continue
    const withUnderscore = likelyOptions(value).map((option): Value =>
      option.kind === 'text' && option.parts.length === 1 && option.parts[0] === '' ? option : joinTexts([option, underscore], place))
    pieces.push(union(withUnderscore))
  }
  pieces.push(given('name') ?? unknown('no name is given'))
  const joined = likelyOptions(pieces.length === 1 ? pieces[0]! : joinTexts(pieces, place)).map((option) => asText(option, place))
  const unit = plainText(given('unit'))
  return joined.map((name) => {
    // The name's own literal before those of its namespace.
    const own = given('name')
    const literals = own ? likelyOptions(own).flatMap((option) => (option.kind === 'text' ? option.places : [])) : []
    const ordered = [...name.places.filter((each) => literals.includes(each)), ...name.places.filter((each) => !literals.includes(each))]
    const places = ordered.filter((each) => each.source !== place.source || each.span.start !== place.span.start || each.span.end !== place.span.end)
    return { ...name, places, parts: unit === undefined || unit === '' ? name.parts : withUnit(type, name.parts, unit) }
  })
}

function withUnit(type: MetricType, parts: readonly string[], unit: string): string[] {
  const last = type === 'counter' ? parts.at(-1)!.replace(/_total$/, '') : parts.at(-1)!
  return [...parts.slice(0, -1), last.endsWith(`_${unit}`) ? last : `${last}_${unit}`]
}

/** Labels that the client adds, and the samples that a family is made with. */
function addOwnLabels(metric: Metric, constructor: Constructor, given: (name: string) => Value | undefined): void {
  if (constructor.type === 'stateset') {
    const name = metric.name.parts.length === 1 ? metric.name.parts[0]! : undefined
    if (name === undefined) metric.labelsOpen = true
    else {
      const known = metric.labels.get(name) ?? noValues()
      metric.labels.set(name, known)
      if (!constructor.family) addStates(known, given('states'))
    }
  }
  if (constructor.type === 'gauge' && !constructor.family) notePidLabel(metric, given('multiprocess_mode'))
  const registry = given('registry')
  if (registry && isOwnRegistry(registry)) metric.registration.registry = digest(registry)
  const value = given('value') ?? given('count_value') ?? given('buckets')
  if (!constructor.family || !value) return
  metric.recorded = true
  noteMove(metric, 'freely', true)
  if (constructor.type === 'info') recordDictionary(metric, value)
  if (constructor.type === 'stateset') recordStates(metric, value)
}

function addStates(label: LabelValues, states: Value | undefined): void {
  const { items, open } = states ? itemsOf(states) : { items: [], open: true }
  label.open ||= open
  for (const item of items) addShown(label, item)
}

/** Which gauges have a `pid` in multiprocess mode: prometheus_client/multiprocess.py, _accumulate_metrics. */
function notePidLabel(metric: Metric, mode: Value | undefined): void {
  const text = mode ? plainText(mode) : 'all'
  metric.registration.pidInMultiprocess = text === undefined || text === 'all' || text === 'liveall'
}

/** `super().__init__(…)`, `super().labels(…)`, `Counter.inc(self)` in a subclass of a metric; `undefined` where it is none. */
function callOfSubclass(context: Context, owner: string, method: string, self: Value | undefined, args: Arguments, place: Place): Value | undefined {
  const constructor = constructorNamed(owner)
  if (!constructor) return undefined
  const known = self?.kind === 'instance' ? self.metric : undefined
  if (method === '__init__') {
    const metric = declare(context, constructor, args, place)
    if (self?.kind === 'instance') self.metric = known ? union([known, metric]) : metric
    return noneValue
  }
  return known && mapOptions(known, (option) =>
    (option.kind === 'metric' ? callMethod(context, option, method, args, place) : unknown(`the result of ${method}`)))
}

/** `family.add_metric(['a', 'b'], value)`; the value of an info or a state set is a dictionary. */
function addSample(metric: Metric, args: Arguments): void {
  metric.recorded = true
  const labels = args.positional[0] ?? args.keyword.get('labels') ?? unknown('no argument')
  for (const option of optionsOf(labels)) {
    const known = option.kind === 'sequence'
    recordLabels(metric, { positional: known ? option.items : [], keyword: new Map(), open: !known || option.open })
  }
  const value = args.positional[1] ?? args.keyword.get('value') ?? unknown('no argument')
  if (metric.shape.type === 'info') recordDictionary(metric, value)
  if (metric.shape.type === 'stateset') recordStates(metric, value)
}

/** The keys of a state set's dictionary are the values of the label that bears the metric's name. */
export function recordStates(metric: Metric, value: Value): void {
  const states = metric.labels.get(metric.name.parts.join(''))
  for (const option of states ? optionsOf(value) : []) {
    if (option.kind !== 'dictionary' || option.open) states!.open = true
    if (option.kind !== 'dictionary') continue
    for (const { key } of option.entries) {
      if (key.kind === 'text' && key.parts.length === 1) states!.values.add(key.parts[0]!)
      else states!.open = true
    }
  }
}

/** `.labels(…)` on something unknown may be any metric with such labels. */
function noteUnresolvedLabels({ engine }: Context, args: Arguments): void {
  const names = [...args.keyword.keys()].sort()
  engine.metrics.unresolvedLabels.add(args.open ? '*' : names.length > 0 ? names.join() : `#${args.positional.length}`)
}
