import type { Coverage, UnverifiedName } from '../lint/coverage.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { SuppressedDiagnostic } from '../lint/suppressions/suppression.js'
import type { Place } from '../text/source.js'
import { visibleJson } from '../text/visible.js'
import type { Formatter } from './report.js'

/** The report for programs, as `schemas/report.schema.json` describes it. */
export const json: Formatter = ({ diagnostics, suppressed = [], accepted = [], summary, coverage, notes, unread }) => {
  const hidden = { ...(suppressed.length > 0 && { suppressed: suppressed.map(suppressedEntry) }), ...(accepted.length > 0 && { inBaseline: accepted.map(diagnosticEntry) }) }
  return visibleJson(JSON.stringify({ version: 1, diagnostics: diagnostics.map(diagnosticEntry), ...hidden, summary, coverage: coverage && coverageEntry(coverage()), notes, unread }, null, 2)) + '\n'
}

function suppressedEntry({ diagnostic, suppressions }: SuppressedDiagnostic) {
  return {
    ...diagnosticEntry(diagnostic),
    suppressions: suppressions.map(({ writtenIn: kind, place, reason, until }) => ({ kind, ...located(place), reason, until })),
  }
}

/** The coverage as `schemas/report.schema.json` describes it. */
export function coverageEntry({ selectors, labels, values, consumers, documents, unverified }: Coverage) {
  return {
    selectors,
    labels,
    values,
    unverified: unverified.map(unverifiedEntry),
    consumers: consumers.map(({ unverified: own, ...consumer }) => ({ ...consumer, unverified: own.map(unverifiedEntry) })),
    documents: documents.map(({ unverified: own, ...document }) => ({ ...document, unverified: own.map(unverifiedEntry) })),
  }
}

function unverifiedEntry({ first, ...name }: UnverifiedName) {
  return { ...name, first: located(first()) }
}

/** A finding as `schemas/report.schema.json` describes it. */
export function diagnosticEntry({ rule, severity, message, place, context, data, related, suggestions }: Diagnostic) {
  return {
    rule,
    severity,
    message,
    ...located(place),
    context,
    data,
    related: related.map((at) => ({ ...located(at.place), message: at.message })),
    suggestions: suggestions.map((suggestion) => ({
      message: suggestion.message,
      replacement: suggestion.replacement && { ...located(suggestion.replacement.place), text: suggestion.replacement.text, ...(suggestion.replacement.safety && { isSafe: true }) },
    })),
  }
}

function located({ source, span }: Place) {
  return { file: source.path, range: source.rangeOf(span) }
}
