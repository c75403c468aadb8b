import { chainProblems } from '../src/grafana/alerting/expressions.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'grafana-alert-expression',
  subject: 'grafanaAlert',
  severity: 'error',
  summary: "Grafana can evaluate each alert's expressions and its condition",
  check(alert, { report }) {
    const { document } = alert.file
    const { source } = document
    const names = alert.data.map(({ refId }) => refId).filter((refId) => refId !== '')
    for (const { message, path, start, end, unknown } of chainProblems(alert, alert.chain())) {
      if (unknown !== undefined && /\$|\{\{/.test(unknown)) continue
      const at = { source, span: start === undefined || end === undefined ? document.spanOf(path) : document.spanInString(path, start, end) }
      const [suggestion] = unknown === undefined ? [] : nearestNames(unknown, names, 1)
      const hint = unknown === undefined ? '' : suggestion === undefined ? `. There is: ${names.join(', ')}` : `. Did you mean "${suggestion}"?`
      report({
        at,
        message: `Grafana cannot evaluate this rule: ${message}${hint}`,
        ...(suggestion !== undefined && { data: { suggestion } }),
      })
    }
  },
})
