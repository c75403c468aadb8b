import type { Call, Expr, VectorSelector } from '../../promql/ast.js'
import { regexpMatcher } from '../../promql/index.js'
import { literalOf } from '../selector-match.js'
import { absolute, anyValue, between, mapped, nonNegative, point, summed } from './intervals.js'
import { LabelMap } from './label-map.js'
import { absent, closed, filter, isAbsent, join, mayBeAbsent, open, unknownReason } from './label-values.js'
import { bareShape, dropLabels, labelOf, nameless, openLabels, withLabel } from './shapes.js'
import type { Inferred, Interval, Kind, LabelValues, Reason, Shape } from './types.js'

/** What a function makes of its arguments. */
export type FunctionRow = (call: Call, args: readonly Inferred[]) => readonly Shape[]

type Values = (value: Interval, call: Call) => Interval
type Kinds = (kind: Kind) => Kind

/** A function of one vector or matrix, each of whose series gives one series without the name. */
function perSeries(value: Values, kind: Kinds = () => 'unknown'): FunctionRow {
  return (call, args) => seriesOf(args).map((shape) => nameless(shape, call, value(shape.value, call), kind(shape.kind)))
}

const noArgument: Inferred = { type: 'none', shapes: [] }

/** The shapes of the argument that is a vector or a matrix. */
function seriesOf(args: readonly Inferred[]): readonly Shape[] {
  for (const { type, shapes } of args) if (type === 'vector' || type === 'matrix') return shapes
  return noArgument.shapes
}

/** A function that needs more than one sample, and yields nothing where there are less. */
function ofSeveral(value: Values, kind: Kinds): FunctionRow {
  return (call, args) => seriesOf(args).map((shape) => nameless(shape, call, value(shape.value, call), kind(shape.kind), false))
}

/** The series as they are, with their names. */
const unchanged: FunctionRow = (_call, args) => seriesOf(args)

/** A scalar, or a vector of one series without labels. */
function bare(value: (args: readonly Inferred[]) => Interval, kind: Kind = 'number'): FunctionRow {
  return (call, args) => [bareShape(call, { value: value(args), kind, always: true })]
}

const same = <T>(one: T): T => one
const constant = (value: Interval) => () => value
const gauge: Kinds = () => 'gauge'
const number: Kinds = () => 'number'
const mayBeNan = (value: Interval): Interval => ({ ...value, nan: true })

/** Prometheus: promql/functions.go, extrapolatedRate: negative values give negative rates, and so does a reset that a NaN hides. */
const rateValue: Values = ({ lo, nan }) => (lo >= 0 && !nan ? between(0, Infinity, true) : anyValue)

/** `quantile` outside of 0 to 1 gives infinities (Prometheus: promql/quantile.go). */
export function quantileValue(value: Interval, parameter: Expr | undefined): Interval {
  const q = numberOf(parameter)
  return q !== undefined && q >= 0 && q <= 1 ? mayBeNan(value) : anyValue
}

/** The number that an expression is as it stands. */
export function numberOf(expr: Expr | undefined): number | undefined {
  if (expr === undefined) return undefined
  if (expr.type === 'NumberLiteral') return expr.value
  if (expr.type === 'ParenExpr') return numberOf(expr.expr)
  if (expr.type !== 'UnaryExpr') return undefined
  const value = numberOf(expr.expr)
  return value === undefined || expr.op === '+' ? value : -value
}

/** Prometheus: promql/functions.go, funcClamp: no series where the minimum is above the maximum. */
function clampRow(bounds: (call: Call) => readonly [Expr | undefined, Expr | undefined]): FunctionRow {
  return (call, args) => {
    const [minimum, maximum] = bounds(call)
    const lo = minimum === undefined ? -Infinity : numberOf(minimum)
    const hi = maximum === undefined ? Infinity : numberOf(maximum)
    if (lo !== undefined && hi !== undefined && lo > hi) return []
    return perSeries((value) => {
      if (lo === undefined || hi === undefined || Number.isNaN(lo) || Number.isNaN(hi)) return anyValue
      return mapped(value, (one) => Math.max(lo, Math.min(hi, one)))
    }, same)(call, args)
  }
}

const none: readonly (readonly [string, FunctionRow])[] = []

/** A row for each of several names. */
function rows(names: string, row: FunctionRow): (readonly [string, FunctionRow])[] {
  return names.split(' ').map((name) => [name, row])
}

/** A part of a time: without an argument that of the evaluation. */
function timePart(lo: number, hi: number): FunctionRow {
  const value = between(lo, hi)
  return (call, args) => (call.args.length === 0 ? bare(constant(value)) : perSeries(constant(value), number))(call, args)
}

/** What each function does with labels, values and kinds (Prometheus: promql/functions.go). */
export const functionRows: ReadonlyMap<string, FunctionRow> = new Map([
  ...none,
  ...rows('rate irate increase', ofSeveral(rateValue, (rateOf) => ({ rateOf }))),
  ...rows('delta idelta deriv predict_linear double_exponential_smoothing', ofSeveral(constant(anyValue), gauge)),
  ...rows('changes resets', perSeries(constant(nonNegative), number)),
  ...rows('count_over_time', perSeries(constant(between(1, Infinity)), number)),
  ...rows('present_over_time', perSeries(constant(point(1)), number)),
  ...rows('avg_over_time', perSeries((value) => ({ ...value, nan: value.nan || (value.lo === -Infinity && value.hi === Infinity) }), same)),
  ...rows('min_over_time max_over_time', perSeries(same, same)),
  ...rows('quantile_over_time', perSeries((value, call) => quantileValue(value, call.args[0]), same)),
  ...rows('last_over_time first_over_time', unchanged),
  ...rows('sum_over_time', perSeries(summed, same)),
  ...rows('stddev_over_time stdvar_over_time mad_over_time', perSeries(constant(between(0, Infinity, true)))),
  ...rows('ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time', perSeries(constant(anyValue), () => 'timestamp')),
  ...rows('timestamp', perSeries(constant(anyValue), () => 'timestamp')),
  ...rows('start_timestamp', perSeries(constant(anyValue), () => 'timestamp')),
  ...rows('abs', perSeries(absolute, same)),
  ...rows('ceil', perSeries((value) => mapped(value, Math.ceil), same)),
  ...rows('floor', perSeries((value) => mapped(value, Math.floor), same)),
  ...rows('round', perSeries((value, { args }) => (args.length > 1 ? anyValue : { lo: Math.floor(value.lo), hi: Math.ceil(value.hi), nan: value.nan }), same)),
  ...rows('sgn', perSeries((value) => mapped(value, Math.sign))),
  ...rows('sqrt', perSeries(constant(between(-0, Infinity, true)))),
  ...rows('exp', perSeries(constant(between(0, Infinity, true)))),
  ...rows('ln log2 log10 acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh deg rad', perSeries(constant(anyValue))),
  ...rows('clamp', clampRow(({ args }) => [args[1], args[2]])),
  ...rows('clamp_min', clampRow(({ args }) => [args[1], undefined])),
  ...rows('clamp_max', clampRow(({ args }) => [undefined, args[1]])),
  ...rows('sort sort_desc sort_by_label sort_by_label_desc', unchanged),
  ...rows('hour', timePart(0, 23)),
  ...rows('minute', timePart(0, 59)),
  ...rows('day_of_week', timePart(0, 6)),
  ...rows('day_of_month', timePart(1, 31)),
  ...rows('day_of_year', timePart(1, 366)),
  ...rows('days_in_month', timePart(28, 31)),
  ...rows('month', timePart(1, 12)),
  ...rows('year', timePart(-Infinity, Infinity)),
  ...rows('time', bare(constant(nonNegative), 'timestamp')),
  ...rows('pi', bare(constant(point(Math.PI)))),
  ...rows('end range start step max_of min_of', bare(constant(anyValue))),
  ...rows('scalar', bare(([argument]) => (argument?.shapes.length ? mayBeNan(argument.shapes.map(({ value }) => value).reduce(union)) : point(NaN)), 'unknown')),
  ...rows('vector', (call, [argument]) => [bareShape(call, { value: argument?.shapes[0]?.value ?? anyValue, kind: argument?.shapes[0]?.kind ?? 'unknown', always: true })]),
  ...rows('absent absent_over_time', absentRow),
  ...rows('histogram_quantile', histogramRow(constant(anyValue), 'quantile', 1)),
  ...rows('histogram_fraction', histogramRow(constant(between(0, 1, true)), 'ratio', 2)),
  ...rows('histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar', perSeries(constant(anyValue))),
  ...rows('label_replace', labelReplaceRow),
  ...rows('label_join', labelJoinRow),
  ...rows('info', infoRow),
])

function union(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), nan: a.nan || b.nan }
}

/** Whether series may be native histograms, or buckets of classic ones. */
export function mayHaveBuckets(shape: Shape): boolean {
  return isNative(shape.kind) || !isAbsent(labelOf(shape, 'le'))
}

function isNative(kind: Kind): boolean {
  if (typeof kind !== 'string') return isNative(kind.rateOf)
  return kind === 'native-histogram' || kind === 'unknown'
}

function histogramRow(value: Values, kind: Kind, argument: number): FunctionRow {
  return (call, args) => (args[argument] ?? noArgument).shapes.filter(mayHaveBuckets).map((shape) => ({
    ...dropLabels(shape, ['__name__', 'le'], { kind: 'dropped', by: call }), value: value(shape.value, call), kind, always: false,
  }))
}

/** The labels of the selector that surely have one value (Prometheus: promql/functions.go, createLabelsForAbsentFunction). */
function absentRow(call: Call, [argument]: readonly Inferred[]): readonly Shape[] {
  if (argument?.shapes.some(({ always }) => always)) return []
  const result = bareShape(call, { value: point(1), kind: 'boolean', condition: true, always: argument?.shapes.length === 0 })
  const selector = selectorIn(call.args[0])
  if (selector === undefined) return [result]
  if (selector.matcherTemplates.length > 0) return [openLabels(result)]
  const made: Reason = { kind: 'made', by: call }
  const labels = new Map<string, LabelValues>()
  const seen = new Set<string>()
  for (const { name, op, value } of selector.matchers) {
    const label = literalOf(name)
    if (label === undefined) return [openLabels(result)]
    if (label === '__name__') continue
    const literal = literalOf(value)
    if (op !== '=' || seen.has(label)) labels.delete(label)
    else if (literal === undefined) labels.set(label, open(true, made))
    else labels.set(label, closed([literal], made))
    if (op === '=') seen.add(label)
  }
  if (selector.at === undefined) return [{ ...result, labels: LabelMap.of(labels) }]
  // With `@` Prometheus sees no selector in some versions.
  return [{ ...result, labels: LabelMap.of(new Map([...labels].map(([name, values]) => [name, join(values, absent(made))]))) }]
}

function selectorIn(expr: Expr | undefined): VectorSelector | undefined {
  if (expr?.type === 'ParenExpr') return selectorIn(expr.expr)
  if (expr?.type === 'MatrixSelector') return expr.vectorSelector
  return expr?.type === 'VectorSelector' ? expr : undefined
}

function labelReplaceRow(call: Call, [argument]: readonly Inferred[]): readonly Shape[] {
  const shapes = argument?.shapes ?? []
  const [dst, replacement, src, pattern] = call.args.slice(1).map((arg) => (arg.type === 'StringLiteral' ? literalOf(arg.value) : undefined))
  if (dst === undefined) return shapes.map(openLabels)
  const made: Reason = { kind: 'made', by: call }
  const matches = pattern === undefined ? undefined : regexpMatcher(pattern)
  return shapes.map((shape) => {
    const old = labelOf(shape, dst)
    if (replacement === undefined || src === undefined || matches === undefined) return withLabel(shape, dst, open(true, made))
    // A label without a name is none.
    const source = src === '' ? absent(made) : labelOf(shape, src)
    const isSure = source.kind === 'closed' ? [...source.values].every(matches) : /^\(?\.\*\)?$/.test(pattern!)
    const isMatch = source.kind === 'open' || [...source.values].some(matches)
    if (!isMatch) return shape
    const given = replaced(replacement, pattern!, source, matches, made)
    return withLabel(shape, dst, isSure ? given : join(old, given))
  })
}

/** What `label_replace` writes where the pattern matches. */
function replaced(replacement: string, pattern: string, source: LabelValues, matches: (value: string) => boolean, made: Reason): LabelValues {
  if (!replacement.includes('$')) return replacement === '' ? absent(made) : closed([replacement], made)
  // The whole value is copied.
  if (/^\((?:\.\*|\.\+)\)$/.test(pattern) && (replacement === '$1' || replacement === '${1}')) return { ...filter(source, matches, made), why: made }
  const isNeverEmpty = /[^$\w{}]/.test(replacement.replace(/\$\$/g, ''))
  return open(!isNeverEmpty, made)
}

/** Adds labels of info metrics, and never changes one that is there. */
function infoRow(_call: Call, [argument]: readonly Inferred[]): readonly Shape[] {
  return (argument?.shapes ?? []).map((shape) => ({
    ...shape,
    labels: LabelMap.of(new Map([...shape.labels].map(([name, values]) => [name, mayBeAbsent(values) ? open(true, unknownReason) : values]))),
    others: open(true, unknownReason),
  }))
}

function labelJoinRow(call: Call, [argument]: readonly Inferred[]): readonly Shape[] {
  const shapes = argument?.shapes ?? []
  const [dst, separator, ...sources] = call.args.slice(1).map((arg) => (arg.type === 'StringLiteral' ? literalOf(arg.value) : undefined))
  if (dst === undefined) return shapes.map(openLabels)
  const made: Reason = { kind: 'made', by: call }
  return shapes.map((shape) => {
    const parts = sources.map((name) => (name === undefined ? open(true, unknownReason) : labelOf(shape, name)))
    const hasSeparator = sources.length > 1 && separator !== undefined && separator !== ''
    const isThere = hasSeparator || parts.some((part) => !mayBeAbsent(part))
    const isGone = parts.every(isAbsent) && (sources.length < 2 || separator === '')
    return withLabel(shape, dst, isGone ? absent(made) : open(!isThere, made))
  })
}

