import type { LocatedDashboard } from '../workspace/workspace.js'

/** Which dashboards an entry of a rule's options is about: those that are all of it. One that is nothing is about every dashboard. */
export interface DashboardChoice {
  readonly uid?: string
  readonly title?: string
  /** One of `foldersOf`. */
  readonly folder?: string
  readonly tag?: string
}

/** The properties of a `DashboardChoice` in a rule's options schema. */
export const dashboardChoiceProperties = {
  uid: { type: 'string', description: 'Only the dashboard of this uid' },
  title: { type: 'string', description: 'Only dashboards of this title' },
  folder: { type: 'string', description: 'Only dashboards in the folder of this title or uid, or in a directory of this name, at any depth' },
  tag: { type: 'string', description: 'Only dashboards with this tag' },
} as const

/** Whether an entry of the options is about a dashboard. */
export function isChosen(dashboard: LocatedDashboard, { uid, title, folder, tag }: DashboardChoice): boolean {
  return (uid === undefined || dashboard.uid === uid)
    && (title === undefined || dashboard.title === title)
    && (tag === undefined || dashboard.tags.includes(tag))
    && (folder === undefined || foldersOf(dashboard).includes(folder))
}

/**
 * What the folders that a dashboard is in are called: title and uid of those that providers give it, and the directories
 * that its file lies in, each by its name and by the ends of its path (`team`, `dashboards/team`).
 */
export function foldersOf({ providers, folder, source }: LocatedDashboard): readonly string[] {
  const shown = /^folder (.+)$/.exec(folder)?.[1]
  const given = providers.flatMap((provider) => [provider.folder, provider.folderUid])
  const above = source.path.split('/').slice(0, -1)
  const directories = above.flatMap((_, end) => above.slice(0, end + 1).map((__, start) => above.slice(start, end + 1).join('/')))
  return [shown, ...given, ...directories].filter((name) => name !== undefined)
}
