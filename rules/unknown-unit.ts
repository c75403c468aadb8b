import { describePath } from '../src/grafana/describe.js'
import { meantUnit } from '../src/grafana/unit-ids.js'
import { unitUses } from '../src/grafana/unit-uses.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'unknown-unit',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'Each unit of a panel is one that Grafana knows, or a text of its own',
  check(dashboard, { report }) {
    for (const { text, path } of unitUses(dashboard)) {
      const suggestion = meantUnit(text)
      if (suggestion === undefined) continue
      const at = { source: dashboard.source, span: dashboard.document.spanInString(path, 0, text.length) }
      report({
        at,
        message: `Grafana has no unit "${text}": it writes the text behind the number as it is. Did you mean "${suggestion}"? If not, write "suffix:${text}".`,
        context: describePath(dashboard, path),
        data: { suggestion },
        suggestions: replaceWith(suggestion, dashboard.source, dashboard.document.edit({ kind: 'characters', path, start: 0, end: text.length, text: suggestion }), {
          safety: text.toLowerCase() === suggestion.toLowerCase() ? 'sure' : undefined,
        }),
      })
    }
  },
})
