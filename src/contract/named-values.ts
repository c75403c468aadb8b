import type { LabelMatcher } from '../promql/ast.js'
import { regexpMatcher } from '../promql/index.js'
import { literalAlternatives, literalsAmong, type Alternative } from './alternatives.js'
import type { KnownValues } from './label-values.js'
import { literalOf, unquotedRange } from './selector-match.js'

/**
 * The values that a matcher names, with their ranges in the query: one, or the literals between which its regular
 * expression chooses. None where it names none: a template, a pattern, the empty value that series without the label have.
 */
export function namedValues({ op, value }: LabelMatcher): readonly Alternative[] {
  const text = literalOf(value)
  if (text === undefined) return []
  const isPattern = op === '=~' || op === '!~'
  return inQuery(value, isPattern ? literalAlternatives(text) ?? [] : [{ text, start: 0, end: text.length }])
}

/** What stands in a matcher's value, with ranges in the query; the empty value is none. */
function inQuery(value: LabelMatcher['value'], alternatives: readonly Alternative[]): readonly Alternative[] {
  const range = unquotedRange(value)
  // With an escape in the query's string, its characters and those of the value are not side by side.
  const isVerbatim = range.end - range.start === (literalOf(value)?.length ?? -1)
  return alternatives.filter((one) => one.text !== '').map((one) => (
    { text: one.text, ...(isVerbatim ? { start: range.start + one.start, end: range.start + one.end } : range) }
  ))
}

export interface AbsentValues {
  /** What a matcher names and the label never is, with ranges in the query. */
  readonly values: readonly Alternative[]
  /** Whether something else that the matcher names is there. */
  readonly some: boolean
}

/** What a matcher asks for and the label never is; a pattern of which no value is a match counts as one. */
export function absentValues(matcher: LabelMatcher, known: KnownValues): AbsentValues {
  const { op, value } = matcher
  const none = { values: [], some: true }
  const text = literalOf(value)
  // Series without the label have it empty.
  if (text === undefined || text === '') return none
  if ((op === '=~' || op === '!~') && literalAlternatives(text) === undefined) {
    const matches = op === '=~' ? regexpMatcher(text) : undefined
    if (matches === undefined || matches('')) return none
    if (!known.some(matches)) return { values: [{ text, ...unquotedRange(value) }], some: false }
    return { values: inQuery(value, literalsAmong(text)).filter((one) => !known.has(one.text)), some: true }
  }
  const named = namedValues(matcher)
  const values = named.filter((one) => !known.has(one.text))
  return { values, some: values.length < named.length }
}
