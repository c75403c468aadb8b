import { askedName, literalOf, spelling } from '../src/contract/selector-match.js'
import { matches, patternSchema } from '../src/lint/patterns.js'
import { isOfKind, queryKindsSchema, type QueryKind } from '../src/lint/query-kinds.js'
import { defineRule } from '../src/lint/rule.js'
import type { LabelMatcher, MatchOp, Text, VectorSelector } from '../src/promql/ast.js'

/** A matcher that a selector has to have. */
interface Wanted {
  readonly label: string
  readonly op?: MatchOp
  readonly value?: string
}

interface Options {
  readonly matchers?: readonly Wanted[]
  readonly metrics?: string
  readonly except?: string
  readonly in?: readonly QueryKind[]
}

export default defineRule<'selector', Options>({
  name: 'required-matchers',
  subject: 'selector',
  severity: 'off',
  summary: 'Each selector has the matchers that the team wants',
  needsOptions: true,
  options: {
    type: 'object',
    properties: {
      matchers: {
        type: 'array',
        minItems: 1,
        description: 'What each selector must have, all of it',
        items: {
          type: 'object',
          properties: {
            label: { type: 'string', minLength: 1, description: 'The label that is compared' },
            op: { enum: ['=', '!=', '=~', '!~'], description: 'How; in any way where it is not given' },
            value: { type: 'string', description: 'With what; "$job" is the variable in any spelling, with anything where it is not given' },
          },
          required: ['label'],
          additionalProperties: false,
        },
      },
      metrics: patternSchema('Only selectors of these metrics'),
      except: patternSchema('Not selectors of these metrics'),
      in: queryKindsSchema,
    },
    additionalProperties: false,
  },
  patterns: ({ metrics, except }) => [metrics, except].filter((one) => one !== undefined),
  check({ query, selector }, { options, report }) {
    // A template may stand for any matchers.
    if (!isOfKind(query, options.in) || selector.matcherTemplates.length > 0 || !isMeant(selector, options)) return
    const missing = (options.matchers ?? []).filter((wanted) => !selector.matchers.some((matcher) => isWanted(matcher, wanted)))
    if (missing.length === 0) return
    const { start, end } = selector.name ?? selector
    report({
      at: query.place(start, end),
      message: `This selector lacks ${missing.map(written).join(' and ')}`,
      data: { label: missing[0]!.label },
    })
  },
})

/** Whether a selector is of the metrics that the options are about; of one without a name nothing is known but that. */
function isMeant(selector: VectorSelector, { metrics, except }: Options): boolean {
  const name = askedName(selector)?.text ?? ''
  return (metrics === undefined || matches(metrics, name)) && (except === undefined || !matches(except, name))
}

function isWanted({ name, op, value }: LabelMatcher, wanted: Wanted): boolean {
  return literalOf(name) === wanted.label
    && (wanted.op === undefined || op === wanted.op)
    && (wanted.value === undefined || plainSpelling(value) === wanted.value.replace(/\$\{(\w+)\}|\[\[(\w+)\]\]/g, (_, a: string | undefined, b: string | undefined) => `$${a ?? b!}`))
}

/** A value with its variables as `$name`, whatever their spelling and format. */
function plainSpelling(value: Text): string {
  return spelling({ ...value, parts: value.parts.map((part) => (typeof part === 'string' ? part : `$${part.name}`)) })
}

function written({ label, op, value }: Wanted): string {
  if (value === undefined) return op === undefined ? `a matcher on "${label}"` : `a matcher with "${op}" on "${label}"`
  return `${label}${op ?? '='}${JSON.stringify(value)}`
}
