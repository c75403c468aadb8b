import type { LabelMatcher, VectorSelector } from '../../promql/ast.js'
import { regexpMatcher } from '../../promql/index.js'
import { literalAlternatives } from '../alternatives.js'
import type { Contract } from '../contract.js'
import { askedName, literalOf, matchSelector } from '../selector-match.js'
import { absent, closed, filter, isImpossible, meet, open } from './label-values.js'
import { recordedShapes, type Recordings } from './recordings.js'
import { familyShape } from './family-shapes.js'
import type { LabelMap } from './label-map.js'
import { bounded, isImpossibleShape, openShape, withLabels } from './shapes.js'
import type { EmptyCause, LabelValues, Reason, Shape } from './types.js'

/** A selector that matches more series names is open: one shape a name would cost too much, and tell little. */
const maxNames = 24

/** Families of one name are told apart as long as they are few. */
const maxFamilies = 8

/** The shapes of what a selector matches, before its matchers on other labels than the name. */
export function selectedShapes(selector: VectorSelector, contract: Contract, recordings: Recordings): readonly Shape[] {
  const match = matchSelector(selector, contract.registry)
  if (match.kind !== 'known' || match.series.length > maxNames) return [openShape]
  const known = match.series.flatMap((series) => contract.registry.familyOfSeries(series).flatMap((family) => {
    if (family.origin.kind !== 'recording-rule') return [familyShape(family, series, contract.targetLabels, selector)]
    return recordedShapes(family, selector, recordings)?.filter((shape) => !isImpossibleShape(shape)) ?? [familyShape(family, series, contract.targetLabels, selector)]
  }))
  // Programs of many kinds expose `process_…` and its like: one shape will do for them.
  const shapes = bounded(known, maxFamilies)
  return namesKnownSeriesOnly(selector, match.series) ? shapes : [...shapes, openShape]
}

/** Whether a selector can match no other names than those: one pattern may also match what nothing at hand exposes. */
function namesKnownSeriesOnly(selector: VectorSelector, series: readonly string[]): boolean {
  const asked = askedName(selector)
  if (asked?.kind === 'exact') return true
  const names = asked?.kind === 'regex' ? namesIn(asked.text) : undefined
  return names?.every((name) => series.includes(name)) ?? false
}

/** The names of which a pattern is a list: `a|b`, `jobs_(done|failed)_total`; `undefined` where it is none. */
function namesIn(pattern: string): readonly string[] | undefined {
  const alternatives = literalAlternatives(pattern)
  if (alternatives) return alternatives.map(({ text }) => text)
  const [, before, inner, after] = /^([\w:]*)\((?:\?:)?([\w:|]+)\)([\w:]*)$/.exec(pattern) ?? []
  return inner?.split('|').map((part) => `${before!}${part}${after!}`)
}

/** How a matcher narrows a label. */
export type MatcherRow = (label: LabelValues, matcher: LabelMatcher, selector: VectorSelector) => LabelValues

/** Narrows shapes by every matcher; what cannot pass is left out. */
export function matchedShapes(
  selector: VectorSelector, shapes: readonly Shape[], rowOf: (matcher: LabelMatcher) => MatcherRow,
): { shapes: readonly Shape[]; cause?: EmptyCause } {
  let cause: EmptyCause | undefined
  const kept: Shape[] = []
  for (const shape of shapes) {
    let labels: LabelMap | undefined = shape.labels
    for (const matcher of selector.matchers) {
      const name = literalOf(matcher.name)
      if (name === undefined) continue
      const before: LabelValues = labels.get(name) ?? shape.others
      const after = rowOf(matcher)(before, matcher, selector)
      if (after === before) continue
      if (isImpossible(after)) {
        cause ??= { kind: 'selector', node: selector, label: name, matcher, left: before }
        labels = undefined
        break
      }
      labels = labels.with(name, after)
    }
    if (labels !== undefined) kept.push(labels === shape.labels ? shape : withLabels(shape, labels))
  }
  return kept.length > 0 ? { shapes: kept } : { shapes: kept, cause: cause ?? { kind: 'other', node: selector } }
}

function reason(matcher: LabelMatcher, selector: VectorSelector): Reason {
  return { kind: 'matcher', matcher, selector }
}

export const equalRow: MatcherRow = (label, matcher, selector) => {
  const literal = literalOf(matcher.value)
  if (literal === '') return meet(label, absent(reason(matcher, selector)))
  if (literal !== undefined) return meet(label, closed([literal], reason(matcher, selector)))
  // `="pre$x"` matches something, whatever the variable is; `="$x"` may not.
  const hasText = matcher.value.parts.some((part) => typeof part === 'string' && part !== '')
  return hasText ? meet(label, open(false, reason(matcher, selector))) : label
}

export const notEqualRow: MatcherRow = (label, matcher, selector) => {
  const literal = literalOf(matcher.value)
  return literal === undefined ? label : filter(label, (one) => one !== literal, reason(matcher, selector))
}

export const regexpRow: MatcherRow = (label, matcher, selector) => {
  const pattern = literalOf(matcher.value)
  if (pattern === undefined) return label
  const alternatives = literalAlternatives(pattern)
  if (alternatives) return meet(label, closed(alternatives.map(({ text }) => text), reason(matcher, selector)))
  const matches = regexpMatcher(pattern)
  return matches ? filter(label, matches, reason(matcher, selector)) : label
}

export const notRegexpRow: MatcherRow = (label, matcher, selector) => {
  const pattern = literalOf(matcher.value)
  const matches = pattern === undefined ? undefined : regexpMatcher(pattern)
  return matches ? filter(label, (one) => !matches(one), reason(matcher, selector)) : label
}
