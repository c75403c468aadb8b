import { resolveDatasource } from '../src/grafana/datasource-resolution.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'panel-without-query',
  subject: 'panel',
  severity: 'warning',
  summary: 'Each panel that shows data asks for some',
  check({ type, targets, datasource, libraryPanel, isSnapshot, hasUnreadTargets, title, dashboard, place }, { workspace, report }) {
    if (!showsData.has(type) || libraryPanel || isSnapshot || hasUnreadTargets) return
    if (targets.length === 0) {
      if (givesDataUnasked(datasource.id, datasource.type)) return
    } else {
      const { datasources } = workspace.stackOf(dashboard.source.path)
      const isEmpty = targets.every((target) => (target.expr?.text ?? '').trim() === '' && target.panelId === undefined
        && target.datasource.type !== '__expr__' && resolveDatasource(target.datasource, dashboard, datasources) === 'prometheus')
      if (!isEmpty) return
    }
    report({
      at: targets.length === 0 ? place('title') : place('targets'),
      message: `${targets.length === 0 ? 'This panel has no query' : 'Every query of this panel is empty'}: it says "No data" for ever`,
      context: `panel ${title === undefined ? 'without a title' : `"${title}"`}${dashboard.title === undefined ? '' : ` in dashboard "${dashboard.title}"`}`,
    })
  },
})

/** Grafana's panels that are of no use without data. Those of a map or a canvas may stand for themselves. */
const showsData = new Set([
  'timeseries', 'graph', 'stat', 'singlestat', 'gauge', 'bargauge', 'table', 'table-old', 'heatmap', 'piechart', 'barchart', 'histogram',
  'state-timeline', 'status-history', 'trend', 'xychart', 'candlestick', 'logs', 'nodeGraph', 'traces', 'flamegraph',
])

/** Datasources that answer a query that asks nothing: Grafana's own draws a random walk. */
function givesDataUnasked(id: string | undefined, type: string | undefined): boolean {
  return id === '-- Grafana --' || id === 'grafana' || id === '-- Dashboard --' || type === 'datasource' && id !== '-- Mixed --' || /testdata/.test(type ?? '')
}
