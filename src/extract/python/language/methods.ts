import type { Place } from '../../../text/source.js'
import { noteHandedOver } from '../clients/instrumentation.js'
import { callUnknown } from '../clients/libraries.js'
import type { Context, Language } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { callMethod, callValue, genericInstance, getAttribute } from '../engine/follow.js'
import { commonNames } from '../sources/common-names.js'
import { attributeOfClass, instancesOf } from '../values/classes.js'
import { callDictionaryMethod, callSequenceMethod } from '../values/containers.js'
import { callTextMethod } from '../values/text-values.js'
import type { Arguments, BoundMethod, FunctionValue, Value } from '../values/types.js'
import { optionsOf, union, unknown } from '../values/values.js'

/** Methods are called of what the program has made, or of what nobody can tell. */
export const methods: Language['methods'] = {
  text: (_context, receiver, name, args, place) => callTextMethod(receiver, name, args, place),
  sequence: ({ engine }, receiver, name, args) => callSequenceMethod(receiver, name, args) ?? escapeInto(engine, args),
  dictionary: ({ engine }, receiver, name, args) => callDictionaryMethod(receiver, name, args) ?? escapeInto(engine, args),
  instance(context, receiver, name, args, place) {
    if (receiver.metric && !attributeOfClass(receiver.class, name, receiver)) {
      return union(optionsOf(receiver.metric).map((metric) => callMethod(context, metric, name, args, place)))
    }
    return callValue(context, getAttribute(context, receiver, name), args, place)
  },
  function: callMethodOfFunction,
  method: callMethodOfFunction,
  unknown: callMethodOfUnknown,
}

/** `task.delay(…)`: the framework calls it later; `provider.get()` calls it now. */
function callMethodOfFunction(context: Context, receiver: FunctionValue | BoundMethod, name: string, args: Arguments, place: Place): Value {
  context.engine.functions.escaped.add((receiver.kind === 'method' ? receiver.callee : receiver).definition)
  return name === 'get' && args.positional.length === 0 ? callValue(context, receiver, args, place) : escapeInto(context.engine, args)
}

/** A method of an object that nobody can tell: a client's, or the methods of that name that the workspace has, if it is a telling one. */
function callMethodOfUnknown(context: Context, _receiver: Value, name: string, args: Arguments, place: Place): Value {
  const ofClient = callUnknown(context, name, args, place)
  if (ofClient) return ofClient
  noteHandedOver(context, args, place)
  const candidates = context.engine.objects.methodsByName.get(name)
  return candidates ? callByName(context, name, candidates, args, place) : escapeInto(context.engine, args)
}

/** Calls whichever of some methods of one name is meant, on any object. */
export function callByName(context: Context, name: string, candidates: ReadonlySet<FunctionValue>, args: Arguments, place: Place): Value {
  const { engine } = context
  const { escaped, escapedNames } = engine.functions
  if (commonNames.has(name) || candidates.size > 4) {
    if (escapedNames.get(name) !== candidates.size) {
      for (const callee of candidates) escaped.add(callee.definition)
      escapedNames.set(name, candidates.size)
    }
    return escapeInto(engine, args)
  }
  return union([...[...candidates].flatMap((callee) => {
    const known = instancesOf(callee.owner!)
    const receivers = known.length > 0 ? known : [genericInstance(context, callee.owner!)]
    return receivers.slice(0, 20).map((self) => callValue(context, { kind: 'method', self, callee }, args, place))
  }), unknown(`the result of ${name}()`)])
}
