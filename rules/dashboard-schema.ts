import { defineRule } from '../src/lint/rule.js'
import { isWrapped } from '../src/grafana/classification.js'
import { schemaProblems } from '../src/text/schema-check.js'

export default defineRule({
  name: 'dashboard-schema',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has the form that Grafana reads',
  check({ document, path, source, providers }, { report }) {
    // Grafana: pkg/services/provisioning/dashboards/types.go, createDashboardJSON
    if (isWrapped(path) && providers.length > 0) {
      report({
        at: { source, span: document.keySpanOf(path) },
        message: 'Grafana provisions nothing from this file ("Dashboard title cannot be empty"): it reads the dashboard itself, and not one in "dashboard", as its HTTP API takes it',
      })
    }
    for (const { message, span } of schemaProblems('dashboard', document, path)) report({ at: { source, span }, message })
  },
})
