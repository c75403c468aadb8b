import { literalAlternatives, type Alternative } from '../src/contract/alternatives.js'
import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { selectorLabelValues, type KnownValues } from '../src/contract/label-values.js'
import { askedName, literalOf, matchSelector, unquotedRange } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import type { LabelMatcher } from '../src/promql/ast.js'
import { regexpMatcher } from '../src/promql/index.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'unknown-label-value',
  subject: 'selector',
  severity: 'error',
  summary: 'Each label value that a query asks for is one that the metric can have',
  check({ query, selector }, { workspace, report }) {
    const match = matchSelector(selector, workspace.registry)
    const metric = askedName(selector)?.text
    if (match.kind !== 'known' || metric === undefined) return
    // Services in other languages may expose the metric too, with values of their own.
    const isShared = () => workspace.namesInCode.inOtherLanguages(match.series)
    for (const matcher of selector.matchers) {
      const label = literalOf(matcher.name)
      const known = label === undefined || label === '__name__' ? undefined : selectorLabelValues(selector, label, workspace)
      if (label === undefined || known === undefined) continue
      const excludes = matcher.op === '!=' || matcher.op === '!~'
      const absent = absentValues(matcher, known)
      if (absent.values.length > 0 && isShared()) return
      for (const { text, start, end } of absent.values) {
        const [suggestion] = nearestNames(text, known.values, 1)
        const at = query.place(start, end)
        report({
          at,
          message: `Label "${label}" of "${metric}" (${describeDeclaration(match.families[0]!)}) is never "${text}"`
            + `${excludes ? ', so that nothing is excluded' : ''}. ${suggestion === undefined ? listed(known) : `Did you mean "${suggestion}"?`}`,
          ...((excludes || absent.some) && { severity: 'warning' as const }),
          data: { metric, label, value: text, ...(suggestion !== undefined && { suggestion }) },
          related: declarationsOf(match.families),
          suggestions: suggestion === undefined || !/^[\w/:-]+$/.test(suggestion) ? []
            : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
        })
      }
    }
  },
})

interface AbsentValues {
  /** What a matcher names and the label never is, with ranges in the query. */
  readonly values: readonly Alternative[]
  /** Whether something else that the matcher names is there. */
  readonly some: boolean
}

function absentValues({ op, value }: LabelMatcher, known: KnownValues): AbsentValues {
  const text = literalOf(value)
  const range = unquotedRange(value)
  const none = { values: [], some: true }
  // Series without the label have it empty.
  if (text === undefined || text === '') return none
  const isPattern = op === '=~' || op === '!~'
  const alternatives = isPattern ? literalAlternatives(text) : [{ text, start: 0, end: text.length }]
  if (alternatives === undefined) {
    const matches = op === '=~' ? regexpMatcher(text) : undefined
    return matches === undefined || matches('') || known.some(matches) ? none : { values: [{ text, ...range }], some: false }
  }
  const absent = alternatives.filter((one) => one.text !== '' && !known.has(one.text))
  // With an escape in the query's string, its characters and those of the value are not side by side.
  const isVerbatim = range.end - range.start === text.length
  return {
    values: absent.map((one) => ({ text: one.text, ...(isVerbatim ? { start: range.start + one.start, end: range.start + one.end } : range) })),
    some: absent.length < alternatives.length,
  }
}

const MAXIMUM_LISTED = 12

function listed({ values }: KnownValues): string {
  const first = values.slice(0, MAXIMUM_LISTED).map((value) => `"${value}"`).join(', ')
  const more = values.length - MAXIMUM_LISTED
  return `It is one of: ${first}${more > 0 ? ` and ${more} more` : ''}.`
}
