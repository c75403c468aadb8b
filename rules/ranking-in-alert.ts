import { literalOf } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import type { AggregateExpr, Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'ranking-in-alert',
  subject: 'query',
  severity: 'off',
  summary: 'No alert is about whatever leads a ranking just then',
  check(query, { report }) {
    const { owner, parsed: { expr, errors } } = query
    if (owner.kind !== 'alerting' || expr === undefined || errors.length > 0) return
    const isResult = new Set<Expr>()
    walk(expr, (node, parent) => {
      if (parent !== undefined && !(isResult.has(parent) && keepsSeries(node, parent))) return
      isResult.add(node)
      if (node.type !== 'AggregateExpr' || !isRanking(node)) return
      const name = literalOf(node.op)!
      report({
        at: query.place(node.op.start, node.op.end),
        message: `${name}() picks other series whenever the ranking changes, and each is an alert of its own: those that drop out resolve, and those that come in wait for "for" anew. Alert on all that pass the limit`,
      })
    })
  },
})

const rankings = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])

/** `topk by (…) (1, x)` with a grouping makes one of doublets, not a ranking. */
function isRanking({ op, grouping }: AggregateExpr): boolean {
  return rankings.has(literalOf(op) ?? '') && grouping === undefined
}

/** Whether the series of a part are those of the whole, with their labels. */
function keepsSeries(node: Expr, parent: Expr): boolean {
  switch (parent.type) {
    case 'ParenExpr':
    case 'UnaryExpr':
      return true
    case 'BinaryExpr':
      if (parent.op === 'or') return true
      return node === parent.lhs ? parent.matching?.card !== 'one-to-many' : parent.matching?.card === 'one-to-many' || parent.lhs.type === 'NumberLiteral'
    case 'Call':
      return ['abs', 'ceil', 'floor', 'round', 'sort', 'sort_desc', 'label_replace', 'label_join', 'clamp', 'clamp_min', 'clamp_max'].includes(literalOf(parent.func) ?? '')
    case 'AggregateExpr':
      return isRanking(parent) && node === parent.expr
    default:
      return false
  }
}
