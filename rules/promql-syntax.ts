import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'promql-syntax',
  subject: 'query',
  severity: 'error',
  summary: 'Prometheus takes each query',
  check(query, { report }) {
    // One mistake often makes several errors; Prometheus's users look at the first.
    const [error] = query.parsed.errors
    if (error) report({ at: query.place(error.start, error.end), message: error.message })
  },
})
