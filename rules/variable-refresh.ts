import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { placeOfValue, valueIn } from '../src/lint/value-in.js'

/** Grafana: packages/grafana-schema, VariableRefresh; in words since schema v2. */
const onTimeRangeChange: readonly unknown[] = [2, 'onTimeRangeChanged']

export default defineRule({
  name: 'variable-refresh',
  subject: 'variable',
  severity: 'off',
  summary: 'Each query variable is asked anew when the time range changes',
  check(variable, { report }) {
    const { dashboard } = variable
    if (variable.type !== 'query' || variable.query === undefined) return
    const refresh = valueIn(dashboard, variable, 'refresh')
    if (onTimeRangeChange.includes(refresh)) return
    const at = placeOfValue(dashboard, variable, 'refresh')
    report({
      at,
      message: `Variable "${variable.name}" offers what there was when the dashboard was ${refresh === 1 || refresh === 'onDashboardLoad' ? 'loaded' : 'saved'}, and not what there is in the time range: set "refresh" to 2`,
      suggestions: typeof refresh === 'number' ? replaceWith('2', dashboard.source, dashboard.document.edit({ kind: 'value', path: [...variable.path, 'refresh'], value: 2 }), { message: 'Set "refresh" to 2', safety: 'configured' }) : [],
      context: `variable "${variable.name}" in dashboard "${dashboard.title ?? ''}"`,
    })
  },
})
