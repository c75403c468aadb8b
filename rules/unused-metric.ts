import { matchSelector } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'
import type { Expr } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

export default defineRule({
  name: 'unused-metric',
  subject: 'workspace',
  severity: 'off',
  summary: 'Each metric that the code declares is read by a query',
  check(workspace, { report }) {
    if (workspace.queries.some(({ parsed: { expr } }) => expr && mayReadAnything(expr))) return
    const used = new Set<string>()
    for (const selector of workspace.selectors) {
      const match = matchSelector(selector.selector, workspace.registry)
      // A selector that could be of any metric may read them all.
      if (match.kind === 'open') return
      if (match.kind === 'known') for (const { name } of match.families) used.add(name)
    }
    for (const { name, origin, declarations: [declaration] } of workspace.registry.families) {
      if (origin.kind !== 'code' || used.has(name) || declaration === undefined) continue
      report({ at: declaration.place, message: `No dashboard and no rule reads "${name}"`, data: { metric: name } })
    }
  },
})

/** Whether a variable stands where any query could: `$query`, `sum($query)`. An operand is rather a number. */
function mayReadAnything(expr: Expr): boolean {
  let found = false
  walk(expr, (node, parent) => {
    if (node.type === 'TemplateExpr' && parent?.type !== 'BinaryExpr') found = true
  })
  return found
}
