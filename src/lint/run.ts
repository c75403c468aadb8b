import { compareStrings } from '../registry/merge.js'
import type { Subjects, Workspace } from '../workspace/workspace.js'
import type { Diagnostic, Severity } from './diagnostic.js'
import type { AnyRule, Finding } from './rule.js'

/** A rule as the configuration wants it run. */
export interface ActiveRule {
  readonly rule: AnyRule
  readonly severity: Severity
  readonly options: unknown
}

/** Walks the workspace once, hands each subject to the rules that asked for it, and sorts what they report of the files to report on. */
export function runRules(workspace: Workspace, rules: readonly ActiveRule[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = []

  function offer<S extends keyof Subjects>(kind: S, subjects: Iterable<Subjects[S]>, contextOf?: (subject: Subjects[S]) => string | undefined): void {
    const asking = rules.filter(({ rule }) => rule.subject === kind)
    if (asking.length === 0) return
    for (const subject of subjects) {
      const context = contextOf?.(subject)
      for (const { rule, severity, options } of asking) {
        const report = (finding: Finding) => diagnostics.push(diagnosticOf(finding, rule.name, severity, context))
        rule.check(subject as never, { workspace, options: options as never, report })
      }
    }
  }

  offer('workspace', [workspace])
  offer('file', workspace.files)
  offer('dashboard', workspace.dashboards, ({ title }) => title === undefined ? undefined : `dashboard "${title}"`)
  offer('panel', workspace.panels)
  offer('variable', workspace.variables)
  offer('query', workspace.queries, ({ context }) => context)
  offer('selector', workspace.selectors, ({ query }) => query.context)
  offer('ruleGroup', workspace.ruleGroups)
  offer('alertingRule', workspace.alertingRules)
  offer('recordingRule', workspace.recordingRules)
  offer('grafanaAlert', workspace.grafanaAlerts, ({ context }) => context)
  offer('datasource', workspace.datasources)
  offer('metricsDocument', workspace.metricsDocuments)
  offer('family', workspace.registry.families)
  return diagnostics.filter(({ place }) => workspace.isReported(place.source.path)).sort(compare)
}

function diagnosticOf(finding: Finding, rule: string, severity: Severity, context: string | undefined): Diagnostic {
  const where = finding.context ?? context
  return {
    rule,
    // The configuration may make a rule milder than a finding is, never harsher than the finding allows.
    severity: finding.severity === 'warning' ? 'warning' : severity,
    message: finding.message,
    place: finding.at,
    ...(where !== undefined && { context: where }),
    data: finding.data ?? {},
    related: finding.related ?? [],
    suggestions: finding.suggestions ?? [],
  }
}

/** By file, place, rule and message: the same order whatever the order of files and rules. */
function compare(a: Diagnostic, b: Diagnostic): number {
  return compareStrings(a.place.source.path, b.place.source.path)
    || a.place.span.start - b.place.span.start
    || a.place.span.end - b.place.span.end
    || compareStrings(a.rule, b.rule)
    || compareStrings(a.message, b.message)
}
