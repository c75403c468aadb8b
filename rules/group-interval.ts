import { boundsSchema, outOfBounds, secondsOf, type Bounds } from '../src/lint/bounds.js'
import { textIn } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'

interface Options {
  readonly interval?: Bounds
}

export default defineRule<'ruleGroup', Options>({
  name: 'group-interval',
  subject: 'ruleGroup',
  severity: 'off',
  summary: 'Each group of rules is evaluated as often as the team wants',
  options: { type: 'object', properties: { interval: boundsSchema('The interval is') }, additionalProperties: false },
  // Prometheus looks back so far for a sample.
  defaults: { interval: { max: '5m' } },
  check(group, { options: { interval = {} }, report }) {
    const text = textIn(group, 'interval', group)
    const seconds = secondsOf(text)
    // Without one of its own, or with 0, it has the interval of Prometheus's configuration.
    const wrong = seconds === undefined || seconds === 0 ? undefined : outOfBounds(seconds, interval)
    if (wrong !== undefined) report({ at: group.place('interval'), message: `The interval of group "${group.name}", ${text!}, is ${wrong}` })
  },
})
