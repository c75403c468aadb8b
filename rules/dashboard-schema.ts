import { defineRule } from '../src/lint/rule.js'
import { schemaProblems } from '../src/text/schema-check.js'

export default defineRule({
  name: 'dashboard-schema',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has the form that Grafana reads',
  check({ document, path, source }, { report }) {
    for (const { message, span } of schemaProblems('dashboard', document, path)) report({ at: { source, span }, message })
  },
})
