import { posix } from 'node:path'
import { defineRule } from '../src/lint/rule.js'
import type { LocatedDashboard, Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'duplicate-uid',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has a uid of its own',
  check(dashboard, { workspace, report }) {
    const { uid } = dashboard
    if (uid === undefined || uid === '') return
    const first = workspace.dashboards.firstWithUid(uid)
    if (first === undefined || first === dashboard) return
    const isCopy = isKeptCopy(dashboard, first, workspace)
    report({
      at: dashboard.place('uid'),
      message: isCopy
        ? `uid "${uid}" is also that of "${first.source.path}", of which this file is a copy: Grafana can load one of them`
        : `uid "${uid}" is already used by "${first.title ?? first.source.path}": Grafana then saves no dashboard of either provider`,
      related: [{ place: first.place('uid'), message: 'first used here' }],
      ...(isCopy && { severity: 'warning' as const }),
    })
  },
})

/**
 * Whether a file is another one kept a second time, as packaging does: the same text under the same name in another
 * folder, and no provider at hand that could load both.
 */
function isKeptCopy({ source }: LocatedDashboard, { source: first }: LocatedDashboard, { providers }: Workspace): boolean {
  return providers.length === 0 && source.text === first.text && posix.basename(source.path) === posix.basename(first.path)
}
