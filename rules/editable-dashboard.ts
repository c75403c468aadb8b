import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { valueIn } from '../src/lint/value-in.js'

export default defineRule({
  name: 'editable-dashboard',
  subject: 'dashboard',
  severity: 'off',
  summary: 'No dashboard can be edited in Grafana, past the repository',
  check(dashboard, { report }) {
    const editable = valueIn(dashboard, dashboard, 'editable')
    if (editable === false) return
    const edit = editable === true ? dashboard.document.edit({ kind: 'value', path: [...dashboard.path, 'editable'], value: false }) : undefined
    report({
      at: dashboard.place('editable'),
      message: 'This dashboard can be edited in Grafana, and what is changed there is lost with the next deployment: set "editable" to false',
      suggestions: edit === undefined ? [] : replaceWith('false', dashboard.source, edit, { message: 'Set "editable" to false', safety: 'configured' }),
    })
  },
})
