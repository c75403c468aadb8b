import { matches, patternSchema } from '../src/lint/patterns.js'
import { describeRule, placeOfName } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'

interface Options {
  readonly pattern: string
}

/** Prometheus: docs/practices/rules.md; mimirtool: `rules check`. The level is empty where nothing is left of the labels. */
const levelMetricOperation = '[^:]*:[^:]+:[^:]+'

export default defineRule<'recordingRule', Options>({
  name: 'record-name',
  subject: 'recordingRule',
  severity: 'off',
  summary: 'Each recorded series is named level:metric:operation, or as the team wants',
  options: {
    type: 'object',
    properties: { pattern: patternSchema('What a name has to be; three parts with ":" between them where it is not given') },
    additionalProperties: false,
  },
  defaults: { pattern: levelMetricOperation },
  patterns: ({ pattern }) => [pattern],
  check(rule, { options: { pattern }, report }) {
    if (rule.record.includes('{{') || matches(pattern, rule.record)) return
    const wanted = pattern === levelMetricOperation ? 'level:metric:operation, such as "job:requests:rate5m"' : `as "${pattern}" asks`
    report({ at: placeOfName(rule, rule.group), message: `"${rule.record}" is not named ${wanted}`, context: describeRule(rule, rule.group) })
  },
})
