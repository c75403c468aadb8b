import type { AggregateExpr, BinaryExpr, Call, Expr, VectorSelector } from '../promql/ast.js'
import { fold } from '../promql/index.js'
import type { Family } from '../registry/types.js'
import type { Contract } from './contract.js'
import { inferenceOf } from './inference/infer.js'
import type { Kind, Shape } from './inference/types.js'
import { literalOf } from './selector-match.js'

/** What values measure. */
export interface Unit {
  /** `ratio`: from 0 to 1; `things`: what is counted. */
  readonly of: 'seconds' | 'bytes' | 'ratio' | 'things'
  readonly perSecond: boolean
  /** What the base unit was multiplied by: 1000 of milliseconds, 8 of bits, 100 of percent. */
  readonly factor: number
}

/** What is known of the values of one expression. */
interface Known {
  readonly unit?: Unit
  /** What observations are measured in, where the values count them in buckets. */
  readonly observed?: Unit
  readonly number?: number
  readonly isTimestamp?: true
  /** The only selector in it. */
  readonly selector?: VectorSelector
}

const nothing: Known = {}
const things: Unit = { of: 'things', perSecond: false, factor: 1 }

/**
 * The unit of an expression's values: what its families' names and units say, through functions, aggregations and
 * operators; `undefined` where anything in it leaves doubt.
 */
export function unitOf(expr: Expr, contract: Contract): Unit | undefined {
  return fold<Known>(expr, (node, inner) => knownOf(node, inner, contract)).unit
}

function knownOf(node: Expr, inner: readonly Known[], contract: Contract): Known {
  switch (node.type) {
    case 'NumberLiteral':
      return { number: node.value }
    case 'VectorSelector':
      return ofSelector(node, contract)
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'ParenExpr':
      return inner[0]!
    case 'UnaryExpr':
      return inner[0]!.number !== undefined && node.op === '-' ? { number: -inner[0]!.number } : inner[0]!
    case 'AggregateExpr':
      return aggregated(node, inner.at(-1)!)
    case 'Call':
      return called(node, inner)
    case 'BinaryExpr':
      return combined(node, inner[0]!, inner[1]!, contract)
    default:
      return nothing
  }
}

function ofSelector(selector: VectorSelector, contract: Contract): Known {
  const [first, ...rest] = inferenceOf(contract).infer(selector).shapes.map(ofShape)
  if (first === undefined || !rest.every((one) => sameUnit(one.unit, first.unit) && sameUnit(one.observed, first.observed) && one.isTimestamp === first.isTimestamp)) return nothing
  return { ...first, selector }
}

function ofShape({ kind, families }: Shape): Known {
  const [family] = families
  const unit = family && families.length === 1 ? unitOfFamily(family) : undefined
  switch (kind) {
    case 'count':
      return { unit: things }
    case 'bucket':
      return { unit: things, ...(unit && { observed: unit }) }
    case 'native-histogram':
      return unit ? { observed: unit } : nothing
    case 'counter':
      return { unit: unit ?? things }
    case 'gauge':
    case 'unknown':
      if (unit?.of === 'seconds' && /_time(?:stamp)?_\w*seconds$/.test(family!.name)) return { isTimestamp: true }
      return unit ? { unit } : nothing
    case 'sum':
    case 'summary-quantile':
      return unit ? { unit } : nothing
    default:
      return nothing
  }
}

const suffixes: readonly (readonly [string, Unit['of'], number])[] = [
  ['seconds', 'seconds', 1], ['milliseconds', 'seconds', 1e3], ['microseconds', 'seconds', 1e6], ['nanoseconds', 'seconds', 1e9],
  ['bytes', 'bytes', 1], ['ratio', 'ratio', 1],
]

/** By the unit that is declared, or that the name ends in (Prometheus: docs/practices/naming, "Base units"). */
function unitOfFamily({ name, unit, origin }: Family): Unit | undefined {
  if (origin.kind === 'recording-rule' || origin.kind === 'built-in' || /_per_/.test(name)) return undefined
  const base = name.replace(/_total$/, '')
  const found = suffixes.find(([suffix]) => unit === suffix || base.endsWith(`_${suffix}`))
  return found && { of: found[1], perSecond: false, factor: found[2] }
}

function aggregated({ op }: AggregateExpr, known: Known): Known {
  switch (literalOf(op)?.toLowerCase()) {
    case 'sum':
    case 'topk':
    case 'bottomk':
    case 'limitk':
    case 'limit_ratio':
      return known
    case 'avg':
    case 'min':
    case 'max':
    case 'quantile':
    case 'stddev':
      return { ...(known.unit && { unit: known.unit }), ...(known.observed && { observed: known.observed }) }
    case 'count':
    case 'count_values':
      return { unit: things }
    default:
      return nothing
  }
}

function called({ func }: Call, inner: readonly Known[]): Known {
  const name = literalOf(func)
  const [first = nothing, second = nothing] = inner
  switch (name) {
    case 'rate':
    case 'irate':
    case 'deriv':
      return rated(first)
    case 'increase':
    case 'delta':
    case 'idelta':
    case 'abs':
    case 'ceil':
    case 'floor':
    case 'round':
    case 'clamp':
    case 'clamp_min':
    case 'clamp_max':
    case 'sort':
    case 'sort_desc':
    case 'sort_by_label':
    case 'sort_by_label_desc':
    case 'avg_over_time':
    case 'min_over_time':
    case 'max_over_time':
    case 'last_over_time':
    case 'first_over_time':
    case 'label_replace':
    case 'label_join':
      return first
    case 'quantile_over_time':
      return second
    case 'histogram_quantile':
      return second.observed ? { unit: second.observed } : nothing
    case 'histogram_avg':
      return first.observed ? { unit: first.observed } : nothing
    case 'time':
    case 'timestamp':
      return { isTimestamp: true }
    default:
      return nothing
  }
}

/** What is by time already, and a ratio, has no rate that is measured in a unit. */
function rated({ unit, ...known }: Known): Known {
  return { ...known, ...(unit && !unit.perSecond && unit.of !== 'ratio' && { unit: { ...unit, perSecond: true } }) }
}

function combined(node: BinaryExpr, left: Known, right: Known, contract: Contract): Known {
  const { op, bool } = node
  if (bool) return nothing
  if (left.number !== undefined && right.number !== undefined) return number(op, left.number, right.number)
  switch (op) {
    case '*':
      if (right.number !== undefined) return scaled(left, right.number)
      if (left.number !== undefined) return scaled(right, left.number)
      if (isInfo(node.rhs, contract)) return left
      return isInfo(node.lhs, contract) ? right : nothing
    case '/':
      return right.number !== undefined ? scaled(left, 1 / right.number) : divided(left, right)
    case '+':
    case '-':
      if (left.isTimestamp && right.isTimestamp && op === '-') return { unit: { of: 'seconds', perSecond: false, factor: 1 } }
      if (right.number !== undefined) return { ...(left.unit && { unit: left.unit }) }
      if (left.number !== undefined) return { ...(right.unit && { unit: right.unit }) }
      return left.unit && sameUnit(left.unit, right.unit) ? { unit: left.unit } : nothing
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return left.number === undefined ? left : right
    case 'and':
    case 'unless':
      return left
    case 'or':
      if (isNumber(node.rhs)) return left
      return left.unit && sameUnit(left.unit, right.unit) ? { unit: left.unit } : nothing
    default:
      return nothing
  }
}

function number(op: BinaryExpr['op'], left: number, right: number): Known {
  switch (op) {
    case '*':
      return { number: left * right }
    case '/':
      return { number: left / right }
    case '+':
      return { number: left + right }
    case '-':
      return { number: left - right }
    case '^':
      return { number: left ** right }
    default:
      return nothing
  }
}

function scaled({ unit, ...known }: Known, by: number): Known {
  const factor = unit && unit.factor * Math.abs(by)
  return { ...known, ...(unit && factor && Number.isFinite(factor) && { unit: { ...unit, factor } }) }
}

function divided(left: Known, right: Known): Known {
  const [a, b] = [left.unit, right.unit]
  if (!a || !b) return nothing
  const factor = a.factor / b.factor
  if (b.of === 'things') {
    if (a.of === 'things') return isPartOf(left.selector, right.selector) && a.perSecond === b.perSecond ? { unit: { of: 'ratio', perSecond: false, factor } } : nothing
    return a.of === 'ratio' || (b.perSecond && !a.perSecond) ? nothing : { unit: { ...a, perSecond: a.perSecond && !b.perSecond, factor } }
  }
  if (a.of === b.of && a.of !== 'ratio' && a.perSecond === b.perSecond) return { unit: { of: 'ratio', perSecond: false, factor } }
  return a.of === 'bytes' && b.of === 'seconds' && a.perSecond === b.perSecond ? { unit: { of: 'bytes', perSecond: true, factor } } : nothing
}

/** Whether one selector selects some of what the other does: what it counts is a part then. */
function isPartOf(part: VectorSelector | undefined, whole: VectorSelector | undefined): boolean {
  if (part?.name === undefined || whole?.name === undefined || part.matcherTemplates.length + whole.matcherTemplates.length > 0) return false
  const name = literalOf(part.name)
  const written = ({ name: label, op, value }: VectorSelector['matchers'][number]) => JSON.stringify([label.parts, op, value.parts], (key, one: unknown) => (key === 'start' || key === 'end' ? undefined : one))
  const matchers = new Set(part.matchers.map(written))
  return name !== undefined && name === literalOf(whole.name) && whole.matchers.every((matcher) => matchers.has(written(matcher)))
}

/** `vector(0)` and its like stand in for a value of any unit. */
function isNumber(expr: Expr): boolean {
  if (expr.type === 'ParenExpr') return isNumber(expr.expr)
  return expr.type === 'Call' && literalOf(expr.func) === 'vector' && expr.args[0]?.type === 'NumberLiteral'
}

/** Whether all values are 1, and only labels are taken from it. */
function isInfo(expr: Expr, contract: Contract): boolean {
  const { shapes } = inferenceOf(contract).infer(expr)
  const isOne = ({ kind, value: { lo, hi } }: Shape) => (kind satisfies Kind) === 'info' || (lo === 1 && hi === 1)
  return shapes.length > 0 && shapes.every(isOne)
}

function sameUnit(a: Unit | undefined, b: Unit | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.of === b.of && a.perSecond === b.perSecond && isNear(a.factor, b.factor))
}

/** Kilo and kibi are as good as the same, and so are mega and mebi. */
export function isNear(a: number, b: number): boolean {
  return a / b < 1.2 && b / a < 1.2
}
