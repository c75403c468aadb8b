import type { DashboardProvider } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'
import type { StructuredDocument } from '../src/text/document.js'
import { folderOf } from '../src/text/path.js'
import { isExample, isIn, startedByDefault, type GrafanaServer } from '../src/workspace/deployment.js'
import type { LocatedDashboard } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unmounted-provisioning',
  subject: 'workspace',
  severity: 'warning',
  summary: 'Provisioning files and dashboards are mounted where the Grafana that Compose starts reads them',
  check({ deployment, dashboards, datasources, providers }, { report }) {
    const servers = deployment.grafana
    if (servers === undefined) return
    const isOurs = ({ source, holder }: StructuredDocument) => (
      holder === undefined && !isExample(source.path) && servers.some(({ service }) => source.path.startsWith(folderOf(service.file))) && !deployment.isMentioned(lastFolder(source.path))
    )
    for (const [kind, documents] of [['datasources', datasources.map(({ document }) => document)], ['dashboards', providers.map(({ document }) => document)]] as const) {
      for (const document of firstOfEachFolder(documents.filter(isOurs))) {
        const { path } = document.source
        if (servers.some((server) => isRead(server, path, kind) || server.isHidden(`${server.provisioning}/${kind}`))) continue
        const key = kind === 'dashboards' ? 'providers' : kind
        report({ at: { source: document.source, span: document.keySpanOf([key]) }, message: `No Grafana reads this file: ${reasonFor(path, kind, servers)}` })
      }
    }
    for (const dashboard of firstOfEachFolder([...dashboards].filter(({ document }) => isOurs(document)))) {
      const reason = unreachedBy(dashboard, servers, providers)
      if (reason !== undefined) report({ at: dashboard.place('title'), message: `No dashboard provider reaches this folder: ${reason}` })
    }
  },
})

/** Grafana: pkg/services/provisioning, readConfig of datasources and dashboards: the files of one folder, not of those in it. */
function isRead(server: GrafanaServer, file: string, kind: string): boolean {
  return server.pathsOf(file).some((path) => folderOf(path) === `${server.provisioning}/${kind}/`)
}

function reasonFor(file: string, kind: string, servers: readonly GrafanaServer[]): string {
  return startedByDefault(servers).map((server) => {
    const { name, writtenIn } = server.service
    const [at] = server.pathsOf(file)
    return `${at === undefined ? `nothing mounts it into "${name}" (${writtenIn})` : `in "${name}" (${writtenIn}) it is ${at}`}, and Grafana reads ${server.provisioning}/${kind}`
  }).join(', and ')
}

/** Why a dashboard that is mounted is not loaded; `undefined` where it is, or where that cannot be told. */
function unreachedBy({ source }: LocatedDashboard, servers: readonly GrafanaServer[], providers: readonly DashboardProvider[]): string | undefined {
  const reasons = new Map(servers.map((server) => [server, reasonOf(server)]))
  return [...reasons.values()].every((reason) => reason !== undefined) ? startedByDefault(servers).map((server) => reasons.get(server)).join(', and ') : undefined

  function reasonOf(server: GrafanaServer): string | undefined {
    const paths = server.pathsOf(source.path)
    const read = providers.filter(({ document }) => isRead(server, document.source.path, 'dashboards'))
    const folders = read.map(({ directory }) => directory?.replace(/(?!^)\/+$/, ''))
    if (paths.length === 0 || folders.length === 0 || server.isHidden(`${server.provisioning}/dashboards`)) return undefined
    if (folders.some((folder) => folder?.startsWith('/') !== true || folder.includes('$') || paths.some((path) => isIn(path, folder)))) return undefined
    if (paths.includes(server.service.environment['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'] ?? '')) return undefined
    return `in "${server.service.name}" (${server.service.writtenIn}) it is ${folderOf(paths[0]!).slice(0, -1)}, and providers read ${folders.join(', ')}`
  }
}

function firstOfEachFolder<Thing extends { readonly source: { readonly path: string } }>(things: readonly Thing[]): Thing[] {
  const folders = new Map<string, Thing>()
  for (const thing of things) {
    const folder = folderOf(thing.source.path)
    if (!folders.has(folder)) folders.set(folder, thing)
  }
  return [...folders.values()]
}

/** The path of the folder that a file lies in, as scripts that copy it would name it; its name where it lies in none. */
function lastFolder(path: string): string {
  return path.split('/').slice(-3, -1).join('/') || path
}
