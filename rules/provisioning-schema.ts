import { defineRule } from '../src/lint/rule.js'
import { schemaProblems } from '../src/text/schema-check.js'

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
      for (const { message, span } of schemaProblems(schema, document)) report({ at: { source, span }, message })
    }
  },
})
