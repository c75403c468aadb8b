import type { Place } from '../../../text/source.js'
import { noteHandedOver, noteInstrumentation } from '../clients/instrumentation.js'
import { callMadeByClient, callOfClient } from '../clients/libraries.js'
import type { Context } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { isOfClient } from '../sources/client-modules.js'
import type { Arguments, ExternalValue, Value } from '../values/types.js'
import { external, unknown } from '../values/values.js'
import { callMadeByStandardLibrary, callStandardLibrary } from './standard-library.js'

/** `thing(…)`: a function or class of a library, or a method of what a library made. */
export function callExternal(context: Context, callee: ExternalValue, args: Arguments, place: Place | undefined): Value {
  const at = place ?? context.engine.course.calls.at(-1)
  if (!callee.made) return at ? callLibrary(context, callee.name, args, at) : unknown(`the result of ${callee.name}`)
  const dot = callee.name.lastIndexOf('.')
  if (dot === -1 || !at) return escapeInto(context.engine, args)
  return callMade(context, { ...callee, name: callee.name.slice(0, dot) }, callee.name.slice(dot + 1), args, at)
}

/** `thing.method(…)` */
export function callMethodOfExternal(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  return receiver.made ? callMade(context, receiver, method, args, place) : callLibrary(context, `${receiver.name}.${method}`, args, place)
}

export function attributeOfExternal(_context: Context, object: ExternalValue, name: string): Value {
  return { ...external(`${object.name}.${name}`), made: object.made, place: object.place, args: object.args }
}

function callLibrary(context: Context, name: string, args: Arguments, place: Place): Value {
  const known = callOfClient(context, name, args, place) ?? callStandardLibrary(context, name, args, place)
  if (known) return known
  noteInstrumentation(context, name, place)
  noteHandedOver(context, args, place)
  if (!isOfClient(name)) escapeInto(context.engine, args)
  return { kind: 'external', name, made: true, args, place }
}

function callMade(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const known = callMadeByClient(context, receiver, method, args, place) ?? callMadeByStandardLibrary(receiver, method, args)
  if (known) return known
  const name = `${receiver.name}.${method}`
  noteInstrumentation(context, name, place)
  noteHandedOver(context, args, place)
  if (!isLookUp(method)) escapeInto(context.engine, args)
  return { kind: 'external', name, made: true, args, place: undefined }
}

/** Only reads its arguments: `settings.get('X', default)`. */
function isLookUp(method: string): boolean {
  return /^(get|debug|info|warning|error|exception|critical|log)$/.test(method)
}
