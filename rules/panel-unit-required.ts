import { describePath } from '../src/grafana/describe.js'
import { defineRule } from '../src/lint/rule.js'
import { placeOfValue, valueIn } from '../src/lint/value-in.js'
import { isRecord, listOf, recordOf, textOf } from '../src/text/value.js'
import type { LocatedPanel } from '../src/workspace/workspace.js'

/** Panels whose values have a unit (grafana/dashboard-linter: lint/rule_panel_units.go), and those that took their place. */
const ofValues = new Set(['stat', 'singlestat', 'graph', 'table', 'timeseries', 'gauge', 'bargauge', 'barchart', 'piechart'])

export default defineRule({
  name: 'panel-unit-required',
  subject: 'panel',
  severity: 'off',
  summary: 'Each panel that shows values says in which unit',
  check(panel, { report }) {
    const { dashboard } = panel
    if (!ofValues.has(panel.type) || panel.targets.length === 0 || panel.libraryPanel || hasUnit(panel) || showsText(panel)) return
    report({ at: placeOfValue(dashboard, panel, 'title'), message: 'This panel shows its values without a unit: "none" and "short" are units too', context: describePath(dashboard, panel.path) })
  },
})

function hasUnit(panel: LocatedPanel): boolean {
  const value = (...keys: (string | number)[]) => valueIn(panel.dashboard, panel, ...keys)
  if (panel.type === 'singlestat') return textOf(value('format')) !== undefined
  if (panel.type === 'graph') return textOf(value('yaxes', 0, 'format')) !== undefined
  return textOf(value('fieldConfig', 'defaults', 'unit')) !== undefined
    || listOf(value('fieldConfig', 'overrides')).some((override) => listOf(recordOf(override)['properties']).some((property) => recordOf(property)['id'] === 'unit'))
    // Tables before Grafana 7 have their units by column.
    || listOf(value('styles')).some((style) => isRecord(style) && textOf(style['unit']) !== undefined)
}

/** Words in the place of values, or a field that is text. */
function showsText(panel: LocatedPanel): boolean {
  const value = (...keys: (string | number)[]) => valueIn(panel.dashboard, panel, ...keys)
  return listOf(value('fieldConfig', 'defaults', 'mappings')).length > 0 || textOf(value('options', 'reduceOptions', 'fields')) !== undefined
}
