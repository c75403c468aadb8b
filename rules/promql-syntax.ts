import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'promql-syntax',
  subject: 'query',
  severity: 'error',
  summary: 'Prometheus takes each query',
  check(query, { workspace, report }) {
    // One mistake often makes several errors; Prometheus's users look at the first.
    const [error] = query.parsed.errors
    if (error === undefined) return
    // Grafana's Prometheus plugin asks VictoriaMetrics too, whose language has more functions and shorter forms.
    const isOther = workspace.activeCatalogs.has('victoria-metrics')
    report({
      at: query.place(error.start, error.end),
      message: isOther ? `${error.message} (in PromQL; VictoriaMetrics, which runs here, may take it)` : error.message,
      ...(isOther && { severity: 'warning' as const }),
    })
  },
})
