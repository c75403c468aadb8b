import { membersOf } from './classes.js'
import { entryOf, pythonText } from './text-values.js'
import type { Arguments, DictionaryValue, SequenceValue, Value } from './types.js'
import { isPlain, mapOptions, noneValue, optionsOf, sequence, union, unknown } from './values.js'

export const maximumItems = 300
/** How many items are added one by one before the rest is any. */
const maximumAdded = 60

/** What iterating over a value gives; `open`: perhaps more, which `others` stands for. */
export function itemsOf(value: Value): { items: readonly Value[]; open: boolean; others: Value } {
  const items: Value[] = []
  const others: Value[] = []
  const anyItem = unknown('an item of an unknown collection')
  for (const option of optionsOf(value)) {
    if (option.kind === 'sequence') {
      items.push(...option.items)
      if (option.open) others.push(option.others ?? anyItem)
    } else if (option.kind === 'dictionary') {
      items.push(...option.entries.map((entry) => entry.key))
      if (option.open) others.push(anyItem)
    } else if (option.kind === 'class' && option.enumKind !== 'none') items.push(...membersOf(option))
    else if (option.kind !== 'constant') others.push(anyItem)
  }
  return { items, open: others.length > 0, others: others.length > 0 ? union(others) : anyItem }
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

/** Puts the entries of one dictionary into another; no more than are worth following. */
export function addEntries(target: DictionaryValue, source: DictionaryValue): void {
  const room = Math.max(0, maximumItems - target.entries.length)
  if (source.open || source.entries.length > room) addAnyEntries(target)
  for (const entry of source.entries.slice(0, room)) target.entries.push({ ...entry })
}

/** Entries that nobody can tell are put into a dictionary, perhaps in place of those that it has. */
export function addAnyEntries(target: DictionaryValue): void {
  target.open = true
  for (const entry of target.entries) entry.value = union([entry.value, { ...unknown('an entry that may be replaced'), unlikely: true }])
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

/** Whether no entry of a dictionary has this key, now or ever. */
function lacks({ entries, open, isOfCall }: DictionaryValue, key: Value): boolean {
  const text = pythonText(key)
  const keys = entries.map((entry) => pythonText(entry.key))
  return isOfCall === true && !open && text !== undefined && !keys.includes(undefined) && !keys.includes(text)
}

function getItem(list: SequenceValue, key: Value): Value {
  if (key.kind === 'constant' && typeof key.value === 'number') {
    const item = list.items.at(key.value)
    if (item) return item
  }
  return list.items.length > 0 && !list.open ? union(list.items) : union([...list.items, unknown('an item of an unknown collection')])
}

/** `object[key] = value` */
export function setSubscript(object: Value, key: Value, value: Value): void {
  if (object.kind === 'dictionary') setEntry(object, key, value)
  else if (object.kind === 'sequence') addItem(object, value)
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

/** A method of a list, tuple or set; `undefined` when it is not one that is followed. */
export function callSequenceMethod(list: SequenceValue, method: string, args: Arguments): Value | undefined {
  const [first] = args.positional
  switch (method) {
    case 'append':
    case 'add':
    case 'appendleft':
      if (first) addItem(list, first)
      return noneValue
    case 'insert':
      if (args.positional[1]) list.items.splice(first?.kind === 'constant' ? Number(first.value) : 0, 0, args.positional[1])
      return noneValue
    case 'extend':
    case 'update':
      for (const option of first ? optionsOf(first) : []) {
        if (option.kind === 'sequence' || option.kind === 'dictionary') {
          const items = option.kind === 'sequence' ? option.items : option.entries.map((entry) => entry.key)
          const room = Math.max(0, maximumItems - list.items.length)
          list.items.push(...items.slice(0, room))
          list.open ||= option.open || items.length > room
        } else list.open = true
      }
      return noneValue
    case 'copy':
      return sequence([...list.items], list.open)
    case 'union':
      return first?.kind === 'sequence' ? sequence([...list.items, ...first.items], list.open || first.open) : sequence([...list.items], true)
    case 'pop':
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
      return fallback && (missing || pythonText(key!) === undefined) ? union([found, fallback]) : found
    }
    case 'setdefault':
      if (key && fallback) setEntry(dictionary, key, fallback)
      return key ? getEntry(dictionary, key) : undefined
    case 'pop': {
      const found = key ? getEntry(dictionary, key) : unknown('an entry chosen at run time')
      return fallback ? union([found, fallback]) : found
    }
    case 'items':
      return sequence(dictionary.entries.map((entry) => sequence([entry.key, entry.value])), dictionary.open)
    case 'keys':
      return sequence(dictionary.entries.map((entry) => entry.key), dictionary.open)
    case 'values':
      return sequence(dictionary.entries.map((entry) => entry.value), dictionary.open)
    case 'copy':
      return { kind: 'dictionary', entries: dictionary.entries.map((entry) => ({ ...entry })), open: dictionary.open }
    case 'update':
      if (args.open) addAnyEntries(dictionary)
      for (const option of key ? optionsOf(key) : []) {
        if (option.kind !== 'dictionary') addAnyEntries(dictionary)
        else {
          if (option.open) addAnyEntries(dictionary)
          for (const entry of option.entries) setEntry(dictionary, entry.key, entry.value)
        }
      }
      for (const [name, value] of args.keyword) setEntry(dictionary, { kind: 'text', parts: [name], places: [] }, value)
      return noneValue
    default:
      return undefined
  }
}
