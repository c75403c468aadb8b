import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { declaredFieldType, readTypedProperty } from './annotations.js'
import { evaluate } from './expressions.js'
import { invoke } from './invocations.js'
import { readExport } from './modules.js'
import { allocate, objectVersions, type Analysis, type HeapObject } from './program.js'
import { noteHolder } from './scopes.js'
import {
  ANY_NUMBER, deferred, EXTERNAL, forced, knownText, NOTHING, toStrings, union, unionOver, valueKey,
  type Atom, type ClassAtom, type LibraryAtom, type Value,
} from './values.js'

/** What `value.name` may be. */
export function readProperty(analysis: Analysis, value: Value, name: string): Value {
  return unionOver(value, (atom) => readAtomProperty(analysis, atom, name))
}

function readAtomProperty(analysis: Analysis, atom: Atom, name: string): Value {
  switch (atom.kind) {
    case 'object': return readObjectProperty(analysis, atom, name)
    case 'class': return readStatic(analysis, atom, name)
    case 'namespace': return readExport(analysis, atom.module, name)
    case 'library': return [{ kind: 'library', module: atom.module, path: atom.path === '' || name === 'default' ? name : `${atom.path}.${name}` }]
    case 'typed': return readTypedProperty(analysis, atom, name)
    case 'deferred': return deferred(analysis, `${atom.key}.${name}`, () => readProperty(analysis, forced([atom]), name))
    case 'nullish': return NOTHING
    case 'unknown': return [atom]
    case 'string': return name === 'length' ? ANY_NUMBER : NOTHING
    default: return EXTERNAL
  }
}

function readObjectProperty(analysis: Analysis, atom: Atom & { kind: 'object' }, name: string): Value {
  const versions = objectVersions(analysis, atom)
  const [object] = versions
  if (!object) return NOTHING
  if (object.shape !== 'object') return readCollectionProperty(versions, name)
  const [, before] = versions
  const own = union(object.properties.get(name) ?? NOTHING, before?.properties.get(name) ?? NOTHING)
  const value = own.length > 0 ? readAccessor(analysis, own, [atom]) : union(...versions.map((version) => version.rest))
  if (value.length > 0 || !object.class) return value
  return readMember(analysis, object.class, [atom], name)
}

function readCollectionProperty(versions: readonly HeapObject[], name: string): Value {
  if (name === 'length' || name === 'size') return ANY_NUMBER
  if (!/^\d+$/.test(name)) return NOTHING
  return union(...versions.map((version) => version.items[Number(name)] ?? version.rest))
}

/** A getter in an object literal is kept as a function that is marked by its own node. */
function readAccessor(analysis: Analysis, value: Value, receiver: Value): Value {
  const isGetter = (atom: Atom) => atom.kind === 'function' && (atom.node.parent as { kind?: unknown }).kind === 'get'
  if (!value.some(isGetter)) return value
  return unionOver(value, (atom) => atom.kind === 'function' && isGetter(atom) ? invoke(analysis, { ...atom, receiver }, [], undefined) : [atom])
}

/** A method, getter or declared field of a class or of the classes it extends. */
export function readMember(analysis: Analysis, owner: ClassAtom, receiver: Value, name: string): Value {
  for (const member of owner.node.body.body) {
    if (memberName(member) !== name || isStatic(member)) continue
    if (member.type === 'MethodDefinition' && member.value.type === 'FunctionExpression') {
      const method = { kind: 'function', node: member.value, environment: owner.environment, receiver } as const
      return member.kind === 'get' ? invoke(analysis, method, [], undefined) : [method]
    }
  }
  const declared = declaredFieldType(analysis, owner, name)
  if (declared.length > 0) return declared
  return union(...superclasses(analysis, owner).map((parent) => parent.kind === 'class'
    ? readMember(analysis, parent, receiver, name)
    : [{ ...parent, path: `${parent.path}#.${name}` }]))
}

/** The classes that a class extends: the workspace's own, and those of libraries. */
export function superclasses(analysis: Analysis, owner: ClassAtom): readonly (ClassAtom | LibraryAtom)[] {
  if (!owner.node.superClass) return []
  return forced(evaluate(analysis, owner.node.superClass, owner.environment))
    .filter((atom) => atom.kind === 'class' || atom.kind === 'library')
}

export function memberName(member: TSESTree.ClassElement): string | undefined {
  if (!('key' in member)) return undefined
  const { key } = member
  if (key.type === 'Identifier' && !member.computed) return key.name
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  return key.type === 'Literal' ? String(key.value) : undefined
}

export function isStatic(member: TSESTree.ClassElement): boolean {
  return 'static' in member && member.static
}

/** The object that keeps the static properties of a class. */
export function staticKey(owner: ClassAtom): string {
  return `static:${owner.environment.key}@${owner.node.range[0]}`
}

function readStatic(analysis: Analysis, owner: ClassAtom, name: string): Value {
  const own = readObjectProperty(analysis, { kind: 'object', key: staticKey(owner) }, name)
  if (own.length > 0) return own
  for (const member of owner.node.body.body) {
    if (memberName(member) !== name || !isStatic(member)) continue
    if (member.type === 'MethodDefinition' && member.value.type === 'FunctionExpression') {
      const method = { kind: 'function', node: member.value, environment: owner.environment, receiver: [owner] } as const
      return member.kind === 'get' ? invoke(analysis, method, [], undefined) : [method]
    }
  }
  return union(...superclasses(analysis, owner).map((parent) => readAtomProperty(analysis, parent, name)))
}

/** What `value[key]` may be. */
export function readKey(analysis: Analysis, value: Value, key: Value): Value {
  return union(...forced(key).map((atom) => {
    const text = knownText(atom) ?? (atom.kind === 'number' && !Number.isNaN(atom.number) ? String(atom.number) : undefined)
    return text === undefined ? readAnyProperty(analysis, value) : readProperty(analysis, value, text)
  }))
}

/** What may be under any key of an object, or at any position of a list. */
export function readAnyProperty(analysis: Analysis, value: Value): Value {
  return unionOver(value, (atom) => {
    if (atom.kind === 'deferred') return deferred(analysis, `${atom.key}[]`, () => readAnyProperty(analysis, forced([atom])))
    if (atom.kind === 'typed') return readTypedProperty(analysis, atom, undefined)
    if (atom.kind === 'unknown') return [atom]
    return union(...objectVersions(analysis, atom).map((object) =>
      union(...object.properties.values(), ...object.items, object.rest)))
  })
}

/** Does what `target.name = value` does. */
export function writeProperty(analysis: Analysis, target: Value, name: string, value: Value, certain: boolean): void {
  noteHolder(analysis, name, value)
  for (const atom of forced(target)) {
    const object = atom.kind === 'object' ? allocate(analysis, atom.key)
      : atom.kind === 'class' ? allocate(analysis, staticKey(atom)) : undefined
    if (!object) continue
    if (object.shape === 'list' && /^\d+$/.test(name)) {
      const position = Number(name)
      if (position <= object.items.length) object.items[position] = union(object.items[position] ?? NOTHING, value)
      continue
    }
    const old = object.properties.get(name)
    object.properties.set(name, old && !(certain && target.length === 1) ? union(old, value) : value)
  }
}

/** Does what `target[key] = value` does. */
export function writeKey(analysis: Analysis, target: Value, key: Value, value: Value): void {
  const names = toStrings(key)
  for (const name of names) {
    const text = knownText(name)
    if (text !== undefined) writeProperty(analysis, target, text, value, names.length === 1)
    else addToRest(analysis, target, value)
  }
}

export function addToRest(analysis: Analysis, target: Value, value: Value): void {
  for (const atom of forced(target)) {
    if (atom.kind !== 'object') continue
    const object = allocate(analysis, atom.key)
    object.rest = union(object.rest, value)
  }
}

/** The items of lists and sets; `rest` holds what may follow or be among them. */
export function itemsOf(analysis: Analysis, value: Value): { readonly items: readonly Value[]; readonly rest: Value } {
  const items: Value[] = []
  let rest: Value = NOTHING
  const seen = new Set<string>()
  for (const atom of forced(value)) {
    const versions = objectVersions(analysis, atom)
    const [object] = versions
    if (object && (object.shape === 'list' || object.shape === 'set')) {
      for (const version of versions) {
        rest = union(rest, version.rest)
        for (const item of version.items) {
          const key = valueKey(item)
          if (versions.length > 1 && seen.has(key)) continue
          seen.add(key)
          items.push(item)
        }
      }
    } else if (object?.shape === 'map') {
      for (const version of versions) rest = union(rest, ...version.properties.values(), version.rest)
    } else if (atom.kind === 'typed') {
      rest = union(rest, readTypedProperty(analysis, atom, undefined))
    } else if (atom.kind !== 'nullish') {
      rest = union(rest, atom.kind === 'unknown' ? [atom] : EXTERNAL)
    }
  }
  return { items, rest }
}

/** The names of an object's own properties, and whether it may have more. */
export function keysOf(analysis: Analysis, value: Value): { readonly names: readonly string[]; readonly open: boolean } {
  const names = new Set<string>()
  let open = false
  for (const atom of forced(value)) {
    const versions = objectVersions(analysis, atom)
    for (const object of versions) {
      for (const name of object.properties.keys()) names.add(name)
      open ||= object.rest.length > 0
    }
    if (versions.length === 0 && atom.kind !== 'nullish') open = true
  }
  return { names: [...names], open }
}
