import { describePanel, describePath, kindOfPanel } from '../src/grafana/describe.js'
import type { Panel } from '../src/grafana/model.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'duplicate-panel-id',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each panel of a dashboard has an id of its own',
  check(dashboard, { report }) {
    // Of the branches of a template one is there.
    if (dashboard.document.template === 'conditional') return
    const firstOfId = new Map<number, Panel>()
    for (const panel of dashboard.panels) {
      const { id, path } = panel
      // Grafana gives an id to what has none.
      if (id === undefined || id === 0) continue
      const first = firstOfId.get(id)
      if (first === undefined) {
        firstOfId.set(id, panel)
        continue
      }
      report({
        at: placeOfId(panel),
        message: `id ${id} is already that of ${describePanel(first)}: Grafana gives this ${kindOfPanel(panel)} another one each time it loads the dashboard, so that no link or alert can name it`,
        context: describePath(dashboard, path),
        related: [{ place: placeOfId(first), message: 'first used here' }],
      })
    }

    function placeOfId({ path }: Panel) {
      return { source: dashboard.source, span: dashboard.document.spanOf([...path, 'id']) }
    }
  },
})
