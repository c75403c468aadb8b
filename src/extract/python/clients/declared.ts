import { itemsOf } from '../values/containers.js'
import type { Metric } from '../values/metric.js'
import { likelyOptions, pythonText } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { union } from '../values/values.js'

/** The arguments of a call by the names of its parameters. */
export function argumentsOf(args: Arguments, params: readonly string[]): (name: string) => Value | undefined {
  return (name) => args.keyword.get(name) ?? args.positional[params.indexOf(name)]
}

/** A text that a constructor is given, where it is known. */
export function plainText(value: Value | undefined): string | undefined {
  const options = value ? likelyOptions(value) : []
  return options[0]?.kind === 'text' && options[0].parts.length === 1 ? options[0].parts[0] : undefined
}

/** The label names, in order; those of all possibilities together where there are several. */
export function labelNamesOf(value: Value | undefined, argumentsOpen: boolean): { names: string[]; open: boolean; reason?: string } {
  const names: string[] = []
  let open = argumentsOpen && value === undefined
  for (const option of value ? likelyOptions(value) : []) {
    // A string is a sequence of its characters.
    const { items, open: more } = option.kind === 'text'
      ? { items: Array.from(option.parts.join(''), (letter): Value => ({ ...option, parts: [letter], digest: undefined })), open: option.parts.length > 1 }
      : itemsOf(option)
    open ||= more
    for (const item of items) {
      for (const each of likelyOptions(item)) {
        const name = pythonText(each.kind === 'instance' && each.member?.isText ? each.member.value : each)
        if (name === undefined) open = true
        else if (!names.includes(name)) names.push(name)
      }
    }
  }
  return open ? { names, open, reason: 'some label names are computed at run time' } : { names, open }
}

/** The bounds that are written out. */
export function bucketsOf(value: Value): readonly number[] | undefined {
  const [option, ...others] = likelyOptions(value)
  if (!option || others.length > 0 || option.kind !== 'sequence' || option.open) return undefined
  const bounds = option.items.map((item) => boundOf(item))
  return bounds.every((bound) => bound !== undefined) ? finite(bounds) : undefined
}

function boundOf(value: Value): number | undefined {
  if (value.kind === 'constant' && typeof value.value === 'number') return value.value
  if (value.kind === 'external' && /(^|\.)(INF|inf)$/.test(value.name)) return Infinity
  const text = pythonText(value)
  if (text === undefined || text.trim() === '') return undefined
  const number = /^\+?inf(inity)?$/i.test(text.trim()) ? Infinity : Number(text)
  return Number.isNaN(number) ? undefined : number
}

/** `[('0.1', 3), ('+Inf', 7)]`: the first of each pair. */
export function familyBuckets(value: Value | undefined): readonly number[] | undefined {
  if (value?.kind !== 'sequence' || value.open) return undefined
  const bounds = value.items.map((pair) => (pair.kind === 'sequence' && pair.items[0] ? boundOf(pair.items[0]) : undefined))
  return bounds.every((bound) => bound !== undefined) ? finite(bounds) : undefined
}

function finite(bounds: readonly number[]): number[] {
  return bounds.filter((bound) => Number.isFinite(bound)).sort((a, b) => a - b)
}

/** What a call gives that declares these metrics, each for another name that it may have. */
export function oneOf(metrics: readonly Metric[]): Value {
  return union(metrics.map((metric): Value => ({ kind: 'metric', metric, child: false })))
}
