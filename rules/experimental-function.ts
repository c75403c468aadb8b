import { literalOf } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import type { Text } from '../src/promql/ast.js'
import { functions, walk } from '../src/promql/index.js'

const feature = 'promql-experimental-functions'
/** Prometheus: promql/parser/generated_parser.y, aggregate_op; parse.go, checkAST */
const aggregations = new Set(['limitk', 'limit_ratio'])

export default defineRule({
  name: 'experimental-function',
  subject: 'query',
  severity: 'warning',
  summary: 'Experimental functions are only asked of a Prometheus that has them switched on',
  check(query, { workspace: { deployment }, report }) {
    const { expr } = query.parsed
    if (expr === undefined) return
    walk(expr, (node) => {
      const text: Text | undefined = node.type === 'Call' ? node.func : node.type === 'AggregateExpr' ? node.op : undefined
      const name = text && literalOf(text)
      if (text === undefined || name === undefined || !(node.type === 'Call' ? functions.get(name)?.experimental : aggregations.has(name))) return
      const servers = deployment.prometheus
      if (servers === undefined || servers.some(({ features }) => features.has(feature))) return
      const [{ service }] = servers as [typeof servers[number]]
      report({
        at: query.place(text.start, text.end),
        message: `${name} is experimental, and "${service.name}" (${service.writtenIn}) is started without --enable-feature=${feature}: the query fails`,
      })
    })
  },
})
