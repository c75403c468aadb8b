import { describePath } from '../src/grafana/describe.js'
import { linksOf, linkTarget } from '../src/grafana/links.js'
import type { QueryText, TextSpan } from '../src/grafana/model.js'
import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestName, nearestNames } from '../src/text/nearest-names.js'
import type { LocatedDashboard, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'broken-link',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each link to a dashboard, and to a panel or a variable of it, leads somewhere',
  check(dashboard, { workspace, report }) {
    function tell({ path }: QueryText, { start, end }: TextSpan, message: string, suggestion: string | undefined, isSure: boolean): void {
      const at = { source: dashboard.source, span: dashboard.document.spanInString(path, start, end) }
      report({
        at,
        message: `${message}${suggestion === undefined ? '' : `. Did you mean "${suggestion}"?`}`,
        context: describePath(dashboard, path),
        ...(!isSure && { severity: 'warning' as const }),
        ...(suggestion !== undefined && {
          data: { suggestion },
          suggestions: replaceWith(suggestion, dashboard.source, dashboard.document.edit({ kind: 'characters', path, start, end, text: suggestion })),
        }),
      })
    }

    for (const link of linksOf(dashboard)) {
      const target = linkTarget(link.text)
      if (target === undefined) continue
      const all = workspace.dashboards.withUid(target.uid.text)
      if (all.length === 0) {
        // Somebody may have imported it by hand.
        if (knowsDashboards(dashboard, workspace)) {
          tell(link, target.uid, `No dashboard with the uid "${target.uid.text}" is provisioned`, nearestNames(target.uid.text, workspace.dashboards.uids, 1)[0], false)
        }
        continue
      }
      // Another Grafana's dashboard tells nothing of this one's.
      const targets = all.filter(({ loadedBy }) => loadedBy === dashboard.loadedBy)
      if (targets.length === 0) continue
      const name = `dashboard "${targets[0]!.title ?? target.uid.text}"`
      const { panel, variables } = target
      if (panel && !targets.some((one) => mayHavePanel(one, panel.id))) {
        tell(link, panel, `No panel of ${name} has the id ${panel.id}`, undefined, true)
      }
      for (const variable of variables) {
        const names = targets.flatMap((one) => one.variables.map((other) => other.name))
        if (names.includes(variable.text)) continue
        tell(link, variable, `${name[0]!.toUpperCase()}${name.slice(1)} has no variable "${variable.text}": the link sets it in vain`, nearestName(variable.text, names), false)
      }
    }
  },
})

/** Whether a Grafana loads its dashboards from files, all of which could be read. */
function knowsDashboards({ providers }: LocatedDashboard, workspace: Workspace): boolean {
  if (providers.length === 0 || workspace.unread.length > 0) return false
  const known = isWhole.get(workspace) ?? (
    workspace.files.every(({ kind, problems }) => problems.length === 0 || kind === 'source')
    && workspace.dashboards.uids.every((uid) => !hasPlaceholder(uid))
  )
  isWhole.set(workspace, known)
  return known
}

const isWhole = new WeakMap<Workspace, boolean>()

/** Grafana gives ids to panels that have none and, as it runs, to the copies of those that repeat. */
function mayHavePanel({ panels }: LocatedDashboard, id: number): boolean {
  return panels.some((panel) => panel.id === id || panel.id === undefined || panel.repeat !== undefined)
}
