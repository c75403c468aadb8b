import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'duplicate-title',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has a title of its own in its folder',
  check(dashboard, { workspace, report }) {
    const { title, folder } = dashboard
    if (title === undefined || title === '') return
    const first = workspace.dashboards.firstWithTitle(folder, title)
    if (first === undefined || first === dashboard) return
    report({
      at: dashboard.place('title'),
      message: `title "${title}" is already used in the same folder: Grafana then saves no dashboard of either provider`,
      related: [{ place: first.place('title'), message: 'first used here' }],
    })
  },
})
