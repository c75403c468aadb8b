import type { BinaryExpr, VectorMatching } from '../../promql/ast.js'
import { literalOf } from '../selector-match.js'
import { LabelMap } from './label-map.js'
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

const noNames: readonly string[] = []

/** The names that an operator matches on; `undefined` where a variable is among those listed. */
export function matchingNames(matching: VectorMatching | undefined, left: Shape, right: Shape): readonly string[] | undefined {
  const listed = matching === undefined || matching.labels.length === 0 ? noNames : matching.labels.map(literalOf)
  const known = listed.filter((name) => name !== undefined)
  if (known.length < listed.length) return undefined
  if (matching?.on) return known.length > 1 ? [...new Set(known)] : known
  const names: string[] = []
  for (const name of left.labels.names()) if (name !== '__name__' && !known.includes(name)) names.push(name)
  for (const name of right.labels.names()) if (name !== '__name__' && !known.includes(name) && !left.labels.has(name)) names.push(name)
  return names
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
  const gone = absent(why)
  if (matching?.on) {
    // The name is one of the labels that the result keeps, where it is listed and stays at all.
    let labels = LabelMap.none
    for (const name of names) labels = labels.with(name, name === '__name__' && !keepsName ? gone : meet(labelOf(left, name), labelOf(right, name)))
    return { ...left, labels, others: gone }
  }
  let labels = matched(left, right, names)
  for (const ignored of matching?.labels ?? []) labels = labels.with(literalOf(ignored)!, gone)
  return { ...left, labels: keepsName ? labels : labels.with('__name__', gone), others: meet(left.others, right.others) }
}

/** The labels of one side, with what a match tells of those matched on. */
function matched(side: Shape, other: Shape, names: readonly string[]): LabelMap {
  let { labels } = side
  for (const name of names) labels = labels.with(name, meet(labelOf(side, name), labelOf(other, name)))
  return labels
}

/** The many side keeps its labels; those of `group_left (…)` come from the one, also where it has none. */
export const groupedMatch: MatchRow = (node, many, one, keepsName) => {
  const { matching } = node
  const names = matchingNames(matching, many, one)
  const included = (matching?.include ?? []).map(literalOf)
  if (names === undefined || included.includes(undefined)) return openLabels(many)
  const isOn = matching?.on ?? false
  const gone = absent({ kind: 'dropped', by: node })
  let labels = matched(many, one, names)
  // What is ignored stays what it is on the many side, whatever the other labels are.
  for (const ignored of isOn ? [] : matching?.labels ?? []) labels = labels.with(literalOf(ignored)!, labelOf(many, literalOf(ignored)!))
  labels = labels.with('__name__', keepsName ? labelOf(many, '__name__') : gone)
  for (const name of included) labels = labels.with(name!, labelOf(one, name!))
  // `bool` drops the name last, also one that was copied.
  return { ...many, labels: node.bool ? labels.with('__name__', gone) : labels, others: isOn ? many.others : meet(many.others, one.others) }
}
