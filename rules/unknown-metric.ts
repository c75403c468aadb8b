import { declarationsOf, describeDeclaration, originOf } from '../src/contract/describe.js'
import type { Found } from '../src/contract/name-verdict.js'
import { labelUses } from '../src/contract/label-uses.js'
import { askedForBy } from '../src/contract/selector-use.js'
import { isSurelyMeant } from '../src/contract/sure-meaning.js'
import { kindOf } from '../src/contract/unknown-metric.js'
import type { Safety } from '../src/lint/diagnostic.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { catalogTitles } from '../src/registry/catalogs.js'
import type { Family } from '../src/registry/types.js'
import { consumerOf } from '../src/workspace/consumer.js'
import type { QuerySelector, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-metric',
  subject: 'selector',
  severity: 'error',
  summary: 'Each selector names a series that something exposes',
  check({ query, selector }, { workspace, report }) {
    const verdict = workspace.verdictOn(selector)
    // What is unverified is told by unverified-metric, but for what likely is a mistake.
    if (verdict.kind === 'proved' || verdict.asked === undefined || verdict.found === undefined) return
    const { asked, found } = verdict
    const at = query.place(asked.start, asked.end)
    const suggestion = 'suggestion' in found ? found.suggestion : undefined
    report({
      at,
      ...(verdict.kind === 'unverified' && { severity: 'warning' as const }),
      message: messageFor(asked.text, found, verdict.kind === 'refuted' ? verdict.scraped : undefined),
      data: { metric: asked.text, ...(suggestion !== undefined && { suggestion }) },
      related: 'family' in found ? declarationsOf([found.family]) : [],
      suggestions: suggestion === undefined ? [] : replaceWith(suggestion, query.source, query.edit(asked.start, asked.end, suggestion), {
        safety: verdict.kind === 'refuted' && asked.kind === 'exact' ? safetyOf(asked.text, found, { query, selector }, workspace) : undefined,
      }),
    })
  },
})

function safetyOf(name: string, found: Found, { query, selector }: QuerySelector, workspace: Workspace): Safety | undefined {
  if (found.kind === 'renamed' && found.isConfigured) return 'configured'
  const { expr, errors } = query.parsed
  if (expr === undefined || errors.length > 0) return undefined
  const use = { selector, askedFor: askedForBy(selector, expr), labels: labelUses(expr, query.valuesOf) }
  return isSurelyMeant(name, found, workspace.stackOf(consumerOf(query).file), use) ? 'sure' : undefined
}

function messageFor(name: string, found: Found, scraped: readonly string[] | undefined): string {
  const all = scraped === undefined ? '' : `, and all that Prometheus scrapes is known (${jobs(scraped)})`
  switch (found.kind) {
    case 'other-series':
      return `No series is called "${name}": ${wrongSeries(found.family)}`
    case 'near':
    case 'renamed':
      return `No producer exposes "${name}". Did you mean "${found.suggestion}" (${describeDeclaration(found.family)})?`
    case 'exporter':
      return `No producer exposes "${name}": it is a metric of ${catalogTitles(found.exporters)}${all}`
    case 'nothing':
      return `No producer exposes "${name}"${all}`
  }
}

const maximumJobs = 5

function jobs(names: readonly string[]): string {
  const more = names.length - maximumJobs
  const listed = names.slice(0, maximumJobs).map((name) => `"${name}"`).join(', ')
  return `${names.length === 1 ? 'job' : 'jobs'} ${listed}${more > 0 ? ` and ${more} more` : ''}`
}

function wrongSeries(family: Family): string {
  const series = family.series.filter((one) => !one.endsWith('_created')).map((one) => `"${one}"`)
  const listed = series.length > 1 ? `${series.slice(0, -1).join(', ')} and ${series.at(-1)!}` : series[0]
  return `"${family.name}" is ${kindOf(family.type)} (${originOf(family) ?? 'origin unknown'}), which exposes ${listed ?? 'nothing'}`
}
