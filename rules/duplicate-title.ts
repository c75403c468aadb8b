import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { consequenceOfClash } from '../src/grafana/provider-clash.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'duplicate-title',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each dashboard has a title of its own in its folder',
  check(dashboard, { workspace, report }) {
    const { title, providers, document } = dashboard
    // One of the two may be there only where the other is not.
    if (document.template === 'conditional') return
    if (title === undefined || title === '' || hasPlaceholder(title)) return
    const [first] = workspace.dashboards.earlierWithTitle(dashboard).filter((one) => one.document.template !== 'conditional')
    if (first === undefined) return
    const consequence = consequenceOfClash([...providers, ...first.providers])
    report({
      at: dashboard.place('title'),
      message: `title "${title}" is already used in the same folder: ${consequence === undefined ? 'nobody can tell the two apart, and older versions of Grafana refuse the second' : `Grafana's ${consequence}`}`,
      related: [{ place: first.place('title'), message: 'first used here' }],
      ...(consequence === undefined && { severity: 'warning' as const }),
    })
  },
})
