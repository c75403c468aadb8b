import type { AnyRule } from '../lint/rule.js'
import type { ActiveRule } from '../lint/run.js'
import type { Config } from './config.js'

/** The rules that run under a configuration, each with its severity and options. */
export function activeRules(rules: readonly AnyRule[], config: Config): ActiveRule[] {
  return rules.flatMap((rule) => {
    const setting = config.rules[rule.name]
    const severity = setting?.severity ?? rule.severity
    if (severity === 'off') return []
    return [{ rule, severity, options: { ...(rule.defaults as object | undefined), ...(setting?.options as object | undefined) } }]
  })
}
