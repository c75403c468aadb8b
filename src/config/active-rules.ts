import type { Severity } from '../lint/diagnostic.js'
import type { AnyRule } from '../lint/rule.js'
import type { ActiveRule } from '../lint/run.js'
import type { Config } from './config.js'

/** The rules that run under a configuration, each with its severity and options. */
export function activeRules(rules: readonly AnyRule[], config: Config): ActiveRule[] {
  return rules.flatMap((rule) => {
    const severity = config.rules[rule.name]?.severity ?? rule.severity
    return severity === 'off' ? [] : [activeRule(rule, config, severity)]
  })
}

/** A rule with the options that a configuration gives it, whether or not it is on there. */
export function activeRule(rule: AnyRule, config: Config, severity: Severity): ActiveRule {
  return { rule, severity, options: { ...(rule.defaults as object | undefined), ...(config.rules[rule.name]?.options as object | undefined) } }
}
