import { anyName, digits, distinctPatterns, patternMatches, patternText } from './name-pattern.js'
import type { Label, LabelValues, NamePattern } from './types.js'

/** More patterns than these say too little of a label. */
const MAXIMUM_PATTERNS = 16

/** Whether a label can have a value, as far as is known. */
export function mayHaveValue({ values, open, patterns }: LabelValues, value: string): boolean {
  return values.includes(value) || (open && (patterns === undefined || patterns.some((pattern) => fitsValue(pattern, value))))
}

/** How numbers are written: with signs, points, exponents, and padded with spaces or zeros; `,` and `_` may part the digits. */
const NUMBER = '[-+ ]*(?:\\.?\\d[\\d.,_]*(?:[eE][-+]?\\d+)?|NaN|nan|Infinity|inf) *'

const expressions = new WeakMap<NamePattern, RegExp>()

/** Whether a value fits a pattern. Unlike in a name, a hole for digits is one for any number. */
export function fitsValue(pattern: NamePattern, value: string): boolean {
  if (!pattern.holes?.includes('digits')) return patternMatches(pattern, value)
  let expression = expressions.get(pattern)
  if (expression === undefined) {
    const parts = pattern.parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    const text = parts.reduce((before, part, i) => before + (pattern.holes?.[i - 1] === 'digits' ? NUMBER : '[^]*') + part)
    expressions.set(pattern, (expression = new RegExp(`^${text}$`)))
  }
  return expression.test(value)
}

/** What every value is like that fits one of these: each pattern once; `undefined` where it may be anything. */
function valuePatterns(patterns: readonly NamePattern[]): readonly NamePattern[] | undefined {
  const distinct = distinctPatterns(patterns)
  return distinct.length > MAXIMUM_PATTERNS || distinct.some((pattern) => patternText(pattern) === '*') ? undefined : distinct
}

/** A label of these values and of others that fit one of the patterns, if there are any. */
export function openLike(values: readonly string[], patterns: readonly NamePattern[]): LabelValues {
  const like = patterns.length > 0 ? valuePatterns(patterns) : undefined
  return { values, open: patterns.length > 0, ...(like && { patterns: like }) }
}

/** A label that is always a number, such as a status code. */
export function numberLabel(name: string): Label {
  return { name, ...openLike([], [digits]) }
}

/** What is like these, in words: `a number`, `like "/api/*"`. */
export function likePatterns(patterns: readonly NamePattern[]): string {
  const others = patterns.map(patternText).filter((text) => text !== '#')
  const like = others.length === 0 ? [] : [`like ${others.map((text) => JSON.stringify(text)).join(' or ')}`]
  return [...(others.length < patterns.length ? ['a number'] : []), ...like].join(' or ')
}

/** What several labels of one name can be together, `always` aside. */
export function unitedValues(labels: readonly LabelValues[]): LabelValues {
  const values = [...new Set(labels.flatMap((label) => label.values))].sort()
  const openLabels = labels.filter(({ open }) => open)
  return openLike(values, openLabels.flatMap(({ patterns = [anyName] }) => patterns))
}
