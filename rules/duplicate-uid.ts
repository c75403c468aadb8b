import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { consequenceOfClash } from '../src/grafana/provider-clash.js'
import { defineRule } from '../src/lint/rule.js'
import { fileName, folderOf } from '../src/text/path.js'
import type { LocatedDashboard } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'duplicate-uid',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has a uid of its own',
  check(dashboard, { workspace, report }) {
    const { uid, providers, document } = dashboard
    // One of the two may be there only where the other is not.
    if (document.template === 'conditional') return
    if (uid === undefined || uid === '' || hasPlaceholder(uid)) return
    const earlier = workspace.dashboards.earlierWithUid(dashboard).filter((one) => one.document.template !== 'conditional')
    const first = earlier.find((one) => areTogether(one, dashboard)) ?? earlier[0]
    if (first === undefined) return
    const name = first.title ?? first.source.path
    const consequence = consequenceOfClash([...providers, ...first.providers])
    // Files of one folder are loaded together, by whatever loads them; others may be for several Grafanas.
    const isSure = consequence !== undefined || areTogether(first, dashboard)
    report({
      at: dashboard.place('uid'),
      message: consequence !== undefined
        ? `uid "${uid}" is already used by "${name}": Grafana shows one of the two, and ${consequence}`
        : isCopy(dashboard, first)
          ? `uid "${uid}" is also that of "${first.source.path}", of which this file is a copy: Grafana can load one of them`
          : `uid "${uid}" is already used by "${name}": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first`,
      related: [{ place: first.place('uid'), message: 'first used here' }],
      ...(!isSure && { severity: 'warning' as const }),
    })
  },
})

function areTogether(one: LocatedDashboard, other: LocatedDashboard): boolean {
  return folderOf(one.source.path) === folderOf(other.source.path)
}

/** A file kept a second time, as packaging does: the same text under the same name in another folder. */
function isCopy({ source }: LocatedDashboard, { source: first }: LocatedDashboard): boolean {
  return source !== first && source.text === first.text && fileName(source.path) === fileName(first.path)
}
