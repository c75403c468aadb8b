import { matches, patternSchema } from '../src/lint/patterns.js'
import { describeRule, placeInRule, placeOfName } from '../src/lint/policy-rule.js'
import { defineRule } from '../src/lint/rule.js'
import type { Rule } from '../src/prometheus/model.js'
import { parse } from '../src/promql/index.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { wildcardMatcher } from '../src/text/wildcard.js'

/** What is asked of one label or annotation. */
interface Requirement {
  readonly required?: boolean
  readonly values?: readonly string[]
  readonly pattern?: string
  readonly forbidden?: string | true
  readonly is?: 'url' | 'promql'
}

/** By name; `*` in a name stands for any text. */
type Requirements = Readonly<Record<string, Requirement>>

interface Options {
  readonly alerts?: { readonly labels?: Requirements; readonly annotations?: Requirements }
  readonly records?: { readonly labels?: Requirements }
}

const requirements = {
  type: 'object',
  description: 'By name; a name with "*", which stands for any text, is about each that there is',
  additionalProperties: {
    type: 'object',
    properties: {
      required: { type: 'boolean', description: 'Whether it has to be there; true where it is not given' },
      values: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'The values that it may have' },
      pattern: patternSchema('What its value has to be'),
      forbidden: { anyOf: [{ const: true }, { type: 'string', minLength: 1 }], description: 'What its value must not be: a regular expression that matches the whole; true: it must not be there' },
      is: { enum: ['url', 'promql'], description: 'What its value is read as' },
    },
    additionalProperties: false,
  },
}

export default defineRule<'ruleGroup', Options>({
  name: 'required-labels',
  subject: 'ruleGroup',
  severity: 'off',
  summary: 'Each alert and each recorded series has the labels and annotations that the team wants',
  needsOptions: true,
  options: {
    type: 'object',
    properties: {
      alerts: { type: 'object', description: 'Of alerting rules', properties: { labels: requirements, annotations: requirements }, additionalProperties: false },
      records: { type: 'object', description: 'Of recording rules', properties: { labels: requirements }, additionalProperties: false },
    },
    additionalProperties: false,
  },
  patterns: ({ alerts, records }) => [alerts?.labels, alerts?.annotations, records?.labels]
    .flatMap((each) => Object.values(each ?? {}))
    .flatMap(({ pattern, forbidden }) => [pattern, forbidden].filter((one) => typeof one === 'string')),
  check(group, { options, report }) {
    const check = (rule: Rule, key: 'labels' | 'annotations', asked: Requirements = {}) => {
      const own = rule.kind === 'alerting' && key === 'annotations' ? rule.annotations : rule.labels
      const found = key === 'labels' ? { ...group.labels, ...own } : own
      for (const [pattern, requirement] of Object.entries(asked)) {
        const names = namesFor(pattern, found)
        if (names.length === 0 && !pattern.includes('*') && requirement.required !== false && requirement.forbidden !== true) {
          report({ at: placeOfName(rule, group), message: `This ${kinds[rule.kind]} lacks the ${words[key]} "${pattern}"`, context: describeRule(rule, group) })
        }
        for (const name of names) {
          const wrong = problemOf(found[name]!, requirement)
          if (wrong === undefined) continue
          const at = name in own ? placeInRule(rule, group, key, name) : group.place('labels', name)
          report({ at, message: `The ${words[key]} "${name}" ${wrong}`, context: describeRule(rule, group) })
        }
      }
    }
    for (const rule of group.rules) {
      check(rule, 'labels', (rule.kind === 'alerting' ? options.alerts : options.records)?.labels)
      if (rule.kind === 'alerting') check(rule, 'annotations', options.alerts?.annotations)
    }
  },
})

const words = { labels: 'label', annotations: 'annotation' } as const
const kinds = { alerting: 'alert', recording: 'recording rule' } as const

/** The names that there are of those that a name with `*` stands for. */
function namesFor(pattern: string, found: Readonly<Record<string, string>>): string[] {
  return Object.keys(found).filter(wildcardMatcher([pattern]))
}

/** What is wrong with a value. One with a template in it may become anything: only what is forbidden is told of it. */
function problemOf(value: string, { values, pattern, forbidden, is }: Requirement): string | undefined {
  if (forbidden === true) return 'must not be there'
  if (forbidden !== undefined && matches(forbidden, value)) return `must not match "${forbidden}": it is ${JSON.stringify(value)}`
  if (value.includes('{{')) return undefined
  if (values && !values.includes(value)) {
    const [near] = nearestNames(value, values, 1)
    return `must be one of ${values.map((one) => JSON.stringify(one)).join(', ')}, not ${JSON.stringify(value)}${near === undefined ? '' : `. Did you mean "${near}"?`}`
  }
  if (pattern !== undefined && !matches(pattern, value)) return `must match "${pattern}": it is ${JSON.stringify(value)}`
  if (is === 'url' && !isUrl(value)) return `must be a URL, not ${JSON.stringify(value)}`
  const [error] = is === 'promql' ? parse(value).errors : []
  return error && `must be PromQL: ${error.message}`
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i.test(text) && URL.canParse(text)
}
