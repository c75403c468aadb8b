import type { Place } from '../../text/source.js'
import type { Context } from './engine.js'
import { touch } from './engine.js'
import { noteExposition, noteInstrumentation } from './instrumentation.js'
import { isNone } from './lookup.js'
import { createInstrument } from './opentelemetry.js'
import { constructorNamed, declarePrometheusMetric, initializeSubclass } from './prometheus-client.js'
import { escape } from './recordings.js'
import { callStandardLibrary } from './standard-library.js'
import type { Arguments, ExternalValue, Value } from './values.js'
import { optionsOf, unknown } from './values.js'

/** A call of a function or class outside the workspace, by its dotted name. */
export function callLibrary(context: Context, name: string, args: Arguments, place: Place | undefined): Value {
  const at = place ?? context.engine.calls.at(-1)
  if (!at) return unknown(`the result of ${name}`)
  const constructor = constructorNamed(name)
  if (constructor) return declarePrometheusMetric(context, constructor, args, at)
  const initialized = name.endsWith('.__init__') ? constructorNamed(name.slice(0, -'.__init__'.length)) : undefined
  if (initialized) {
    return initializeSubclass(context, initialized, args.positional[0], { ...args, positional: args.positional.slice(1) }, at)
  }
  const standard = callStandardLibrary(context, name, args, at)
  if (standard) return standard
  noteExposition(context, name, args, at)
  noteInstrumentation(context, name, at)
  if (!isClientObject(name)) escapeAll(context, args)
  return { kind: 'external', name, made: true, args, place: at }
}

function isClientObject(name: string): boolean {
  return /^(prometheus_client|opentelemetry)\b/.test(name)
}

/** `thing.method(…)` on what a library made. */
export function callMadeObject(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const constructor = method === '__init__' ? constructorNamed(receiver.name) : undefined
  if (constructor) return initializeSubclass(context, constructor, receiver.args?.positional[0], args, place)
  const instrument = createInstrument(context, method, args, place)
  if (instrument) return instrument
  if (receiver.name === '?') return unknown('a method of an unknown object')
  const name = `${receiver.name}.${method}`
  if (/^prometheus_client\b/.test(receiver.name) && /register$/.test(method)) {
    touch(context.engine)
    return unknown('the result of register')
  }
  noteInstrumentation(context, name, place)
  if (!isLookUp(method)) escapeAll(context, args)
  return { kind: 'external', name, made: true, args, place: undefined }
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
