import type { Dashboard, DashboardProvider } from '../grafana/model.js'
import type { RuleFile } from '../prometheus/model.js'
import { standsInValues } from '../manifests/helm-values.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { groupedBy } from '../text/grouped-by.js'
import { folderOf } from '../text/path.js'
import { placeLater } from '../text/source.js'
import { grafanaFolder, type Trees } from './trees.js'
import type {
  Dashboards, Located, LocatedAlertingRule, LocatedDashboard, LocatedPanel, LocatedRecordingRule, LocatedRuleGroup, LocatedVariable,
} from './workspace.js'

/** Gives something in a document the way to point into it. */
export function located<Thing>(document: StructuredDocument, path: DocumentPath, thing: Thing): Thing & Located {
  return {
    ...thing,
    place: (...keys) => placeLater(document.source, () => document.spanOf([...path, ...keys])),
  }
}

/** The dashboards in the order of the workspace, with their folders, and quick to find by uid and title. */
export function locateDashboards(dashboards: readonly Dashboard[], providers: readonly DashboardProvider[], trees: Trees): Dashboards {
  const paths = dashboards.map(({ document }) => document.source.path)
  const folders = new Map(providers.map((provider) => [provider, foldersReadBy(provider, paths)]))
  const all = dashboards.map((dashboard): LocatedDashboard => {
    const { source, holder } = dashboard.document
    const grafana = trees.grafanaOf(source.path)
    // What a resource holds is loaded by whoever reads the resource: other folders hold it for other places.
    const reading = holder ? [] : providers.filter((provider) => grafana.has(provider.document.source.path) && folders.get(provider)!.some((folder) => source.path.startsWith(folder)))
    return {
      ...located(dashboard.document, dashboard.path, dashboard),
      source,
      folder: folderShown(source.path, reading.length > 0 ? reading : providers),
      providers: reading,
      loadedBy: JSON.stringify([grafana.root, ...(holder ? [holder.kind, ...(standsInValues(dashboard.document) ? [source.path, holder.name] : [folderOf(source.path)])] : reading[0] ? [folderOfGrafana(reading[0]), reading[0].orgId] : [])]),
      place: (...keys) => placeIn(dashboard, keys),
    }
  })
  const uidKey = ({ uid, loadedBy }: LocatedDashboard) => JSON.stringify([loadedBy, uid])
  const titleKey = ({ folder, title, loadedBy }: LocatedDashboard) => JSON.stringify([loadedBy, folder, title])
  const byUid = groupedBy(all, uidKey)
  const byTitle = groupedBy(all, titleKey)
  const withUid = groupedBy(all.filter(({ uid }) => uid !== undefined), ({ uid }) => uid!)
  const before = (group: readonly LocatedDashboard[] = [], dashboard: LocatedDashboard) => group.slice(0, group.indexOf(dashboard)).filter((one) => !isSameObject(one, dashboard))
  return {
    size: all.length,
    uids: [...withUid.keys()],
    withUid: (uid) => withUid.get(uid) ?? [],
    [Symbol.iterator]: () => all[Symbol.iterator](),
    earlierWithUid: (dashboard) => before(byUid.get(uidKey(dashboard)), dashboard),
    earlierWithTitle: (dashboard) => before(byTitle.get(titleKey(dashboard)), dashboard),
  }
}

/** Whether two files hold one object of a cluster, as renderings of a chart with other values do: the cluster has one of them. */
function isSameObject({ document: one }: Dashboard, { document: other }: Dashboard): boolean {
  const { holder: a } = one
  const { holder: b } = other
  if (a?.name === undefined || b === undefined || one.source === other.source) return false
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace && a.file === b.file
}

/** A key that is absent is told at the dashboard's opening brace: a whole file is no place to look at. */
function placeIn({ document, path }: Dashboard, keys: DocumentPath) {
  const span = document.spanOf([...path, ...keys])
  const whole = document.spanOf(path)
  const isWhole = span.start === whole.start && span.end === whole.end
  return { source: document.source, span: isWhole ? { start: whole.start, end: whole.start + 1 } : span }
}

export interface LocatedDashboardParts {
  readonly dashboard: LocatedDashboard
  readonly panels: readonly LocatedPanel[]
  readonly variables: readonly LocatedVariable[]
}

export function locateParts(dashboard: LocatedDashboard): LocatedDashboardParts {
  const inDashboard = <Part extends { readonly path: DocumentPath }>(part: Part) => ({ ...located(dashboard.document, part.path, part), dashboard })
  return { dashboard, panels: [...dashboard.panels, ...dashboard.libraryPanels ?? []].map(inDashboard), variables: dashboard.variables.map(inDashboard) }
}

export interface LocatedRules {
  readonly group: LocatedRuleGroup
  readonly alertingRules: readonly LocatedAlertingRule[]
  readonly recordingRules: readonly LocatedRecordingRule[]
}

export function locateRuleGroups(file: RuleFile): LocatedRules[] {
  return file.groups.map((plain) => {
    const group: LocatedRuleGroup = { ...located(file.document, plain.path, plain), file }
    const rules = plain.rules.map((rule) => ({ ...located(file.document, rule.path, rule), group }))
    return {
      group,
      alertingRules: rules.filter((rule): rule is LocatedAlertingRule => rule.kind === 'alerting'),
      recordingRules: rules.filter((rule): rule is LocatedRecordingRule => rule.kind === 'recording'),
    }
  })
}

/**
 * The folder that Grafana shows a dashboard in: that of the provider whose own file lies nearest above it, or in
 * whose `options.path` the dashboard's folder ends; else the folder it lies in.
 */
function folderShown(path: string, providers: readonly DashboardProvider[]): string {
  const directory = folderOf(path)
  const reading = providers.filter((provider) => reads(provider, directory))
  const [provider] = reading
  if (provider === undefined || reading.length > 1 || provider.foldersFromFilesStructure) return `directory ${directory}`
  return `folder ${provider.folderUid ?? provider.folder ?? ''}`
}

function reads({ document, directory }: DashboardProvider, dashboards: string): boolean {
  const last = directory?.split('/').filter((segment) => segment !== '').at(-1)
  return ownFolders(document).some((own) => dashboards.startsWith(own)) || (last !== undefined && `/${dashboards}`.includes(`/${last}/`))
}

/**
 * The folders of dashboards that a provider evidently reads: its own, and of those of its Grafana that are called like
 * the last of its `options.path` the one whose path ends most like that. Where several do so alike, it may be any.
 */
function foldersReadBy(provider: DashboardProvider, dashboards: readonly string[]): readonly string[] {
  const around = folderOfGrafana(provider)
  const own = ownFolders(provider.document)
  const wanted = segmentsOf(provider.directory ?? '')
  const last = wanted.at(-1)
  if (last === undefined) return own
  const found = new Map<string, number>()
  for (const path of dashboards) {
    const end = `/${path}`.indexOf(`/${last}/`)
    if (end < 0 || !path.startsWith(around)) continue
    const folder = path.slice(0, end + last.length + 1)
    if (!found.has(folder)) found.set(folder, commonEnd(segmentsOf(folder), wanted))
  }
  const most = Math.max(...found.values())
  const likest = [...found].filter(([, length]) => length === most).map(([folder]) => folder)
  return likest.length === 1 ? [...own, ...likest] : own
}

/** The folder that the file of a provider lies in. Where a resource or a chart's values hold it, what lies beside that is mounted nowhere. */
function ownFolders({ source, holder }: StructuredDocument): readonly string[] {
  return holder === undefined ? [folderOf(source.path)] : []
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** How many segments two paths have in common at their ends. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++
  return length
}

/** The folder of the Grafana that a provider belongs to; the one around it where that is called `grafana`, but not the whole workspace. */
function folderOfGrafana({ document }: DashboardProvider): string {
  return grafanaFolder(document.source.path).replace(/^(.+\/)grafana\/$/i, '$1')
}
