import type { Place } from '../../../text/source.js'
import { withReplacements } from '../../simple-pattern.js'
import { isConstructor } from '../clients/prometheus-client.js'
import type { Context } from '../engine/engine.js'
import { escape } from '../engine/escape.js'
import { perhaps } from '../engine/flow.js'
import { callValue, getAttribute } from '../engine/follow.js'
import { touch } from '../engine/touch.js'
import { setAttribute } from '../objects/assignment.js'
import { addEntries, itemsOf } from '../values/containers.js'
import { asText, pythonText } from '../values/text-values.js'
import type { Arguments, DictionaryValue, ExternalValue, Value } from '../values/types.js'
import { isInteger, isNone, mapOptions, noArguments, noneValue, optionsOf, sequence, truth, union, unknown, unknownInteger } from '../values/values.js'
import { testInstance } from './conditions.js'

type LibraryFunction = (context: Context, args: Arguments, place: Place) => Value

const list: LibraryFunction = (context, { positional: [items] }) => {
  if (!items) return sequence([])
  const all = itemsOf(items)
  return sequence([...all.items], all.open, all.lacks)
}

/** A setting from outside: its default, where it has one, and else anything. */
const environment: LibraryFunction = (_context, args) => {
  const fallback = args.positional[1] ?? args.keyword.get('default')
  const name = args.positional[0] && pythonText(args.positional[0])
  const outside = unknown(`environment variable ${name ?? ''}`.trim())
  return fallback ? union([fallback, outside]) : outside
}

const number: LibraryFunction = (_context, { positional: [value] }) => {
  if (!value) return { kind: 'constant', value: 0 }
  return mapOptions(value, (option): Value => {
    if (option.kind === 'constant' && typeof option.value === 'number') return option
    const text = pythonText(option)?.trim()
    if (text === undefined || text === '') return unknown('a number computed at run time')
    const parsed = /^\+?inf(inity)?$/i.test(text) ? Infinity : Number(text)
    return Number.isNaN(parsed) ? unknown('a number computed at run time') : { kind: 'constant', value: parsed }
  })
}

/** `int(…)`; of what it gives for anything unknown, it is known that it is a whole number. */
const integer: LibraryFunction = (context, args, place) =>
  mapOptions(number(context, args, place), (option) => (isInteger(option) ? option : unknownInteger('a number computed at run time')))

const someInteger: LibraryFunction = () => unknownInteger('a number computed at run time')

/** An iterable of which no item is known by itself, and nothing is added to. */
function anyOf(others: Value): Value {
  return { kind: 'sequence', items: [], open: true, others }
}

/** How many ways to take one of what each argument of `zip` may be are told apart. */
const maximumZipped = 64

function zipped(lists: readonly Value[]): Value {
  const all = lists.map((items) => itemsOf(items))
  // Where an item may not be there, none has a position.
  const length = all.some(({ lacks }) => lacks) ? 0 : Math.min(...all.map((each) => each.items.length))
  if (all.length === 0 || length === Infinity) return sequence([])
  const items = Array.from({ length }, (_, index) => sequence(all.map((each) => each.items[index]!)))
  return { kind: 'sequence', items, open: all.some((each) => each.open || each.lacks), others: sequence(all.map((each) => union([...each.items.slice(length), ...(each.open ? [each.others] : [])]))) }
}

const functions: Readonly<Record<string, LibraryFunction>> = {
  'builtins.str': (_context, { positional: [value] }, place) => {
    if (!value) return { kind: 'text', parts: [''], places: [] }
    return mapOptions(value, (option) =>
      option.kind === 'instance' && option.member ? option.member.shown : asText(option, place))
  },
  'builtins.list': list,
  'builtins.tuple': list,
  'builtins.set': list,
  'builtins.frozenset': list,
  'builtins.sorted': list,
  'builtins.iter': list,
  'builtins.reversed': (context, { positional: [items] }) => {
    const all = itemsOf(items ?? sequence([], true))
    return { ...sequence([...all.items], all.open, all.lacks), others: all.others }
  },
  'builtins.filter': (context, { positional: [test = noneValue, items] }, place) => {
    const all = itemsOf(items ?? sequence([], true))
    const isByTruth = isNone(test) || (test.kind === 'external' && test.name === 'builtins.bool')
    const truths = all.items.map((item) => truth(isByTruth ? item : callValue(context, test, { ...noArguments, positional: [item] }, place)))
    const kept = all.items.filter((_, index) => truths[index] !== false)
    return { ...sequence(kept, all.open, all.lacks || truths.includes(undefined)), others: all.others }
  },
  'builtins.len': someInteger,
  'builtins.ord': someInteger,
  'builtins.id': someInteger,
  'builtins.hash': someInteger,
  'os.getpid': someInteger,
  'threading.get_ident': someInteger,
  'itertools.chain': (context, args) => {
    const all = args.positional.map((each) => itemsOf(each))
    return sequence(all.flatMap((each) => each.items), args.open || all.some((each) => each.open), all.some(({ lacks }) => lacks))
  },
  'builtins.int': integer,
  'builtins.float': number,
  'builtins.dict': (_context, args) => {
    const [first] = args.positional
    const result: DictionaryValue = { kind: 'dictionary', entries: [], open: args.open }
    for (const option of first ? optionsOf(first) : []) {
      if (option.kind === 'dictionary') addEntries(result, option)
      else if (option.kind === 'sequence') {
        for (const pair of option.items) {
          if (pair.kind === 'sequence' && pair.items.length === 2) result.entries.push({ key: pair.items[0]!, value: pair.items[1]! })
          else result.open = true
        }
        result.open ||= option.open
      } else result.open = true
    }
    for (const [name, value] of args.keyword) result.entries.push({ key: { kind: 'text', parts: [name], places: [] }, value })
    return result
  },
  'builtins.enumerate': (context, { positional: [items, start], keyword }) => {
    const all = itemsOf(items ?? sequence([], true))
    const first = start ?? keyword.get('start') ?? { kind: 'constant', value: 0 }
    const positionOf = (index: number): Value => (first.kind === 'constant' && typeof first.value === 'number' && !all.lacks
      ? { kind: 'constant', value: first.value + index }
      : unknownInteger('a position'))
    const pairs = all.items.map((item, index) => sequence([positionOf(index), item]))
    return { ...sequence(pairs, all.open, all.lacks), others: sequence([unknownInteger('a position'), all.others]) }
  },
  'itertools.count': (_context, { positional }) =>
    anyOf(positional.every(isInteger) ? unknownInteger('a number computed at run time') : unknown('a number computed at run time')),
  'builtins.zip': (_context, { positional }) => {
    const ways = positional.reduce((product, each) => product * optionsOf(each).length, 1)
    if (ways > maximumZipped) return zipped(positional)
    const choose = (chosen: readonly Value[]): Value => (chosen.length === positional.length ? zipped(chosen) : mapOptions(positional[chosen.length]!, (option) => choose([...chosen, option])))
    return choose([])
  },
  'builtins.range': (_context, { positional }) => {
    const bounds = positional.map((value) => (value.kind === 'constant' && typeof value.value === 'number' ? value.value : NaN))
    const [start, stop, step] = bounds.length === 1 ? [0, bounds[0]!, 1] : [bounds[0] ?? NaN, bounds[1] ?? NaN, bounds[2] ?? 1]
    const length = Math.ceil((stop - start) / step)
    if (!(length >= 0 && length <= 1000)) return anyOf(unknownInteger('a number computed at run time'))
    return sequence(Array.from({ length }, (_, index) => ({ kind: 'constant', value: start + index * step })))
  },
  'builtins.map': (context, { positional: [change, items] }) => {
    const all = itemsOf(items ?? sequence([], true))
    const given = all.open ? [...all.items, all.others] : all.items
    const changed = perhaps(context, () => given.map((item) => callValue(context, change ?? noneValue, { ...noArguments, positional: [item] }, undefined)))
    return { ...sequence(changed.slice(0, all.items.length), all.open, all.lacks), ...(all.open && { others: changed.at(-1)! }) }
  },
  'builtins.getattr': (context, { positional: [object, name, fallback] }) => {
    const found = name && object && mapOptions(name, (option) => {
      const known = pythonText(option)
      if (known !== undefined) return getAttribute(context, object, known)
      // `getattr(metric, action)` may be any method of a metric.
      escape(context.engine, object)
      return unknown('an attribute chosen at run time')
    })
    if (!found) return unknown('an attribute chosen at run time')
    return fallback ? union([found, fallback]) : found
  },
  'builtins.setattr': (context, { positional: [object, name, value] }) => {
    if (!object || !name || !value) return noneValue
    for (const option of optionsOf(name)) {
      const known = pythonText(option)
      if (known === undefined) escape(context.engine, value)
      else for (const target of optionsOf(object)) setAttribute(context, target, known, value)
    }
    return noneValue
  },
  'builtins.type': (_context, { positional: [value] }) =>
    mapOptions(value ?? noneValue, (option) => (option.kind === 'instance' ? option.class : unknown('the type of a value'))),
  'builtins.isinstance': (_context, { positional: [value, types] }) =>
    (value && types ? testInstance(value, types) : unknown('decided at run time')),
  'functools.partial': (context, args) => {
    const [callee, ...rest] = args.positional
    if (callee?.kind === 'external' && isConstructor(callee.name)) touch(context.engine)
    return callee ? { kind: 'partial', callee, args: { ...args, positional: rest } } : unknown('no function is given')
  },
  're.sub': (_context, { positional: [pattern, replacement, text, ...more], keyword }) =>
    (more.length + keyword.size > 0 ? unknown('computed at run time') : withSubstitutions(pattern, replacement, text)),
  'os.getenv': environment,
  'os.environ.get': environment,
  'os.environ.setdefault': environment,
  'typing.cast': (_context, { positional }) => positional[1] ?? unknown('no value is given'),
  'copy.copy': (_context, { positional }) => positional[0] ?? unknown('no value is given'),
  'copy.deepcopy': (_context, { positional }) => positional[0] ?? unknown('no value is given'),
  'collections.defaultdict': (context, { positional: [factory] }, place) => ({
    kind: 'dictionary', entries: [], open: false, ...(factory && { missing: () => callValue(context, factory, noArguments, place) }),
  }),
  'collections.OrderedDict': (context, args, place) => functions['builtins.dict']!(context, args, place),
  'types.MappingProxyType': (context, args, place) => functions['builtins.dict']!(context, args, place),
}

/** What `re.sub(pattern, replacement, text)` gives. */
function withSubstitutions(pattern: Value | undefined, replacement: Value | undefined, text: Value | undefined): Value {
  const source = pattern && pythonText(pattern)
  // Groups of the replacement as JavaScript names them; other escapes are not understood.
  const written = replacement && pythonText(replacement)?.replaceAll('$', '$$$$').replace(/\\(?:g<([1-9])>|([1-9]))/g, '$$$1$2')
  return mapOptions(text ?? noneValue, (option) => {
    const whole = option.kind === 'text' ? pythonText(option) : undefined
    const changed = whole === undefined || source === undefined || written === undefined || written.includes('\\') ? undefined : withReplacements(whole, source, 'g', written)
    return option.kind === 'text' && changed !== undefined ? { ...option, parts: [changed] } : unknown('computed at run time')
  })
}

/** A method of what a function of Python's own has made; `undefined` when it is not followed. */
export function callMadeByStandardLibrary({ name, args }: ExternalValue, method: string, { positional, keyword }: Arguments): Value | undefined {
  if (name !== 're.compile' || method !== 'sub' || args === undefined) return undefined
  const isPlain = args.positional.length === 1 && args.keyword.size === 0 && positional.length === 2 && keyword.size === 0
  return isPlain ? withSubstitutions(args.positional[0], positional[0], positional[1]) : unknown('computed at run time')
}

/** Looks at its arguments and nothing more. */
const harmless = /^(builtins\.(issubclass|print|hasattr|repr|callable|min|max|sum|any|all|vars|format|round|bool)|logging\..*|warnings\..*)$/

/** What calls a function that it is given, for what that gives: in which order, or what a piece of a text becomes. */
const calling = /^(builtins\.(sorted|min|max)|re\.sub)$/

function isCalled(given: Value): boolean {
  return optionsOf(given).every(({ kind }) => kind === 'function' || kind === 'method' || kind === 'partial')
}

/** The result of a function of Python's own; `undefined` when it is not followed. */
export function callStandardLibrary(context: Context, name: string, args: Arguments, place: Place): Value | undefined {
  for (const given of calling.test(name) ? [...args.positional, ...args.keyword.values()].filter(isCalled) : []) escape(context.engine, given)
  if (Object.hasOwn(functions, name)) return functions[name]!(context, args, place)
  if (name === 'builtins.next') {
    const items = itemsOf(args.positional[0] ?? sequence([], true))
    return union([...items.items, items.others])
  }
  return harmless.test(name) ? unknown(`the result of ${name}`) : undefined
}

