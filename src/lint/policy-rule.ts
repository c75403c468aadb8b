import type { Rule } from '../prometheus/model.js'
import type { DocumentPath } from '../text/document.js'
import type { Place } from '../text/source.js'
import { textOf, valueAt } from '../text/value.js'
import type { LocatedRuleGroup } from '../workspace/workspace.js'

/** A rule for people: `alert "Down" in group "jobs"`. */
export function describeRule(rule: Rule, group: LocatedRuleGroup): string {
  return `${rule.kind === 'alerting' ? `alert "${rule.alert}"` : `recording rule "${rule.record}"`} in group "${group.name}"`
}

/** Where the name of a rule stands. */
export function placeOfName(rule: Rule, group: LocatedRuleGroup): Place {
  return placeInRule(rule, group, rule.kind === 'alerting' ? 'alert' : 'record')
}

export function placeInRule(rule: Rule, { file: { document } }: LocatedRuleGroup, ...keys: DocumentPath): Place {
  return { source: document.source, span: document.spanOf([...rule.path, ...keys]) }
}

/** What stands under a key of a rule or group, such as `for`, where it is text. */
export function textIn({ path }: Rule | LocatedRuleGroup, key: string, { file: { document } }: LocatedRuleGroup): string | undefined {
  return textOf(valueAt(document.value, [...path, key]))
}
