import type { Expr } from '../../promql/ast.js'
import { anyValue, joinIntervals } from './intervals.js'
import { absent, isAbsent, isImpossible, join, open, unknownReason } from './label-values.js'
import { LabelMap } from './label-map.js'
import type { Interval, Kind, LabelValues, Reason, Shape } from './types.js'

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
export function bareShape(by: Expr, { kind = 'unknown', value = anyValue, condition = false, always = false }: Partial<Shape>): Shape {
  return { labels: LabelMap.none, others: absent({ kind: 'dropped', by }), kind, value, condition, always, families: openShape.families }
}

export function labelOf(shape: Shape, name: string): LabelValues {
  return shape.labels.get(name) ?? shape.others
}

export function withLabel(shape: Shape, name: string, values: LabelValues): Shape {
  return withLabels(shape, shape.labels.with(name, values))
}

export function withLabels({ others, kind, value, condition, always, families }: Shape, labels: LabelMap): Shape {
  return { labels, others, kind, value, condition, always, families }
}

/** Without some labels. */
export function dropLabels(shape: Shape, names: readonly string[], why: Reason): Shape {
  const gone = absent(why)
  let { labels } = shape
  for (const name of names) labels = labels.with(name, gone)
  return withLabels(shape, labels)
}

export function dropName(shape: Shape, by: Expr): Shape {
  if (isAbsent(labelOf(shape, '__name__'))) return shape
  return withLabel(shape, '__name__', absent({ kind: 'dropped', by }))
}

/** Without the name, and with values of another kind. */
export function nameless(shape: Shape, by: Expr, value: Interval, kind: Kind, always = shape.always): Shape {
  const { labels, others, condition, families } = shape
  const isNameless = isAbsent(labelOf(shape, '__name__'))
  return { labels: isNameless ? labels : labels.with('__name__', absent({ kind: 'dropped', by })), others, kind, value, condition, always, families }
}

/** With these labels only, each as it was. */
export function keepLabels(shape: Shape, names: Iterable<string>, why: Reason): Shape {
  let labels = LabelMap.none
  for (const name of names) labels = labels.with(name, labelOf(shape, name))
  const { kind, value, condition, always, families } = shape
  return { labels, others: absent(why), kind, value, condition, always, families }
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
    labels: LabelMap.of(labels),
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
