import type { Place } from '../../../text/source.js'
import { isConstructor } from '../clients/prometheus-client.js'
import type { Context, Engine } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { callMethod, callValue, genericInstance } from '../engine/follow.js'
import { touchFrom } from '../engine/touch.js'
import { attributeOfClass, externalBase, isRecordClass } from '../values/classes.js'
import { digestArguments } from '../values/digest.js'
import type { Arguments, ClassValue, InstanceValue, Value } from '../values/types.js'
import { external, noArguments, optionsOf, union } from '../values/values.js'
import { bindFields } from './record-classes.js'
import { isForNames } from './run-limits.js'

/** Makes an instance; one call with the same arguments makes one. */
export function instantiate(context: Context, owner: ClassValue, args: Arguments, place: Place | undefined): Value {
  const { engine } = context
  if (owner.enumKind !== 'none') return union([...owner.attributes.values()].filter((value) => value.kind === 'instance'))
  const at = place ? `${place.source.path}:${place.span.start}` : 'somewhere'
  const key = `${owner.id}@${at}(${digestArguments(args)})`
  const known = engine.objects.instances.get(key)
  if (!known && place && isMadeOften(engine, owner, at, args)) {
    const any = genericInstance(context, owner)
    if (any.kind === 'instance') any.generic = false
    return any
  }
  const made: InstanceValue = known ?? {
    kind: 'instance', id: engine.objects.nextId++, class: owner, attributes: new Map(), earlier: new Map(), metric: undefined, member: undefined,
    generic: place === undefined && args.open, isOfUnseenCall: place === undefined && args.open,
  }
  engine.objects.instances.set(key, made)
  noteInstance(owner, made)
  if (isMetricClass(engine, owner)) touchFrom(engine)
  const created = attributeOfClass(owner, '__new__', undefined)
  if (created?.kind === 'function' && place) callValue(context, created, { ...args, positional: [owner, ...args.positional] }, place)
  const initializer = attributeOfClass(owner, '__init__', made)
  if (initializer) callValue(context, initializer, args, place)
  else if (isRecordClass(owner)) bindFields(context, owner, made, args)
  else {
    const base = externalBase(owner)
    if (base !== undefined && place) callMethod(context, { ...external(base), made: true, args: { ...noArguments, positional: [made] } }, '__init__', args, place)
    else escapeInto(engine, args)
  }
  for (const name of ['__post_init__', '__attrs_post_init__']) {
    const after = attributeOfClass(owner, name, made)
    if (after) callValue(context, after, noArguments, place)
  }
  return made
}

/** Whether a class is a metric, holds one, or has methods that record one. */
export function isMetricClass(engine: Engine, owner: ClassValue): boolean {
  if (isConstructor(externalBase(owner) ?? '')) return true
  return [...owner.attributes.values()].some((value) => optionsOf(value).some((option) =>
    option.kind === 'metric' || (option.kind === 'function' && engine.functions.touching.has(option.definition))))
}

function noteInstance(owner: ClassValue, made: InstanceValue): void {
  if (owner.instances.has(made)) return
  owner.instances.add(made)
  for (const base of owner.bases.flatMap(optionsOf)) if (base.kind === 'class') noteInstance(base, made)
}

/** One call may make objects without end: `Node(parent=self)`. Beyond so many, one stands for the rest. */
function isMadeOften(engine: Engine, owner: ClassValue, at: string, args: Arguments): boolean {
  const key = `${owner.id}@${at}`
  const count = (engine.objects.madeAt.get(key) ?? 0) + 1
  engine.objects.madeAt.set(key, count)
  const holdsOwn = [...args.positional, ...args.keyword.values()].some((value) => optionsOf(value).some((option) => option.kind === 'instance'))
  return count > (isMetricClass(engine, owner) ? 300 : isForNames(engine, args) && !holdsOwn ? 100 : 12)
}
