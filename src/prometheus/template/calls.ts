import { quoteString } from '../../promql/go-text.js'
import { regexpProblem } from '../../promql/regexp.js'
import type { Span } from '../../text/source.js'
import type { ParameterType, TemplateFunction } from './functions.js'
import { either, goTypes, unknown, type QueryText, type Value } from './values.js'

/** A value that a function is called with, and where it stands. */
export interface Argument {
  readonly value: Value
  readonly at: Span
  /** As it is written. */
  readonly source: string
}

export type CallResult = { readonly value: Value } | { readonly problem: string; readonly at?: Span }

/**
 * What a call gives, or why it fails whenever it is reached, in Go's words (Go: text/template/exec.go, evalCall). The
 * last of the arguments may come through a pipe: for Go's messages, `written` is the number of the others.
 */
export function resultOfCall(name: string, args: readonly Argument[], written: number, functions: ReadonlyMap<string, TemplateFunction>): CallResult {
  const called = functions.get(name)!
  const { parameters, further, result } = called
  if (further === undefined ? args.length !== parameters.length : args.length < parameters.length) {
    const wanted = further === undefined ? `want ${parameters.length} got ${args.length}` : `want at least ${parameters.length} got ${written}`
    return { problem: `wrong number of args for ${name}: ${wanted}` }
  }
  for (const [i, arg] of args.entries()) {
    const problem = mismatch(arg, parameters[i] ?? further!, name)
    if (problem !== undefined) return { problem, at: arg.at }
  }
  const unprintable = name === 'printf' ? evaluationAsNumber(args) : undefined
  if (unprintable) return unprintable
  const problem = refusal(name, args)
  if (problem !== undefined) return { problem: `error calling ${name}: ${problem}` }
  const fromValue = result === 'bool' || result === 'int' ? undefined : args.find(({ value }) => value.fromValue)?.value.fromValue
  return { value: { ...typeOfResult(name, called, args), ...(fromValue && { fromValue }) } }
}

function mismatch({ value, source }: Argument, parameter: ParameterType, name: string): string | undefined {
  const { type, constant } = value
  if (type === 'unknown' || parameter === 'any') return undefined
  if (parameter === 'number or text') {
    const isConvertible = ['string', 'float64', 'int', 'sample value'].includes(type)
    return isConvertible ? undefined : `error calling ${name}: can't convert ${goTypes[type]} to float`
  }
  if (constant === 'nil') return parameter === 'string' ? 'cannot assign nil to string' : undefined
  if (type === parameter || (type === 'evaluation' && parameter === 'string')) return undefined
  if (constant === undefined) return `wrong type for value; expected ${goTypes[parameter]}; got ${goTypes[type]}`
  return parameter === 'string' ? `expected string; found ${source}` : `can't handle ${source} for arg of type ${goTypes[parameter]}`
}

/** Grafana's `$value` where `printf` is told to write a number: it writes `%!f(string=…)`. */
function evaluationAsNumber([format, ...args]: readonly Argument[]): CallResult | undefined {
  const verbs = [...(format?.value.text?.text ?? '').matchAll(/%[-+ #0]*[\d.]*([a-zA-Z%])/g)].map(([, verb]) => verb!).filter((verb) => verb !== '%')
  const wrong = args.find(({ value }, i) => value.type === 'evaluation' && /[bdeEfFgG]/.test(verbs[i] ?? ''))
  return wrong && { problem: 'printf writes "%!…(string=…)" for a text where it is told to write a number', at: wrong.at }
}

/** Why a function refuses arguments that have the types it asks for. */
function refusal(name: string, args: readonly Argument[]): string | undefined {
  if (comparisons.has(name)) return comparisonProblem(name, args)
  const [{ value: { type, text } } = { value: unknown }] = args
  if (name === 'len' && basicKinds[type] !== undefined && type !== 'string') return `len of type ${goTypes[type]}`
  if ((name !== 'match' && name !== 'reReplaceAll') || text === undefined || text.isFilledIn) return undefined
  const problem = regexpProblem({ parts: [text.text], quoted: true, start: 0, end: 0 })
  return problem !== undefined && name === 'reReplaceAll' ? `regexp: Compile(${quoteRegexp(text.text)}): ${problem}` : problem
}

function quoteRegexp(pattern: string): string {
  return pattern.includes('`') ? quoteString(pattern) : `\`${pattern}\``
}

function typeOfResult(name: string, { result }: TemplateFunction, args: readonly Argument[]): Value {
  const [first = unknown] = args.map(({ value }) => value)
  switch (result) {
    case 'vector':
      return { type: 'vector', owner: name === 'query' ? (first.text ?? 'unknown') : (args[1]!.value.owner ?? 'unknown') }
    case 'sample':
      return { type: 'sample', owner: first.owner ?? 'unknown' }
    case 'operand':
      return args.map(({ value }) => value).reduce(either)
    case 'element':
      return args.length === 1 ? first : elementOf(first, args.length - 1)
    case 'string':
      return name === 'printf' && first.text ? { type: 'string', text: filledIn(first.text) } : { type: 'string' }
    case 'time':
    case 'unknown':
      return unknown
    default:
      return { type: result }
  }
}

/** What `index` and `range` find in a value. */
export function elementOf({ type, owner = 'unknown' }: Value, depth = 1): Value {
  if (depth > 1) return unknown
  if (type === 'vector') return { type: 'sample', owner }
  if (type === 'captures') return { type: 'capture' }
  return type === 'labels' ? { type: 'string' } : unknown
}

const comparisons = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge'])
const basicKinds: Partial<Record<Value['type'], string>> = { string: 'string', evaluation: 'string', float64: 'float', 'sample value': 'float', int: 'int', bool: 'bool' }

/** Go compares an integer with no float: `gt $value 5` fails where `gt $value 5.0` does not. */
function comparisonProblem(name: string, [first, ...rest]: readonly Argument[]): string | undefined {
  if (name === 'eq' && rest.length === 0) return 'missing argument for comparison'
  const kind = basicKinds[first!.value.type]
  const other = rest.find(({ value: { type } }) => basicKinds[type] !== undefined && kind !== undefined && basicKinds[type] !== kind)
  // `eq` stops at the first argument that is equal.
  if (other === undefined || (name === 'eq' && rest[0] !== other)) return undefined
  return `incompatible types for comparison: ${goTypes[first!.value.type]} and ${goTypes[other.value.type]}`
}

/** What `printf` makes of a format: variables stand for its verbs. */
function filledIn({ text, offsets }: QueryText): QueryText {
  const filled = text.replace(/%%|%[^%a-zA-Z]*[a-zA-Z]/g, (verb) => verb === '%%' ? '% ' : `$${'a'.repeat(verb.length - 1)}`)
  return { text: filled, offsets, isFilledIn: filled !== text }
}
