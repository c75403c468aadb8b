import type { BinaryExpr, VectorMatching } from '../../promql/ast.js'
import { literalOf } from '../selector-match.js'
import { absent, isImpossible, meet } from './label-values.js'
import { labelOf, openLabels } from './shapes.js'
import type { LabelValues, Reason, Shape } from './types.js'

/** The labels of the result where one series of each side match; `many` is the left side of a match that is not grouped. */
export type MatchRow = (node: BinaryExpr, many: Shape, one: Shape, keepsName: boolean) => Shape

/** A label on which two sides can never match. */
export interface Mismatch {
  readonly label: string
  readonly left: LabelValues
  readonly right: LabelValues
}

/** The names that an operator matches on; `undefined` where a variable is among those listed. */
export function matchingNames(matching: VectorMatching | undefined, left: Shape, right: Shape): readonly string[] | undefined {
  const listed = (matching?.labels ?? []).map(literalOf)
  const known = listed.filter((name) => name !== undefined)
  if (known.length < listed.length) return undefined
  if (matching?.on) return known
  const ignored = new Set([...known, '__name__'])
  return [...new Set([...left.labels.keys(), ...right.labels.keys()])].filter((name) => !ignored.has(name))
}

/** The first label on which no series of one side can match one of the other. */
export function mismatchOf(matching: VectorMatching | undefined, left: Shape, right: Shape): Mismatch | undefined {
  if (matching?.fillLeft !== undefined || matching?.fillRight !== undefined) return undefined
  for (const label of matchingNames(matching, left, right) ?? []) {
    const [ofLeft, ofRight] = [labelOf(left, label), labelOf(right, label)]
    if (isImpossible(meet(ofLeft, ofRight))) return { label, left: ofLeft, right: ofRight }
  }
  return undefined
}

/** Prometheus: promql/engine.go, resultMetric. */
export const oneToOneMatch: MatchRow = (node, left, right, keepsName) => {
  const { matching } = node
  const names = matchingNames(matching, left, right)
  if (names === undefined) return openLabels(left)
  const why: Reason = { kind: 'dropped', by: node }
  const labels = new Map<string, LabelValues>()
  for (const name of names) labels.set(name, meet(labelOf(left, name), labelOf(right, name)))
  if (matching?.on) {
    // The name is one of the labels that the result keeps, where it is listed and stays at all.
    if (labels.has('__name__') && !keepsName) labels.set('__name__', absent(why))
    return { ...left, labels, others: absent(why) }
  }
  for (const name of (matching?.labels ?? []).map(literalOf)) if (name !== undefined) labels.set(name, absent(why))
  const isNameIgnored = matching?.labels.some((label) => literalOf(label) === '__name__') ?? false
  labels.set('__name__', keepsName && !isNameIgnored ? labelOf(left, '__name__') : absent(why))
  return { ...left, labels, others: meet(left.others, right.others) }
}

/** The many side keeps its labels; those of `group_left (…)` come from the one, also where it has none. */
export const groupedMatch: MatchRow = (node, many, one, keepsName) => {
  const { matching } = node
  const names = matchingNames(matching, many, one)
  const included = (matching?.include ?? []).map(literalOf)
  if (names === undefined || included.includes(undefined)) return openLabels(many)
  const labels = new Map(many.labels)
  for (const name of names) labels.set(name, meet(labelOf(many, name), labelOf(one, name)))
  labels.set('__name__', keepsName ? labelOf(many, '__name__') : absent({ kind: 'dropped', by: node }))
  for (const name of included) if (name !== undefined) labels.set(name, labelOf(one, name))
  // `bool` drops the name last, also one that was copied.
  if (node.bool) labels.set('__name__', absent({ kind: 'dropped', by: node }))
  const isOn = matching?.on ?? false
  // What is ignored stays what it is on the many side, whatever the other labels are.
  for (const name of isOn ? [] : (matching?.labels ?? []).map(literalOf)) if (name !== undefined && !labels.has(name)) labels.set(name, labelOf(many, name))
  return { ...many, labels, others: isOn ? many.others : meet(many.others, one.others) }
}
