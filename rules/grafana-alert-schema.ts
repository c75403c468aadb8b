import { defineRule } from '../src/lint/rule.js'
import { schemaProblems } from '../src/text/schema-check.js'
import { readAlertingFile } from '../src/grafana/alerting/file.js'
import { isTemplate } from '../src/workspace/classify.js'

export default defineRule({
  name: 'grafana-alert-schema',
  subject: 'file',
  severity: 'error',
  summary: "Each provisioning file of Grafana's alerting has the form that Grafana reads",
  check({ kind, source, documents }, { report }) {
    if (kind !== 'grafana-alerting') return
    const own = documents.filter((document) => readAlertingFile(document).form === 'provisioning')
    for (const document of own) {
      for (const { message, span } of schemaProblems('grafana-alerting', document)) {
        if (!isTemplate(source.text.slice(span.start, span.end))) report({ at: { source, span }, message })
      }
    }
    for (const document of own.filter(({ holder }) => holder === undefined).slice(1)) {
      const { start } = document.spanOf([])
      report({ at: { source, span: { start, end: start + 1 } }, message: 'Grafana reads the first document of a file only: nothing of this one is loaded' })
    }
  },
})
