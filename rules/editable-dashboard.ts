import { defineRule } from '../src/lint/rule.js'
import { valueIn } from '../src/lint/value-in.js'

export default defineRule({
  name: 'editable-dashboard',
  subject: 'dashboard',
  severity: 'off',
  summary: 'No dashboard can be edited in Grafana, past the repository',
  check(dashboard, { report }) {
    if (valueIn(dashboard, dashboard, 'editable') === false) return
    report({ at: dashboard.place('editable'), message: 'This dashboard can be edited in Grafana, and what is changed there is lost with the next deployment: set "editable" to false' })
  },
})
