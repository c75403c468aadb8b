import type { Dashboard, DashboardProvider } from '../grafana/model.js'
import type { RuleFile } from '../prometheus/model.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
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
export function locateDashboards(dashboards: readonly Dashboard[], providers: readonly DashboardProvider[]): Dashboards {
  const all = dashboards.map((dashboard): LocatedDashboard => ({
    ...located(dashboard.document, dashboard.path, dashboard),
    source: dashboard.document.source,
    folder: folderOf(dashboard.document.source.path, providers),
    providers: providers.filter((provider) => evidentlyReads(provider, dashboard.document.source.path)),
    place: (...keys) => placeIn(dashboard, keys),
  }))
  const byUid = new Map<string, LocatedDashboard>()
  const byTitle = new Map<string, LocatedDashboard>()
  const titleKey = (folder: string, title: string) => JSON.stringify([folder, title])
  for (const dashboard of all) {
    const { uid, title, folder } = dashboard
    if (uid !== undefined && !byUid.has(uid)) byUid.set(uid, dashboard)
    if (title !== undefined && !byTitle.has(titleKey(folder, title))) byTitle.set(titleKey(folder, title), dashboard)
  }
  return {
    size: all.length,
    [Symbol.iterator]: () => all[Symbol.iterator](),
    firstWithUid: (uid) => byUid.get(uid),
    firstWithTitle: (folder, title) => byTitle.get(titleKey(folder, title)),
  }
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
  const directory = path.slice(0, path.lastIndexOf('/') + 1)
  const reading = providers.filter((provider) => reads(provider, directory))
  const [provider] = reading
  if (provider === undefined || reading.length > 1 || provider.foldersFromFilesStructure) return `directory ${directory}`
  return `folder ${provider.folderUid ?? provider.folder ?? ''}`
}

function reads({ document, directory }: DashboardProvider, dashboards: string): boolean {
  const own = document.source.path.slice(0, document.source.path.lastIndexOf('/') + 1)
  const last = directory?.split('/').filter((segment) => segment !== '').at(-1)
  return dashboards.startsWith(own) || (last !== undefined && `/${dashboards}`.includes(`/${last}/`))
}

/**
 * Whether a provider's own file and a dashboard belong to one Grafana: the provider would read the dashboard's folder,
 * and both lie in one tree, which is the folder that holds `provisioning` (or the provider's file), or the one around
 * it where that is called `grafana`.
 */
function evidentlyReads(provider: DashboardProvider, path: string): boolean {
  const own = provider.document.source.path
  const provisioning = /^(.*\/)?provisioning\//.exec(own)
  const tree = provisioning ? (provisioning[1] ?? '') : own.replace(/(?:[^/]+\/)?[^/]+$/, '')
  const around = tree.replace(/^(.+\/)grafana\/$/i, '$1')
  return path.startsWith(around) && reads(provider, path.slice(0, path.lastIndexOf('/') + 1))
}
