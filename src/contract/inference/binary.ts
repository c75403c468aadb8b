import type { BinaryExpr, BinaryOp } from '../../promql/ast.js'
import { numberOf } from './functions.js'
import { anyValue, arithmetic, between, mayPass, mirrored, mustPass, narrowed } from './intervals.js'
import { labelOf, bounded, nameless, openShape, sameKind, withLabel } from './shapes.js'
import { matchingNames, mismatchOf, type MatchRow, type Mismatch } from './matching.js'
import { absent, join, meet } from './label-values.js'
import type { EmptyCause, Inferred, Interval, Kind, Shape } from './types.js'

/** What an operator makes of two values: the result's, or `undefined` where no pair of values passes. */
export interface OperatorRow {
  readonly kind: 'arithmetic' | 'comparison' | 'set'
  value(left: Interval, right: Interval): Interval | undefined
}

/** The matching of labels that an operator uses. */
export interface MatchRows {
  readonly oneToOne: MatchRow
  readonly grouped: MatchRow
}

function arithmeticRow(op: BinaryOp): OperatorRow {
  return { kind: 'arithmetic', value: (left, right) => arithmetic(op, left, right) }
}

function comparisonRow(op: BinaryOp): OperatorRow {
  return { kind: 'comparison', value: (left, right) => (mayPass(op, left, right) ? narrowed(op, left, right) : undefined) }
}

const setRow: OperatorRow = { kind: 'set', value: (left) => left }

export const operators: ReadonlyMap<BinaryOp, OperatorRow> = new Map([
  ...(['+', '-', '*', '/', '%', '^', 'atan2'] as const).map((op) => [op, arithmeticRow(op)] as const),
  ...(['==', '!=', '<', '<=', '>', '>='] as const).map((op) => [op, comparisonRow(op)] as const),
  ...(['and', 'or', 'unless'] as const).map((op) => [op, setRow] as const),
])

export interface Yield {
  readonly shapes: readonly Shape[]
  readonly cause?: EmptyCause
}

/** Above so many pairs each side is taken as one. */
const maxPairs = 25

/** What a binary operation yields. */
export function binaryShapes(node: BinaryExpr, lhs: Inferred, rhs: Inferred, row: OperatorRow | undefined, match: MatchRows): Yield {
  if (row === undefined) return { shapes: [openShape] }
  if (lhs.type === 'none' || rhs.type === 'none') {
    // A variable may be a number or a vector: of the other side's series the labels may stay or go.
    return { shapes: [openShape] }
  }
  if (lhs.type === 'scalar' && rhs.type === 'scalar') return { shapes: scalarShapes(node, lhs.shapes, rhs.shapes, row) }
  if (rhs.type === 'scalar') return withScalar(node, lhs.shapes, rhs.shapes, row, 'right')
  if (lhs.type === 'scalar') return withScalar(node, rhs.shapes, lhs.shapes, row, 'left')
  if (node.matching?.fillLeft !== undefined || node.matching?.fillRight !== undefined) return { shapes: [openShape] }
  if (node.op === 'or') return { shapes: alternatives(node, lhs.shapes, rhs.shapes) }
  const isMany = lhs.shapes.length * rhs.shapes.length > maxPairs
  const left = isMany ? bounded(lhs.shapes, 1) : lhs.shapes
  const right = isMany ? bounded(rhs.shapes, 1) : rhs.shapes
  if (node.op === 'unless') return { shapes: without(node, left, right) }
  if (node.op === 'and') return both(node, left, right)
  return matched(node, left, right, row, match)
}

function scalarShapes({ bool }: BinaryExpr, [left]: readonly Shape[], [right]: readonly Shape[], row: OperatorRow): readonly Shape[] {
  if (left === undefined || right === undefined) return []
  const value = row.kind === 'comparison' || bool ? between(0, 1) : row.value(left.value, right.value) ?? anyValue
  return [{ ...left, value, kind: 'number' }]
}

function withScalar(node: BinaryExpr, shapes: readonly Shape[], [scalar]: readonly Shape[], row: OperatorRow, side: 'left' | 'right'): Yield {
  if (scalar === undefined) return { shapes: [] }
  const number = numberOf(side === 'right' ? node.rhs : node.lhs)
  if (row.kind === 'comparison') return comparedWithScalar(node, shapes, scalar, row, side)
  return {
    shapes: shapes.map((shape) => {
      const value = (side === 'right' ? row.value(shape.value, scalar.value) : row.value(scalar.value, shape.value)) ?? anyValue
      const kind = kindWithScalar(node.op, shape.kind, scalar.kind, number, side)
      return node.op === 'atan2' ? { ...maybeNamed(shape, node), value, kind } : nameless(shape, node, value, kind)
    }),
  }
}

/** The name that `atan2` keeps in some versions (Prometheus 2.42: promql/engine.go, shouldDropMetricName) and should not. */
function maybeNamed(shape: Shape, by: BinaryExpr): Shape {
  return withLabel(shape, '__name__', join(labelOf(shape, '__name__'), absent({ kind: 'dropped', by })))
}

/** Only a constant factor leaves the kind as it is. */
function kindWithScalar(op: BinaryOp, kind: Kind, scalar: Kind, number: number | undefined, side: 'left' | 'right'): Kind {
  if (op === '-' && side === 'left' && scalar === 'timestamp' && kind === 'timestamp') return 'age'
  return number !== undefined && (op === '*' || (op === '/' && side === 'right')) ? kind : 'unknown'
}

function comparedWithScalar(node: BinaryExpr, shapes: readonly Shape[], scalar: Shape, row: OperatorRow, side: 'left' | 'right'): Yield {
  if (node.bool) return { shapes: shapes.map((shape) => nameless(shape, node, between(0, 1), 'boolean')) }
  const op = side === 'right' ? node.op : mirrored(node.op)
  const passing = shapes.flatMap((shape): Shape[] => {
    const isPossible = side === 'right' ? row.value(shape.value, scalar.value) : row.value(scalar.value, shape.value)
    if (isPossible === undefined) return []
    const isSure = mustPass(op, shape.value, scalar.value)
    const value = side === 'right' ? isPossible : narrowed(op, shape.value, scalar.value)
    return [{ ...shape, value, condition: true, always: shape.always && isSure }]
  })
  const [first] = shapes
  if (passing.length > 0 || first === undefined) return { shapes: passing }
  const [left, right] = side === 'right' ? [first.value, scalar.value] : [scalar.value, first.value]
  return { shapes: [], cause: { kind: 'comparison', node, left, right, families: first.families } }
}

/** One shape for each pair of shapes whose series can match. */
function matched(node: BinaryExpr, left: readonly Shape[], right: readonly Shape[], row: OperatorRow, match: MatchRows): Yield {
  const card = node.matching?.card ?? 'one-to-one'
  const isFilter = row.kind === 'comparison' && !node.bool
  const keepsName = isFilter || node.op === 'atan2'
  let cause: EmptyCause | undefined
  const shapes: Shape[] = []
  for (const l of left) {
    for (const r of right) {
      const mismatch = mismatchOf(node.matching, l, r)
      if (mismatch) {
        cause ??= unmatched(node, mismatch)
        continue
      }
      const value = row.value(l.value, r.value)
      if (value === undefined && isFilter) {
        cause ??= { kind: 'comparison', node, left: l.value, right: r.value, families: l.families }
        continue
      }
      const shape = card === 'one-to-one' || card === 'many-to-many'
        ? match.oneToOne(node, l, r, keepsName)
        : card === 'many-to-one' ? match.grouped(node, l, r, keepsName) : match.grouped(node, r, l, keepsName)
      shapes.push({
        ...(node.op === 'atan2' ? maybeNamed(shape, node) : shape),
        value: node.bool ? between(0, 1) : value ?? anyValue,
        kind: node.bool ? 'boolean' : isFilter ? l.kind : kindOfPair(node.op, l.kind, r.kind),
        condition: isFilter || l.condition || r.condition,
        always: false,
        families: l.families === r.families ? l.families : [...new Set([...l.families, ...r.families])],
      })
    }
  }
  return { shapes: bounded(shapes), ...(shapes.length === 0 && cause && { cause }) }
}

function unmatched(node: BinaryExpr, { label, left, right }: Mismatch): EmptyCause {
  return { kind: 'unmatched', node, label, left, right }
}

function kindOfPair(op: BinaryOp, left: Kind, right: Kind): Kind {
  if (op === '+') return sameKind(left, right) ? left : 'unknown'
  if (op === '-') return !sameKind(left, right) || isCounted(left) ? 'unknown' : left === 'timestamp' ? 'age' : left
  if (op !== '/' || left === 'unknown' || typeof left !== typeof right) return 'unknown'
  const [l, r] = typeof left === 'string' || typeof right === 'string' ? [left, right] : [left.rateOf, right.rateOf]
  if (l === 'unknown') return 'unknown'
  if (l === 'sum' && r === 'count') return 'average'
  return sameKind(left, right) ? 'ratio' : 'unknown'
}

/** Whether values only rise: the difference of two such does not. */
function isCounted(kind: Kind): boolean {
  return kind === 'counter' || kind === 'bucket' || kind === 'sum' || kind === 'count'
}

/** `and`: the left series that have a partner; what they are matched on both sides have. */
function both(node: BinaryExpr, left: readonly Shape[], right: readonly Shape[]): Yield {
  let cause: EmptyCause | undefined
  const shapes = left.flatMap((l): Shape[] => {
    const partners = right.filter((r) => {
      const mismatch = mismatchOf(node.matching, l, r)
      if (mismatch) cause ??= unmatched(node, mismatch)
      return mismatch === undefined
    })
    const [partner] = partners
    if (partner === undefined) return []
    let shape: Shape = { ...l, condition: true, always: false }
    if (partners.length === 1) {
      for (const name of matchingNames(node.matching, l, partner) ?? []) {
        shape = withLabel(shape, name, meet(labelOf(l, name), labelOf(partner, name)))
      }
    }
    return [shape]
  })
  return { shapes, ...(shapes.length === 0 && cause && { cause }) }
}

/** `unless`: nothing is left where the right side surely has the partner of every left series. */
function without(node: BinaryExpr, left: readonly Shape[], right: readonly Shape[]): readonly Shape[] {
  const matchesAll = node.matching?.on === true && node.matching.labels.length === 0
  if (matchesAll && right.some(({ always }) => always)) return []
  return left.map((shape) => ({ ...shape, condition: true, always: shape.always && right.length === 0 }))
}

/** `or`: what is on the right is there only where the left has no partner of it. */
function alternatives(node: BinaryExpr, left: readonly Shape[], right: readonly Shape[]): readonly Shape[] {
  const mayBeReplaced = (r: Shape) => left.some((l) => mismatchOf(node.matching, l, r) === undefined)
  return bounded([...left, ...right.map((r) => (r.always && mayBeReplaced(r) ? { ...r, always: false } : r))])
}
