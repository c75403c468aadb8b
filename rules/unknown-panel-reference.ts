import { describePath } from '../src/grafana/describe.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'unknown-panel-reference',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each panel whose result another one shows is in the dashboard',
  check(dashboard, { report }) {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row')
    // Grafana gives ids to those that have none.
    if (panels.some(({ id }) => id === undefined)) return
    const ids = new Set(panels.map(({ id }) => id))
    const rows = new Set(dashboard.panels.flatMap(({ id, type }) => (type === 'row' && id !== undefined ? [id] : [])))
    for (const panel of dashboard.panels) {
      for (const { panelId, datasource, path } of panel.targets) {
        // Where the query goes elsewhere, the id means nothing.
        if (panelId === undefined || datasource.id !== '-- Dashboard --' || ids.has(panelId)) continue
        const at = [...path, 'panelId']
        report({
          at: { source: dashboard.source, span: dashboard.document.spanOf(at) },
          message: rows.has(panelId)
            ? `Panel ${panelId} is a row, which has no result: Grafana says "Could not find source panel"`
            : `No panel of this dashboard has the id ${panelId}: Grafana says "Could not find source panel"`,
          context: describePath(dashboard, path),
        })
      }
    }
  },
})
