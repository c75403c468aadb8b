import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { selectorLabelValues, type KnownValues } from '../src/contract/label-values.js'
import { absentValues } from '../src/contract/named-values.js'
import { askedName, literalOf, matchSelector } from '../src/contract/selector-match.js'
import { isProducer } from '../src/contract/producers.js'
import { wordTest } from '../src/contract/sure-meaning.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { LabelMatcher } from '../src/promql/ast.js'
import { catalogsWithSeries, catalogTitles } from '../src/registry/catalogs.js'
import { likePatterns } from '../src/registry/label-values.js'
import type { Family } from '../src/registry/types.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { spellingLikeness } from '../src/text/word-likeness.js'
import { consumerOf } from '../src/workspace/consumer.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

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
      if (label === 'job' && known === undefined && families.length > 0 && families.every(({ origin }) => isProducer(origin))) misspeltJobs(query, matcher, workspace).forEach(report)
      if (label === undefined || known === undefined) continue
      const excludes = matcher.op === '!=' || matcher.op === '!~'
      const absent = absentValues(matcher, known)
      if (absent.values.length > 0 && isShared(label)) continue
      for (const { text, start, end } of absent.values) {
        if (label === 'job' && isAddedByScript(text, workspace)) continue
        const suggestion = nearestNames(text, known.values, 1)[0] ?? known.values.find((value) => isClassOf(value, text))
        const at = query.place(start, end)
        report({
          at,
          message: never(label, text, stack.targetLabels.names.has(label) ? undefined : ownerText(metric, families))
            + `${excludes ? ', so that nothing is excluded' : ''}. ${suggestion === undefined ? listed(known) : `Did you mean "${suggestion}"?`}`,
          ...((excludes || absent.some || known.byName) && { severity: 'warning' as const }),
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

/**
 * Jobs of the code's own metrics that are called almost as those which resources of the Prometheus operator make: others
 * may be made elsewhere, so that only a misspelling is told.
 */
function misspeltJobs(query: Query, matcher: LabelMatcher, { monitors }: Workspace): Finding[] {
  const jobs = [...new Set(monitors.flatMap(({ job }) => job ?? []))].sort()
  const known = new Set([...jobs, ...monitors.flatMap(({ names }) => names)])
  return absentValues(matcher, { values: jobs, has: (value) => known.has(value), some: (matches) => [...known].some(matches) }).values.flatMap(({ text, start, end }): Finding[] => {
    const suggestion = nearestNames(text, jobs, 1).find((job) => spellingLikeness(text, job) > 0)
    return suggestion === undefined ? [] : [{
      at: query.place(start, end),
      message: `No resource at hand makes a scrape job called "${text}". Did you mean "${suggestion}"?`,
      severity: 'warning',
      data: { label: 'job', value: text, suggestion },
      suggestions: replaceWith(suggestion, query.source, query.edit(start, end, suggestion)),
    }]
  })
}

/** Whether a value is the class of an HTTP status code: `5xx` of `503`. */
function isClassOf(value: string, code: string): boolean {
  return /^[1-5]\d\d$/.test(code) && value.toLowerCase() === `${code[0]!}xx`
}

/** Whether a script or workflow writes a scrape job of this name, as into the configuration of a server that runs. */
function isAddedByScript(job: string, { deployment }: Workspace): boolean {
  return [job, `'${job}'`, `"${job}"`].some((name) => deployment.isMentioned(`job_name: ${name}`))
}

/** `metric`: whose label it is; absent for a label that scraping sets. */
function never(label: string, value: string, metric: string | undefined): string {
  if (metric !== undefined) return `Label "${label}" of ${metric} is never "${value}"`
  return label === 'job' ? `No scrape job is called "${value}"` : `No scrape target has the ${label} "${value}"`
}

function ownerText(metric: string, [family]: readonly Family[]): string {
  return `"${metric}" (${family === undefined ? `of ${catalogTitles(catalogsWithSeries(metric))}` : describeDeclaration(family)})`
}

const MAXIMUM_LISTED = 12

function listed({ values, patterns }: KnownValues): string {
  const first = values.slice(0, MAXIMUM_LISTED).map((value) => `"${value}"`).join(', ')
  const more = values.length - MAXIMUM_LISTED
  const list = `${first}${more > 0 ? ` and ${more} more` : ''}`
  if (patterns === undefined) return `It is one of: ${list}.`
  return `It is ${values.length > 1 ? 'one of ' : ''}${values.length > 0 ? `${list} or ` : ''}${likePatterns(patterns)}.`
}
