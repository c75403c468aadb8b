import { configsThatRead } from '../src/lint/configs-that-read.js'
import { describeRule, placeInRule } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'external-label-conflict',
  subject: 'ruleGroup',
  severity: 'off',
  summary: 'No rule sets a label that Prometheus adds to all that leaves it',
  check(group, { workspace, report }) {
    const configs = configsThatRead(group.file, workspace)
    for (const { place, context, label, kind } of labelsSet()) {
      const config = configs.find(({ externalLabels }) => Object.hasOwn(externalLabels, label))
      if (config === undefined) continue
      report({
        at: place,
        message: `${config.document.source.path} gives "${label}" to all that leaves this Prometheus, ${kind === 'alerting'
          ? 'and here it is overridden: this alert is told apart from all others of the same server'
          : 'and what is recorded here keeps its own: federated or written elsewhere, it seems to come from another server'}`,
        context,
        data: { label },
        related: [{ place: { source: config.document.source, span: config.document.keySpanOf(['global', 'external_labels', label]) }, message: 'set here' }],
      })
    }

    function* labelsSet() {
      for (const label of Object.keys(group.labels)) {
        yield { label, kind: group.rules[0]?.kind ?? 'recording', place: group.place('labels', label), context: `group "${group.name}"` }
      }
      for (const rule of group.rules) {
        for (const label of Object.keys(rule.labels)) yield { label, kind: rule.kind, place: placeInRule(rule, group, 'labels', label), context: describeRule(rule, group) }
      }
    }
  },
})
