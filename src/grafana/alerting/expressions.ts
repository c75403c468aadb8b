import type { DocumentPath } from '../../text/document.js'
import { listOf, recordOf } from '../../text/value.js'
import type { AlertQuery, AlertRule } from './model.js'

/** A result that an expression reads: `start` to `end` of the string at `path`. */
export interface Input {
  readonly refId: string
  readonly path: DocumentPath
  readonly start: number
  readonly end: number
}

/** What a query or expression results in; `unknown` where nothing tells. */
export type ResultKind = 'series' | 'number' | 'conditions' | 'unknown'

/**
 * The results that an expression reads (Grafana: pkg/expr/commands.go, threshold.go, classic/classic.go, NeedsVars);
 * none of a query, and none where the expression cannot be read.
 */
export function inputsOf({ isExpression, type, model, path }: AlertQuery): Input[] {
  if (!isExpression) return []
  const expression = model['expression']
  const at = [...path, 'model', 'expression']
  switch (type) {
    case 'math':
      return typeof expression === 'string' ? variablesOf(expression).map((variable) => ({ ...variable, path: at })) : []
    case 'reduce':
    case 'resample':
    case 'threshold': {
      if (typeof expression !== 'string' || expression === '') return []
      const start = expression.startsWith('$') ? 1 : 0
      return [{ refId: expression.slice(start), path: at, start, end: expression.length }]
    }
    case 'classic_conditions':
      return listOf(model['conditions']).flatMap((condition, i): Input[] => {
        const [refId] = listOf(recordOf(recordOf(condition)['query'])['params'])
        if (typeof refId !== 'string' || refId === '') return []
        return [{ refId, path: [...path, 'model', 'conditions', i, 'query', 'params', 0], start: 0, end: refId.length }]
      })
    default:
      return []
  }
}

/** `$A` and `${a b}` outside strings (Grafana: pkg/expr/mathexp/parse/lex.go, lexVar). */
function variablesOf(expression: string): Omit<Input, 'path'>[] {
  return [...expression.matchAll(/"[^"]*"|\$(?:\{([\p{L}\p{Nd}_\s]+)\}|([\p{L}\p{Nd}_]+))/gu)].flatMap((match) => {
    const [, braced, plain] = match
    const refId = braced ?? plain
    if (refId === undefined) return []
    const start = match.index + (braced === undefined ? 1 : 2)
    return [{ refId, start, end: start + refId.length }]
  })
}

/** The queries and expressions of a rule, to be asked what becomes of them. */
export interface Chain {
  /** By `refId`; of several, the last, which is the one that Grafana keeps. */
  readonly byRefId: ReadonlyMap<string, AlertQuery>
  /** What an expression results in. */
  kindOf(refId: string): ResultKind
  /** The queries whose results the condition is made of; `undefined` where an expression in between cannot be read. */
  readonly sources: readonly AlertQuery[] | undefined
}

const followed = new Set(['math', 'reduce', 'resample', 'threshold', 'classic_conditions'])

/** Follows the expressions of a rule; `isPrometheus` tells which queries go to Prometheus. */
export function chainOf({ data, condition }: AlertRule, isPrometheus: (query: AlertQuery) => boolean): Chain {
  const byRefId = new Map(data.map((query) => [query.refId, query]))
  const kinds = new Map<string, ResultKind>()
  function kindOf(refId: string): ResultKind {
    const known = kinds.get(refId)
    if (known !== undefined) return known
    const query = byRefId.get(refId)
    if (query === undefined) return 'unknown'
    kinds.set(refId, 'unknown')
    const kind = query.isExpression ? resultOf(query, inputsOf(query).map((input) => kindOf(input.refId))) : isPrometheus(query) ? resultOfQuery(query) : 'unknown'
    kinds.set(refId, kind)
    return kind
  }
  return { byRefId, kindOf, sources: condition === undefined ? undefined : sourcesOf(condition, byRefId) }
}

/**
 * Of Prometheus: a query is over a range unless it asks for an instant and nothing else (Grafana:
 * pkg/promlib/models/query.go, Parse). What other datasources answer with is not known.
 */
function resultOfQuery({ model }: AlertQuery): ResultKind {
  if (model['range'] === true || model['instant'] !== true) return model['format'] === 'table' ? 'unknown' : 'series'
  return 'number'
}

/** pkg/expr/mathexp/exp.go, walkBinary: what has a series in it is a series. */
function resultOf({ type }: AlertQuery, inputs: readonly ResultKind[]): ResultKind {
  switch (type) {
    case 'reduce':
      return 'number'
    case 'resample':
      return 'series'
    case 'classic_conditions':
      return 'conditions'
    case 'math':
    case 'threshold':
      if (inputs.includes('series')) return 'series'
      return inputs.every((kind) => kind === 'number') ? 'number' : 'unknown'
    default:
      return 'unknown'
  }
}

function sourcesOf(condition: string, byRefId: ReadonlyMap<string, AlertQuery>): readonly AlertQuery[] | undefined {
  const sources = new Set<AlertQuery>()
  const seen = new Set<string>()
  /** Whether all that leads to a result can be followed. */
  const visit = (refId: string): boolean => {
    if (seen.has(refId)) return true
    seen.add(refId)
    const query = byRefId.get(refId)
    if (query === undefined) return false
    if (query.isExpression) return followed.has(query.type ?? '') && inputsOf(query).every((input) => visit(input.refId))
    sources.add(query)
    return true
  }
  return visit(condition) ? [...sources] : undefined
}

/** Something in the expressions of a rule that Grafana cannot evaluate. */
export interface ChainProblem {
  readonly message: string
  readonly path: DocumentPath
  /** Of the string at `path`; absent: the whole value. */
  readonly start?: number
  readonly end?: number
  /** The name that is not one of the rule's, where that is the problem. */
  readonly unknown?: string
}

/**
 * What makes Grafana refuse to evaluate a rule (Grafana: pkg/expr/graph.go, buildGraphEdges and buildExecutionOrder;
 * pkg/services/ngalert/eval/eval.go, create and evaluateExecutionResult).
 */
export function chainProblems(rule: AlertRule, chain: Chain): ChainProblem[] {
  const problems: ChainProblem[] = []
  const first = new Map<string, AlertQuery>()
  for (const query of rule.data) {
    if (query.refId === '') continue
    const earlier = first.get(query.refId)
    if (earlier === undefined) first.set(query.refId, query)
    else problems.push({ message: `refId "${query.refId}" is already used in this rule: expressions see only one of the two`, path: [...query.path, 'refId'] })
  }
  for (const query of rule.data) {
    for (const input of inputsOf(query)) problems.push(...inputProblem(query, input, chain))
  }
  if (problems.length === 0) problems.push(...cycleIn(rule, chain))
  return problems.length > 0 ? problems : conditionProblem(rule, chain)
}

function inputProblem(query: AlertQuery, { refId, path, start, end }: Input, { byRefId }: Chain): ChainProblem[] {
  const at = { path, start, end }
  const input = byRefId.get(refId)
  if (input === undefined) return [{ ...at, message: `no query or expression of this rule has the refId "${refId}"`, unknown: refId }]
  if (input === query) return [{ ...at, message: `expression "${refId}" reads itself` }]
  if (query.type === 'classic_conditions' && input.isExpression) return [{ ...at, message: `classic conditions read queries only, and "${refId}" is an expression` }]
  if (input.type === 'classic_conditions' && input.isExpression) return [{ ...at, message: `"${refId}" is a classic condition, which no other expression may read` }]
  return []
}

function cycleIn({ data }: AlertRule, { byRefId }: Chain): ChainProblem[] {
  const done = new Set<AlertQuery>()
  const open: AlertQuery[] = []
  const visit = (query: AlertQuery): ChainProblem | undefined => {
    if (done.has(query)) return undefined
    open.push(query)
    for (const { refId, path, start, end } of inputsOf(query)) {
      const input = byRefId.get(refId)!
      const from = open.indexOf(input)
      if (from >= 0) return { path, start, end, message: `expressions read each other in a circle: ${[...open.slice(from), input].map((one) => one.refId).join(' → ')}` }
      const problem = visit(input)
      if (problem) return problem
    }
    open.pop()
    done.add(query)
    return undefined
  }
  for (const query of data) {
    const problem = visit(query)
    if (problem) return [problem]
  }
  return []
}

function conditionProblem({ path, condition, record }: AlertRule, { byRefId, kindOf }: Chain): ChainProblem[] {
  if (condition === undefined || record !== undefined) return []
  const at = [...path, 'condition']
  if (!byRefId.has(condition)) return [{ path: at, message: `the condition is "${condition}", and no query or expression of this rule has that refId`, unknown: condition }]
  if (kindOf(condition) !== 'series') return []
  return [{ path: at, message: `the condition "${condition}" is a time series, and Grafana alerts on single values only: reduce it first, or make its query instant` }]
}
