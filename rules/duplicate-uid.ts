import { defineRule } from '../src/lint/rule.js'

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
    report({
      at: dashboard.place('uid'),
      message: `uid "${uid}" is already used by "${first.title ?? first.source.path}": Grafana then saves no dashboard of either provider`,
      related: [{ place: first.place('uid'), message: 'first used here' }],
    })
  },
})
