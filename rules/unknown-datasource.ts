import { findDatasource, isBuiltInDatasource, templateOfDatasource } from '../src/grafana/datasource-resolution.js'
import { datasourceNameBehind } from '../src/grafana/provisioning.js'
import { describePath } from '../src/grafana/describe.js'
import type { DatasourceRef } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'unknown-datasource',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each datasource that a dashboard names is provisioned',
  check(dashboard, { workspace, report }) {
    const { datasources } = workspace
    // A name made from the environment may be any name.
    if (datasources.length === 0 || datasources.some(({ computed }) => computed)) return
    const seen = new Set<string>()

    function check({ id, path }: DatasourceRef): void {
      if (id === undefined || path === undefined || id === '' || isBuiltInDatasource(id) || templateOfDatasource(id) !== undefined || id.includes('$')) return
      const key = JSON.stringify(path)
      if (seen.has(key) || findDatasource(id, datasources)) return
      seen.add(key)
      const names = datasources.flatMap(({ uid, name }) => [uid, name])
      const meant = datasourceNameBehind(id, datasources)
      const [suggestion] = meant ? [meant.datasource.uid] : nearestNames(id, names, 1)
      const provisioned = [...new Set(datasources.map(({ name, uid }) => `"${name}" (uid "${uid}")`))].join(', ')
      report({
        at: { source: dashboard.source, span: dashboard.document.spanOf(path) },
        message: `No datasource "${id}" is provisioned${meant ? `: Grafana gives that uid to one named "${meant.name}"` : ''}. ${suggestion === undefined ? `There is: ${provisioned}.` : `Did you mean "${suggestion}"${meant ? ` (of "${meant.datasource.name}")` : ''}?`}`,
        context: describePath(dashboard, path),
        ...(suggestion !== undefined && { data: { suggestion } }),
      })
    }

    for (const panel of dashboard.panels) {
      check(panel.datasource)
      for (const target of panel.targets) check(target.datasource)
    }
    for (const { datasource } of [...dashboard.variables, ...dashboard.annotations]) check(datasource)
  },
})
