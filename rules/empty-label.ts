import { defineRule } from '../src/lint/rule.js'
import type { LocatedRuleGroup } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'empty-label',
  subject: 'ruleGroup',
  severity: 'warning',
  summary: 'Each label that a rule adds has a value',
  check(group, { report }) {
    const { name, labels, file } = group
    if (file.language === 'logql' || file.language === 'other') return
    for (const label of emptyIn(labels)) tell(['labels', label], label, `group "${name}"`)
    for (const [index, rule] of indexed(group)) {
      const what = rule.kind === 'alerting' ? `alert "${rule.alert}"` : `recording rule "${rule.record}"`
      // A label that the group adds is taken away by intent.
      for (const label of emptyIn(rule.labels)) if (!(label in labels)) tell(['rules', index, 'labels', label], label, `${what} in group "${name}"`)
    }
    function tell(path: readonly (string | number)[], label: string, context: string): void {
      const at = group.place(...path)
      // Another tool fills it in.
      if (at.source.text.slice(at.span.start, at.span.end).includes('{{')) return
      report({ at, message: `Label "${label}" has no value: Prometheus takes the label away instead of adding it`, context })
    }
  },
})

function emptyIn(labels: Readonly<Record<string, string>>): string[] {
  return Object.keys(labels).filter((label) => labels[label] === '')
}

/** The rules with their index in the file, where those that cannot be read count. */
function indexed({ rules }: LocatedRuleGroup) {
  return rules.map((rule) => [Number(rule.path.at(-1)), rule] as const)
}
