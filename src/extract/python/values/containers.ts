import { membersOf } from './classes.js'
import { entryOf, pythonText } from './text-values.js'
import type { Arguments, DictionaryEntry, DictionaryValue, SequenceValue, Value } from './types.js'
import { isPlain, mapOptions, mayHaveMore, noneValue, optionsOf, sequence, union, unknown, withOthers } from './values.js'

export const maximumItems = 300
/** How many items are added one by one before the rest is any. */
const maximumAdded = 60

/** What iterating over a value gives; `open`: perhaps more, which `others` stands for; `lacks`: some may not be there. */
export function itemsOf(value: Value): { items: readonly Value[]; open: boolean; others: Value; lacks: boolean } {
  const items: Value[] = []
  const others: Value[] = []
  const anyItem = unknown('an item of an unknown collection')
  const options = optionsOf(value)
  for (const option of options) {
    if (option.kind === 'sequence') {
      items.push(...option.items)
      if (mayHaveMore(option)) others.push(option.others ?? anyItem)
    } else if (option.kind === 'dictionary') {
      items.push(...option.entries.map((entry) => entry.key))
      if (mayHaveMore(option)) others.push(anyItem)
    } else if (option.kind === 'class' && option.enumKind !== 'none') items.push(...membersOf(option))
    else if (option.kind !== 'constant') others.push(anyItem)
  }
  const lacks = options.length > 1 || mayLack(options[0]!)
  return { items, open: others.length > 0, others: others.length > 0 ? union(others) : anyItem, lacks }
}

/** Whether something that a container has may not be there. */
function mayLack(value: Value): boolean {
  if (value.kind === 'dictionary') return value.entries.some(({ perhaps }) => perhaps)
  return value.kind === 'sequence' && value.perhaps !== undefined
}

/** Adds items at the end of a list. @param lacks whether any of them may not be there */
export function addItems(list: SequenceValue, items: readonly Value[], lacks: boolean): void {
  if (lacks) items.forEach((_, index) => (list.perhaps ??= new Set()).add(list.items.length + index))
  list.items.push(...items)
}

/** What stands in containers at one time. */
export type Contents = ReadonlyMap<SequenceValue | DictionaryValue, readonly (Value | DictionaryEntry)[]>

/** What stands in some containers now; of other values, nothing. */
export function contentsOf(values: Iterable<Value>): Contents {
  const contents = new Map<SequenceValue | DictionaryValue, readonly (Value | DictionaryEntry)[]>()
  for (const value of values) {
    for (const option of optionsOf(value)) {
      if (option.kind === 'sequence') contents.set(option, [...option.items])
      else if (option.kind === 'dictionary') contents.set(option, [...option.entries])
    }
  }
  return contents
}

/** What has been put in them since may not be there. */
export function doubtAdded(contents: Contents): void {
  for (const [container, before] of contents) {
    if (container.kind === 'dictionary') for (const entry of container.entries.slice(before.length)) entry.perhaps = true
    else if (container.items.length > before.length) {
      let known = 0
      container.items.forEach((item, index) => {
        if (item === before[known]) known++
        else (container.perhaps ??= new Set()).add(index)
      })
    }
  }
}

/** Anything that a container has may have been taken out of it; of a dictionary, what has this key. */
function doubtAll(container: SequenceValue | DictionaryValue, key?: Value): void {
  const text = key && pythonText(key)
  if (container.kind === 'sequence') {
    if (container.items.length > 0) container.perhaps = new Set(container.items.keys())
    return
  }
  for (const entry of container.entries) if (text === undefined || (pythonText(entry.key) ?? text) === text) entry.perhaps = true
}

/** `object[key]` */
export function getSubscript(object: Value, key: Value): Value {
  return mapOptions(object, (option): Value => {
    if (option.kind === 'dictionary') {
      insertMissing(option, key)
      return getEntry(option, key)
    }
    if (option.kind === 'sequence') return getItem(option, key)
    if (option.kind === 'class') {
      // `Status['OK']`, and `Generic[T]`, which is the class itself
      if (option.enumKind === 'none') return option
      const name = pythonText(key)
      return (name !== undefined ? option.attributes.get(name) : undefined) ?? unknown('a member chosen at run time')
    }
    // `Callable[[int], str]`, `os.environ["X"]`
    return option.kind === 'external' && !option.made ? unknown(`an item of ${option.name}`) : unknown('an item of an unknown value')
  })
}

/** Puts the entries of one dictionary into another; no more than are worth following. @param lacks whether they may not be there */
export function addEntries(target: DictionaryValue, source: DictionaryValue, lacks = false): void {
  const room = Math.max(0, maximumItems - target.entries.length)
  if (mayHaveMore(source) || source.entries.length > room) addAnything(target)
  for (const entry of source.entries.slice(0, room)) target.entries.push({ ...entry, ...(lacks && { perhaps: true }) })
}

/** Something that nobody can tell is put into a container, perhaps in place of what it has. */
export function addAnything(target: SequenceValue | DictionaryValue): void {
  target.open = true
  if (target.kind === 'sequence') target.items.forEach((item, index) => (target.items[index] = withOthers(item, 'an item that may be replaced')))
  else for (const entry of target.entries) entry.value = withOthers(entry.value, 'an entry that may be replaced')
}

function getEntry(dictionary: DictionaryValue, key: Value): Value {
  return mapOptions(key, (option) => {
    const known = pythonText(option)
    if (known !== undefined) {
      const found = entryOf(dictionary, known)
      const computed = optionsOf(found).some((each) => each.kind === 'metric') ? [] : dictionary.entries.filter(hasComputedKey)
      return computed.length > 0 ? union([...computed.map((entry) => entry.value), found]) : found
    }
    const values = dictionary.entries.map((entry) => entry.value)
    return values.length === 0 ? unknown('an entry chosen at run time') : union(dictionary.open ? [...values, unknown('an entry chosen at run time')] : values)
  })
}

function hasComputedKey({ key }: { readonly key: Value }): boolean {
  return key.kind === 'union' ? key.options.some((option) => pythonText(option) === undefined) : pythonText(key) === undefined
}

/** Reading from a `defaultdict` puts an entry there; what stands in it may be put there elsewhere too. */
function insertMissing(dictionary: DictionaryValue, key: Value): void {
  for (const option of dictionary.missing ? optionsOf(key) : []) {
    const name = pythonText(option)
    const present = dictionary.entries.find((entry) => pythonText(entry.key) === name)
    if (present) {
      if (name === undefined) present.key = union([present.key, option])
      continue
    }
    const made = dictionary.missing!()
    setEntry(dictionary, option, isPlain(made) ? unknown('an entry that may be set elsewhere') : made)
  }
}

/** Whether the entries that have a key may not be there. */
function isDoubtful({ entries }: DictionaryValue, key: Value): boolean {
  const text = pythonText(key)
  const found = entries.filter((entry) => text !== undefined && pythonText(entry.key) === text)
  return found.length > 0 && found.every(({ perhaps }) => perhaps)
}

/** Whether no entry of a dictionary has this key, now or ever. */
function lacks({ entries, open, isOfCall }: DictionaryValue, key: Value): boolean {
  const text = pythonText(key)
  const keys = entries.map((entry) => pythonText(entry.key))
  return isOfCall === true && !open && text !== undefined && !keys.includes(undefined) && !keys.includes(text)
}

function getItem(list: SequenceValue, key: Value): Value {
  if (key.kind === 'constant' && typeof key.value === 'number' && !list.perhaps) {
    const item = list.items.at(key.value)
    if (item) return item
  }
  return list.items.length > 0 && !list.open ? union(list.items) : union([...list.items, unknown('an item of an unknown collection')])
}

/** `object[key] = value` */
export function setSubscript(object: Value, key: Value, value: Value): void {
  if (object.kind === 'dictionary') setEntry(object, key, value)
  else if (object.kind === 'sequence') setItem(object, key, value)
}

function setItem(list: SequenceValue, key: Value, value: Value): void {
  const index = key.kind === 'constant' && typeof key.value === 'number' && !list.perhaps ? key.value : -1
  if (index in list.items) list.items[index] = union([list.items[index]!, value])
  else {
    addItem(list, value)
    doubtAll(list)
  }
}

function setEntry(dictionary: DictionaryValue, key: Value, value: Value): void {
  const name = pythonText(key)
  const present = name === undefined ? undefined : dictionary.entries.find((entry) => pythonText(entry.key) === name)
  if (present) present.value = union([present.value, value])
  else if (dictionary.entries.length < maximumItems && (name !== undefined || dictionary.entries.length < maximumAdded)) {
    dictionary.entries.push({ key, value })
  } else dictionary.open = true
}

function addItem(list: SequenceValue, item: Value): void {
  const isKnown = item.kind === 'text' || item.kind === 'metric'
  if (list.items.length < (isKnown ? maximumItems : maximumAdded)) list.items.push(item)
  else list.open = true
}

function insertItem(list: SequenceValue, position: number, item: Value): void {
  const at = position < 0 ? Math.max(0, list.items.length + position) : Math.min(position, list.items.length)
  list.items.splice(at, 0, item)
  if (list.perhaps) list.perhaps = new Set([...list.perhaps].map((index) => (index >= at ? index + 1 : index)))
}

/** A method of a list, tuple or set; `undefined` when it is not one that is followed. */
export function callSequenceMethod(list: SequenceValue, method: string, args: Arguments): Value | undefined {
  const [first] = args.positional
  switch (method) {
    case 'append':
    case 'add':
      if (first) addItem(list, first)
      return noneValue
    case 'appendleft':
      if (first) insertItem(list, 0, first)
      return noneValue
    case 'insert':
      if (args.positional[1]) insertItem(list, first?.kind === 'constant' ? Number(first.value) : 0, args.positional[1])
      return noneValue
    case 'extend':
    case 'update':
      for (const option of first ? optionsOf(first) : []) {
        if (option.kind === 'sequence' || option.kind === 'dictionary') {
          const items = option.kind === 'sequence' ? option.items : option.entries.map((entry) => entry.key)
          const room = Math.max(0, maximumItems - list.items.length)
          addItems(list, items.slice(0, room), mayLack(option))
          list.open ||= mayHaveMore(option) || items.length > room
        } else list.open = true
      }
      return noneValue
    case 'copy':
      return { ...sequence([...list.items], mayHaveMore(list)), ...(list.perhaps && { perhaps: new Set(list.perhaps) }) }
    case 'union':
      return first?.kind === 'sequence' ? sequence([...list.items, ...first.items], mayHaveMore(list) || mayHaveMore(first), mayLack(list) || mayLack(first)) : sequence([...list.items], true, mayLack(list))
    case 'remove':
    case 'discard':
    case 'clear':
      doubtAll(list)
      return noneValue
    case 'popleft':
    case 'pop':
      doubtAll(list)
      return list.items.length > 0 ? union(list.items) : unknown('an item of an unknown collection')
    default:
      return undefined
  }
}

/** A method of a dictionary; `undefined` when it is not one that is followed. */
export function callDictionaryMethod(dictionary: DictionaryValue, method: string, args: Arguments): Value | undefined {
  const [key, fallback] = args.positional
  switch (method) {
    case 'get': {
      if (key && lacks(dictionary, key)) return fallback ?? noneValue
      const found = key ? getEntry(dictionary, key) : unknown('an entry chosen at run time')
      const missing = optionsOf(found).some((option) => option.kind === 'unknown')
      if (key && (isDoubtful(dictionary, key) || (pythonText(key) === undefined && !missing))) return union([found, fallback ?? noneValue])
      return fallback && missing ? union([found, fallback]) : found
    }
    case 'setdefault':
      if (key && fallback) setEntry(dictionary, key, fallback)
      return key ? getEntry(dictionary, key) : undefined
    case 'pop': {
      const found = key ? getEntry(dictionary, key) : unknown('an entry chosen at run time')
      doubtAll(dictionary, key)
      return fallback ? union([found, fallback]) : found
    }
    case 'clear':
      doubtAll(dictionary)
      return noneValue
    case 'items':
      return sequence(dictionary.entries.map((entry) => sequence([entry.key, entry.value])), mayHaveMore(dictionary), mayLack(dictionary))
    case 'keys':
      return sequence(dictionary.entries.map((entry) => entry.key), mayHaveMore(dictionary), mayLack(dictionary))
    case 'values':
      return sequence(dictionary.entries.map((entry) => entry.value), mayHaveMore(dictionary), mayLack(dictionary))
    case 'copy':
      return { kind: 'dictionary', entries: dictionary.entries.map((entry) => ({ ...entry })), open: mayHaveMore(dictionary) }
    case 'update':
      if (args.open) addAnything(dictionary)
      for (const option of key ? optionsOf(key) : []) {
        if (option.kind !== 'dictionary') addAnything(dictionary)
        else {
          if (mayHaveMore(option)) addAnything(dictionary)
          for (const entry of option.entries) setEntry(dictionary, entry.key, entry.value)
        }
      }
      for (const [name, value] of args.keyword) setEntry(dictionary, { kind: 'text', parts: [name], places: [] }, value)
      return noneValue
    default:
      return undefined
  }
}
