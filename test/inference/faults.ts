import type { BinaryOp, MatchOp } from '../../src/promql/ast.js'
import type { FunctionRow } from '../../src/contract/inference/functions.js'
import type { OperatorRow } from '../../src/contract/inference/binary.js'
import { between, point } from '../../src/contract/inference/intervals.js'
import { LabelMap } from '../../src/contract/inference/label-map.js'
import { absent, closed, open } from '../../src/contract/inference/label-values.js'
import type { MatchRow } from '../../src/contract/inference/matching.js'
import { propagation, type Propagation } from '../../src/contract/inference/propagation.js'
import { dropLabels, keepLabels, labelOf, withLabel } from '../../src/contract/inference/shapes.js'
import type { Interval, Reason, Shape } from '../../src/contract/inference/types.js'

/** A false table, as someone could have written it. */
export interface Fault {
  readonly name: string
  readonly rows: Propagation
}

const why: Reason = { kind: 'unknown' }

function inFunction(names: string, change: (shape: Shape) => Shape): Propagation {
  const functions = new Map(propagation.functions)
  for (const name of names.split(' ')) {
    const row = functions.get(name)!
    functions.set(name, (call, args) => row(call, args).map(change))
  }
  return { ...propagation, functions }
}

function withFunction(name: string, row: FunctionRow): Propagation {
  return { ...propagation, functions: new Map(propagation.functions).set(name, row) }
}

function inAggregation(name: string, change: (shape: Shape) => Shape): Propagation {
  const row = propagation.aggregations.get(name)!
  return { ...propagation, aggregations: new Map(propagation.aggregations).set(name, (node, operand) => row(node, operand).map(change)) }
}

function inOperator(op: BinaryOp, value: OperatorRow['value']): Propagation {
  return { ...propagation, operators: new Map(propagation.operators).set(op, { ...propagation.operators.get(op)!, value }) }
}

function inMatcher(op: MatchOp, row: Propagation['matchers']['=']): Propagation {
  return { ...propagation, matchers: { ...propagation.matchers, [op]: row } }
}

const valued = (value: (value: Interval) => Interval) => (shape: Shape): Shape => ({ ...shape, value: value(shape.value) })
const nameless = (shape: Shape): Shape => dropLabels(shape, ['__name__'], why)
const named = (shape: Shape): Shape => withLabel(shape, '__name__', open(false, why))
const oneToOne = (row: MatchRow): Propagation => ({ ...propagation, oneToOne: row })
const grouped = (row: MatchRow): Propagation => ({ ...propagation, grouped: row })

export const faults: readonly Fault[] = [
  { name: 'rate is never negative', rows: inFunction('rate increase irate', valued(() => between(0, Infinity, true))) },
  { name: 'rate keeps the name', rows: inFunction('rate', named) },
  { name: 'delta is never negative', rows: inFunction('delta deriv idelta', valued(() => between(0, Infinity, true))) },
  { name: 'last_over_time drops the name', rows: inFunction('last_over_time', nameless) },
  { name: 'sum_over_time keeps the bounds of a value', rows: inFunction('sum_over_time', valued(({ nan }) => ({ lo: -1, hi: 1, nan }))) },
  { name: 'count_over_time counts to ten', rows: inFunction('count_over_time', valued(() => between(1, 10))) },
  { name: 'the standard deviation is never NaN', rows: inAggregation('stddev', valued(() => between(0, Infinity))) },
  { name: 'absent keeps the labels of any matcher', rows: withFunction('absent', (call, args) => propagation.functions.get('absent')!(call, args).map((shape) => withLabel(shape, 'kind', closed(['x'], why)))) },
  { name: 'absent has no labels', rows: inFunction('absent', (shape) => keepLabels(shape, [], why)) },
  { name: 'absent is always there', rows: inFunction('absent', (shape) => ({ ...shape, always: true })) },
  { name: 'histogram_quantile keeps le', rows: inFunction('histogram_quantile', (shape) => withLabel(shape, 'le', open(false, why))) },
  { name: 'histogram_quantile drops the labels of series', rows: inFunction('histogram_quantile', (shape) => keepLabels(shape, ['job'], why)) },
  { name: 'label_replace always replaces', rows: inFunction('label_replace', (shape) => withLabel(shape, 'kind', closed(['fixed', ''], why))) },
  { name: 'label_join drops the name', rows: inFunction('label_join', nameless) },
  { name: 'scalar is never NaN', rows: inFunction('scalar', valued(({ lo, hi }) => ({ lo, hi, nan: false }))) },
  { name: 'clamp_max leaves what is above', rows: inFunction('clamp_max', valued(() => between(1, Infinity, true))) },
  { name: 'abs keeps the sign', rows: inFunction('abs', valued(() => between(-Infinity, 0, true))) },
  { name: 'sort drops the name', rows: inFunction('sort', nameless) },
  { name: 'count may be called a value of the series', rows: inAggregation('count', valued(() => between(1, 1))) },
  { name: 'sum keeps the bounds of a value', rows: inAggregation('sum', valued(({ lo, nan }) => ({ lo, hi: 1, nan }))) },
  { name: 'group is the number of series', rows: inAggregation('group', valued(() => between(2, Infinity))) },
  { name: 'sum keeps every label', rows: inAggregation('sum', (shape) => withLabel(shape, 'job', open(false, why))) },
  { name: 'topk drops the name', rows: inAggregation('topk', nameless) },
  { name: 'count_values makes no label', rows: inAggregation('count_values', (shape) => withLabel(shape, 'zz_value', absent(why))) },
  { name: 'quantile stays within its values', rows: inAggregation('quantile', valued(() => between(-1e9, 1e9, true))) },
  { name: 'a label that is not equal is there', rows: inMatcher('!=', (label, matcher, selector) => {
    const passed = propagation.matchers['!='](label, matcher, selector)
    return passed.kind === 'open' ? { ...passed, mayBeAbsent: false } : passed
  }) },
  { name: 'a pattern matches what is there only', rows: inMatcher('=~', (label, matcher, selector) => {
    const passed = propagation.matchers['=~'](label, matcher, selector)
    return passed.kind === 'open' ? { ...passed, mayBeAbsent: false } : closed([...passed.values].filter((value) => value !== ''), why)
  }) },
  { name: 'a negative pattern narrows as a positive one', rows: inMatcher('!~', propagation.matchers['=~']) },
  { name: 'an empty value matches what is there', rows: inMatcher('=', (label, matcher, selector) => {
    const passed = propagation.matchers['='](label, matcher, selector)
    return passed.kind === 'closed' && passed.values.has('') ? closed(['x'], why) : passed
  }) },
  { name: 'a matcher with a variable has one value', rows: inMatcher('=~', (label, matcher, selector) => (
    matcher.value.parts.some((part) => typeof part !== 'string') ? closed(['x'], why) : propagation.matchers['=~'](label, matcher, selector)
  )) },
  { name: 'one-to-one keeps the left labels only', rows: oneToOne((node, left, right, keepsName) => {
    const shape = propagation.oneToOne(node, left, right, keepsName)
    return { ...shape, others: absent(why), labels: LabelMap.of(new Map([...shape.labels].filter(([name]) => left.labels.has(name)))) }
  }) },
  { name: 'on keeps every label', rows: oneToOne((node, left, right, keepsName) => {
    const shape = propagation.oneToOne(node, left, right, keepsName)
    return node.matching?.on ? withLabel(shape, 'job', labelOf(left, 'job')) : shape
  }) },
  { name: 'what is ignored stays', rows: oneToOne((node, left, right, keepsName) => ({ ...propagation.oneToOne(node, left, right, keepsName), labels: left.labels })) },
  { name: 'arithmetic keeps the name', rows: oneToOne((node, left, right) => propagation.oneToOne(node, left, right, true)) },
  { name: 'a comparison drops the name', rows: oneToOne((node, left, right) => propagation.oneToOne(node, left, right, false)) },
  { name: 'group_left copies nothing', rows: grouped((node, many, one, keepsName) => ({ ...propagation.grouped(node, many, one, keepsName), labels: dropLabels(many, keepsName ? [] : ['__name__'], why).labels })) },
  { name: 'group_left keeps its own label where the other side has none', rows: grouped((node, many, one, keepsName) => {
    const shape = propagation.grouped(node, many, one, keepsName)
    return withLabel(shape, 'kind', labelOf(many, 'kind'))
  }) },
  { name: 'group_left keeps what is matched on only', rows: grouped((node, many, one, keepsName) => keepLabels(propagation.grouped(node, many, one, keepsName), ['job', 'instance'], why)) },
  { name: 'what is divided by less than one gets smaller', rows: inOperator('/', (left) => left) },
  { name: 'a difference of what is not negative is not', rows: inOperator('-', () => between(0, Infinity, true)) },
  { name: 'a comparison for equality needs no common value', rows: inOperator('==', (left, right) => (left.lo === right.lo ? left : undefined)) },
  { name: 'less than passes what is more', rows: inOperator('<', (left, right) => ({ lo: right.lo, hi: left.hi, nan: false })) },
  { name: 'unequal never passes NaN', rows: inOperator('!=', ({ lo, hi }) => ({ lo, hi, nan: false })) },
  { name: 'the sign function is zero', rows: inFunction('sgn', valued(() => point(0))) },
]
