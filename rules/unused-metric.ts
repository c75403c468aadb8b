import { matchSelector } from '../src/contract/selector-match.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'unused-metric',
  subject: 'workspace',
  severity: 'off',
  summary: 'Each metric that the code declares is read by a query',
  check(workspace, { report }) {
    const used = new Set<string>()
    for (const selector of workspace.selectors) {
      const match = matchSelector(selector.selector, workspace.registry)
      // A selector that could be of any metric may read them all.
      if (match.kind === 'open') return
      if (match.kind === 'known') for (const { name } of match.families) used.add(name)
    }
    for (const { name, origin, declarations: [declaration] } of workspace.registry.families) {
      if (origin.kind !== 'code' || used.has(name) || declaration === undefined) continue
      report({ at: declaration.place, message: `No dashboard and no rule reads "${name}"`, severity: 'warning', data: { metric: name } })
    }
  },
})
