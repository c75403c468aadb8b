import { conventionalTargetLabels } from '../src/contract/conventional-target-labels.js'
import { selectorLabels } from '../src/contract/labels.js'
import { missingLabels } from '../src/contract/missing-labels.js'
import { wordTest } from '../src/contract/sure-meaning.js'
import { askedName, matchSelector } from '../src/contract/selector-match.js'
import { describeDeclaration, declarationsOf } from '../src/contract/describe.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import type { Family } from '../src/registry/types.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { spellingLikeness } from '../src/text/word-likeness.js'
import type { Query } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-label',
  subject: 'query',
  severity: 'error',
  summary: 'Each label that a query uses is one that the metric carries',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    // What a broken query groups by or matches on is a guess.
    if (expr === undefined || errors.length > 0) return
    for (const { use: { label, kind, start, end }, selector } of missingLabels(expr, workspace, query.valuesOf)) {
      const metric = askedName(selector)?.text ?? ''
      const match = matchSelector(selector, workspace.registry)
      const families = match.kind === 'known' ? match.families : []
      // Services in other languages may expose the metric too, with labels of their own.
      if (match.kind === 'known' && workspace.namesInCode.inOtherLanguages(match.series) !== undefined) continue
      // Who leaves out what targets may have means whatever comes.
      if (kind === 'without' && (label === 'job' || label === 'instance' || conventionalTargetLabels.has(label))) continue
      if (conventionalTargetLabels.has(label) && isForAnySetup(query, families)) continue
      const declared = families.flatMap(({ labels }) => labels.map(({ name }) => name)).sort()
      const all = [...selectorLabels(selector, workspace).names]
      const suggestion = labelMeant(label, declared, all)
      const hint = suggestion !== undefined
        ? `Did you mean "${suggestion}"?`
        : declared.length > 0 ? `It has: ${[...new Set(declared)].join(', ')}.` : 'It has no labels of its own.'
      const where = families[0] ? ` (${describeDeclaration(families[0])})` : ''
      const at = query.place(start, end)
      report({
        at,
        message: `"${metric}"${where} has no label "${label}". ${hint}`,
        // A join loses nothing but the label that it was to bring.
        ...((kind === 'group_left' || kind === 'group_right') && suggestion === undefined && { severity: 'warning' as const }),
        data: { metric, label, ...(suggestion !== undefined && { suggestion }) },
        related: declarationsOf(families),
        suggestions: suggestion === undefined ? [] : replaceWith(suggestion, query.source, query.edit(start, end, suggestion), {
          safety: isMisspelling(label, suggestion, all, wordTest(workspace.registry)) ? 'sure' : undefined,
        }),
      })
    }
  },
})

/** A label that the metric declares, by its meaning or its spelling; one that scraping adds only where it is misspelt. */
function labelMeant(label: string, declared: readonly string[], all: readonly string[]): string | undefined {
  const [own] = nearestNames(label, declared, 1)
  return own ?? nearestNames(label, all, 3).find((name) => name !== '__name__' && spellingLikeness(label, name) > 0)
}

/**
 * Whether a query is a dashboard's for what others make: such dashboards are published for every set-up, and filter by
 * the labels of Kubernetes also where the stack at hand runs on Compose. Their variables are empty there, which
 * matches series without the label.
 */
function isForAnySetup({ owner }: Query, families: readonly Family[]): boolean {
  return owner.kind !== 'alerting' && owner.kind !== 'recording' && owner.kind !== 'grafana-alert' && families.every(({ origin }) => origin.kind === 'catalog')
}
