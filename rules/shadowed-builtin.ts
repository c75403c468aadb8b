import { isBuiltInVariable } from '../src/grafana/variable-uses.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'shadowed-builtin',
  subject: 'variable',
  severity: 'warning',
  summary: "No variable has the name of one of Grafana's own",
  check({ name, type, dashboard, place }, { report }) {
    if (!isBuiltInVariable(name) || type === 'system') return
    report({
      at: place('name'),
      message: `Grafana has a variable "${name}" of its own: in queries its own counts, and this one in titles and links`,
      context: `variable "${name}"${dashboard.title === undefined ? '' : ` in dashboard "${dashboard.title}"`}`,
    })
  },
})
