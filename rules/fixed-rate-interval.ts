import { literalOf } from '../src/contract/selector-match.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'fixed-rate-interval',
  subject: 'query',
  severity: 'off',
  summary: 'Each rate in a panel is taken over $__rate_interval',
  check({ owner, parsed, text, source, place, edit }, { report }) {
    // What shows one moment does not change with the time range that is looked at.
    if (owner.kind !== 'target' || owner.target.instant || parsed.expr === undefined) return
    walk(parsed.expr, (node) => {
      if (node.type !== 'Call') return
      const name = literalOf(node.func)
      if (name !== 'rate' && name !== 'irate') return
      const [matrix] = node.args
      if (matrix?.type !== 'MatrixSelector' || matrix.range.type !== 'DurationLiteral') return
      const { start, end } = matrix.range
      const at = place(start, end)
      report({
        at,
        message: `${name} over a fixed range: over a longer time range the panel leaves out what lies between its points, and a range shorter than four scrapes shows gaps. Use "$__rate_interval" instead of "${text.slice(start, end)}".`,
        data: { suggestion: '$__rate_interval' },
        suggestions: replaceWith('$__rate_interval', source, edit(start, end, '$__rate_interval')),
      })
    })
  },
})
