import type { Expr } from '../../promql/ast.js'
import { anyValue, joinIntervals } from './intervals.js'
import { absent, isAbsent, isImpossible, join, open, unknownReason } from './label-values.js'
import { LabelMap } from './label-map.js'
import type { Kind, LabelValues, Reason, Shape } from './types.js'

/** More shapes than these are joined into one. */
export const maxShapes = 24

/** Of which nothing is known. */
export const openShape: Shape = {
  labels: LabelMap.none,
  others: open(true, unknownReason),
  kind: 'unknown',
  value: anyValue,
  condition: false,
  always: false,
  families: [],
}

/** Without labels, as the result of `vector(1)`. */
export function bareShape(by: Expr, change: Partial<Shape>): Shape {
  return { ...openShape, others: absent({ kind: 'dropped', by }), ...change }
}

export function labelOf(shape: Shape, name: string): LabelValues {
  return shape.labels.get(name) ?? shape.others
}

export function withLabel(shape: Shape, name: string, values: LabelValues): Shape {
  return { ...shape, labels: shape.labels.with(name, values) }
}

/** Without some labels. */
export function dropLabels(shape: Shape, names: readonly string[], why: Reason): Shape {
  const gone = absent(why)
  return { ...shape, labels: shape.labels.withAll([...new Set(names)].map((name) => [name, gone])) }
}

export function dropName(shape: Shape, by: Expr): Shape {
  if (isAbsent(labelOf(shape, '__name__'))) return shape
  return withLabel(shape, '__name__', absent({ kind: 'dropped', by }))
}

/** With these labels only, each as it was. */
export function keepLabels(shape: Shape, names: Iterable<string>, why: Reason): Shape {
  const labels = new Map<string, LabelValues>()
  for (const name of names) labels.set(name, labelOf(shape, name))
  return { ...shape, labels: labels.size === 0 ? LabelMap.none : new LabelMap(labels), others: absent(why) }
}

/** Any label may be anything. */
export function openLabels(shape: Shape): Shape {
  return { ...shape, labels: openShape.labels, others: openShape.others }
}

/** Whether no series can have the shape. */
export function isImpossibleShape(shape: Shape): boolean {
  for (const [, values] of shape.labels) if (isImpossible(values)) return true
  return false
}

export function sameKind(a: Kind, b: Kind): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return sameKind(a.rateOf, b.rateOf)
}

export function joinKinds(a: Kind, b: Kind): Kind {
  return sameKind(a, b) ? a : 'unknown'
}

/** One shape for the series of both. */
export function joinShapes(a: Shape, b: Shape): Shape {
  if (a === b) return a
  const labels = new Map<string, LabelValues>()
  for (const name of a.labels.names()) labels.set(name, join(labelOf(a, name), labelOf(b, name)))
  for (const name of b.labels.names()) if (!labels.has(name)) labels.set(name, join(labelOf(a, name), labelOf(b, name)))
  return {
    labels: new LabelMap(labels),
    others: join(a.others, b.others),
    kind: joinKinds(a.kind, b.kind),
    value: joinIntervals(a.value, b.value),
    condition: a.condition && b.condition,
    always: a.always || b.always,
    families: a.families === b.families ? a.families : [...new Set([...a.families, ...b.families])],
  }
}

/** The shapes as they are, or all joined into one where they are many. */
export function bounded(shapes: readonly Shape[], limit = maxShapes): readonly Shape[] {
  return shapes.length <= limit ? shapes : [shapes.reduce(joinShapes)]
}
