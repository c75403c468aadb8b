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
    const hint = language === 'logql' ? 'this is LogQL, and the query goes to Prometheus' : hintOn(error.message)
    report({ at: query.place(error.start, error.end), message: error.message + (hint === undefined ? '' : ` (${hint})`) })
  },
})

/** What is often meant where Prometheus says no more than that it does not expect a word. */
function hintOn(message: string): string | undefined {
  const grouping = /^unexpected <(by|without)>(?! in grouping)/.exec(message)?.[1]
  return grouping && `only aggregations have "${grouping}", as in "sum ${grouping} (job) (…)"`
}
