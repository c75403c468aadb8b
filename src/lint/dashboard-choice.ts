import type { LocatedDashboard } from '../workspace/workspace.js'

/** Which dashboards an entry of a rule's options is about: those that are all of it. One that is nothing is about every dashboard. */
export interface DashboardChoice {
  readonly uid?: string
  readonly title?: string
  /** The title or the uid of the folder that a provider gives it, or the name of the directory that its file lies in. */
  readonly folder?: string
  readonly tag?: string
}

/** The properties of a `DashboardChoice` in a rule's options schema. */
export const dashboardChoiceProperties = {
  uid: { type: 'string', description: 'Only the dashboard of this uid' },
  title: { type: 'string', description: 'Only dashboards of this title' },
  folder: { type: 'string', description: 'Only dashboards in the folder of this title or uid, or in a directory of this name' },
  tag: { type: 'string', description: 'Only dashboards with this tag' },
} as const

/** Whether an entry of the options is about a dashboard. */
export function isChosen(dashboard: LocatedDashboard, { uid, title, folder, tag }: DashboardChoice): boolean {
  return (uid === undefined || dashboard.uid === uid)
    && (title === undefined || dashboard.title === title)
    && (tag === undefined || dashboard.tags.includes(tag))
    && (folder === undefined || isIn(dashboard, folder))
}

function isIn(dashboard: LocatedDashboard, folder: string): boolean {
  return dashboard.providers.some((provider) => provider.folder === folder || provider.folderUid === folder)
    || dashboard.folder === `folder ${folder}`
    || `/${dashboard.source.path}`.slice(0, `/${dashboard.source.path}`.lastIndexOf('/')).endsWith(`/${folder}`)
}
