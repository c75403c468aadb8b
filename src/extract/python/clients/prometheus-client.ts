import type { MetricType } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { digest } from '../values/digest.js'
import type { Context } from '../engine/engine.js'
import { metricTypes, touch } from '../engine/engine.js'
import { itemsOf } from '../language/expressions.js'
import { isOwnRegistry } from './instrumentation.js'
import { declareMetric, noteMove, pythonText, recordDictionary } from '../values/metrics.js'
import type { Metric, MetricShape } from '../values/metrics.js'
import { recordStates } from './recordings.js'
import { asText, joinTexts, likelyOptions } from '../values/text-values.js'
import type { Arguments, TextValue, Value } from '../values/values.js'
import { noneValue, optionsOf, union, unknown } from '../values/values.js'
import { ownValue } from '../../../text/value.js'

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

/** The constructor with this name in prometheus_client, whichever of its modules it is imported from. */
export function constructorNamed(name: string): Constructor | undefined {
  if (!name.startsWith('prometheus_client.')) return undefined
  const last = name.slice(name.lastIndexOf('.') + 1)
  return Object.hasOwn(constructors, last) ? constructors[last] : undefined
}

/** Declares what a call of a constructor declares: one metric for each name that it may have. */
export function declarePrometheusMetric(context: Context, constructor: Constructor, args: Arguments, place: Place): Value {
  const given = (name: string): Value | undefined => {
    const value = args.keyword.get(name) ?? args.positional[constructor.params.indexOf(name)]
    return value && optionsOf(value).every((option) => option.kind === 'constant' && option.value === null) ? undefined : value
  }
  touch(context.engine)
  for (const { definition } of context.engine.stack.slice(-5)) context.engine.declaring.add(definition)
  const type = typeOf(constructor, given('typ'))
  const unit = plainText(given('unit'))
  const labels = labelNamesOf(context, given(constructor.family ? 'labels' : 'labelnames'), args.open)
  const metrics = fullNames(context, type, given, place).map((name) => {
    const shape: MetricShape = {
      client: 'prometheus_client', type, name,
      help: plainText(given('documentation')),
      unit: unit === '' ? undefined : unit,
      labelNames: labels.names,
      labelsOpen: labels.open || constructor.params.includes('typ'),
      ...(type === 'histogram' && { buckets: constructor.family ? familyBuckets(given('buckets')) : bucketsOf(context, given('buckets')) }),
      ...(type === 'summary' && { quantiles: [] }),
      reason: labels.reason,
      isGaugeHistogram: constructor.params.includes('gsum_value') || plainText(given('typ')) === 'gaugehistogram',
      isFamily: constructor.family,
    }
    const metric = declareMetric(context.engine.metrics, shape, place, context.engine.calls)
    addOwnLabels(context, metric, constructor, given)
    return metric
  })
  return union(metrics.map((metric): Value => ({ kind: 'metric', metric, child: false })))
}

function typeOf(constructor: Constructor, written: Value | undefined): MetricType {
  const text = plainText(written)
  return text === undefined ? constructor.type : ownValue(metricTypes, text) ?? 'unknown'
}

/** prometheus_client/metrics.py, _build_full_name; metrics_core.py, Metric.__init__ */
function fullNames(context: Context, type: MetricType, given: (name: string) => Value | undefined, place: Place): TextValue[] {
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

function plainText(value: Value | undefined): string | undefined {
  const options = value ? likelyOptions(value) : []
  return options[0]?.kind === 'text' && options[0].parts.length === 1 ? options[0].parts[0] : undefined
}

/** The label names, in order; those of all possibilities together where there are several. */
export function labelNamesOf(context: Context, value: Value | undefined, argumentsOpen: boolean): { names: string[]; open: boolean; reason?: string } {
  const names: string[] = []
  let open = argumentsOpen && value === undefined
  for (const option of value ? likelyOptions(value) : []) {
    // A string is a sequence of its characters.
    const { items, open: more } = option.kind === 'text'
      ? { items: Array.from(option.parts.join(''), (letter): Value => ({ ...option, parts: [letter], digest: undefined })), open: option.parts.length > 1 }
      : itemsOf(context, option)
    open ||= more
    for (const item of items) {
      for (const each of likelyOptions(item)) {
        const name = pythonText(each.kind === 'instance' && each.member?.isText ? each.member.value : each)
        if (name === undefined) open = true
        else if (!names.includes(name)) names.push(name)
      }
    }
  }
  return open ? { names, open, reason: 'some label names are computed at run time' } : { names, open }
}

/** The bounds that are written out; the client's own where none are given. */
export function bucketsOf(context: Context, value: Value | undefined): readonly number[] | undefined {
  if (!value) return defaultBuckets
  const [option, ...others] = likelyOptions(value)
  if (!option || others.length > 0 || option.kind !== 'sequence' || option.open) return undefined
  const bounds = option.items.map((item) => boundOf(item))
  return bounds.every((bound) => bound !== undefined) ? finite(bounds) : undefined
}

function boundOf(value: Value): number | undefined {
  if (value.kind === 'constant' && typeof value.value === 'number') return value.value
  if (value.kind === 'external' && /(^|\.)(INF|inf)$/.test(value.name)) return Infinity
  const text = pythonText(value)
  if (text === undefined || text.trim() === '') return undefined
  const number = /^\+?inf(inity)?$/i.test(text.trim()) ? Infinity : Number(text)
  return Number.isNaN(number) ? undefined : number
}

/** `[('0.1', 3), ('+Inf', 7)]`: the first of each pair. */
export function familyBuckets(value: Value | undefined): readonly number[] | undefined {
  if (value?.kind !== 'sequence' || value.open) return undefined
  const bounds = value.items.map((pair) => (pair.kind === 'sequence' && pair.items[0] ? boundOf(pair.items[0]) : undefined))
  return bounds.every((bound) => bound !== undefined) ? finite(bounds) : undefined
}

function finite(bounds: readonly number[]): number[] {
  return bounds.filter((bound) => Number.isFinite(bound)).sort((a, b) => a - b)
}

/** Labels that the client adds, and the samples that a family is made with. */
function addOwnLabels(context: Context, metric: Metric, constructor: Constructor, given: (name: string) => Value | undefined): void {
  if (constructor.type === 'stateset') {
    const name = metric.name.parts.length === 1 ? metric.name.parts[0]! : undefined
    if (name === undefined) metric.labelsOpen = true
    else {
      const known = metric.labels.get(name) ?? { values: new Set<string>(), open: false }
      metric.labels.set(name, known)
      if (!constructor.family) addStates(context, known, given('states'))
    }
  }
  if (constructor.type === 'gauge' && !constructor.family) notePidLabel(metric, given('multiprocess_mode'))
  const registry = given('registry')
  if (registry && isOwnRegistry(registry)) metric.registry = digest(registry)
  const value = given('value') ?? given('count_value') ?? given('buckets')
  if (!constructor.family || !value) return
  metric.recorded = true
  noteMove(metric, 'freely', true)
  if (constructor.type === 'info') recordDictionary(metric, value)
  if (constructor.type === 'stateset') recordStates(metric, value)
}

function addStates(context: Context, label: { values: Set<string>; open: boolean }, states: Value | undefined): void {
  const { items, open } = states ? itemsOf(context, states) : { items: [], open: true }
  label.open ||= open
  for (const item of items.flatMap(optionsOf)) {
    const text = pythonText(item)
    if (text === undefined) label.open = true
    else label.values.add(text)
  }
}

/** Which gauges have a `pid` in multiprocess mode: prometheus_client/multiprocess.py, _accumulate_metrics. */
function notePidLabel(metric: Metric, mode: Value | undefined): void {
  const text = mode ? plainText(mode) : 'all'
  metric.pidInMultiprocess = text === undefined || text === 'all' || text === 'liveall'
}

/** The result of `super().__init__(…)` or `Gauge.__init__(self, …)` in a subclass. */
export function initializeSubclass(context: Context, constructor: Constructor, self: Value | undefined, args: Arguments, place: Place): Value {
  const metric = declarePrometheusMetric(context, constructor, args, place)
  if (self?.kind === 'instance') self.metric = self.metric ? union([self.metric, metric]) : metric
  return noneValue
}

