import { describePanel, describePath, kindOfPanel } from '../src/grafana/describe.js'
import type { Panel } from '../src/grafana/model.js'
import { overlapsIn } from '../src/grafana/overlaps.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'overlapping-panels',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'No panel lies on another one',
  check(dashboard, { report }) {
    // Of the branches of a template one is there.
    if (dashboard.document.template === 'conditional') return
    for (const grid of gridsOf(dashboard.panels)) {
      const [first, ...others] = overlapsIn(grid)
      if (first === undefined) continue
      const { panel, under } = first
      const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'panel lies' : 'panels lie'} on others`
      const placeOf = ({ path }: Panel) => ({ source: dashboard.source, span: dashboard.document.spanOf([...path, 'gridPos']) })
      report({
        at: placeOf(panel),
        message: `This ${kindOfPanel(panel)} lies on ${describePanel(under)}${more}: Grafana pushes what does not fit down, so that the dashboard does not look as it is written`,
        context: describePath(dashboard, panel.path),
        related: [{ place: placeOf(under), message: `${describePanel(under)} stands here` }],
      })
    }
  },
})

/** The panels that share a grid: those of the dashboard, and those in each collapsed row. */
function gridsOf(panels: readonly Panel[]): Iterable<readonly Panel[]> {
  const grids = new Map<string, Panel[]>()
  for (const panel of panels) {
    const key = panel.path.slice(0, -1).join('/')
    const grid = grids.get(key)
    if (grid) grid.push(panel)
    else grids.set(key, [panel])
  }
  return grids.values()
}
