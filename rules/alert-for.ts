import { boundsSchema, outOfBounds, secondsOf, type Bounds } from '../src/lint/bounds.js'
import { describeRule, placeInRule, placeOfName, textIn } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'

interface Options {
  readonly for?: Bounds
  readonly keepFiringFor?: Bounds
}

export default defineRule<'alertingRule', Options>({
  name: 'alert-for',
  subject: 'alertingRule',
  severity: 'off',
  summary: 'Each alert waits, and keeps firing, for as long as the team wants',
  needsOptions: true,
  options: {
    type: 'object',
    properties: { for: boundsSchema('"for" is'), keepFiringFor: boundsSchema('"keep_firing_for" is') },
    additionalProperties: false,
  },
  check(rule, { options, report }) {
    for (const [key, bounds] of [['for', options.for], ['keep_firing_for', options.keepFiringFor]] as const) {
      const text = textIn(rule, key, rule.group)
      // What is not written is 0; what is no duration, rule-file-schema tells.
      const seconds = text === undefined ? 0 : secondsOf(text)
      const wrong = bounds === undefined || seconds === undefined ? undefined : outOfBounds(seconds, bounds)
      if (wrong === undefined) continue
      report({
        at: text === undefined ? placeOfName(rule, rule.group) : placeInRule(rule, rule.group, key),
        message: text === undefined ? `This alert has no "${key}", which is ${wrong}` : `"${key}: ${text}" is ${wrong}`,
        context: describeRule(rule, rule.group),
      })
    }
  },
})
