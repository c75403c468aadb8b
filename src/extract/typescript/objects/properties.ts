import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { readExport, readExports } from './exports.js'
import { addMove, noteHolder } from '../engine/notes.js'
import { giveAway } from '../engine/escape.js'
import { functionName, isGetter } from './names.js'
import { RECORDING_METHODS } from '../sources/ways-in.js'
import { writesIn } from '../syntax/writes.js'
import { addAnywhere, allocate, objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { isAnyUnrun } from '../engine/changes.js'
import type { HeapObject } from '../values/program.js'
import {
  ANY_NUMBER, anyString, EXTERNAL, forced, knownText, literal, NOTHING, NULLISH, toStrings, union, unionOver, unknown, valueKey,
  type Atom, type ClassAtom, type LibraryAtom, type Value,
} from '../values/values.js'
import { deferredProperty } from '../engine/deferred.js'
import { evaluate, invoke, readTypedProperty, declaredFieldType } from '../engine/engine.js'

/** What `value.name` may be. */
export function readProperty(analysis: Analysis, value: Value, name: string): Value {
  return unionOver(value, (atom) => readAtomProperty(analysis, atom, name))
}

function readAtomProperty(analysis: Analysis, atom: Atom, name: string): Value {
  switch (atom.kind) {
    case 'object': {
      const own = readObjectProperty(analysis, atom, name)
      const isInherited = own.every(({ kind }) => kind === 'library')
      return isInherited ? union(own, ...objectVersions(analysis, atom).map(({ metric }) => readProperty(analysis, metric, name))) : own
    }
    case 'class': return readStatic(analysis, atom, name)
    case 'namespace': return readExport(analysis, atom.module, name)
    case 'library': return union([{ kind: 'library', module: atom.module, path: atom.path === '' || name === 'default' ? name : `${atom.path}.${name}` }], readKept(analysis, atom, name))
    case 'typed': return readTypedProperty(analysis, atom, name)
    case 'deferred': return RECORDING_METHODS.has(name) ? readProperty(analysis, forced([atom]), name) : deferredProperty(analysis, atom, name)
    case 'nullish': return NOTHING
    case 'unknown': return [atom]
    case 'metric':
      // A method that is taken and not called: whoever gets it calls it.
      addMove(analysis, atom.metric, 'unknown')
      if (RECORDING_METHODS.has(name)) analysis.facts.metrics.escaped.add(atom.metric)
      return EXTERNAL
    case 'function': return name === 'name' ? nameOf(functionName(atom.node, undefined)) : EXTERNAL
    case 'string': return name === 'length' ? ANY_NUMBER : /^\d+$/.test(name) ? anyString('it is a character of a text') : NOTHING
    default: return EXTERNAL
  }
}

/** A method that is called on what an atom stands for. */
export function readMethod(analysis: Analysis, atom: Atom, name: string): Value {
  return atom.kind === 'object' ? readObjectProperty(analysis, atom, name) : readAtomProperty(analysis, atom, name)
}

function readObjectProperty(analysis: Analysis, atom: Atom & { kind: 'object' }, name: string): Value {
  const versions = objectVersions(analysis, atom)
  const [object] = versions
  if (!object) return NOTHING
  if (object.shape !== 'object') return readCollectionProperty(versions, name)
  const own = ownProperty(versions, name)
  if (own.length > 0) return withUnseenWrites(analysis, object.class, name, readAccessor(analysis, own, [atom]))
  const rest = restOf(versions)
  if (rest.length > 0) return union(rest, NULLISH)
  const member = object.class ? readMember(analysis, object.class, [atom], name) : NOTHING
  return member.length > 0 ? member : NULLISH
}

/** What a text in a field of a class may be besides, where a method that nothing has run gives it another value. */
function withUnseenWrites(analysis: Analysis, owner: ClassAtom | undefined, name: string, value: Value): Value {
  if (!owner || !value.some(({ kind }) => kind === 'string')) return value
  if (isAnyUnrun(analysis, writesIn(owner.node).get(`.${name}`) ?? [])) return union(value, unknown(`a method gives "${name}" another value`))
  return superclasses(analysis, owner).reduce((all: Value, parent) => (parent.kind === 'class' ? withUnseenWrites(analysis, parent, name, all) : all), value)
}

function restOf(versions: readonly HeapObject[]): Value {
  return versions.length === 1 ? versions[0]!.rest : union(...versions.map((version) => version.rest))
}

/** What has been written last in this pass; and whatever the pass before has seen, unless that was written only once. */
function ownProperty([object, before]: readonly HeapObject[], name: string): Value {
  const value = object?.properties.get(name) ?? NOTHING
  if (!before || (value.length > 0 && !before.rewritten.has(name))) return value
  return union(value, before.properties.get(name) ?? NOTHING)
}

function readCollectionProperty(versions: readonly HeapObject[], name: string): Value {
  if (name === 'length' || name === 'size') return ANY_NUMBER
  if (!/^\d+$/.test(name)) return NOTHING
  return union(...versions.map((version) => itemAt(version, Number(name))))
}

function itemAt({ items, rest, placed = items.length }: HeapObject, index: number): Value {
  if (index < placed) return items[index] ?? NULLISH
  return union(...items.slice(placed), rest, NULLISH)
}

/** What the workspace's code has put on an object of a package, or of the language: `globalThis.metrics = …`. */
function readKept(analysis: Analysis, atom: LibraryAtom, name: string | undefined): Value {
  const versions = objectVersions(analysis, { kind: 'object', key: libraryKey(atom) })
  if (versions.length === 0) return NOTHING
  const own = name === undefined ? union(...versions.flatMap((version) => [...version.properties.values()])) : ownProperty(versions, name)
  return union(own, restOf(versions))
}

/** The object that keeps what is put on an object from outside. */
function libraryKey({ module, path }: LibraryAtom): string {
  return `library:${module}:${path}`
}

/** A getter in an object literal is kept as a function that is marked by its own node. */
function readAccessor(analysis: Analysis, value: Value, receiver: Value): Value {
  if (!value.some((atom) => atom.kind === 'function' && isGetter(atom.node))) return value
  return unionOver(value, (atom) => atom.kind === 'function' && isGetter(atom.node) ? invoke(analysis, { ...atom, receiver }, [], undefined) : [atom])
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
  const statics = objectVersions(analysis, { kind: 'object', key: staticKey(owner) })
  const own = union(ownProperty(statics, name), restOf(statics))
  if (own.length > 0) return readAccessor(analysis, own, [owner])
  for (const member of owner.node.body.body) {
    if (memberName(member) !== name || !isStatic(member)) continue
    if (member.type === 'MethodDefinition' && member.value.type === 'FunctionExpression') {
      const method = { kind: 'function', node: member.value, environment: owner.environment, receiver: [owner] } as const
      return member.kind === 'get' ? invoke(analysis, method, [], undefined) : [method]
    }
  }
  if (name === 'name') return nameOf(owner.node.id?.name)
  return union(...superclasses(analysis, owner).map((parent) => readAtomProperty(analysis, parent, name)))
}

function nameOf(name: string | undefined): Value {
  return name === undefined ? unknown('it is the name of something that has none') : literal(name)
}

/** What `value[key]` may be. */
export function readKey(analysis: Analysis, value: Value, key: Value): Value {
  return union(...forced(key).map((atom) => {
    const text = knownText(atom) ?? (atom.kind === 'number' && !Number.isNaN(atom.number) ? String(atom.number) : undefined)
    return text === undefined ? union(readAnyProperty(analysis, value), NULLISH) : readProperty(analysis, value, text)
  }))
}

/** What may be under any key of an object, or at any position of a list. */
export function readAnyProperty(analysis: Analysis, value: Value): Value {
  return unionOver(value, (atom) => {
    switch (atom.kind) {
      case 'deferred': return deferredProperty(analysis, atom, undefined)
      case 'typed': return readTypedProperty(analysis, atom, undefined)
      case 'unknown': return [atom]
      case 'nullish': return NOTHING
      case 'object': return anyPropertyOf(objectVersions(analysis, atom))
      case 'class': return anyPropertyOf(objectVersions(analysis, { kind: 'object', key: staticKey(atom) }))
      case 'namespace': return readExports(analysis, atom.module)
      case 'library': return union(EXTERNAL, readKept(analysis, atom, undefined))
      case 'string': return anyString('it is a part of a text')
      default: return EXTERNAL
    }
  })
}

function anyPropertyOf(versions: readonly HeapObject[]): Value {
  return union(...versions.map((object) => union(...object.properties.values(), ...object.items, object.rest)))
}

/** Does what `target.name = value` does. */
export function writeProperty(analysis: Analysis, target: Value, name: string, value: Value, certain: boolean): void {
  noteHolder(analysis, name, value)
  for (const atom of forced(target)) {
    const object = writtenObject(analysis, atom)
    if (!object) continue
    if (atom.kind === 'library') for (const given of value) giveAway(analysis, given)
    // Another length leaves out items.
    if (object.shape === 'list' && name === 'length') object.placed = 0
    if (object.shape === 'list' && /^\d+$/.test(name)) {
      writeItem(object, Number(name), value)
      continue
    }
    const old = object.properties.get(name)
    if (old) object.rewritten.add(name)
    const isOnly = certain && target.length === 1 && atom.kind !== 'library' && object.isShared !== true
    // A write that may not have happened leaves what was there: nothing, where no other one did.
    object.properties.set(name, isOnly ? value : union(old ?? (certain && object.isShared ? NOTHING : NULLISH), value))
  }
}

/** The object that keeps the properties written to an atom. */
function writtenObject(analysis: Analysis, atom: Atom): HeapObject | undefined {
  switch (atom.kind) {
    case 'object': return allocate(analysis, atom.key)
    case 'class': return allocate(analysis, staticKey(atom))
    case 'library': return allocate(analysis, libraryKey(atom))
    default: return undefined
  }
}

function writeItem(list: HeapObject, position: number, value: Value): void {
  if (position < list.items.length) list.items[position] = union(list.items[position] ?? NOTHING, value)
  else list.rest = union(list.rest, value)
}

/** Does what `target[key] = value` does. */
export function writeKey(analysis: Analysis, target: Value, key: Value, value: Value, certain: boolean): void {
  const names = toStrings(key)
  for (const name of names) {
    const text = knownText(name)
    if (text !== undefined) writeProperty(analysis, target, text, value, certain && names.length === 1)
    else addToRest(analysis, target, value)
  }
}

/** Puts a value under a key that is not known: it may be any of the properties too. */
export function addToRest(analysis: Analysis, target: Value, value: Value): void {
  for (const atom of forced(target)) {
    const object = writtenObject(analysis, atom)
    if (object) addAnywhere(object, value)
  }
}

/** The items of lists and sets; `rest` holds what may follow or be among them, `placed` is as in `HeapObject`. */
export interface Items {
  readonly items: readonly Value[]
  readonly rest: Value
  readonly placed: number
}

/** Whether every item is known, and where it stands. */
export function isPlaced({ items, rest, placed }: Items): boolean {
  return rest.length === 0 && placed >= items.length
}

export function itemsOf(analysis: Analysis, value: Value): Items {
  const items: Value[] = []
  let rest: Value = NOTHING
  let placed = Infinity
  const seen = new Set<string>()
  const atoms = forced(value)
  for (const atom of atoms) {
    const versions = objectVersions(analysis, atom)
    const [object] = versions
    if (object && (object.shape === 'list' || object.shape === 'set')) {
      placed = atoms.length > 1 || object.shape === 'set' ? 0 : Math.min(placed, object.placed ?? Infinity)
      for (const version of versions) {
        rest = union(rest, version.rest)
        for (const item of version.items) {
          const key = versions.length > 1 ? valueKey(item) : ''
          // Equal items of one list each have their place: `[key, value]` of which nothing is known.
          if (version !== object && seen.has(key)) continue
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
  return { items, rest, placed: Math.min(placed, items.length) }
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
