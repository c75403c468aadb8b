import type { Place } from '../../../text/source.js'
import { areAlike, createDistinct, mayChange } from './distinct.js'
import type { Arguments, ConstantValue, DictionaryValue, ExternalValue, MetricValue, SequenceValue, TextValue, UnknownValue, Value } from './types.js'

/** How many possibilities of one value are followed. */
const maximumOptions = 32

export const noneValue: ConstantValue = { kind: 'constant', value: null }

export const noArguments: Arguments = { positional: [], keyword: new Map(), open: false }

/** For a call of which nothing is known. */
export const anyArguments: Arguments = { ...noArguments, open: true }

export function unknown(reason: string): UnknownValue {
  return { kind: 'unknown', reason, unlikely: false }
}

export function unknownInteger(reason: string): UnknownValue {
  return { kind: 'unknown', reason, unlikely: false, isInteger: true }
}

/** Whether it surely is a whole number. */
export function isInteger(value: Value): boolean {
  return value.kind === 'unknown' ? value.isInteger === true : value.kind === 'constant' && Number.isInteger(value.value)
}

export function text(value: string, place: Place): TextValue {
  return { kind: 'text', parts: [value], places: [place] }
}

/** @param lacks whether any of the items may not be there */
export function sequence(items: Value[], open = false, lacks = false): SequenceValue {
  return { kind: 'sequence', items, open, ...(lacks && { perhaps: new Set(items.keys()) }) }
}

export function external(name: string): ExternalValue {
  return { kind: 'external', name, made: false, args: undefined, place: undefined }
}

export function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null
}

/** What may stand in a label. */
export function isPlain(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'constant' || (value.kind === 'instance' && value.member !== undefined)
}

/** The metrics among what a value may be: an instance of a subclass of a client's class is one too. */
export function metricsIn(value: Value): MetricValue[] {
  return optionsOf(value).flatMap((option) =>
    (option.kind === 'metric' ? [option] : option.kind === 'instance' && option.metric ? metricsIn(option.metric) : []))
}

/** Whether a metric is among what a value may be. */
export function mayBeMetric(value: Value): boolean {
  return optionsOf(value).some((option) => option.kind === 'metric' || (option.kind === 'instance' && option.metric !== undefined))
}

/** All the values that `value` may be; more than one only for a union. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.options : [value]
}

/** One of `values`, without repetition. Too many possibilities are none. */
export function union(values: readonly Value[]): Value {
  const [first, second] = values
  if (first && values.every((value) => holds(first, value))) return first
  if (values.length === 2) {
    const both = unionOfTwo(first!, second!)
    if (both) return both
  }
  const distinct = createDistinct()
  const metrics: Value[] = []
  const options: Value[] = []
  for (const value of values) {
    for (const option of optionsOf(value)) {
      // All metrics count; of other values no more than there is room for.
      if (options.length - metrics.length > maximumOptions && option.kind !== 'metric') continue
      if (!distinct.add(option)) continue
      options.push(option)
      if (option.kind === 'metric') metrics.push(option)
    }
  }
  if (options.length === 1) return options[0]!
  if (options.length === 0) return unknown('no value')
  if (options.length <= maximumOptions) return { kind: 'union', options }
  const others = options.filter((option) => option.kind !== 'metric').slice(0, maximumOptions)
  return { kind: 'union', options: [...metrics, ...others, unknown('too many possible values')] }
}

/** One value more beside another, or beside several that cannot become alike; `undefined` for what is not so simple. */
function unionOfTwo(value: Value, added: Value): Value | undefined {
  if (added.kind === 'union') return undefined
  if (value.kind !== 'union') return areAlike(value, added) ? value : { kind: 'union', options: [value, added] }
  const { options } = value
  if (options.length >= maximumOptions || options.some(mayChange)) return undefined
  return options.some((option) => areAlike(option, added)) ? value : { kind: 'union', options: [...options, added] }
}

/** Whether `added` plainly is `value` or some of its possibilities. */
function holds(value: Value, added: Value): boolean {
  if (value === added) return true
  if (value.kind !== 'union') return false
  const { options } = value
  return added.kind === 'union' ? added.options.every((option, i) => options[i] === option || options.includes(option)) : options.includes(added)
}

/** Applies a function to each possibility. */
export function mapOptions(value: Value, change: (option: Value) => Value): Value {
  return value.kind === 'union' ? union(value.options.map(change)) : change(value)
}

/** Whether there may be more in a container: what got it with nothing in it fills it. */
export function mayHaveMore(container: SequenceValue | DictionaryValue): boolean {
  const { length } = container.kind === 'sequence' ? container.items : container.entries
  return container.open || (container.isHandedOn === true && length === 0)
}

/** Whether a value is known to be true or false. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value)
    case 'text':
      return value.parts.length === 1 ? value.parts[0] !== '' : value.parts.some((part) => part !== '') || undefined
    case 'sequence':
      return value.items.length > (value.perhaps?.size ?? 0) || (mayHaveMore(value) || value.items.length > 0 ? undefined : false)
    case 'dictionary':
      return value.entries.some(({ perhaps }) => !perhaps) || (mayHaveMore(value) || value.entries.length > 0 ? undefined : false)
    case 'function':
    case 'method':
    case 'class':
    case 'metric':
    case 'module':
      return true
    case 'external':
      // `registry or REGISTRY`
      return value.made && value.name.endsWith('.CollectorRegistry') ? true : undefined
    case 'union': {
      const [first, ...others] = value.options.map(truth)
      return others.every((other) => other === first) ? first : undefined
    }
    default:
      return undefined
  }
}

/** What else nobody has seen may stand there beside the value. */
export function withOthers(value: Value, reason: string): Value {
  return union([value, { ...unknown(reason), unlikely: true }])
}
