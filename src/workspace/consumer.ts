import type { LocatedDashboard, Query } from './workspace.js'

/** The dashboard or file of rules that a query stands in. */
export interface Consumer {
  readonly file: string
  /** Absent for a file of rules. */
  readonly dashboard?: LocatedDashboard
  /** For people: `dashboard "Costs"`, `rule file alerts.yml`. */
  readonly title: string
}

/** The consumer of a query; the same object for all queries of one. */
export function consumerOf(query: Query): Consumer {
  const dashboard = dashboardOf(query)
  const { path } = query.source
  const key = dashboard ?? query.source
  const known = consumers.get(key)
  if (known) return known
  const consumer = dashboard === undefined
    ? { file: path, title: `${titleOf(query)} ${path}` }
    : { file: path, dashboard, title: `${dashboard.isLibrary ? 'library panel' : 'dashboard'} ${dashboard.title === undefined ? path : `"${dashboard.title}"`}` }
  consumers.set(key, consumer)
  return consumer
}

const consumers = new WeakMap<object, Consumer>()

function dashboardOf({ owner }: Query): LocatedDashboard | undefined {
  switch (owner.kind) {
    case 'target':
      return owner.panel.dashboard
    case 'variable':
      return owner.variable.dashboard
    case 'annotation':
      return owner.dashboard
    default:
      return undefined
  }
}

/** What a file without a dashboard is, by one of its queries. */
function titleOf({ owner }: Query): string {
  if (owner.kind === 'holder') return owner.holder.title
  return owner.kind === 'grafana-alert' ? 'alerting file' : 'rule file'
}
