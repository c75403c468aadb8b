import { digest, digestKey } from './digest.js'
import type { DictionaryValue, PartialValue, SequenceValue, Value } from './types.js'

type Container = SequenceValue | DictionaryValue | PartialValue

/** Whether what a value is described as may change. */
export function mayChange(value: Value): value is Container {
  return value.kind === 'sequence' || value.kind === 'dictionary' || value.kind === 'partial'
}

/** Whether two values behave alike (`digest`). */
export function areAlike(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  if (mayChange(a)) return lookOf(a) === lookOf(b as Container) && digest(a) === digest(b)
  return digestKey(a) === digestKey(b)
}

/** Tells values apart that do not behave alike (`digest`). */
export interface Distinct {
  /** Whether none so far behaves like this one. */
  add(value: Value): boolean
}

/**
 * Lists and dictionaries may change, so that their descriptions cannot be kept, and are long: they are written out only
 * for two that look alike.
 */
export function createDistinct(): Distinct {
  const keys = new Set<string | number>()
  let containers: Map<number, { readonly value: Container; key: string | undefined }[]> | undefined
  return {
    add(value) {
      if (!mayChange(value)) {
        const key = digestKey(value)
        return !keys.has(key) && Boolean(keys.add(key))
      }
      containers ??= new Map()
      const look = lookOf(value)
      const alike = containers.get(look)
      if (!alike) {
        containers.set(look, [{ value, key: undefined }])
        return true
      }
      if (alike.some((each) => each.value === value)) return false
      const key = digest(value)
      if (alike.some((each) => (each.key ??= digest(each.value)) === key)) return false
      alike.push({ value, key })
      return true
    },
  }
}

/** How many parts of a list or dictionary are looked at from each end. */
const looked = 4

/** Equal for values that behave alike, and mostly for no others. */
function lookOf(value: Container): number {
  if (value.kind === 'partial') return lookOfPart(value.callee)
  const { length } = value.kind === 'sequence' ? value.items : value.entries
  let look = mixed(length, value.open ? 1 : 2)
  for (let i = 0; i < length; i++) {
    if (i === looked) i = Math.max(i, length - looked)
    if (value.kind === 'sequence') look = mixed(look, lookOfPart(value.items[i]!))
    else look = mixed(mixed(look, lookOfPart(value.entries[i]!.key)), lookOfPart(value.entries[i]!.value))
  }
  return look
}

function mixed(look: number, other: number): number {
  return (Math.imul(look, 31) + other) | 0
}

function lookOfPart(value: Value): number {
  switch (value.kind) {
    case 'function':
    case 'class':
    case 'instance':
      return value.id
    case 'text': {
      const [first = ''] = value.parts
      return first.length === 0 ? value.parts.length : mixed(first.charCodeAt(first.length >> 1), first.charCodeAt(first.length - 1)) + first.length
    }
    case 'constant':
      return Number(value.value)
    case 'metric':
      return value.metric.id
    default:
      return value.kind.length
  }
}
