import { otherLanguage } from '../src/lint/query-language.js'
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
    const language = otherLanguage(query, workspace)
    if (language === 'metricsql') return
    report({
      at: query.place(error.start, error.end),
      message: language === 'logql' ? `${error.message} (this is LogQL, and the query goes to Prometheus)` : error.message,
    })
  },
})
