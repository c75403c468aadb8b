import type { Place } from '../../../text/source.js'
import { noteHandedOver, noteInstrumentation } from '../clients/instrumentation.js'
import { callMadeByClient, callOfClient } from '../clients/libraries.js'
import { recordingMethods } from '../clients/recording.js'
import type { Context } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { callMethod } from '../engine/follow.js'
import { isOfClient } from '../sources/client-modules.js'
import { commonNames } from '../sources/common-names.js'
import { withDerived } from '../values/classes.js'
import type { Arguments, ExternalValue, FunctionValue, Value } from '../values/types.js'
import { external, union, unknown } from '../values/values.js'
import { callByName } from './methods.js'
import { callMadeByStandardLibrary, callStandardLibrary } from './standard-library.js'

/** `thing(…)`: a function or class of a library, or a method of what a library made. */
export function callExternal(context: Context, callee: ExternalValue, args: Arguments, place: Place | undefined): Value {
  const at = place ?? context.engine.course.calls.at(-1)
  if (!callee.made) return at ? callLibrary(context, callee.name, args, at) : unknown(`the result of ${callee.name}`)
  if (isNameOfClass(callee.name) && at) return callMade(context, callee, '__call__', args, at)
  const dot = callee.name.lastIndexOf('.')
  if (dot === -1 || !at) return escapeInto(context.engine, args)
  return callMade(context, { ...callee, name: callee.name.slice(0, dot) }, callee.name.slice(dot + 1), args, at)
}

/** `thing.method(…)` */
export function callMethodOfExternal(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const result = receiver.made ? callMade(context, receiver, method, args, place) : callLibrary(context, `${receiver.name}.${method}`, args, place)
  const own = result.kind === 'external' ? callOwn(context, receiver, method, args, place) : undefined
  return own ? union([result, own]) : result
}

/**
 * What a library hands out, or keeps for the program, may be the program's own: a metric that is held under such a name, or an
 * object of a class that libraries have got. `undefined` where it is neither.
 */
function callOwn(context: Context, { name, made }: ExternalValue, method: string, args: Arguments, place: Place): Value | undefined {
  const { functions: { touching }, metrics, objects } = context.engine
  // What a class of a library made is the library's.
  if (!made || isNameOfClass(name)) return undefined
  const records = method === 'labels' || recordingMethods.has(method)
  const held = records ? metrics.byHolder.get(name.slice(name.lastIndexOf('.') + 1)) : undefined
  if (held) return union([...held.values()].map((each) => callMethod(context, each.kind === 'metric' ? { ...each, maybe: true } : each, method, args, place)))
  if (commonNames.has(method) && !records || method.startsWith('__')) return undefined
  const isOwn = ({ definition, owner }: FunctionValue) => touching.has(definition) && [...withDerived(owner!)].some((each) => objects.givenAway.has(each))
  const candidates = [...objects.methodsByName.get(method) ?? []].filter(isOwn)
  return candidates.length > 0 ? callByName(context, method, new Set(candidates), args, place) : undefined
}

export function attributeOfExternal({ engine }: Context, object: ExternalValue, name: string): Value {
  const attribute: Value = { ...external(`${object.name}.${name}`), made: object.made, place: object.place, args: object.args }
  const kept = engine.objects.keptOutside.get(name)
  return kept ? union([attribute, kept]) : attribute
}

function callLibrary(context: Context, name: string, args: Arguments, place: Place): Value {
  const known = callOfClient(context, name, args, place) ?? callStandardLibrary(context, name, args, place)
  if (known) return known
  noteInstrumentation(context, name, args, place)
  noteHandedOver(context, args, place)
  if (!isOfClient(name)) escapeInto(context.engine, args)
  return { kind: 'external', name, made: true, args, place }
}

function callMade(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const known = callMadeByClient(context, receiver, method, args, place) ?? callMadeByStandardLibrary(receiver, method, args)
  if (known) return known
  const name = `${receiver.name}.${method}`
  noteInstrumentation(context, name, args, place)
  noteHandedOver(context, args, place)
  if (!isLookUp(method)) escapeInto(context.engine, args)
  else for (const asked of args.positional) if (asked.kind === 'class') context.engine.objects.givenAway.add(asked)
  return { kind: 'external', name, made: true, args, place: undefined }
}

function isNameOfClass(name: string): boolean {
  return /(^|\.)_*[A-Z][A-Za-z0-9]*$/.test(name)
}

/** Only reads its arguments: `settings.get('X', default)`. */
function isLookUp(method: string): boolean {
  return /^(get|debug|info|warning|error|exception|critical|log)$/.test(method)
}
