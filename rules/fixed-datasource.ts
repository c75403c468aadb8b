import { isBuiltInDatasource } from '../src/grafana/datasource-resolution.js'
import { describePath } from '../src/grafana/describe.js'
import type { DatasourceRef } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'fixed-datasource',
  subject: 'dashboard',
  severity: 'off',
  summary: 'Each dashboard lets people choose its datasources',
  check(dashboard, { report }) {
    const seen = new Set<string>()
    const check = ({ id, path, type }: DatasourceRef) => {
      // What another tool fills in may become a variable.
      if (id === undefined || id === '' || path === undefined || isBuiltInDatasource(id) || type === 'datasource' || type === '__expr__' || /[$]|\[\[|\{\{/.test(id)) return
      const key = JSON.stringify(path)
      if (seen.has(key)) return
      seen.add(key)
      const { document, source } = dashboard
      report({ at: { source, span: document.spanOf(path) }, message: `Datasource "${id}" is fixed: take a variable of type "datasource", so that this dashboard works in any Grafana`, context: describePath(dashboard, path) })
    }
    for (const panel of dashboard.panels) {
      // A row asks nothing.
      if (panel.type === 'row') continue
      check(panel.datasource)
      for (const target of panel.targets) check(target.datasource)
    }
    for (const { datasource } of [...dashboard.variables, ...dashboard.annotations]) check(datasource)
  },
})
