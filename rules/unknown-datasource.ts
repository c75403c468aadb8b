import { findDatasource, isBuiltInDatasource, meantDatasource, templateOfDatasource } from '../src/grafana/datasource-resolution.js'
import { datasourceNameBehind } from '../src/grafana/provisioning.js'
import { describePath } from '../src/grafana/describe.js'
import type { DatasourceRef } from '../src/grafana/model.js'
import { isFilledInUid } from '../src/grafana/alerting/datasource.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { StructuredDocument } from '../src/text/document.js'
import type { LocatedDashboard, LocatedDatasource, LocatedGrafanaAlert, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-datasource',
  subject: 'workspace',
  severity: 'error',
  summary: 'Each datasource that a dashboard or an alert of Grafana names is provisioned',
  check(workspace, { report }) {
    for (const dashboard of workspace.dashboards) checkDashboard(dashboard, workspace, report)
    for (const alert of workspace.grafanaAlerts) checkAlert(alert, workspace, report)
  },
})

type Report = (finding: Finding) => void

/** What is provisioned beside a file; nothing where a name or uid is made from the environment, and may be any. */
function provisionedBeside(path: string, workspace: Workspace): readonly LocatedDatasource[] {
  const { datasources } = workspace.stackOf(path)
  return datasources.some(({ computed }) => computed) ? [] : datasources
}

function checkDashboard(dashboard: LocatedDashboard, workspace: Workspace, report: Report): void {
  const datasources = provisionedBeside(dashboard.source.path, workspace)
  if (datasources.length === 0) return
  const seen = new Set<string>()

  function check(ref: DatasourceRef): void {
    const { id, path } = ref
    if (id === undefined || path === undefined || id === '' || isBuiltInDatasource(id) || templateOfDatasource(id) !== undefined || /\$|\{\{/.test(id) || ofGrafanaCloud.test(id)) return
    const key = JSON.stringify(path)
    if (seen.has(key) || findDatasource(id, datasources)) return
    seen.add(key)
    // It is provisioned in another form, or a program of the workspace writes it.
    if (workspace.datasourcesElsewhere.naming(id) !== undefined) return
    const elsewhere = provisionedElsewhere(workspace)
    const { hint, suggestion } = meantBy(ref, id, datasources)
    const message = `No datasource "${id}" is provisioned${elsewhere.hint}${hint}`
    report({ ...unknownDatasource(dashboard.document, ref, { message, context: describePath(dashboard, path) }, suggestion), ...elsewhere.severity })
  }

  for (const panel of dashboard.panels) {
    check(panel.datasource)
    for (const target of panel.targets) check(target.datasource)
  }
  for (const { datasource } of [...dashboard.variables, ...dashboard.annotations]) check(datasource)
}

/** An alert names its datasources by uid, and has neither variables nor a default (Grafana: pkg/services/ngalert/eval/eval.go, getExprRequest). */
function checkAlert({ data, file: { document, form }, context }: LocatedGrafanaAlert, workspace: Workspace, report: Report): void {
  const datasources = provisionedBeside(document.source.path, workspace)
  if (datasources.length === 0) return
  for (const { datasource, isExpression } of data) {
    const { id } = datasource
    if (id === undefined || isExpression || isFilledInUid(id) || ofGrafana.has(id) || datasources.some(({ uid }) => uid === id)) continue
    if (ofGrafanaCloud.test(id) || workspace.datasourcesElsewhere.naming(id) !== undefined) continue
    const elsewhere = provisionedElsewhere(workspace)
    const named = datasources.find(({ name }) => name === id)
    const { hint, suggestion } = named ? { hint: `. Did you mean "${named.uid}", the uid of the one of that name?`, suggestion: named.uid } : meantBy({ ...datasource, path: ['uid'] }, id, datasources)
    const message = `No datasource with the uid "${id}" is provisioned${elsewhere.hint}${hint}`
    report({ ...unknownDatasource(document, datasource, { message, context }, suggestion), ...elsewhere.severity, ...(form !== 'provisioning' && { severity: 'warning' as const }) })
  }
}

/** Where a file provisions datasources in a form that is not read, what is not found may be there. */
function provisionedElsewhere({ datasourcesElsewhere }: Workspace): { hint: string; severity?: { severity: 'warning' } } {
  const other = datasourcesElsewhere.provisioning()
  return other === undefined ? { hint: '' } : { hint: ` in a form that is read (${other} provisions some in another)`, severity: { severity: 'warning' } }
}

/** What each stack of Grafana Cloud has without being told. */
const ofGrafanaCloud = /^grafanacloud-/

const ofGrafana = new Set(['grafana', '__ml__'])

function unknownDatasource(document: StructuredDocument, { id = '', path = [] }: DatasourceRef, told: Pick<Finding, 'message' | 'context'>, suggestion: string | undefined): Finding {
  const { source } = document
  return {
    ...told,
    at: { source, span: document.spanOf(path) },
    ...(suggestion !== undefined && {
      data: { suggestion },
      suggestions: replaceWith(suggestion, source, document.edit({ kind: 'characters', path, start: 0, end: id.length, text: suggestion })),
    }),
  }
}

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
