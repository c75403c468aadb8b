import { familiesDocumented } from '../src/contract/documented-metric.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'undocumented-metric',
  subject: 'workspace',
  severity: 'off',
  summary: 'Each metric that the code declares stands in a document that lists the metrics',
  check({ metricsDocuments, registry }, { report }) {
    if (metricsDocuments.length === 0) return
    const names = new Set(metricsDocuments.flatMap(({ metrics }) => metrics.flatMap((metric) => metric.names)))
    const documented = new Set([...names].flatMap((name) => familiesDocumented(name, registry)).map(({ name }) => name))
    const read = metricsDocuments.length === 1 ? metricsDocuments[0]!.source.path : `${metricsDocuments[0]!.source.path} and ${metricsDocuments.length - 1} more`
    for (const { name, origin, declarations: [declaration] } of registry.families) {
      if (origin.kind !== 'code' || documented.has(name) || declaration === undefined) continue
      report({ at: declaration.place, message: `No document lists "${name}" (read: ${read})`, data: { metric: name } })
    }
  },
})
