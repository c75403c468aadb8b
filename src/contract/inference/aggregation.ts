import type { AggregateExpr } from '../../promql/ast.js'
import { literalOf } from '../selector-match.js'
import { numberOf, quantileValue } from './functions.js'
import { between, joinIntervals, point, summed } from './intervals.js'
import { isAbsent, open } from './label-values.js'
import { dropLabels, joinKinds, joinShapes, keepLabels, openLabels, withLabel } from './shapes.js'
import type { Inferred, Interval, Kind, Reason, Shape } from './types.js'

/** What an aggregation makes of its operand. */
export type AggregationRow = (node: AggregateExpr, operand: Inferred) => readonly Shape[]

function aggregation(value: (value: Interval, node: AggregateExpr) => Interval, kind: (kind: Kind) => Kind): AggregationRow {
  return (node, { shapes }) => {
    if (shapes.length === 0) return []
    // Series of several shapes may fall into one group.
    const joined = shapes.map((shape) => shape.value).reduce(joinIntervals)
    const joinedKind = shapes.map((shape) => shape.kind).reduce(joinKinds)
    const [ofValue, ofKind] = [value(joined, node), kind(joinedKind)]
    return united(shapes.map((shape) => ({ ...grouped(shape, node), value: ofValue, kind: ofKind })))
  }
}

/** Without a grouping every shape is the same one; the labels of a grouping keep them apart. */
function united(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.every(({ labels, others }) => labels.isEmpty && isAbsent(others)) ? [shapes.reduce(joinShapes)] : shapes
}

function grouped(shape: Shape, node: AggregateExpr): Shape {
  const why: Reason = { kind: 'dropped', by: node }
  if (node.grouping === undefined) return keepLabels(shape, [], why)
  const names = node.grouping.labels.map(literalOf)
  const known = names.filter((name) => name !== undefined)
  if (known.length < names.length) return openLabels(shape)
  return node.grouping.without ? dropLabels(shape, ['__name__', ...known], why) : keepLabels(shape, known, why)
}

const same = <T>(one: T): T => one

/** `topk` and its like pick from their operand; of fewer than one they pick nothing. */
const picking: AggregationRow = (node, { shapes }) => {
  const k = numberOf(node.param)
  if (k !== undefined && k < 1 && literalOf(node.op) !== 'limit_ratio') return []
  return shapes.map((shape) => ({ ...shape, always: false }))
}

function countValues(node: AggregateExpr, operand: Inferred): readonly Shape[] {
  const label = node.param?.type === 'StringLiteral' ? literalOf(node.param.value) : undefined
  const counts = aggregation(() => between(1, Infinity), () => 'number')(node, operand)
  return counts.map((shape) => (label === undefined ? openLabels(shape) : withLabel(shape, label, open(false, { kind: 'made', by: node }))))
}

/** What each aggregation does with labels, values and kinds (Prometheus: promql/engine.go, aggregation). */
export const aggregations: ReadonlyMap<string, AggregationRow> = new Map([
  ['sum', aggregation(summed, same)],
  ['avg', aggregation((value) => ({ ...value, nan: value.nan || (value.lo === -Infinity && value.hi === Infinity) }), same)],
  ['min', aggregation(same, same)],
  ['max', aggregation(same, same)],
  ['count', aggregation(() => between(1, Infinity), () => 'number-of-series')],
  ['group', aggregation(() => point(1), () => 'number')],
  ['stddev', aggregation(() => between(0, Infinity, true), () => 'unknown')],
  ['stdvar', aggregation(() => between(0, Infinity, true), () => 'unknown')],
  ['quantile', aggregation((value, node) => quantileValue(value, node.param), same)],
  ['count_values', countValues],
  ['topk', picking],
  ['bottomk', picking],
  ['limitk', picking],
  ['limit_ratio', picking],
])
