import { isAbsent, mayBeAbsent } from '../contract/inference/label-values.js'
import type { Shape } from '../contract/inference/types.js'
import { literalOf } from '../contract/selector-match.js'
import type { AggregateExpr, BinaryExpr, Call, Expr, VectorSelector } from '../promql/ast.js'
import { walk } from '../promql/index.js'
import type { Query, Workspace } from '../workspace/workspace.js'

/** What makes one value of many, and NaN of many of which one is NaN. */
export type Taker = AggregateExpr | Call

/** A quotient whose divisor is 0 whenever nothing happens, or a series that is recorded of one, and what takes it with others. */
export interface UnsafeQuotient {
  readonly node: BinaryExpr | VectorSelector
  readonly taker: Taker
  /** Where the quotient stands that is recorded. */
  readonly recorded?: RecordedQuotient
}

export interface RecordedQuotient {
  readonly query: Query
  readonly node: BinaryExpr
}

/** The quotients that make the whole of a sum, an average or a deviation NaN or infinite as soon as one of their series is idle. */
export function unsafeQuotients(expr: Expr, workspace: Workspace): UnsafeQuotient[] {
  return takenIn(expr, undefined).flatMap(({ node, taker }): UnsafeQuotient[] => {
    if (taker === undefined || keepsApart(taker, workspace)) return []
    if (node.type === 'BinaryExpr') return mayBeOverZero(node, workspace) ? [{ node, taker }] : []
    const recorded = recordedQuotients(workspace).get(nameOf(node))
    return recorded === undefined ? [] : [{ node, taker, recorded }]
  })
}

const known = new WeakMap<Workspace, ReadonlyMap<string, RecordedQuotient>>()

/** The records that can be NaN, by their name, each with the quotient behind it. */
function recordedQuotients(workspace: Workspace): ReadonlyMap<string, RecordedQuotient> {
  const made = known.get(workspace)
  if (made) return made
  const found = new Map<string, RecordedQuotient>()
  const readBy = new Map<string, string[]>()
  for (const query of workspace.queries) {
    const { owner, parsed: { expr, errors } } = query
    if (owner.kind !== 'recording' || expr === undefined || errors.length > 0) continue
    const { record } = owner.rule
    for (const { node, taker } of takenIn(expr, 'result')) {
      if (taker !== undefined) continue
      if (node.type === 'VectorSelector') readBy.set(nameOf(node), [...(readBy.get(nameOf(node)) ?? []), record])
      else if (!found.has(record) && mayBeOverZero(node, workspace)) found.set(record, { query, node })
    }
  }
  // A record of such a record is one too: what is added while this goes on is visited as well.
  for (const [name, quotient] of found) {
    for (const reader of readBy.get(name) ?? []) if (!found.has(reader)) found.set(reader, quotient)
  }
  known.set(workspace, found)
  return found
}

interface Taken {
  readonly node: BinaryExpr | VectorSelector
  /** Absent where it comes out as the result of the whole. */
  readonly taker?: Taker
}

/** The divisions and selectors whose NaN reaches an aggregation, or with `result` the end. */
function takenIn(expr: Expr, result: 'result' | undefined): Taken[] {
  const goesTo = new Map<Expr, Taker | 'result'>()
  const found: Taken[] = []
  walk(expr, (node, parent) => {
    const to = parent === undefined ? result : passesTo(node, parent, goesTo.get(parent))
    if (to === undefined) return
    goesTo.set(node, to)
    const isDivision = node.type === 'BinaryExpr' && (node.op === '/' || node.op === '%')
    if (isDivision || (node.type === 'VectorSelector' && nameOf(node) !== '')) found.push({ node, ...(to !== 'result' && { taker: to }) })
  })
  return found
}

const takingAggregations = new Set(['sum', 'avg', 'stddev', 'stdvar'])
const takingFunctions = new Set(['sum_over_time', 'avg_over_time', 'stddev_over_time', 'stdvar_over_time'])
const passingFunctions = new Set([
  'abs', 'ceil', 'floor', 'round', 'sgn', 'sqrt', 'exp', 'ln', 'log2', 'log10', 'deg', 'rad', 'clamp', 'clamp_min', 'clamp_max',
  'label_replace', 'label_join', 'sort', 'sort_desc', 'last_over_time',
])
const passingOperators = new Set(['+', '-', '*', '/', '%', 'or'])

/** Where NaN of a part goes when that of the whole goes to `outer`; comparisons leave NaN out, `and` and `unless` may be meant to. */
function passesTo(node: Expr, parent: Expr, outer: Taker | 'result' | undefined): Taker | 'result' | undefined {
  switch (parent.type) {
    case 'AggregateExpr':
      return node === parent.expr && takingAggregations.has(literalOf(parent.op) ?? '') ? parent : undefined
    case 'Call': {
      const name = literalOf(parent.func) ?? ''
      if (takingFunctions.has(name)) return parent
      return node === parent.args[0] && passingFunctions.has(name) ? outer : undefined
    }
    case 'BinaryExpr':
      return passingOperators.has(parent.op) || (parent.op === '!=' && !parent.bool && node === parent.lhs) ? outer : undefined
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'SubqueryExpr':
    case 'MatrixSelector':
      return outer
    default:
      return undefined
  }
}

function nameOf({ name }: VectorSelector): string {
  return (name && literalOf(name)) ?? ''
}

/**
 * Whether a divisor is how much something happened, which is 0 when it did not, and the dividend nothing that leaves
 * such series out. A size or a limit is hardly ever 0.
 */
function mayBeOverZero({ lhs, rhs }: BinaryExpr, { infer }: Workspace): boolean {
  const dividend = infer(lhs)
  const mayBeZero = ({ value, condition }: Shape) => !condition && value.lo <= 0 && value.hi >= 0
  if (dividend.type !== 'scalar' && !dividend.shapes.some(mayBeZero)) return false
  return infer(rhs).shapes.some((shape) => mayBeZero(shape) && typeof shape.kind === 'object' &&
    // What a rule recorded it may have filtered.
    shape.families.every(({ origin }) => origin.kind !== 'recording-rule'))
}

/** Whether each group is surely of one series: nothing else is lost with it. */
function keepsApart(taker: Taker, { infer }: Workspace): boolean {
  if (taker.type === 'Call' || taker.grouping === undefined || taker.grouping.without) return false
  const names = new Set(taker.grouping.labels.map(literalOf))
  const { shapes } = infer(taker.expr)
  return shapes.length === 1 && shapes.every(({ labels, others }) => isAbsent(others) && [...labels].every(([name, values]) => (
    names.has(name) || isAbsent(values) || (values.kind === 'closed' && values.values.size === 1 && !mayBeAbsent(values))
  )))
}
