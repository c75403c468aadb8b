import { closed, isImpossible, unknownReason } from '../src/contract/inference/label-values.js'
import { propagation } from '../src/contract/inference/propagation.js'
import { isLiteral, literalOf } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import type { VectorSelector } from '../src/promql/ast.js'
import { walk, type Expr } from '../src/promql/index.js'
import type { LocatedAlertingRule, LocatedRecordingRule } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'rule-order',
  subject: 'workspace',
  severity: 'off',
  summary: 'Each rule reads what other rules recorded just before it',
  check({ queries }, { report }) {
    const recordedAs = new Map<string, LocatedRecordingRule[]>()
    for (const { owner, parsed: { expr } } of queries) {
      // What is recorded of nothing that is read, such as a threshold, is always the same.
      if (owner.kind !== 'recording' || (expr !== undefined && !hasSelector(expr))) continue
      const { rule } = owner
      const others = recordedAs.get(rule.record)
      if (others === undefined) recordedAs.set(rule.record, [rule])
      else others.push(rule)
    }
    for (const query of queries) {
      const { owner, parsed: { expr, errors } } = query
      if (expr === undefined || errors.length > 0 || (owner.kind !== 'alerting' && owner.kind !== 'recording')) continue
      const { rule } = owner
      for (const selector of readNow(expr)) {
        const record = literalOf(selector.name!)
        const sources = (recordedAs.get(record ?? '') ?? []).filter((source) => mayBeMeant(selector, source))
        // A rule that reads what it has recorded itself means the evaluation before.
        if (sources.length === 0 || sources.some((source) => source === rule || isBefore(source, rule))) continue
        const after = sources.find((source) => source.group === rule.group)
        // Alerts are kept apart from records on purpose, and come an interval later at most.
        if (after === undefined && rule.kind === 'alerting') continue
        const source = after ?? sources[0]!
        report({
          at: query.place(selector.start, selector.end),
          message: after === undefined
            ? `"${record}" is recorded in another group, "${source.group.name}": groups are evaluated at times of their own, and this may read what was recorded an interval ago. Move one of the two rules into the group of the other`
            : `"${record}" is recorded further down in this group: rules are evaluated one after the other, and this always reads what was recorded an interval ago. Move this rule below`,
          context: query.context,
          related: [{ place: source.place('record'), message: 'recorded here' }],
        })
      }
    }
  },
})

/** The selectors of which the newest sample counts: over a range of time one sample more or less makes no difference. */
function readNow(expr: Expr): VectorSelector[] {
  const found: VectorSelector[] = []
  walk(expr, (node) => {
    if (node.type === 'MatrixSelector' || node.type === 'SubqueryExpr') return false
    if (node.type === 'VectorSelector' && node.name !== undefined && node.offset === undefined && node.at === undefined) found.push(node)
    return true
  })
  return found
}

function hasSelector(expr: Expr): boolean {
  let found = false
  walk(expr, ({ type }) => {
    if (type === 'VectorSelector') found = true
    return !found
  })
  return found
}

/** Whether a selector can match what a rule records, by the labels that the rule sets. */
function mayBeMeant(selector: VectorSelector, { labels, group }: LocatedRecordingRule): boolean {
  return Object.entries({ ...group.labels, ...labels }).every(([label, value]) => (
    selector.matchers.every((matcher) => !isLiteral(matcher.name, label) || !isImpossible(propagation.matchers[matcher.op](closed([value], unknownReason), matcher, selector)))
  ))
}

/** Whether a rule is evaluated right before another one, in one go with it. */
function isBefore(source: LocatedRecordingRule, rule: LocatedAlertingRule | LocatedRecordingRule): boolean {
  return source.group === rule.group && Number(source.path.at(-1)) < Number(rule.path.at(-1))
}
