import { letEscape } from '../engine/escape.js'
import { placeOf, type Call, type HeapObject } from '../values/program.js'
import { copyProperties } from './spread.js'
import { allocate, listOf, objectVersions, setItems } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { addToRest, itemsOf, keysOf, readAnyProperty, readKey, readProperty, writeKey, type Items } from './properties.js'
import { runsOnceWith } from './scopes.js'
import {
  agreed, ANY_NUMBER, anyString, concatenate, EXTERNAL, forced, isClosed, knownText, literal, NOTHING, NULLISH, toStrings, truthOf, union, unknown,
  type Atom, type LibraryAtom, type StringAtom, type Value,
} from '../values/values.js'
import { ownValue } from '../../../text/value.js'
import { withReplacements } from '../../simple-pattern.js'
import { callFunction } from '../engine/engine.js'

/** Calls a method that JavaScript itself gives a value; `undefined` when it has none of that name. */
export function callBuiltIn(analysis: Analysis, atom: Atom, name: string, given: readonly Value[], call: Call): Value | undefined {
  const [callback = NOTHING, onRejection = NOTHING] = given
  switch (name) {
    case 'then': return union(callFunction(analysis, callback, [[atom]], call), callFunction(analysis, onRejection, [THROWN], call))
    case 'catch': return union([atom], callFunction(analysis, callback, [THROWN], call))
    case 'finally':
      callFunction(analysis, callback, [], call)
      return [atom]
    default: break
  }
  if (name === 'toString') return atom.kind === 'number' && given.length > 0 ? anyString('it is a number to another base') : toStrings([atom])
  switch (atom.kind) {
    case 'string': return callStringMethod(analysis, atom, name, given, call)
    case 'number':
    case 'boolean': return EXTERNAL
    case 'object': {
      const [object] = objectVersions(analysis, atom)
      if (object?.shape === 'map') return callMapMethod(analysis, [atom], name, given, call)
      if (object?.shape === 'list' || object?.shape === 'set') return callListMethod(analysis, [atom], name, given, call)
      return name === 'hasOwnProperty' ? EXTERNAL : undefined
    }
    case 'typed': return callListMethod(analysis, [atom], name, given, call)
    default: return undefined
  }
}

const THROWN = unknown('it is what was thrown')
const UNSEEN = unknown('what the list holds is not known')

const STRING_METHODS: Readonly<Record<string, (text: string, given: readonly string[]) => string>> = {
  toUpperCase: (text) => text.toUpperCase(),
  toLowerCase: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
  concat: (text, given) => text.concat(...given),
  replace: (text, [from, to]) => text.replace(from ?? '', () => to ?? ''),
  replaceAll: (text, [from, to]) => text.replaceAll(from ?? '', () => to ?? ''),
  slice: (text, [start, end]) => text.slice(Number(start), end === undefined ? undefined : Number(end)),
  substring: (text, [start, end]) => text.substring(Number(start), end === undefined ? undefined : Number(end)),
}

function callStringMethod(analysis: Analysis, atom: StringAtom, name: string, given: readonly Value[], call: Call): Value {
  const text = knownText(atom)
  if (name === 'replace' || name === 'replaceAll') {
    letEscape(analysis, given.map((value) => value.filter(({ kind }) => kind === 'function')))
    const replaced = withPatternReplaced(text, given)
    if (replaced !== undefined) return [{ ...atom, parts: [replaced] }]
  }
  const texts = given.map((value) => toStrings(value).map(knownText))
  const known = texts.every((alternatives) => alternatives.length === 1 && alternatives[0] !== undefined)
  if (text !== undefined && known) {
    const plain = texts.map(([only]) => only ?? '')
    if (name === 'split' && plain.length === 1) {
      return listOf(analysis, keyOf(call, text), text.split(plain[0]!).map((part) => literal(part)))
    }
    const method = ownValue(STRING_METHODS, name)
    if (method) return [{ ...atom, parts: [method(text, plain)] }]
  }
  return ownValue(STRING_METHODS, name) ? anyString(`the result of ${name}() is not known`) : EXTERNAL
}

/** `text.replace(/[^a-z]/g, '_')` */
function withPatternReplaced(text: string | undefined, [from = NOTHING, to = NOTHING]: readonly Value[]): string | undefined {
  const pattern = from.length === 1 && from[0]!.kind === 'unknown' ? from[0].pattern : undefined
  const replacement = to.length === 1 && to[0]!.kind === 'string' ? knownText(to[0]) : undefined
  return text !== undefined && pattern && replacement !== undefined ? withReplacements(text, pattern.source, pattern.flags, replacement) : undefined
}

function keyOf(call: Call, suffix = ''): string {
  return `${call.environment.key}@${call.node.range[0]}-${call.node.range[1]}${suffix}`
}

/** Whether a call runs surely and once for each of the objects that a value is. */
function isOnce(value: Value, { environment }: Call): boolean {
  return value.every((atom) => atom.kind !== 'object' || runsOnceWith(environment, atom.key))
}

function callMapMethod(analysis: Analysis, map: Value, name: string, given: readonly Value[], call: Call): Value | undefined {
  const [key = NOTHING, value = NOTHING] = given
  switch (name) {
    case 'get': return union(readKey(analysis, asObject(map), key), readMapEntry(analysis, map, key), NULLISH)
    case 'set':
      writeKey(analysis, map, key, value, isOnce(map, call))
      return map
    case 'has':
    case 'delete': return EXTERNAL
    case 'forEach':
      for (const [entryKey, entry] of entriesOf(analysis, map)) callFunction(analysis, key, [entry, entryKey, map], call)
      return NOTHING
    case 'values': return listOf(analysis, keyOf(call), entriesOf(analysis, map).map(([, entry]) => entry))
    case 'keys': return listOf(analysis, keyOf(call), entriesOf(analysis, map).map(([entryKey]) => entryKey))
    case 'entries': return entryList(analysis, map, call)
    default: return undefined
  }
}

/** Maps keep their entries as objects keep properties, but are read by `get` only. */
function readMapEntry(analysis: Analysis, map: Value, key: Value): Value {
  return union(...map.flatMap((atom) => objectVersions(analysis, atom)).map((object) => {
    const texts = toStrings(key).map(knownText)
    return union(...texts.map((text) => text === undefined
      ? union(...object.properties.values(), object.rest)
      : union(object.properties.get(text) ?? NOTHING, object.rest)))
  }))
}

function asObject(map: Value): Value {
  return map.filter((atom) => atom.kind !== 'object')
}

function entriesOf(analysis: Analysis, value: Value): readonly (readonly [Value, Value])[] {
  const { names, open } = keysOf(analysis, value)
  const isMap = value.some((atom) => objectVersions(analysis, atom).some((object) => object.shape === 'map'))
  const read = (name: string) => (isMap ? readMapEntry(analysis, value, literal(name)) : readProperty(analysis, value, name))
  const entries = names.map((name) => [literal(name), read(name)] as const)
  return open ? [...entries, [anyString('it is a key of an object that is not known'), readAnyProperty(analysis, value)]] : entries
}

function entryList(analysis: Analysis, value: Value, call: Call): Value {
  const pairs = entriesOf(analysis, value).map((entry, index) => listOf(analysis, keyOf(call, `#${index}`), entry))
  return listOf(analysis, keyOf(call, '#'), pairs)
}

/** Methods that call a function for each item. */
export const ITERATING: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find', 'findLast', 'findIndex'])

function callListMethod(analysis: Analysis, list: Value, name: string, given: readonly Value[], call: Call): Value | undefined {
  const [first = NOTHING] = given
  if (name === 'push' || name === 'unshift' || name === 'add') {
    for (const object of ownObjects(analysis, list)) {
      const isSpread = call.node.type === 'CallExpression' && call.node.arguments.some(({ type }) => type === 'SpreadElement')
      addItems(object, given, name === 'unshift' || isSpread || !runsOnceWith(call.environment, object.key))
    }
    return name === 'add' ? list : ANY_NUMBER
  }
  const { items, rest, placed } = itemsOf(analysis, list)
  const all = rest.length > 0 ? [...items, rest] : items
  const positionOf = (index: number): Value => (index < placed ? [{ kind: 'number', number: index }] : ANY_NUMBER)
  if (ITERATING.has(name)) {
    // Where nothing has been seen to be put in the list, something that has not been seen may put it there.
    if (all.length === 0) callFunction(analysis, first, [UNSEEN, ANY_NUMBER, list], call)
    const results = all.map((item, index) => callFunction(analysis, first, [item, positionOf(index), list], call))
    if (name === 'filter') return filtered(analysis, { items, rest, placed }, first, call)
    if (name === 'findIndex') return ANY_NUMBER
    if (name.startsWith('find')) return union(...all, NULLISH)
    if (name === 'map') {
      return listOf(analysis, keyOf(call), results.slice(0, items.length), rest.length > 0 ? (results.at(-1) ?? NOTHING) : NOTHING, placed)
    }
    if (name === 'forEach') return NULLISH
    if (name !== 'flatMap') return EXTERNAL
    // A function may give a list or a single item.
    const parts = results.map((result) => result.map((part) => isList(analysis, [part]) || part.kind === 'typed' ? itemsOf(analysis, [part]) : { items: [[part]], rest: NOTHING }))
    return listOf(analysis, keyOf(call), parts.flat().flatMap((part) => part.items), union(...parts.flat().map((part) => part.rest)), 0)
  }
  switch (name) {
    case 'reduce': return reduced(analysis, all, given, call)
    case 'concat': {
      const parts = [{ items, rest }, ...given.map((value) => itemsOf(analysis, value))]
      return listOf(analysis, keyOf(call), parts.flatMap((part) => part.items), union(...parts.map((part) => part.rest)), placed)
    }
    case 'join': return joined({ items, rest, placed }, given, call)
    case 'values': return listOf(analysis, keyOf(call), items, rest, placed)
    case 'slice': return listOf(analysis, keyOf(call), items, rest, given.length === 0 ? placed : 0)
    case 'sort':
    case 'reverse':
      letEscape(analysis, given)
      for (const object of ownObjects(analysis, list)) object.placed = 0
      return list
    case 'splice':
    case 'fill':
      for (const object of ownObjects(analysis, list)) {
        object.placed = 0
        object.rest = union(object.rest, ...given.slice(name === 'fill' ? 0 : 2))
      }
      return listOf(analysis, keyOf(call), items, rest, 0)
    case 'toSorted':
    case 'toReversed':
      letEscape(analysis, given)
      return listOf(analysis, keyOf(call), items, rest, 0)
    case 'flat': {
      const parts = all.flat().map((part) => isList(analysis, [part]) ? itemsOf(analysis, [part]) : { items: [[part]], rest: NOTHING })
      return listOf(analysis, keyOf(call), parts.flatMap((part) => part.items), union(...parts.map((part) => part.rest)), 0)
    }
    case 'entries': return listOf(analysis, keyOf(call), all.map((item, index) =>
      listOf(analysis, keyOf(call, `#${index}`), [positionOf(index), item])))
    case 'next': {
      const result = allocate(analysis, keyOf(call))
      result.properties.set('value', union(...all, NULLISH))
      return [{ kind: 'object', key: result.key }]
    }
    case 'at': return union(...all, NULLISH)
    case 'pop':
    case 'shift':
      for (const object of ownObjects(analysis, list)) object.placed = 0
      return union(...all, NULLISH)
    case 'includes':
    case 'has':
    case 'indexOf': return EXTERNAL
    default: return undefined
  }
}

function ownObjects(analysis: Analysis, value: Value): HeapObject[] {
  return value.flatMap((atom) => (atom.kind === 'object' ? [allocate(analysis, atom.key, 'list')] : []))
}

/** How many items a list keeps one by one that loops and functions add. */
const MAXIMUM_ITEMS = 200

/** Adds items to a list; what is added again and again is one more possible item. */
function addItems(object: HeapObject, given: readonly Value[], isUnplaced: boolean): void {
  if (isUnplaced) object.placed = 0
  if (isUnplaced && object.items.length > MAXIMUM_ITEMS) object.rest = union(object.rest, ...given)
  else object.items.push(...given)
}

function reduced(analysis: Analysis, items: readonly Value[], [callback = NOTHING, initial]: readonly Value[], call: Call): Value {
  let result = initial ?? items[0] ?? NOTHING
  items.slice(initial ? 0 : 1).forEach((item, index) => {
    result = union(callFunction(analysis, callback, [result, item, [{ kind: 'number', number: index }]], call))
  })
  return result
}

function joined({ items, rest, placed }: Items, [separator]: readonly Value[], call: Call): Value {
  if (rest.length > 0 || placed < items.length) return anyString('the parts of join() are not known')
  const between = separator ?? literal(',')
  const origin = placeOf(call.environment.frame.module, call.node)
  return concatenate(items.flatMap((item, index) => (index === 0 ? [item] : [between, item])), origin)
}

/** The items that a function may leave; those that are known, for `filter(Boolean)`. */
function filtered(analysis: Analysis, { items, rest, placed }: Items, callback: Value, call: Call): Value {
  const isByTruth = callback.every((atom) => atom.kind === 'library' && atom.module === 'global' && atom.path === 'Boolean')
  const truths = items.map((item) => agreed(forced(item).map(truthOf)))
  if (!isByTruth || placed < items.length || truths.includes(undefined)) return listOf(analysis, keyOf(call), items, rest, 0)
  return listOf(analysis, keyOf(call), items.filter((_, index) => truths[index]), rest)
}

/** Calls a function of the language itself; `undefined` when it is not one that is followed. */
export function callGlobal(analysis: Analysis, path: string, given: readonly Value[], call: Call): Value | undefined {
  const [first = NOTHING, ...others] = given
  switch (path) {
    case 'Object.keys': return listOf(analysis, keyOf(call), entriesOf(analysis, forced(first)).map(([key]) => key))
    case 'Object.values': return isList(analysis, first) ? first
      : listOf(analysis, keyOf(call), entriesOf(analysis, forced(first)).map(([, value]) => value))
    case 'Object.entries': return entryList(analysis, forced(first), call)
    case 'Object.fromEntries': return fromEntries(analysis, first, keyOf(call), 'object')
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone':
    case 'Promise.resolve':
    case 'Promise.all':
    case 'Promise.allSettled': return first
    case 'Object.assign':
      for (const source of others) copyProperties(analysis, first, source, isOnce(first, call))
      return first
    case 'Object.defineProperty':
    case 'Reflect.defineProperty': {
      const [name = NOTHING, description = NOTHING] = others
      const read = callFunction(analysis, readProperty(analysis, description, 'get'), [], call)
      writeKey(analysis, first, name, union(readProperty(analysis, description, 'value'), read), isOnce(first, call))
      return first
    }
    case 'Reflect.get': return readKey(analysis, first, others[0] ?? NOTHING)
    case 'Reflect.set':
      writeKey(analysis, first, others[0] ?? NOTHING, others[1] ?? NULLISH, isOnce(first, call))
      return EXTERNAL
    case 'Array.from': {
      const { items, rest, placed } = itemsOf(analysis, first)
      // What the function gives makes the list of this call.
      const list = listOf(analysis, keyOf(call, others[0] ? '#' : ''), items, rest, placed)
      return others[0] ? callListMethod(analysis, list, 'map', others, call) : list
    }
    case 'Array.of': return listOf(analysis, keyOf(call), given)
    case 'String': return toStrings(first)
    case 'Number': return isClosed(first) && first.every((atom) => atom.kind === 'number') ? first : ANY_NUMBER
    default:
      if (/^(Math|Date)\.|^(performance\.now|(Number\.)?parse(Int|Float))$/.test(path)) return ANY_NUMBER
      if (READING.test(path)) {
        letEscape(analysis, given.map((value) => value.filter(({ kind }) => kind === 'function')))
        return EXTERNAL
      }
      letEscape(analysis, given)
      return undefined
  }
}

/** Functions of the language that only look at what they are given. */
const READING = /^(JSON|console|Number|performance)\.|^(Array\.isArray|BigInt|Boolean|Object\.(getOwnPropertyNames|hasOwn|is|isFrozen)|(en|de)codeURI(Component)?|is(Finite|NaN))$/

function isList(analysis: Analysis, value: Value): boolean {
  return value.length > 0 && value.every((atom) => objectVersions(analysis, atom)[0]?.shape === 'list')
}

function fromEntries(analysis: Analysis, entries: Value, key: string, shape: 'object' | 'map'): Value {
  const made: Value = [{ kind: 'object', key: allocate(analysis, key, shape).key }]
  const { items, rest } = itemsOf(analysis, entries)
  for (const item of items) {
    writeKey(analysis, made, readProperty(analysis, item, '0'), readProperty(analysis, item, '1'), true)
  }
  if (rest.length > 0) addToRest(analysis, made, readProperty(analysis, rest, '1'))
  return made
}

/** `new` with a class of the language itself; `undefined` for those of libraries. */
export function constructBuiltIn(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  if (atom.module !== 'global') return undefined
  const [first = NOTHING] = given
  switch (atom.path) {
    case 'Map':
    case 'WeakMap': return fromEntries(analysis, first, keyOf(call), 'map')
    case 'Set':
    case 'WeakSet': {
      const { items, rest } = first.length > 0 ? itemsOf(analysis, first) : { items: [], rest: NOTHING }
      const set = allocate(analysis, keyOf(call), 'set')
      setItems(set, items, rest)
      return [{ kind: 'object', key: set.key }]
    }
    case 'Array': return listOf(analysis, keyOf(call), given.length > 1 ? given : [])
    default:
      letEscape(analysis, given)
      return EXTERNAL
  }
}
