import type { Context, Engine, Language } from '../engine/engine.js'
import { callValue, getAttribute } from '../engine/follow.js'
import { attributeBehind, attributeOfClass, baseMethod, isGivenToEach } from '../values/classes.js'
import type { ClassValue, FunctionValue, InstanceValue, Value } from '../values/types.js'
import { isNone, isPlain, noArguments, optionsOf, union, unknown, withOthers } from '../values/values.js'
import { memberOfModule } from './lookup.js'
import { withUnseenWrites } from './writes.js'

/** The attributes of what the program has made, or of what nobody can tell. */
export const attributes: Language['attributes'] = {
  module: ({ engine }, object, name) => memberOfModule(engine, object, name) ?? unknown(`${name} is not found in ${object.path ?? object.directory ?? ''}`),
  instance: attributeOfInstance,
  class: ({ engine }, object, name) => {
    if (isNameOfDefinition(name)) return writtenName(object)
    return attributeOfClass(object, name, undefined) ?? heldElsewhere(engine, name)
  },
  super: (_context, { owner, self }, name) =>
    attributeBehind(owner, name, self) ?? (self.kind === 'instance' ? baseMethod(owner, name, self) : undefined) ?? unknown(`${name} is not found in a base class`),
  method: (_context, { callee }, name) => attributeOfFunction(callee, name),
  function: (_context, callee, name) => attributeOfFunction(callee, name),
  unknown: ({ engine }, _object, name) => heldElsewhere(engine, name),
}

function attributeOfFunction(callee: FunctionValue, name: string): Value {
  return isNameOfDefinition(name) ? writtenName(callee) : unknown('an attribute of a function')
}

function isNameOfDefinition(name: string): boolean {
  return name === '__name__' || name === '__qualname__'
}

function writtenName({ definition }: ClassValue | FunctionValue): Value {
  return definition.kind === 'lambda' ? unknown('the name of a lambda') : { kind: 'text', parts: [definition.name], places: [] }
}

/** An attribute of something unknown: a metric that is held under this name, if there is one. */
function heldElsewhere(engine: Engine, name: string): Value {
  const held = engine.metrics.byHolder.get(name)
  return held ? union([unknown(`attribute ${name}`), ...held.values()]) : unknown(`attribute ${name}`)
}

function attributeOfInstance(context: Context, object: InstanceValue, name: string): Value {
  if (object.member && (name === 'value' || name === '_value_')) return object.member.value
  if (object.member && (name === 'name' || name === '_name_')) {
    return { kind: 'text', parts: [object.member.name], places: [] }
  }
  if (name === '__class__') return object.class
  const now = object.attributes.get(name)
  const earlier = object.earlier.get(name)
  const own = now && earlier ? union([now, earlier]) : now ?? earlier
  if (own) {
    // What a method assigns is not there before it is called.
    const usual = attributeOfClass(object.class, name, object)
    const both = usual && optionsOf(usual).some(isPlain) && !isGivenToEach(object, name) ? union([own, usual]) : own
    // `None` is what stands there until the attribute is set.
    const set = both.kind === 'union' ? both.options.filter((option) => !isNone(option)) : []
    const value = both.kind !== 'union' || set.length === both.options.length ? both
      : set.some(isPlain) ? withOthers(union(set), `attribute ${name} may not be set`) : union(set)
    return withUnseenWrites(context.engine, object, name, value)
  }
  const inherited = attributeOfClass(object.class, name, object)
  if (inherited?.kind === 'method' && inherited.callee.binding === 'property') {
    return callValue(context, inherited, noArguments, undefined)
  }
  if (inherited) return withUnseenWrites(context.engine, object, name, inherited)
  if (object.metric) return getAttribute(context, object.metric, name)
  const getter = attributeOfClass(object.class, '__getattr__', object)
  if (getter) return union([heldElsewhere(context.engine, name), callValue(context, getter, { ...noArguments, positional: [{ kind: 'text', parts: [name], places: [] }] }, undefined)])
  if (object.class.bases.some((base) => base.kind === 'external' || base.kind === 'unknown')) {
    return baseMethod(object.class, name, object) ?? heldElsewhere(context.engine, name)
  }
  return heldElsewhere(context.engine, name)
}
