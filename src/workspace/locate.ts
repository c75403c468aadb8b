import type { Dashboard, DashboardProvider } from '../grafana/model.js'
import type { RuleFile } from '../prometheus/model.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { grafanaFolder, type Trees } from './trees.js'
import type {
  Dashboards, Located, LocatedAlertingRule, LocatedDashboard, LocatedPanel, LocatedRecordingRule, LocatedRuleGroup, LocatedVariable,
} from './workspace.js'

/** Gives something in a document the way to point into it. */
export function located<Thing>(document: StructuredDocument, path: DocumentPath, thing: Thing): Thing & Located {
  return {
    ...thing,
    place: (...keys) => ({ source: document.source, span: document.spanOf([...path, ...keys]) }),
  }
}

/** The dashboards in the order of the workspace, with their folders, and quick to find by uid and title. */
export function locateDashboards(dashboards: readonly Dashboard[], providers: readonly DashboardProvider[], trees: Trees): Dashboards {
  const all = dashboards.map((dashboard): LocatedDashboard => {
    const { source, holder } = dashboard.document
    const grafana = trees.grafanaOf(source.path)
    // What a resource holds is loaded by whoever reads the resource: other folders hold it for other places.
    const reading = holder ? [] : providers.filter((provider) => grafana.has(provider.document.source.path) && evidentlyReads(provider, source.path))
    return {
      ...located(dashboard.document, dashboard.path, dashboard),
      source,
      folder: folderOf(source.path, reading.length > 0 ? reading : providers),
      providers: reading,
      loadedBy: JSON.stringify([grafana.root, ...(holder ? [holder.kind, directoryOf(source.path)] : reading[0] ? [folderOfGrafana(reading[0]), reading[0].orgId] : [])]),
      place: (...keys) => placeIn(dashboard, keys),
    }
  })
  const uidKey = ({ uid, loadedBy }: LocatedDashboard) => JSON.stringify([loadedBy, uid])
  const titleKey = ({ folder, title, loadedBy }: LocatedDashboard) => JSON.stringify([loadedBy, folder, title])
  const byUid = grouped(all, uidKey)
  const byTitle = grouped(all, titleKey)
  const withUid = grouped(all.filter(({ uid }) => uid !== undefined), ({ uid }) => uid!)
  const before = (group: readonly LocatedDashboard[] = [], dashboard: LocatedDashboard) => group.slice(0, group.indexOf(dashboard))
  return {
    size: all.length,
    uids: [...withUid.keys()],
    withUid: (uid) => withUid.get(uid) ?? [],
    [Symbol.iterator]: () => all[Symbol.iterator](),
    earlierWithUid: (dashboard) => before(byUid.get(uidKey(dashboard)), dashboard),
    earlierWithTitle: (dashboard) => before(byTitle.get(titleKey(dashboard)), dashboard),
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
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
  return { dashboard, panels: dashboard.panels.map(inDashboard), variables: dashboard.variables.map(inDashboard) }
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
function folderOf(path: string, providers: readonly DashboardProvider[]): string {
  const directory = directoryOf(path)
  const reading = providers.filter((provider) => reads(provider, directory))
  const [provider] = reading
  if (provider === undefined || reading.length > 1 || provider.foldersFromFilesStructure) return `directory ${directory}`
  return `folder ${provider.folderUid ?? provider.folder ?? ''}`
}

function reads({ document, directory }: DashboardProvider, dashboards: string): boolean {
  const own = directoryOf(document.source.path)
  const last = directory?.split('/').filter((segment) => segment !== '').at(-1)
  return dashboards.startsWith(own) || (last !== undefined && `/${dashboards}`.includes(`/${last}/`))
}

/** Whether a provider would read a dashboard's folder, and both belong to one Grafana. */
function evidentlyReads(provider: DashboardProvider, path: string): boolean {
  return path.startsWith(folderOfGrafana(provider)) && reads(provider, directoryOf(path))
}

/** The folder of the Grafana that a provider belongs to; the one around it where that is called `grafana`, but not the whole workspace. */
function folderOfGrafana({ document }: DashboardProvider): string {
  return grafanaFolder(document.source.path).replace(/^(.+\/)grafana\/$/i, '$1')
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
