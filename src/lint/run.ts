import type { AlertGroup } from '../grafana/alerting/model.js'
import { compareStrings } from '../registry/merge.js'
import { consumerOf } from '../workspace/consumer.js'
import type { LocatedDashboard, LocatedRuleGroup, Query, Workspace } from '../workspace/workspace.js'
import type { Diagnostic, Severity } from './diagnostic.js'
import { failures, type RuleFailure } from './failure.js'
import type { AnyRule, Finding, RuleSubjects } from './rule.js'
import type { JudgedSuppression } from './suppressions/suppression.js'

/** A rule as the configuration wants it run. */
export interface ActiveRule {
  readonly rule: AnyRule
  readonly severity: Severity
  readonly options: unknown
}

/** Where something stands, as far as what is to be run there depends on it. */
export interface Where {
  readonly path: string
  /** Where in the file; its beginning where it is left out. */
  readonly start?: number
  readonly dashboard?: LocatedDashboard
  readonly group?: LocatedRuleGroup | AlertGroup
}

/** Which rules run, and how, in each part of a workspace. */
export interface RuleChoice {
  /** Each rule that runs anywhere, as it does where nothing says otherwise. */
  readonly rules: readonly ActiveRule[]
  /** Those that run at one place; the same list wherever they run alike. */
  rulesAt(where: Where): readonly ActiveRule[]
}

/**
 * Walks the workspace once, hands each subject to the rules that asked for it, and sorts what they report of the files to
 * report on. What stands in a dashboard or group of rules goes to the rules that run there. What is about more than one
 * goes to each rule that runs anywhere, and its findings count as the rule does where they lie.
 *
 * What a rule throws is thrown on, unless `onFailure` takes it: then all else goes on, that rule on other subjects included.
 */
export function runRules(workspace: Workspace, chosen: readonly ActiveRule[] | RuleChoice, onFailure?: (failure: RuleFailure) => void): Diagnostic[] {
  const { offer, found } = rulesRun(workspace, chosen, onFailure)
  const inDashboard = ({ dashboard }: { readonly dashboard: LocatedDashboard }) => ({ path: dashboard.source.path, dashboard })
  const inGroup = ({ group }: { readonly group: LocatedRuleGroup }) => ({ path: group.file.document.source.path, group })

  offer('workspace', [workspace])
  offer('file', workspace.files)
  offer('dashboard', workspace.dashboards, (dashboard) => inDashboard({ dashboard }), ({ title }) => title === undefined ? undefined : `dashboard "${title}"`)
  offer('panel', workspace.panels, inDashboard)
  offer('variable', workspace.variables, inDashboard)
  offer('query', workspace.queries, whereIs, ({ context }) => context)
  offer('selector', workspace.selectors, ({ query }) => whereIs(query), ({ query }) => query.context)
  offer('ruleGroup', workspace.ruleGroups, (group) => inGroup({ group }))
  offer('alertingRule', workspace.alertingRules, inGroup)
  offer('recordingRule', workspace.recordingRules, inGroup)
  offer('grafanaAlert', workspace.grafanaAlerts, ({ file, group }) => ({ path: file.document.source.path, group }), ({ context }) => context)
  offer('datasource', workspace.datasources)
  offer('metricsDocument', workspace.metricsDocuments)
  offer('family', workspace.registry.families)
  return found()
}

/** What the rules for suppressions report, once all others have run. */
export function runSuppressionRules(workspace: Workspace, chosen: readonly ActiveRule[] | RuleChoice, suppressions: readonly JudgedSuppression[], onFailure?: (failure: RuleFailure) => void): Diagnostic[] {
  const { offer, found } = rulesRun(workspace, chosen, onFailure)
  offer('suppression', suppressions, ({ place }) => ({ path: place.source.path, start: place.span.start }))
  return found()
}

interface RulesRun {
  /** Hands each subject to the rules that ask for its kind and run where it is. */
  offer<S extends keyof RuleSubjects>(kind: S, subjects: Iterable<RuleSubjects[S]>, whereOf?: (subject: RuleSubjects[S]) => Where, contextOf?: (subject: RuleSubjects[S]) => string | undefined): void
  /** What they reported of the files to report on, sorted. */
  found(): Diagnostic[]
}

function rulesRun(workspace: Workspace, chosen: readonly ActiveRule[] | RuleChoice, onFailure: ((failure: RuleFailure) => void) | undefined): RulesRun {
  const { rules, rulesAt } = 'rulesAt' in chosen ? chosen : { rules: chosen, rulesAt: undefined }
  const guard = onFailure && failures(workspace)
  const diagnostics: Diagnostic[] = []
  const offer: RulesRun['offer'] = (kind, subjects, whereOf, contextOf) => {
    const asking = new Map<readonly ActiveRule[], readonly ActiveRule[]>()
    const askingOf = (list: readonly ActiveRule[]) => {
      let known = asking.get(list)
      if (known === undefined) asking.set(list, known = list.filter(({ rule }) => rule.subject === kind))
      return known
    }
    if (askingOf(rules).length === 0) return
    for (const subject of subjects) {
      const context = contextOf?.(subject)
      for (const { rule, severity, options } of askingOf(whereOf && rulesAt ? rulesAt(whereOf(subject)) : rules)) {
        const report = (finding: Finding) => {
          const { source: { path }, span: { start } } = finding.at
          const there = whereOf || !rulesAt ? severity : rulesAt({ path, start }).find((active) => active.rule === rule)?.severity
          if (there) diagnostics.push(diagnosticOf(finding, rule.name, there, context))
        }
        const check = () => rule.check(subject as never, { workspace, options: options as never, report })
        if (guard) guard.run(rule, kind, subject, check)
        else check()
      }
    }
  }
  return {
    offer,
    found() {
      guard?.all().forEach((failure) => onFailure?.(failure))
      return diagnostics.filter(({ place }) => workspace.isReported(place.source.path)).sort(compareDiagnostics)
    },
  }
}

function whereIs(query: Query): Where {
  const { owner } = query
  if (owner.kind === 'alerting' || owner.kind === 'recording') return { path: owner.rule.group.file.document.source.path, group: owner.rule.group }
  if (owner.kind === 'grafana-alert') return { path: owner.rule.file.document.source.path, group: owner.rule.group }
  const { file: path, dashboard } = consumerOf(query)
  return dashboard ? { path, dashboard } : { path }
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
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareStrings(a.place.source.path, b.place.source.path)
    || a.place.span.start - b.place.span.start
    || a.place.span.end - b.place.span.end
    || compareStrings(a.rule, b.rule)
    || compareStrings(a.message, b.message)
}
