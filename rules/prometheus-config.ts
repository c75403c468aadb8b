import { defineRule } from '../src/lint/rule.js'
import { configProblems } from '../src/prometheus/config-problems.js'
import { isForAnotherScraper } from '../src/prometheus/config.js'
import { isTemplate } from '../src/workspace/classify.js'

export default defineRule({
  name: 'prometheus-config',
  subject: 'file',
  severity: 'error',
  summary: 'Prometheus starts with each of its configurations',
  check({ kind, source, documents }, { workspace, report }) {
    if (kind !== 'prometheus-config') return
    for (const document of documents) {
      if (isForAnotherScraper(document.value)) continue
      for (const { message, path, onKey, severity } of configProblems(document)) {
        const span = onKey ? document.keySpanOf(path) : document.spanOf(path)
        if (!isTemplate(source.text.slice(span.start, span.end))) report({ at: { source, span }, message, ...(severity && { severity }) })
      }
      for (const { message, at, severity } of workspace.filesNamedBy(document)) report({ at, message, ...(severity && { severity }) })
    }
  },
})
