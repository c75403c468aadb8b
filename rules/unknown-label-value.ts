import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { selectorLabelValues, type KnownValues } from '../src/contract/label-values.js'
import { absentValues } from '../src/contract/named-values.js'
import { askedName, literalOf, matchSelector } from '../src/contract/selector-match.js'
import { wordTest } from '../src/contract/sure-meaning.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { consumerOf } from '../src/workspace/consumer.js'

export default defineRule({
  name: 'unknown-label-value',
  subject: 'selector',
  severity: 'error',
  summary: 'Each label value that a query asks for is one that the metric can have',
  check({ query, selector }, { workspace, report }) {
    const match = matchSelector(selector, workspace.registry)
    const stack = workspace.stackOf(consumerOf(query).file)
    const metric = askedName(selector)?.text
    if (metric === undefined) return
    const families = match.kind === 'known' ? match.families : []
    // Services in other languages may expose the metric too, with values of their own.
    const isShared = (label: string) => match.kind === 'known' && !stack.targetLabels.names.has(label)
      && workspace.namesInCode.inOtherLanguages(match.series) !== undefined
    for (const matcher of selector.matchers) {
      const label = literalOf(matcher.name)
      const known = label === undefined || label === '__name__' ? undefined : selectorLabelValues(selector, label, stack)
      if (label === undefined || known === undefined) continue
      const excludes = matcher.op === '!=' || matcher.op === '!~'
      const absent = absentValues(matcher, known)
      if (absent.values.length > 0 && isShared(label)) continue
      for (const { text, start, end } of absent.values) {
        const [suggestion] = nearestNames(text, known.values, 1)
        const at = query.place(start, end)
        report({
          at,
          message: never(label, text, stack.targetLabels.names.has(label) ? undefined : `"${metric}" (${describeDeclaration(families[0]!)})`)
            + `${excludes ? ', so that nothing is excluded' : ''}. ${suggestion === undefined ? listed(known) : `Did you mean "${suggestion}"?`}`,
          ...((excludes || absent.some) && { severity: 'warning' as const }),
          data: { metric, label, value: text, ...(suggestion !== undefined && { suggestion }) },
          related: stack.targetLabels.names.has(label) ? [] : declarationsOf(families),
          suggestions: suggestion === undefined || !/^[\w/:-]+$/.test(suggestion) ? [] : replaceWith(suggestion, query.source, query.edit(start, end, suggestion), {
            // A value that the matcher names already needs no second time.
            safety: !absent.some && isMisspelling(text, suggestion, known.values, wordTest(stack.registry)) ? 'sure' : undefined,
          }),
        })
      }
    }
  },
})

/** `metric`: whose label it is; absent for a label that scraping sets. */
function never(label: string, value: string, metric: string | undefined): string {
  if (metric !== undefined) return `Label "${label}" of ${metric} is never "${value}"`
  return label === 'job' ? `No scrape job is called "${value}"` : `No scrape target has the ${label} "${value}"`
}

const MAXIMUM_LISTED = 12

function listed({ values }: KnownValues): string {
  const first = values.slice(0, MAXIMUM_LISTED).map((value) => `"${value}"`).join(', ')
  const more = values.length - MAXIMUM_LISTED
  return `It is one of: ${first}${more > 0 ? ` and ${more} more` : ''}.`
}
