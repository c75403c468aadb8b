import { regexpMatcher } from '../promql/index.js'
import { isOwn, type AnyRule } from '../lint/rule.js'
import type { ActiveRule } from '../lint/run.js'
import type { Config, RuleSetting } from './config.js'
import { presetSettings } from './presets.js'

/** What a configuration or an override of it sets. */
export type Settings = Pick<Config, 'extends' | 'rules'>

/** The rules that run under these settings, the later ones on top of the earlier, each with its severity and options. */
export function activeRules(rules: readonly AnyRule[], ...settings: readonly Settings[]): ActiveRule[] {
  const all = settings.flatMap((one) => [...one.extends.map((base) => (typeof base === 'string' ? presetSettings(base, rules) : base)), one.rules])
  return rules.flatMap((rule) => {
    // One by one: a later severity alone leaves the options as they are.
    const { severity = rule.severity, options } = all.reduce<RuleSetting>((before, { [rule.name]: setting }) => ({ ...before, ...setting }), {})
    return severity === 'off' ? [] : [{ rule, severity, options: { ...(rule.defaults as object | undefined), ...(options as object | undefined) } }]
  })
}

/** What is wrong with the options of rules that run, here or by an override; none where all can do what they are for. */
export function optionProblems(rules: readonly AnyRule[], config: Config): string[] {
  const active = [activeRules(rules, config), ...config.overrides.map((override) => activeRules(rules, config, override))].flat()
  return [...new Set(active.flatMap(({ rule, options }) => {
    if (rule.needsOptions && Object.keys(options as object).length === 0) return [`rule "${rule.name}" needs options: without them it finds nothing${isOwn(rule) ? ` (docs/rules/${rule.name}.md)` : ''}`]
    const wrong = rule.patterns?.(options as never).find((pattern) => regexpMatcher(pattern) === undefined)
    return wrong === undefined ? [] : [`"${wrong}" in the options of rule "${rule.name}" is no regular expression (RE2)`]
  }))]
}
