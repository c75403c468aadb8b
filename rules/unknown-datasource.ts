import { findDatasource, isBuiltInDatasource, meantDatasource, templateOfDatasource } from '../src/grafana/datasource-resolution.js'
import { datasourceNameBehind } from '../src/grafana/provisioning.js'
import { describePath } from '../src/grafana/describe.js'
import type { DatasourceRef } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'
import type { LocatedDatasource } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-datasource',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each datasource that a dashboard names is provisioned',
  check(dashboard, { workspace, report }) {
    const { datasources } = workspace.stackOf(dashboard.source.path)
    const { datasourcesElsewhere } = workspace
    // A name made from the environment may be any name.
    if (datasources.length === 0 || datasources.some(({ computed }) => computed)) return
    const seen = new Set<string>()

    function check(ref: DatasourceRef): void {
      const { id, path } = ref
      if (id === undefined || path === undefined || id === '' || isBuiltInDatasource(id) || templateOfDatasource(id) !== undefined || /\$|\{\{/.test(id)) return
      const key = JSON.stringify(path)
      if (seen.has(key) || findDatasource(id, datasources)) return
      seen.add(key)
      // It is provisioned in another form, or a program of the workspace writes it.
      if (datasourcesElsewhere.naming(id) !== undefined) return
      const other = datasourcesElsewhere.provisioning()
      const { hint, suggestion } = meantBy(ref, id, datasources)
      const { document, source } = dashboard
      report({
        at: { source, span: document.spanOf(path) },
        ...(other !== undefined && { severity: 'warning' as const }),
        message: `No datasource "${id}" is provisioned${other === undefined ? '' : ` in a form that is read (${other} provisions some in another)`}${hint}`,
        context: describePath(dashboard, path),
        ...(suggestion !== undefined && {
          data: { suggestion },
          suggestions: [{
            message: `Replace with "${suggestion}"`,
            replacement: { place: { source, span: document.spanInString(path, 0, id.length) }, text: JSON.stringify(suggestion).slice(1, -1) },
          }],
        }),
      })
    }

    for (const panel of dashboard.panels) {
      check(panel.datasource)
      for (const target of panel.targets) check(target.datasource)
    }
    for (const { datasource } of [...dashboard.variables, ...dashboard.annotations]) check(datasource)
  },
})

/** The end of the message, and what to write instead: a uid where the dashboard has a uid, a name where it has a name. */
function meantBy(ref: DatasourceRef, id: string, datasources: readonly LocatedDatasource[]): { hint: string; suggestion?: string } {
  const renamed = datasourceNameBehind(id, datasources)
  const meant = renamed ? { datasource: renamed.datasource, by: 'name' as const } : meantDatasource(ref, id, datasources)
  if (meant === undefined) return { hint: `. There is: ${[...new Set(datasources.map(describe))].join(', ')}.` }
  const { name, uid, type } = meant.datasource
  const isUid = ref.path?.at(-1) === 'uid' || renamed !== undefined
  const suggestion = isUid ? uid : name
  if (meant.by === 'type') return { hint: `. The only one of type "${type}" is ${describe(meant.datasource)}.`, suggestion }
  const origin = renamed ? `: Grafana gives that uid to one named "${renamed.name}"` : ''
  return { hint: `${origin}. Did you mean "${suggestion}"${isUid && meant.by === 'name' ? ` (of "${name}")` : ''}?`, suggestion }
}

function describe({ name, uid }: LocatedDatasource): string {
  return `"${name}" (uid "${uid}")`
}
