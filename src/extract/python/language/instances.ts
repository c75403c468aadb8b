import type { Place } from '../../../text/source.js'
import { valueOfAnnotation } from './annotations.js'
import type { Expression, Parameter } from '../syntax/ast.js'
import { anyArguments, callFunction, callValue, escapeInto, isForNames, noArguments } from './calls.js'
import { nameOf } from './decorators.js'
import { digestArguments } from '../values/digest.js'
import type { Context, Engine } from '../engine/engine.js'
import { createScope, touchFrom } from '../engine/engine.js'
import { evaluate } from './expressions.js'
import { callMadeObject } from '../clients/libraries.js'
import { attributeOfClass, externalBase } from './lookup.js'
import { constructorNamed } from '../clients/prometheus-client.js'
import type { Arguments, ClassValue, InstanceValue, Scope, Value } from '../values/values.js'
import { external, optionsOf, union, unknown } from '../values/values.js'
import { withOthers } from './writes.js'

/** Makes an instance; one call with the same arguments makes one. */
export function instantiate(context: Context, owner: ClassValue, args: Arguments, place: Place | undefined): Value {
  const { engine } = context
  if (owner.enumKind !== 'none') return union([...owner.attributes.values()].filter((value) => value.kind === 'instance'))
  const at = place ? `${place.source.path}:${place.span.start}` : 'somewhere'
  const key = `${owner.id}@${at}(${digestArguments(args)})`
  const known = engine.instances.get(key)
  if (!known && place && isMadeOften(engine, owner, at, args)) {
    const any = genericInstance(context, owner)
    if (any.kind === 'instance') any.generic = false
    return any
  }
  const made: InstanceValue = known ?? {
    kind: 'instance', id: engine.nextId++, class: owner, attributes: new Map(), earlier: new Map(), metric: undefined, member: undefined,
    generic: place === undefined && args.open, isOfUnseenCall: place === undefined && args.open,
  }
  engine.instances.set(key, made)
  noteInstance(owner, made)
  if (isMetricClass(engine, owner)) touchFrom(engine)
  const created = attributeOfClass(owner, '__new__', undefined)
  if (created?.kind === 'function' && place) callFunction(context, created, { ...args, positional: [owner, ...args.positional] }, undefined, place)
  const initializer = attributeOfClass(owner, '__init__', made)
  if (initializer) callValue(context, initializer, args, place)
  else if (isRecordClass(owner)) bindFields(context, owner, made, args)
  else {
    const base = externalBase(owner)
    if (base !== undefined && place) callMadeObject(context, { ...external(base), made: true, args: { ...noArguments, positional: [made] } }, '__init__', args, place)
    else escapeInto(context, args)
  }
  for (const name of ['__post_init__', '__attrs_post_init__']) {
    const after = attributeOfClass(owner, name, made)
    if (after) callValue(context, after, noArguments, place)
  }
  return made
}

/** Whether a class is a metric, holds one, or has methods that record one. */
export function isMetricClass(engine: Engine, owner: ClassValue): boolean {
  if (constructorNamed(externalBase(owner) ?? '')) return true
  return [...owner.attributes.values()].some((value) => optionsOf(value).some((option) =>
    option.kind === 'metric' || (option.kind === 'function' && engine.touching.has(option.definition))))
}

function noteInstance(owner: ClassValue, made: InstanceValue): void {
  if (owner.instances.has(made)) return
  owner.instances.add(made)
  for (const base of owner.bases.flatMap(optionsOf)) if (base.kind === 'class') noteInstance(base, made)
}

/** One call may make objects without end: `Node(parent=self)`. Beyond so many, one stands for the rest. */
function isMadeOften(engine: Engine, owner: ClassValue, at: string, args: Arguments): boolean {
  const key = `${owner.id}@${at}`
  const count = (engine.madeAt.get(key) ?? 0) + 1
  engine.madeAt.set(key, count)
  const holdsOwn = [...args.positional, ...args.keyword.values()].some((value) => optionsOf(value).some((option) => option.kind === 'instance'))
  return count > (isMetricClass(engine, owner) ? 300 : isForNames(engine, args) && !holdsOwn ? 100 : 12)
}

/** An instance of a class that nothing in the workspace is seen to make. */
export function genericInstance(context: Context, owner: ClassValue): Value {
  return instantiate(context, owner, anyArguments, undefined)
}

/** Classes whose fields are their constructor's parameters: dataclasses, attrs, NamedTuple, pydantic models. */
function isRecordClass(owner: ClassValue): boolean {
  const names = owner.definition.decorators.map(nameOf)
  if (names.some((name) => /^(dataclass|attrs|s|define|frozen|mutable|dataclass_transform)$/.test(name))) return true
  const base = externalBase(owner)?.split('.').at(-1)
  return base === 'NamedTuple' || base === 'BaseModel' || base === 'BaseSettings' ||
    owner.bases.some((each) => each.kind === 'class' && isRecordClass(each))
}

function fieldsOf(owner: ClassValue): Parameter[] {
  const inherited = owner.bases.flatMap((base) => (base.kind === 'class' ? fieldsOf(base) : []))
  const own = owner.definition.body.flatMap((statement): Parameter[] => {
    const target = statement.kind === 'assign' ? statement.targets[0] : undefined
    if (statement.kind !== 'assign' || target?.kind !== 'name' || !statement.annotation) return []
    return [{ name: target.id, star: '', annotation: statement.annotation, defaultValue: statement.value, keywordOnly: false }]
  })
  return [...inherited.filter((field) => !own.some((each) => each.name === field.name)), ...own]
}

function bindFields(context: Context, owner: ClassValue, made: InstanceValue, args: Arguments): void {
  const rest = [...args.positional]
  const scope: Scope = createScope(owner.scope.module, owner.scope)
  for (const field of fieldsOf(owner)) {
    const given = rest.shift() ?? args.keyword.get(field.name)
    const byDefault = field.defaultValue && fieldDefault({ ...context, scope, classBody: undefined }, field.defaultValue)
    const reason = `field "${field.name}" of ${owner.definition.name}`
    const value = given ?? (byDefault && (args.open ? withOthers(byDefault, reason) : byDefault)) ?? unknown(reason)
    made.attributes.set(field.name, value.kind === 'unknown' && field.annotation
      ? valueOfAnnotation({ ...context, scope, classBody: undefined }, field.annotation) ?? value
      : value)
  }
}

/** `field(default=…)`, `attr.ib(factory=list)`, or a plain value. */
function fieldDefault(context: Context, written: Expression): Value {
  if (written.kind !== 'call') return evaluate(context, written)
  for (const arg of written.args) {
    if (arg.name === 'default') return evaluate(context, arg.value)
    if (arg.name === 'default_factory' || arg.name === 'factory') return callValue(context, evaluate(context, arg.value), noArguments, undefined)
  }
  return evaluate(context, written)
}
