import { describePath } from '../src/grafana/describe.js'
import { defineRule } from '../src/lint/rule.js'
import { placeOfValue, valueIn } from '../src/lint/value-in.js'
import { textOf } from '../src/text/value.js'

export default defineRule({
  name: 'panel-description',
  subject: 'panel',
  severity: 'off',
  summary: 'Each panel that shows a query has a title and a description',
  check(panel, { report }) {
    const { dashboard } = panel
    // Library panels have theirs elsewhere.
    if (panel.targets.length === 0 || panel.libraryPanel) return
    const missing = ['title', 'description'].filter((key) => textOf(valueIn(dashboard, panel, key)) === undefined)
    if (missing.length === 0) return
    report({ at: placeOfValue(dashboard, panel, missing[0]!), message: `This panel has no ${missing.join(' and no ')}`, context: describePath(dashboard, panel.path) })
  },
})
