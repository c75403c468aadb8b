import { anyName, digits, holesOf, joinNames, patternOf } from '../../../registry/name-pattern.js'
import type { NamePattern } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import { ownValue } from '../../../text/value.js'
import type { Arguments, DictionaryValue, TextValue, Value } from './types.js'
import { isInteger, mapOptions, mayHaveMore, optionsOf, union, unknown, unknownInteger, withOthers } from './values.js'

/** `str(value)`, where it is known. */
export function pythonText(value: Value): string | undefined {
  if (value.kind === 'instance' && value.member) return pythonText(value.member.shown)
  if (value.kind === 'text') return value.parts.length === 1 ? value.parts[0] : undefined
  if (value.kind === 'constant') {
    if (value.value === null) return 'None'
    if (typeof value.value === 'boolean') return value.value ? 'True' : 'False'
    return Number.isInteger(value.value) ? String(value.value) : undefined
  }
  return undefined
}

/** What `str(value)` is like, where some of it is known; a number that is not whole is written in several ways. */
export function textPattern(value: Value): NamePattern | undefined {
  if (value.kind === 'text') return patternOf(value.parts, holesOf(value))
  const isNumber = isInteger(value) || (value.kind === 'constant' && typeof value.value === 'number')
  return isNumber ? digits : undefined
}

/** Text with a hole for what is not known. */
export function asText(value: Value, place: Place): TextValue {
  if (value.kind === 'text') return value
  if (value.kind === 'instance' && value.member?.isText && value.member.value.kind === 'text') return value.member.value
  const known = pythonText(value)
  if (known !== undefined) return { kind: 'text', parts: [known], places: [place] }
  return { kind: 'text', ...(isInteger(value) ? digits : anyName), places: [place], reason: value.kind === 'unknown' ? value.reason : 'computed at run time' }
}

/** Every way of joining one option of each piece, in order. */
export function joinTexts(pieces: readonly Value[], place: Place): Value {
  const hasUnlikely = pieces.some((piece) => optionsOf(piece).some((option) => option.kind === 'unknown' && option.unlikely))
  let results: TextValue[] = [{ kind: 'text', parts: [''], places: [place] }]
  for (const piece of pieces) {
    const options = likelyOptions(piece).map((option) => asText(option, place))
    if (results.length * options.length > 64) return unknown('too many possible values')
    results = results.flatMap((left) => options.map((right) => append(left, right)))
  }
  return union(hasUnlikely ? [...results, { kind: 'unknown', reason: 'a parameter with a default', unlikely: true }] : results)
}

/** Leaves out the unlikely alternative to a default. */
export function likelyOptions(value: Value): readonly Value[] {
  const options = optionsOf(value)
  const likely = options.filter((option) => option.kind !== 'unknown' || !option.unlikely)
  return likely.length > 0 ? likely : options
}

function append(left: TextValue, right: TextValue): TextValue {
  const others = right.places.filter((place) => !left.places.some((known) => isSamePlace(known, place)))
  return { kind: 'text', ...joinNames(left, right), places: [...left.places, ...others], reason: left.reason ?? right.reason }
}

function isSamePlace(a: Place, b: Place): boolean {
  return a === b || (a.source === b.source && a.span.start === b.span.start && a.span.end === b.span.end)
}

/**
 * A value put into a text by a format specification; `undefined` for one that is not followed. What asks for a whole
 * number gives digits, and perhaps a sign or spaces, which no name has; `_` and `,` part them, and are left alone.
 * (Python: library/string.html, Format Specification Mini-Language)
 */
export function formatted(value: Value, format: string | undefined): Value {
  if (format === '') return value
  const [isKnown, flags = '', width = '', type] = /^([-+ ]*)(0?\d*)(d?)$/.exec(format ?? '?') ?? []
  if (isKnown === undefined) return unknown('a formatted value')
  return mapOptions(value, (option): Value => {
    if (!isInteger(option) && type !== 'd') return unknown('a formatted value')
    const shown = isInteger(option) && flags === '' && (width === '' || width.startsWith('0')) ? pythonText(option) : undefined
    if (shown === undefined || shown.startsWith('-')) return unknownInteger('a formatted value')
    return { kind: 'text', parts: [shown.padStart(Number(width), '0')], places: [] }
  })
}

/** `'%s_%d' % values` (printf-style formatting of the Python reference). */
export function percentFormat(format: TextValue, values: Value, place: Place): Value {
  if (format.parts.length > 1) return unknown('computed at run time')
  const pieces: Value[] = []
  let index = 0
  let last = 0
  const source = format.parts[0]!
  const literal = (piece: string): Value => ({ kind: 'text', parts: [piece], places: format.places })
  const next = (): Value | undefined => {
    const at = index++
    return values.kind === 'sequence' ? values.items[at] : at === 0 ? values : undefined
  }
  for (const match of source.matchAll(/%(?:\((\w+)\))?([-+ #0]*\d*(?:\.\d+)?)([a-zA-Z%])/g)) {
    pieces.push(literal(source.slice(last, match.index)))
    last = match.index + match[0].length
    const [, key, flags, conversion = ''] = match
    if (conversion === '%') {
      pieces.push(literal('%'))
      continue
    }
    const value = (key === undefined ? next() : values.kind === 'dictionary' ? entryOf(values, key) : undefined) ?? unknown('a formatted value')
    pieces.push('diu'.includes(conversion) ? formatted(value, `${flags}d`) : formatted(value, conversion === 's' ? flags : undefined))
  }
  pieces.push(literal(source.slice(last)))
  return joinTexts(pieces, place)
}

/** `'{}_{name}'.format(…)` */
export function braceFormat(format: TextValue, args: Arguments, place: Place): Value {
  if (format.parts.length > 1) return unknown('computed at run time')
  const pieces: Value[] = []
  let automatic = 0
  let last = 0
  const source = format.parts[0]!
  const literal = (piece: string): Value => ({ kind: 'text', parts: [piece], places: format.places })
  for (const match of source.matchAll(/\{\{|\}\}|\{([^{}!:]*)(!s)?([!:][^{}]*)?\}/g)) {
    pieces.push(literal(source.slice(last, match.index)))
    last = match.index + match[0].length
    const field = match[1]
    if (field === undefined) {
      pieces.push(literal(match[0][0]!))
      continue
    }
    const value = field === '' ? args.positional[automatic++] : /^\d+$/.test(field) ? args.positional[Number(field)] : args.keyword.get(field)
    const format = match[3] ?? ''
    pieces.push(formatted(value ?? unknown('a formatted value'), format.startsWith('!') ? undefined : format.slice(1)))
  }
  pieces.push(literal(source.slice(last)))
  return joinTexts(pieces, place)
}

/** `separator.join(items)` */
export function joinItems(separator: Value, items: Value, place: Place): Value {
  return mapOptions(items, (option) => {
    if (option.kind !== 'sequence' || mayHaveMore(option)) return unknown('joined at run time')
    const joined = joinTexts(option.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])), place)
    return option.perhaps ? withOthers(joined, 'parts of it may not be there') : joined
  })
}

export function entryOf(dictionary: DictionaryValue, key: string): Value {
  const found = dictionary.entries.filter((entry) =>
    (entry.key.kind === 'union' ? entry.key.options.some((option) => pythonText(option) === key) : pythonText(entry.key) === key))
  if (found.length > 0) return union(found.map((entry) => entry.value))
  return unknown(`no entry "${key}" is known`)
}

const textMethods: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
  title: (text) => text.replace(/[a-zA-Z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase()),
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  casefold: (text) => text.toLowerCase(),
}

/** Methods that do the same to each letter, whatever stands around it. */
const changesEachLetter: ReadonlySet<string> = new Set(['lower', 'upper', 'casefold'])

/** A method of a string, with its arguments; `unknown` for those that are not followed. */
export function callTextMethod(receiver: TextValue, method: string, args: Arguments, place: Place): Value {
  if (method === 'format') return braceFormat(receiver, args, place)
  if (method === 'join') return joinItems(receiver, args.positional[0] ?? unknown('joined at run time'), place)
  const [first, second] = args.positional.map((value) => pythonText(value))
  const change = ownValue(textMethods, method)
  if (change && args.positional.length === 0) {
    const last = receiver.parts.length - 1
    if (last === 0 || changesEachLetter.has(method)) return { ...receiver, parts: receiver.parts.map(change) }
    if (method !== 'strip') return unknown('computed at run time')
    return { ...receiver, parts: receiver.parts.map((part, i) => (i === 0 ? part.trimStart() : i === last ? part.trimEnd() : part)) }
  }
  // A number has no more than digits with zeros before it.
  if (method === 'zfill' && receiver.parts.join('') === '' && receiver.holes) return receiver
  if (receiver.parts.length > 1) return unknown('computed at run time')
  const whole = receiver.parts[0]!
  const result = (changed: string): Value => ({ ...receiver, parts: [changed] })
  switch (method) {
    case 'replace':
      return first !== undefined && second !== undefined ? result(whole.replaceAll(first, second)) : unknown('computed at run time')
    case 'removeprefix':
      return first !== undefined ? result(whole.startsWith(first) ? whole.slice(first.length) : whole) : unknown('computed at run time')
    case 'removesuffix':
      return first !== undefined ? result(whole.endsWith(first) ? whole.slice(0, whole.length - first.length) : whole) : unknown('computed at run time')
    case 'rstrip':
    case 'lstrip': {
      if (first === undefined && args.positional.length > 0) return unknown('computed at run time')
      const set = first?.replace(/[\\\]^-]/g, '\\$&')
      const end = set === undefined ? '\\s+' : `[${set}]+`
      return result(whole.replace(new RegExp(method === 'rstrip' ? `${end}$` : `^${end}`), ''))
    }
    case 'startswith':
      return first !== undefined ? { kind: 'constant', value: whole.startsWith(first) } : unknown('computed at run time')
    case 'endswith':
      return first !== undefined ? { kind: 'constant', value: whole.endsWith(first) } : unknown('computed at run time')
    case 'split': {
      const pieces = first === undefined ? whole.trim().split(/\s+/) : whole.split(first)
      if (args.positional.length > 1 || args.keyword.size > 0) return unknown('computed at run time')
      return { kind: 'sequence', items: pieces.map((piece): Value => ({ ...receiver, parts: [piece] })), open: false }
    }
    default:
      return unknown('computed at run time')
  }
}
