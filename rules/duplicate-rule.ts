import { isNarrower, selectingOf } from '../src/lint/narrower.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { print } from '../src/promql/index.js'
import type { StructuredDocument } from '../src/text/document.js'
import { groupedBy } from '../src/text/grouped-by.js'
import type { LocatedAlertingRule, LocatedRecordingRule, Workspace } from '../src/workspace/workspace.js'

type LocatedRule = LocatedAlertingRule | LocatedRecordingRule

export default defineRule({
  name: 'duplicate-rule',
  subject: 'workspace',
  severity: 'warning',
  summary: 'No rule file has the same rule twice',
  check(workspace, { report }) {
    // What is kept in one file for several servers, as resources of Kubernetes, is loaded by each for itself.
    const firstsIn = new Map<StructuredDocument, Map<string, LocatedRule>>()
    for (const [rule, expr] of rulesOf(workspace)) {
      const { document } = rule.group.file
      // One of the two may be there only where the other is not.
      if (document.template === 'conditional') continue
      const firsts = firstsIn.get(document) ?? new Map<string, LocatedRule>()
      firstsIn.set(document, firsts)
      const key = JSON.stringify([...identityOf(rule), expr])
      const first = firsts.get(key)
      if (first === undefined) {
        firsts.set(key, rule)
        continue
      }
      const what = rule.kind === 'alerting' ? `alert "${rule.alert}"` : `recording rule "${rule.record}"`
      report({
        at: rule.place(rule.kind === 'alerting' ? 'alert' : 'record'),
        message: rule.kind === 'alerting'
          ? `This is alert "${rule.alert}" again, with the same expression and labels: Prometheus evaluates both, and nobody can tell which of the two fires`
          : `"${rule.record}" is recorded from the same expression with the same labels already: Prometheus evaluates both, and records every sample twice`,
        context: `${what} in group "${rule.group.name}"`,
        related: [{ place: first.place(first.kind === 'alerting' ? 'alert' : 'record'), message: `first defined in group "${first.group.name}"` }],
      })
    }
    overlappingAlerts(workspace).forEach(report)
  },
})

/** Alerts of one name and the same labels in a file, one of which selects less than the other and is made by it too. */
function overlappingAlerts({ queries }: Workspace): Finding[] {
  const alerts = queries.flatMap(({ owner, parsed: { expr, errors }, text, place }) => {
    if (owner.kind !== 'alerting' || expr === undefined || errors.length > 0 || owner.rule.group.file.document.template !== undefined) return []
    const selecting = selectingOf(expr, text)
    return selecting === undefined ? [] : [{ rule: owner.rule, selecting, at: place(expr.start, expr.end) }]
  })
  const alike = groupedBy(alerts, ({ rule }) => JSON.stringify([rule.group.file.document.source.path, rule.group.file.document.ordinal, identityOf(rule)]))
  return [...alike.values()].flatMap((group) => group.flatMap(({ rule, selecting, at }): Finding[] => {
    const wider = group.find((other) => isNarrower(selecting, other.selecting))
    return wider === undefined ? [] : [{
      at,
      message: `Whatever this finds, the other alert "${rule.alert}" finds too, which selects more and has the same labels: nobody can tell which of the two fires`,
      context: `alert "${rule.alert}" in group "${rule.group.name}"`,
      related: [{ place: wider.at, message: 'this selects more' }],
    }]
  }))
}

/** Every rule in PromQL with its expression in one spelling; one that cannot be read as written. */
function* rulesOf({ queries }: Workspace): Iterable<readonly [LocatedRule, string]> {
  for (const { owner, parsed, text } of queries) {
    if (owner.kind !== 'alerting' && owner.kind !== 'recording') continue
    yield [owner.rule, parsed.expr === undefined || parsed.errors.length > 0 ? text.trim() : print(parsed.expr)]
  }
}

/** What tells two rules apart but for their expression; annotations do not. */
function identityOf(rule: LocatedRule): unknown[] {
  const labels = Object.entries({ ...rule.group.labels, ...rule.labels }).sort(([a], [b]) => (a < b ? -1 : 1))
  return rule.kind === 'alerting' ? ['alert', rule.alert, labels, rule.for, rule.keepFiringFor] : ['record', rule.record, labels]
}
