import { attributesGiven, nameOf } from '../syntax/definitions.js'
import type { ClassValue, InstanceValue, Value } from './types.js'
import { external, mapOptions, optionsOf } from './values.js'

/** The instances of a class: those that the workspace is seen to make, or else one that stands for any. */
export function instancesOf(owner: ClassValue): readonly InstanceValue[] {
  const all = [...owner.instances]
  const made = all.filter((instance) => !instance.generic)
  return made.length > 0 ? made : all
}

/** The members of an enum, in order. */
export function membersOf(owner: ClassValue): InstanceValue[] {
  return [...owner.attributes.values()].filter((value) => value.kind === 'instance').filter(({ member }) => member !== undefined)
}

/** The first attribute in the order of the bases, bound to `self`. */
export function attributeOfClass(owner: ClassValue, name: string, self: InstanceValue | undefined): Value | undefined {
  return attributeIn(lineageOf(owner), name, self ?? owner)
}

/** What `super()` finds in a method of a class: the first attribute behind it in the order of the bases of `self`. */
export function attributeBehind(owner: ClassValue, name: string, self: InstanceValue | ClassValue): Value | undefined {
  const lineage = lineageOf(self.kind === 'instance' ? self.class : self)
  const behind = lineage.includes(owner) ? lineage.slice(lineage.indexOf(owner) + 1) : lineageOf(owner).slice(1)
  return attributeIn(behind, name, self)
}

function attributeIn(classes: readonly ClassValue[], name: string, self: InstanceValue | ClassValue): Value | undefined {
  const own = classes.find(({ attributes }) => attributes.has(name))?.attributes.get(name)
  return own && mapOptions(own, (option) => bind(option, self))
}

function bind(value: Value, self: InstanceValue | ClassValue): Value {
  if (value.kind !== 'function' || value.binding === 'static' || !value.owner) return value
  if (value.binding === 'class') return { kind: 'method', self: self.kind === 'instance' ? self.class : self, callee: value }
  return self.kind === 'instance' ? { kind: 'method', self, callee: value } : value
}

/** A class and those that it inherits from, in the order in which attributes are looked for. */
export function lineageOf(owner: ClassValue): readonly ClassValue[] {
  if (owner.lineage) return owner.lineage
  const found = new Set<ClassValue>()
  const add = (each: ClassValue): void => {
    if (found.has(each)) return
    found.add(each)
    for (const base of each.bases.flatMap(optionsOf)) if (base.kind === 'class') add(base)
  }
  add(owner)
  return (owner.lineage = [...found])
}

/** A class and those that inherit from it. */
export function withDerived(owner: ClassValue, found = new Set<ClassValue>()): Set<ClassValue> {
  if (found.has(owner)) return found
  found.add(owner)
  for (const each of owner.derived) withDerived(each, found)
  return found
}

/** The name of the first base class outside the workspace. */
export function externalBase(owner: ClassValue): string | undefined {
  for (const base of owner.bases.flatMap(optionsOf)) {
    if (base.kind === 'external') return base.name
    const inherited = base.kind === 'class' ? externalBase(base) : undefined
    if (inherited !== undefined) return inherited
  }
  return undefined
}

/** A method of a base class outside the workspace, as `external('prometheus_client.Gauge.__init__')`. */
export function baseMethod(owner: ClassValue, name: string, self: InstanceValue): Value | undefined {
  const base = externalBase(owner)
  return base === undefined ? undefined : { ...external(`${base}.${name}`), made: true, args: { positional: [self], keyword: new Map(), open: false } }
}

/** Classes whose fields are their constructor's parameters: dataclasses, attrs, NamedTuple, pydantic models. */
export function isRecordClass(owner: ClassValue): boolean {
  const names = owner.definition.decorators.map(nameOf)
  if (names.some((name) => /^(dataclass|attrs|s|define|frozen|mutable|dataclass_transform)$/.test(name))) return true
  const base = externalBase(owner)?.split('.').at(-1)
  return base === 'NamedTuple' || base === 'BaseModel' || base === 'BaseSettings' ||
    owner.bases.some((each) => each.kind === 'class' && isRecordClass(each))
}

/** Whether each instance surely has an attribute of its own, whatever its class has by that name. */
export function isGivenToEach({ class: owner }: InstanceValue, name: string): boolean {
  return isRecordClass(owner) || lineageOf(owner).some(({ definition }) => attributesGiven(definition).has(name))
}
