import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import type { LabelMatcher, Template } from '../src/promql/ast.js'
import { consumerOf } from '../src/workspace/consumer.js'
import type { Query } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'multi-value-matcher',
  subject: 'selector',
  severity: 'error',
  summary: 'Each variable of several values is compared with a regular expression',
  check({ query, selector }, { report }) {
    const variables = variablesOf(query)
    if (variables === undefined) return
    for (const matcher of selector.matchers) {
      const { op, value } = matcher
      if (op !== '=' && op !== '!=') continue
      const template = value.parts.find((part): part is Template => typeof part !== 'string' && becomesPattern(part) && variables.has(part.name))
      if (template === undefined) continue
      const isAll = variables.get(template.name) === 'all'
      const name = query.text.slice(template.start, template.end)
      const right = op === '=' ? '=~' : '!~'
      report({
        at: query.place(value.start, value.end),
        message: `${isAll ? `"All" of "${name}"` : `"${name}"`} can stand for several values, which Grafana writes as "(a|b)": with "${op}" ${op === '=' ? 'no series' : 'every series'} matches. Use "${right}".`,
        ...(isAll && { severity: 'warning' as const }),
        suggestions: suggestionsFor(matcher, right, query, variables),
      })
    }
  },
})

/** What stands for several values: any choice, or only "All". */
type Several = 'choice' | 'all'

/** The variables that can have several values where a query stands; `undefined` for queries that take no variables. */
function variablesOf(query: Query): ReadonlyMap<string, Several> | undefined {
  const { dashboard } = consumerOf(query)
  if (dashboard === undefined) return undefined
  const { owner } = query
  // A panel or row that is repeated has one of the values in each copy.
  const repeated = owner.kind === 'target' ? owner.panel.repeat : undefined
  return new Map(dashboard.variables.flatMap(({ name, options, multi, includeAll, allValue }): [string, Several][] => {
    if (name === repeated || (options && options.length < 2)) return []
    // What "All" is written as may be any text, maybe one that the label has.
    return multi ? [[name, 'choice']] : includeAll && allValue === undefined ? [[name, 'all']] : []
  }))
}

/**
 * Whether several values are written as alternatives: by default, where Grafana's Prometheus plugin writes them
 * (@grafana/prometheus: escaping.ts, interpolateQueryExpr), and in the formats that are for regular expressions.
 */
function becomesPattern({ format, field }: Template): boolean {
  return field === undefined && (format === undefined || format === 'regex' || format === 'pipe')
}

/** The other operator, unless that would make a regular expression of text that is none. */
function suggestionsFor({ name, op, value }: LabelMatcher, right: string, query: Query, variables: ReadonlyMap<string, Several>) {
  const start = query.text.indexOf(op, name.end)
  const isPlain = value.parts.every((part) => typeof part !== 'string' || /^[\w\s/:@-]*$/.test(part))
  if (!isPlain || start < 0 || start >= value.start) return [{ message: `Compare with "${right}"` }]
  // What Grafana writes of a variable of several values it escapes, and of others it does not.
  const isEscaped = value.parts.every((part) => typeof part === 'string' || variables.has(part.name))
  return replaceWith(right, query.source, query.edit(start, start + op.length, right), { message: `Replace "${op}" with "${right}"`, safety: isEscaped ? 'sure' : undefined })
}
