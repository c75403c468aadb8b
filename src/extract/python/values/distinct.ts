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

/** Equal for values that behave alike, and mostly for no others. */
function lookOf(value: Container): number {
  switch (value.kind) {
    case 'sequence':
      return value.items.reduce((look, item) => mixed(look, lookOfPart(item)), value.open ? 1 : 2)
    case 'dictionary':
      return value.entries.reduce((look, entry) => mixed(mixed(look, lookOfPart(entry.key)), lookOfPart(entry.value)), value.open ? 3 : 4)
    case 'partial':
      return mixed(5, lookOfPart(value.callee))
  }
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
