import type { Place } from '../../../text/source.js'
import { callAioprometheus } from './aioprometheus.js'
import type { Context } from '../engine/engine.js'
import { touch } from '../engine/engine.js'
import { noteExposition, noteHandedOver, noteInstrumentation } from './instrumentation.js'
import { isNone } from '../language/lookup.js'
import { createInstrument } from './opentelemetry.js'
import { constructorNamed, declarePrometheusMetric, initializeSubclass } from './prometheus-client.js'
import { callMetricMethod, escape } from './recordings.js'
import { callStandardLibrary } from '../language/standard-library.js'
import type { Arguments, ExternalValue, Value } from '../values/values.js'
import { mapOptions, optionsOf, unknown } from '../values/values.js'

/** A call of a function or class outside the workspace, by its dotted name. */
export function callLibrary(context: Context, name: string, args: Arguments, place: Place | undefined): Value {
  const at = place ?? context.engine.calls.at(-1)
  if (!at) return unknown(`the result of ${name}`)
  const constructor = constructorNamed(name)
  if (constructor) return declarePrometheusMetric(context, constructor, args, at)
  const collector = callAioprometheus(context, name, args, at)
  if (collector) return collector
  const initialized = name.endsWith('.__init__') ? constructorNamed(name.slice(0, -'.__init__'.length)) : undefined
  if (initialized) {
    return initializeSubclass(context, initialized, args.positional[0], { ...args, positional: args.positional.slice(1) }, at)
  }
  const [first, ...others] = args.positional
  const dot = name.lastIndexOf('.')
  if (first?.kind === 'instance' && first.metric && constructorNamed(name.slice(0, dot))) {
    return callBaseMethod(context, first.metric, name.slice(dot + 1), { ...args, positional: others })
  }
  if (isRegistryMethod(name)) return callRegistryMethod(context, name, args)
  const standard = callStandardLibrary(context, name, args, at)
  if (standard) return standard
  noteExposition(context, name, args, at)
  noteInstrumentation(context, name, at)
  noteHandedOver(context, args, at)
  if (!isClientObject(name)) escapeAll(context, args)
  return { kind: 'external', name, made: true, args, place: at }
}

/** Whether a value is a metrics library, or something in one. */
export function isFromMetricsLibrary(value: Value): boolean {
  return value.kind === 'external' && /^(prometheus_client|aioprometheus|prometheus_fastapi_instrumentator|opentelemetry)\b/.test(value.name)
}

function isClientObject(name: string): boolean {
  return /^(prometheus_client|aioprometheus|opentelemetry)\b/.test(name)
}

/** `thing.method(…)` on what a library made. */
export function callMadeObject(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const constructor = method === '__init__' ? constructorNamed(receiver.name) : undefined
  const self = receiver.args?.positional[0]
  if (constructor) return initializeSubclass(context, constructor, self, args, place)
  if (self?.kind === 'instance' && self.metric && constructorNamed(receiver.name)) return callBaseMethod(context, self.metric, method, args)
  const instrument = createInstrument(context, method, args, place)
  if (instrument) return instrument
  const name = `${receiver.name}.${method}`
  if (isRegistryMethod(name)) {
    touch(context.engine)
    return callRegistryMethod(context, name, args)
  }
  noteInstrumentation(context, name, place)
  noteHandedOver(context, args, place)
  if (!isLookUp(method)) escapeAll(context, args)
  return { kind: 'external', name, made: true, args, place: undefined }
}

/** `super().labels(…)`, `Counter.inc(self)` in a subclass of a metric. */
function callBaseMethod(context: Context, metric: Value, method: string, args: Arguments): Value {
  return mapOptions(metric, (option) => (option.kind === 'metric' ? callMetricMethod(context, option, method, args) : unknown(`the result of ${method}`)))
}

function isRegistryMethod(name: string): boolean {
  return /^prometheus_client\b.*register$/.test(name)
}

/** `REGISTRY.register(collector)`, `REGISTRY.unregister(metric)`: what is certainly unregistered is not exposed. */
function callRegistryMethod(context: Context, name: string, args: Arguments): Value {
  const [collector] = args.positional
  const metric = collector?.kind === 'metric' ? collector.metric : undefined
  if (metric && !name.endsWith('.unregister')) metric.unregistered = false
  else if (metric && isCertain(context)) metric.unregistered = true
  return unknown('the result of register')
}

/** Whether what is executed now is executed whenever its module is imported. */
function isCertain({ engine, results }: Context): boolean {
  return results === undefined && engine.stack.length === 0 && engine.branchDepth === 0 && engine.handlerDepth === 0
}

/** Only reads its arguments: `settings.get('X', default)`. */
function isLookUp(method: string): boolean {
  return /^(get|debug|info|warning|error|exception|critical|log)$/.test(method)
}

function escapeAll(context: Context, args: Arguments): void {
  for (const value of [...args.positional, ...args.keyword.values()]) {
    if (optionsOf(value).some((option) => !isNone(option))) escape(context, value)
  }
}
