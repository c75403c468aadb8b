import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'invalid-partial-response',
  subject: 'ruleGroup',
  severity: 'error',
  summary: 'Each group of rules for Thanos says "warn" or "abort" of partial responses',
  check({ name, partialResponseStrategy: strategy, place }, { report }) {
    // Thanos: pkg/rules/manager.go takes either in upper or lower case, and what is empty for "abort".
    if (strategy === undefined || strategy === '' || /^(?:warn|abort)$/i.test(strategy) || strategy.includes('{{')) return
    const suggestion = /^w/i.test(strategy) ? 'warn' : /^a/i.test(strategy) ? 'abort' : undefined
    report({
      at: place('partial_response_strategy'),
      message: `"${strategy}" is no partial response strategy: Thanos takes "warn" and "abort", and refuses the file`,
      context: `group "${name}"`,
      ...(suggestion !== undefined && { data: { suggestion } }),
    })
  },
})
