import { defineRule } from '../src/lint/rule.js'
import { isForAnotherScraper } from '../src/prometheus/config.js'
import { schemaProblems } from '../src/text/schema-check.js'
import { isTemplate } from '../src/workspace/classify.js'

const schemas: Readonly<Record<string, string>> = {
  'datasources': 'datasources-provisioning',
  'dashboard-providers': 'dashboards-provisioning',
  'prometheus-config': 'prometheus',
}

export default defineRule({
  name: 'provisioning-schema',
  subject: 'file',
  severity: 'error',
  summary: 'Each provisioning file and Prometheus configuration has the form that Grafana or Prometheus reads',
  check({ kind, source, documents }, { report }) {
    const schema = schemas[kind]
    if (schema === undefined) return
    for (const document of documents) {
      if (kind === 'prometheus-config' && isForAnotherScraper(document.value)) continue
      const problems = schemaProblems(schema, document).filter(({ span }) => kind !== 'prometheus-config' || !isTemplate(source.text.slice(span.start, span.end)))
      for (const { message, span } of problems) report({ at: { source, span }, message })
    }
  },
})
