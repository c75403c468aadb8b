import { describePath } from '../src/grafana/describe.js'
import { isBuiltInVariable, variableUses } from '../src/grafana/variable-uses.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'unknown-variable',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each variable that a dashboard uses is defined in it',
  check(dashboard, { report }) {
    const defined = new Set([...dashboard.variables.map(({ name }) => name), ...dashboard.inputs.map(({ name }) => name)])
    for (const { name, path, start, end } of variableUses(dashboard)) {
      if (defined.has(name) || isBuiltInVariable(name)) continue
      const [suggestion] = nearestNames(name, [...defined], 1)
      report({
        at: { source: dashboard.source, span: dashboard.document.spanInString(path, start, end) },
        message: `No variable "${name}" is defined in this dashboard.${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`,
        context: describePath(dashboard, path),
        ...(suggestion !== undefined && { data: { suggestion } }),
      })
    }
  },
})
