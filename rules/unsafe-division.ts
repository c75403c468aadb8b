import { literalOf } from '../src/contract/selector-match.js'
import { headOf, operatorOf } from '../src/lint/explain-labels.js'
import { unsafeQuotients } from '../src/lint/nan-flow.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'unsafe-division',
  subject: 'query',
  severity: 'off',
  summary: 'No sum or average is of quotients whose divisor is 0 whenever nothing happens',
  check(query, { workspace, report }) {
    const { expr, errors } = query.parsed
    if (expr === undefined || errors.length > 0) return
    for (const { node, taker, recorded } of unsafeQuotients(expr, workspace)) {
      const head = headOf(taker, query)
      if (node.type === 'BinaryExpr') {
        const { start, end } = operatorOf(node, query)
        report({
          at: query.place(start, end),
          message: `Where nothing happened this divides by 0, and one such series makes all of "${head}" NaN or infinite. Write "> 0" behind the divisor, or divide what is aggregated`,
          related: [{ place: query.place(node.rhs.start, node.rhs.end), message: 'this may be 0' }],
        })
      } else if (recorded !== undefined) {
        report({
          at: query.place(node.start, node.end),
          message: `"${literalOf(node.name!)}" is NaN where nothing happened, and one such series makes all of "${head}" NaN. Write "> 0" behind the divisor that it is recorded with`,
          related: [{ place: recorded.query.place(recorded.node.rhs.start, recorded.node.rhs.end), message: 'this may be 0' }],
        })
      }
    }
  },
})
