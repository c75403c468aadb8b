import { readFileSync } from 'node:fs'
import type { Diagnostic, Severity } from '../lint/diagnostic.js'
import { fingerprintsOf } from '../lint/fingerprint.js'
import { compareDiagnostics } from '../lint/run.js'
import type { Suppression } from '../lint/suppressions/suppression.js'
import { packageFile } from '../text/package-file.js'
import type { Place } from '../text/source.js'
import { visibleJson } from '../text/visible.js'
import type { Formatter, FormatOptions, Report } from './report.js'

const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }

const root = '%SRCROOT%'

/**
 * SARIF 2.1.0, for code-scanning services and viewers. The section signs below refer to the OASIS standard,
 * "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export const sarif: Formatter = (report, { ruleDocs }) => {
  const outcomes = outcomesOf(report)
  const diagnostics = outcomes.map(({ diagnostic }) => diagnostic)
  const levels = levelsOfRules(diagnostics)
  const rules = [...levels.keys()].sort()
  const fingerprints = fingerprintsOf(diagnostics)
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ml-dash-lint', version, rules: rules.map((rule) => descriptor(rule, levels.get(rule)!, ruleDocs)) } },
        columnKind: 'unicodeCodePoints',
        originalUriBaseIds: { [root]: { description: { text: 'The directory that was linted.' } } },
        results: outcomes.map(({ diagnostic, ...outcome }, i) => ({ ...result(diagnostic, rules.indexOf(diagnostic.rule), fingerprints[i]!), ...outcome })),
      },
    ],
  }
  return visibleJson(JSON.stringify(log, null, 2)) + '\n'
}

interface Outcome {
  readonly diagnostic: Diagnostic
  readonly suppressions?: readonly object[]
  /** §3.27.24 */
  readonly baselineState?: 'new' | 'unchanged'
}

/** All that was found, in one order: a fingerprint must not change when what is alike is suppressed. */
function outcomesOf({ diagnostics, suppressed = [], accepted = [], summary }: Report): Outcome[] {
  const reported = diagnostics.map((diagnostic): Outcome => ({ diagnostic, ...(summary.baseline && { baselineState: 'new' }) }))
  const hidden = [
    ...accepted.map((diagnostic): Outcome => ({ diagnostic, baselineState: 'unchanged' })),
    ...suppressed.map(({ diagnostic, suppressions }): Outcome => ({ diagnostic, suppressions: suppressions.map(suppression) })),
  ]
  return hidden.length === 0 ? reported : [...reported, ...hidden].sort((a, b) => compareDiagnostics(a.diagnostic, b.diagnostic))
}

/** §3.35. */
function suppression({ writtenIn, place, reason }: Suppression) {
  return { kind: writtenIn === 'configuration' ? 'external' : 'inSource', justification: reason, location: { physicalLocation: physicalLocation(place) } }
}

/** The rules that reported something, each with its gravest severity: a finding may be milder than its rule. */
function levelsOfRules(diagnostics: readonly Diagnostic[]): Map<string, Severity> {
  const levels = new Map<string, Severity>()
  for (const { rule, severity } of diagnostics) {
    if (levels.get(rule) !== 'error') levels.set(rule, severity)
  }
  return levels
}

/** §3.49. */
function descriptor(rule: string, level: Severity, ruleDocs: FormatOptions['ruleDocs']) {
  const doc = ruleDocs?.(rule)
  const described = { id: rule, defaultConfiguration: { level } }
  if (doc === undefined) return described
  const { summary, url } = doc
  return {
    ...described,
    shortDescription: { text: summary },
    help: {
      text: url === undefined ? summary : `${summary}\n\n${url}`,
      markdown: url === undefined ? summary : `${summary}\n\n[${rule}](${url})`,
    },
    helpUri: url,
  }
}

/** §3.27. */
function result(diagnostic: Diagnostic, ruleIndex: number, fingerprint: string) {
  const { rule, severity, message, place, context, related, suggestions } = diagnostic
  const fixes = suggestions.flatMap((suggestion) => {
    if (suggestion.replacement === undefined) return []
    const { place: replaced, text, safety } = suggestion.replacement
    const replacement = { deletedRegion: region(replaced), insertedContent: { text } }
    return [
      {
        description: { text: suggestion.message },
        artifactChanges: [{ artifactLocation: artifactLocation(replaced), replacements: [replacement] }],
        // §3.8: a bag for what the standard has no word for.
        properties: safety && { isSafe: true },
      },
    ]
  })
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: message },
    locations: [
      {
        physicalLocation: physicalLocation(place),
        logicalLocations: context === undefined ? undefined : [{ fullyQualifiedName: context }],
      },
    ],
    relatedLocations:
      related.length === 0
        ? undefined
        : related.map((at, id) => ({ id, physicalLocation: physicalLocation(at.place), message: { text: at.message } })),
    partialFingerprints: { 'diagnostic/v1': fingerprint },
    fixes: fixes.length === 0 ? undefined : fixes,
  }
}

function physicalLocation(place: Place) {
  return { artifactLocation: artifactLocation(place), region: region(place) }
}

/** §3.4: a relative reference per RFC 3986, so that `:` and `%` in a file name mean themselves. */
function artifactLocation({ source }: Place) {
  const wellFormed = source.path.replace(/\p{Surrogate}/gu, '\ufffd')
  return { uri: wellFormed.split('/').map(encodeURIComponent).join('/'), uriBaseId: root }
}

/** §3.30: `endColumn` is exclusive, and a region that ends where it starts is an insertion point. */
function region({ source, span }: Place) {
  const { start, end } = source.rangeOf(span)
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}
