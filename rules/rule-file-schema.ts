import { defineRule } from '../src/lint/rule.js'
import { schemaProblems } from '../src/text/schema-check.js'
import { ruleFileProblems } from '../src/prometheus/rule-file.js'
import { vmalertLanguage } from '../src/prometheus/vmalert.js'
import { isTemplate } from '../src/workspace/classify.js'

export default defineRule({
  name: 'rule-file-schema',
  subject: 'file',
  severity: 'error',
  summary: 'Each rule file has the form that Prometheus reads',
  check({ kind, source, documents }, { report }) {
    if (kind !== 'rule-file') return
    for (const document of documents) {
      // vmalert has a form of its own, and Prometheus never sees such a file.
      if (vmalertLanguage(document.value) !== undefined) continue
      const problems = schemaProblems('rule-file', document).filter(({ span }) => !isTemplate(source.text.slice(span.start, span.end)))
      for (const { message, span } of problems) report({ at: { source, span }, message })
      // What goes beyond the form is only worth telling where the form is right.
      if (problems.length > 0) continue
      for (const { message, path, onKey } of ruleFileProblems(document)) {
        report({ at: { source, span: onKey ? document.keySpanOf(path) : document.spanOf(path) }, message })
      }
    }
  },
})
