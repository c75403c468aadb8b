import { literalOf } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'negative-wildcard',
  subject: 'selector',
  severity: 'warning',
  summary: 'No matcher excludes every series',
  check({ query, selector }, { report }) {
    for (const { op, name, value, start, end } of selector.matchers) {
      // Prometheus matches whole values, and a label that is absent is empty: `.*` matches every series.
      if (op !== '!~' || !/^\^?\.\*\$?$/.test(literalOf(value) ?? '')) continue
      report({
        at: query.place(start, end),
        message: `${query.text.slice(start, end)} excludes every series, with and without "${literalOf(name) ?? 'the label'}": this selects nothing`,
      })
    }
  },
})
