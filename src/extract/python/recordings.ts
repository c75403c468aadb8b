import type { Move } from '../movement.js'
import { callCollectorMethod } from './aioprometheus.js'
import type { Context, Engine } from './engine.js'
import { touch } from './engine.js'
import { moveByValue, noteMove, openAll, recordDictionary, recordLabels } from './metrics.js'
import type { Metric } from './metrics.js'
import type { Arguments, MetricValue, Value } from './values.js'
import { noneValue, optionsOf, unknown } from './values.js'

const recordingMethods = new Set([
  'inc', 'dec', 'set', 'observe', 'time', 'track_inprogress', 'count_exceptions', 'set_function', 'set_to_current_time',
  'state', 'reset',
])
const harmlessMethods = new Set(['remove', 'remove_by_labels', 'clear', 'describe', 'collect', '__call__', '__enter__', '__exit__', '__init__'])

/** Notes that a name was evaluated where it stands. */
export function noteEvaluated({ scope }: Context, end: number): void {
  if (scope.module.role !== 'support') scope.module.evaluated.add(end)
}

/**
 * Recordings in code that was never reached may bring any value to the metric of that name, and samples that are added
 * there to any family that the module makes.
 */
export function applyUnreachedCalls(engine: Engine): void {
  const call = new RegExp(`(?<=([A-Za-z_]\\w*)?\\s*)\\.(?:labels|info|${[...recordingMethods].join('|')})(?=\\s*\\()`, 'g')
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    for (const match of module.source.text.matchAll(call)) {
      if (module.evaluated.has(match.index + match[0].length)) continue
      for (const held of engine.metricsByHolder.get(match[1] ?? '')?.values() ?? []) {
        if (held.kind === 'metric') held.metric.escaped = true
      }
    }
    const isUnreached = (match: RegExpMatchArray) => !module.evaluated.has(match.index! + match[0].length)
    if (![...module.source.text.matchAll(/\.add_(?:metric|sample)(?=\s*\()/g)].some(isUnreached)) continue
    for (const metric of engine.metrics.current) {
      if (metric.isFamily && metric.constructorPlace.source === module.source) metric.escaped = true
    }
  }
}

/** A method of a metric: `.labels(…)`, `.inc()`, `.add_metric([…], 1)`, `.add(1, {…})`. */
export function callMetricMethod(context: Context, receiver: MetricValue, name: string, args: Arguments): Value {
  const { metric } = receiver
  touch(context.engine)
  const move = moveOf(metric, name, args)
  if (move !== undefined) noteMove(metric, move, receiver.maybe !== true)
  if (metric.client === 'aioprometheus') return callCollectorMethod(metric, name, args)
  if (metric.client === 'opentelemetry-python') {
    if (['add', 'record', 'set'].includes(name)) recordDictionary(metric, args.positional[1] ?? args.keyword.get('attributes') ?? noneValue)
    return noneValue
  }
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
    if (receiver.child || metric.labelNames.length === 0) metric.recorded = true
    return name === 'time' || name === 'track_inprogress' || name === 'count_exceptions' ? receiver : noneValue
  }
  if (!harmlessMethods.has(name)) metric.escaped = true
  return noneValue
}

/**
 * What a method of a gauge does to it; `undefined` where it does nothing (prometheus_client/metrics.py, Gauge;
 * aioprometheus/collectors.py, Gauge, whose methods take the labels first).
 */
function moveOf({ client }: Metric, name: string, args: Arguments): Move | undefined {
  const amount = (position: number, keyword: string) => args.keyword.get(keyword) ?? args.positional[position]
  switch (name) {
    case 'inc': {
      if (client === 'aioprometheus') return 'up'
      const given = amount(0, 'amount')
      return given === undefined && !args.open ? 'up' : moveByValue(given)
    }
    case 'add':
      return client === 'aioprometheus' ? moveByValue(amount(1, 'value')) : moveByValue(amount(0, 'amount'))
    case 'dec':
    case 'sub':
    case 'set':
    case 'set_value':
    case 'set_function':
    case 'set_to_current_time':
    case 'time':
    case 'track_inprogress':
    case 'add_metric':
    case 'add_sample':
      return 'freely'
    case 'labels':
      return undefined
    default:
      return harmlessMethods.has(name) ? undefined : 'unknown'
  }
}

/** What prometheus_client keeps of a metric's own that is no value; whoever takes another of its insides may set it: `done._value.set(3)`. */
const descriptions = new Set(['_name', '_documentation', '_labelnames', '_labelvalues', '_type', '_unit', '_kwargs', '_lock'])

/** `metric.inc` that is not called here: whoever gets it calls it. */
export function takeMetricMethod(context: Context, { metric, child }: MetricValue, name: string): Value {
  if (/^_(?!_)/.test(name) && !descriptions.has(name)) {
    touch(context.engine)
    noteMove(metric, 'unknown', false)
    metric.escaped = true
    return unknown(`attribute ${name}`)
  }
  if (name !== 'labels' && name !== 'info' && name !== 'add' && name !== 'record' && !recordingMethods.has(name)) return unknown(`attribute ${name}`)
  touch(context.engine)
  if (name !== 'labels') noteMove(metric, 'unknown', false)
  if (child || metric.labelNames.length === 0) metric.recorded = true
  if (!child) metric.escaped ||= metric.labelNames.length > 0 || metric.client !== 'prometheus_client' || name === 'info'
  return unknown('a method of a metric')
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
  if (metric.type === 'info') recordDictionary(metric, value)
  if (metric.type === 'stateset') recordStates(metric, value)
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

/** A value is handed to code that cannot be followed: it may record a metric, and call a function, with anything. */
export function escape(context: Context, value: Value, depth = 0): void {
  if (depth > 3) return
  for (const option of optionsOf(value)) {
    switch (option.kind) {
      case 'metric':
        // A child's labels are settled.
        if (option.child) option.metric.recorded = true
        else option.metric.escaped = true
        break
      case 'function':
        context.engine.escaped.add(option.definition)
        break
      case 'method':
        context.engine.escaped.add(option.callee.definition)
        break
      case 'partial':
        escape(context, option.callee, depth + 1)
        break
      case 'sequence':
        for (const item of option.items) escape(context, item, depth + 1)
        break
      case 'dictionary':
        for (const entry of option.entries) escape(context, entry.value, depth + 1)
        break
      case 'instance':
        if (option.metric) escape(context, option.metric, depth + 1)
        break
      default:
    }
  }
}

/** `.labels(…)` on something unknown may be any metric with such labels. */
export function noteUnresolvedCall(context: Context, name: string, args: Arguments): void {
  if (name !== 'labels') return
  const names = [...args.keyword.keys()].sort()
  const shape = args.open ? '*' : names.length > 0 ? names.join() : `#${args.positional.length}`
  context.engine.unresolvedLabels.add(shape)
}

/** Opens the labels of every metric that an unresolved `.labels(…)` may have meant. */
export function applyUnresolvedCalls(context: Context['engine']): void {
  for (const metric of context.metrics.current) {
    if (metric.labelNames.length === 0 || metric.client !== 'prometheus_client') continue
    const shapes = ['*', [...metric.labelNames].sort().join(), `#${metric.labelNames.length}`]
    if (!shapes.some((shape) => context.unresolvedLabels.has(shape))) continue
    openAll(metric)
    metric.escaped = true
  }
}
