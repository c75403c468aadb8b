import type { AggregateExpr } from '../../promql/ast.js'
import { literalOf } from '../selector-match.js'
import { numberOf, quantileValue } from './functions.js'
import { between, joinIntervals, point, summed } from './intervals.js'
import { LabelMap } from './label-map.js'
import { absent, isAbsent, open } from './label-values.js'
import { joinKinds, joinShapes, labelOf, openLabels, openShape, withLabel } from './shapes.js'
import type { Inferred, Interval, Kind, Shape } from './types.js'

/** What an aggregation makes of its operand. */
export type AggregationRow = (node: AggregateExpr, operand: Inferred) => readonly Shape[]

function aggregation(value: (value: Interval, node: AggregateExpr) => Interval, kind: (kind: Kind) => Kind): AggregationRow {
  return (node, { shapes }) => {
    const [first, ...more] = shapes
    if (first === undefined) return []
    // Series of several shapes may fall into one group.
    const joined = more.reduce((all, shape) => joinIntervals(all, shape.value), first.value)
    const joinedKind = more.reduce<Kind>((all, shape) => joinKinds(all, shape.kind), first.kind)
    const [ofValue, ofKind, labelsOf] = [value(joined, node), kind(joinedKind), grouping(node)]
    return united(shapes.map((shape) => {
      const { labels, others } = labelsOf(shape)
      return { labels, others, kind: ofKind, value: ofValue, condition: shape.condition, always: shape.always, families: shape.families }
    }))
  }
}

/** Without a grouping every shape is the same one; the labels of a grouping keep them apart. */
function united(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.length > 1 && shapes.every(({ labels, others }) => labels.isEmpty && isAbsent(others)) ? [shapes.reduce(joinShapes)] : shapes
}

type Labelled = Pick<Shape, 'labels' | 'others'>

/** What an aggregation leaves of the labels of a shape. */
function grouping(node: AggregateExpr): (shape: Shape) => Labelled {
  const gone = absent({ kind: 'dropped', by: node })
  if (node.grouping === undefined) return () => ({ labels: LabelMap.none, others: gone })
  const { without } = node.grouping
  const names = node.grouping.labels.map(literalOf)
  const known = names.filter((name) => name !== undefined)
  if (known.length < names.length) return () => openShape
  if (without) known.unshift('__name__')
  return (shape) => {
    let labels = without ? shape.labels : LabelMap.none
    for (const name of known) labels = labels.with(name, without ? gone : labelOf(shape, name))
    return { labels, others: without ? shape.others : gone }
  }
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
