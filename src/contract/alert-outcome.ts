import type { Chain } from '../grafana/alerting/expressions.js'
import { parseMath, type MathExpr } from '../grafana/alerting/math.js'
import type { AlertQuery } from '../grafana/alerting/model.js'
import type { BinaryOp } from '../promql/ast.js'
import type { DocumentPath } from '../text/document.js'
import { listOf, recordOf, textOf } from '../text/value.js'
import { anyValue, arithmetic, between, describeInterval, joinIntervals, mayPass, mustPass, point, summed } from './inference/intervals.js'
import type { Inferred, Interval } from './inference/types.js'

/** What becomes of a rule of Grafana's alerting, whatever is scraped. */
export type AlertOutcome =
  /** The query never yields anything, and so neither does the condition. */
  | { readonly kind: 'empty'; readonly query: AlertQuery }
  /** The condition is 0, or else never 0, for every result that there can be; `why` tells what decides. */
  | { readonly kind: 'never' | 'always'; readonly why: Decision }

/** The expression that makes a result always the same. */
export interface Decision {
  readonly path: DocumentPath
  /** `"B" is 0 or more, and no such value passes "lt 0"` */
  readonly message: string
}

/** What an expression results in: nothing, or values, of which some may be missing. */
type Result = { readonly kind: 'empty'; readonly query: AlertQuery } | Values

interface Values {
  readonly kind: 'values'
  readonly value: Interval
  readonly why?: Decision
}

/**
 * What becomes of a rule; `undefined` where that depends on what is measured, or on what is not understood. A value other
 * than 0 fires, NaN too (Grafana: pkg/services/ngalert/eval/eval.go, evaluateExecutionResult).
 */
export function alertOutcome(condition: string, chain: Chain, inferredOf: (query: AlertQuery) => Inferred | undefined): AlertOutcome | undefined {
  const known = new Map<string, Result | undefined>()
  const resultOf = (refId: string): Result | undefined => {
    if (known.has(refId)) return known.get(refId)
    // What reads itself is a finding of another rule.
    known.set(refId, undefined)
    const query = chain.byRefId.get(refId)
    const result = query && (query.isExpression ? resultOfExpression(query, resultOf, chain) : resultOfQuery(query, chain, inferredOf))
    known.set(refId, result)
    return result
  }
  const result = resultOf(condition)
  if (result === undefined || result.kind === 'empty') return result
  const { value: { lo, hi, nan }, why } = result
  if (why === undefined) return undefined
  if (lo === 0 && hi === 0 && !nan) return { kind: 'never', why }
  return lo > 0 || hi < 0 ? { kind: 'always', why } : undefined
}

function resultOfQuery(query: AlertQuery, { kindOf }: Chain, inferredOf: (query: AlertQuery) => Inferred | undefined): Result | undefined {
  const inferred = kindOf(query.refId) === 'unknown' ? undefined : inferredOf(query)
  if (inferred === undefined) return undefined
  const { shapes } = inferred
  if (shapes.length === 0) return { kind: 'empty', query }
  // What Grafana makes of histograms is not known.
  if (shapes.some(({ kind }) => kind === 'native-histogram')) return undefined
  return { kind: 'values', value: shapes.map(({ value }) => value).reduce(joinIntervals) }
}

function resultOfExpression(query: AlertQuery, resultOf: (refId: string) => Result | undefined, chain: Chain): Result | undefined {
  const { type, model, path } = query
  const text = textOf(model['expression']) ?? ''
  switch (type) {
    case 'math':
      return resultOfMath(text, [...path, 'model', 'expression'], resultOf)
    case 'reduce': {
      const refId = text.replace(/^\$/, '')
      const input = resultOf(refId)
      return input?.kind === 'values' ? reduced(input, model, chain.kindOf(refId) === 'series') : input
    }
    case 'threshold':
      return resultOfThreshold(query, resultOf(text.replace(/^\$/, '')), text.replace(/^\$/, ''))
    case 'classic_conditions':
      return resultOfConditions(query, resultOf)
    default:
      return undefined
  }
}

/** Grafana: pkg/expr/mathexp/reduce.go; numbers stay as they are, but for what the mode does with NaN. */
function reduced({ value: before, why }: Values, { reducer, settings }: Readonly<Record<string, unknown>>, isSeries: boolean): Values | undefined {
  const { mode, replaceWithValue } = recordOf(settings)
  const input = mode === 'dropNN' ? { ...before, nan: false }
    : mode === 'replaceNN' && typeof replaceWithValue === 'number' ? { ...joinIntervals(before, point(replaceWithValue)), nan: false }
      : mode === undefined || mode === '' || mode === 'strict' ? before : undefined
  if (input === undefined) return undefined
  if (!isSeries) return { kind: 'values', value: input, ...(why && { why }) }
  const value = reducedBy(typeof reducer === 'string' ? reducer : '', input)
  // Of many values that are one, a mean is that one; a sum is another.
  return value && { kind: 'values', value, ...(why && value.lo === before.lo && value.hi === before.hi && { why }) }
}

function reducedBy(reducer: string, input: Interval): Interval | undefined {
  switch (reducer) {
    case 'last':
    case 'min':
    case 'max':
    case 'median':
      return input
    case 'mean':
    case 'avg': {
      // A sum of fractions is rounded, and its mean may lie beyond each of them.
      const isExact = (bound: number) => !Number.isFinite(bound) || Number.isInteger(bound)
      return { lo: isExact(input.lo) ? input.lo : -Infinity, hi: isExact(input.hi) ? input.hi : Infinity, nan: input.nan || input.lo === -Infinity || input.hi === Infinity }
    }
    case 'sum':
      return summed(input)
    case 'count':
      return between(0, Infinity)
    default:
      return undefined
  }
}

const comparisons: Readonly<Record<string, BinaryOp>> = { gt: '>', lt: '<', eq: '==', ne: '!=', gte: '>=', lte: '<=', ge: '>=', le: '<=' }

/** A test of a threshold or a classic condition: whether some value passes, and whether every value does. */
function passing(evaluator: Readonly<Record<string, unknown>>, value: Interval): { readonly may: boolean; readonly must: boolean; readonly text: string } | undefined {
  const type = textOf(evaluator['type']) ?? ''
  const [left, right] = listOf(evaluator['params'])
  if (typeof left !== 'number') return undefined
  if (Object.hasOwn(comparisons, type)) {
    const op = comparisons[type]!
    return { may: mayPass(op, value, point(left)), must: mustPass(op, value, point(left)), text: `${op} ${left}` }
  }
  // Versions of Grafana differ in what limits in the wrong order are.
  if (typeof right !== 'number' || left > right) return undefined
  const text = `${type} ${left}, ${right}`
  if (type === 'within_range') {
    return { may: mayPass('>', value, point(left)) && mayPass('<', value, point(right)), must: mustPass('>', value, point(left)) && mustPass('<', value, point(right)), text }
  }
  if (type !== 'outside_range') return undefined
  return { may: mayPass('<', value, point(left)) || mayPass('>', value, point(right)), must: mustPass('<', value, point(left)) || mustPass('>', value, point(right)), text }
}

/** Grafana: pkg/expr/threshold.go; with a second evaluator, what was before decides too. */
function resultOfThreshold({ model, path }: AlertQuery, input: Result | undefined, refId: string): Result | undefined {
  if (input?.kind !== 'values') return input
  const [condition, ...more] = listOf(model['conditions'])
  const { evaluator, unloadEvaluator } = recordOf(condition)
  const tested = more.length > 0 || (unloadEvaluator !== undefined && unloadEvaluator !== null) ? undefined : passing(recordOf(evaluator), input.value)
  return tested && outcome(tested, input.why ?? { path: [...path, 'model', 'conditions', 0, 'evaluator'], message: decisionText([[refId, input.value]], tested) })
}

function outcome({ may, must }: { readonly may: boolean; readonly must: boolean }, why: Decision): Values {
  return may && !must ? { kind: 'values', value: between(0, 1) } : { kind: 'values', value: point(must ? 1 : 0), why }
}

function decisionText(inputs: readonly (readonly [string, Interval])[], { may, text }: { readonly may: boolean; readonly text: string }): string {
  return `${inputs.map(([refId, value]) => `"${refId}" is ${describeInterval(value)}`).join(', ')}, and ${may ? 'every' : 'no'} such value passes "${text}"`
}

/**
 * Grafana: pkg/expr/classic/classic.go. Each condition is joined to what those before it come to. Of a query without
 * results none but `no_value` holds; NaN is passed over.
 */
function resultOfConditions({ model, path }: AlertQuery, resultOf: (refId: string) => Result | undefined): Result | undefined {
  const conditions = listOf(model['conditions']).map(recordOf)
  let all: { may: boolean; must: boolean } | undefined
  const told: string[] = []
  let empty: Extract<Result, { kind: 'empty' }> | undefined
  for (const { evaluator, operator, query, reducer } of conditions) {
    const [refId] = listOf(recordOf(query)['params'])
    const input = typeof refId === 'string' ? resultOf(refId) : undefined
    if (input === undefined || typeof refId !== 'string') return undefined
    if (input.kind === 'empty' && conditions.length === 1 && recordOf(evaluator)['type'] !== 'no_value') empty = input
    const value = input.kind === 'values' ? reducedBy(textOf(recordOf(reducer)['type']) ?? '', { ...input.value, nan: false }) : undefined
    const tested = value && passing(recordOf(evaluator), value)
    // Without a value it holds not; with an evaluator or reducer that is not known it may.
    const own = tested ?? (input.kind === 'empty' && recordOf(evaluator)['type'] !== 'no_value' ? { may: false, must: false } : { may: true, must: false })
    if (value && tested && tested.may === tested.must) told.push(decisionText([[refId, value]], tested))
    const isOr = recordOf(operator)['type'] === 'or'
    all = all === undefined ? own : isOr ? { may: all.may || own.may, must: all.must || own.must } : { may: all.may && own.may, must: all.must && own.must }
  }
  if (all === undefined) return undefined
  return empty ?? (told.length === 0 ? { kind: 'values', value: between(0, 1) } : outcome(all, { path: [...path, 'model', 'conditions'], message: told.join('; ') }))
}

function resultOfMath(text: string, path: DocumentPath, resultOf: (refId: string) => Result | undefined): Result | undefined {
  const tree = parseMath(text)
  if (tree === undefined) return undefined
  const refIds: string[] = []
  const inputs = new Map<string, Interval>()
  let why: Decision | undefined
  let empty: Extract<Result, { kind: 'empty' }> | undefined
  const evaluate = (expr: MathExpr): Interval => {
    if (expr.kind === 'number') return point(expr.value)
    if (expr.kind === 'binary') return mathOperation(expr.op, evaluate(expr.left), evaluate(expr.right))
    const input = resultOf(expr.refId)
    if (input?.kind === 'empty') empty = input
    refIds.push(expr.refId)
    if (input?.kind !== 'values') return anyValue
    inputs.set(expr.refId, input.value)
    why ??= input.why
    return input.value
  }
  const value = evaluate(tree)
  if (refIds.some((refId) => resultOf(refId) === undefined)) return undefined
  // Without one of its results an expression has none (Grafana: pkg/expr/mathexp/exp.go, union).
  if (empty) return empty
  // Where nothing is compared, any number is what was asked for.
  const own = tree.kind === 'binary' && value.lo === value.hi ? { path, message: decisionText([...inputs], { may: value.lo !== 0, text }) } : undefined
  const decision = why ?? own
  return { kind: 'values', value, ...(decision && { why: decision }) }
}

/** Grafana: pkg/expr/mathexp/exp.go, binaryOp. */
function mathOperation(op: string, a: Interval, b: Interval): Interval {
  const nan = a.nan || b.nan
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '/':
      return arithmetic(op, a, b)
    case '==':
    case '!=':
    case '>':
    case '>=':
    case '<':
    case '<=': {
      const [x, y] = [{ ...a, nan: false }, { ...b, nan: false }]
      return { ...truth(mayPass(op, x, y), mustPass(op, x, y)), nan }
    }
    case '&&':
      return { ...truth(mayHold(a) && mayHold(b), mustHold(a) && mustHold(b)), nan }
    case '||':
      return { ...truth(mayHold(a) || mayHold(b), mustHold(a) || mustHold(b)), nan }
    default:
      return anyValue
  }
}

function truth(may: boolean, must: boolean): Interval {
  return between(must ? 1 : 0, may ? 1 : 0)
}

function mayHold({ lo, hi, nan }: Interval): boolean {
  return nan || lo !== 0 || hi !== 0
}

function mustHold({ lo, hi }: Interval): boolean {
  return lo > 0 || hi < 0
}
