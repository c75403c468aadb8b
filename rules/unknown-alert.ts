import { alertReferences } from '../src/contract/alert-references.js'
import { describePath } from '../src/grafana/describe.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { Place } from '../src/text/source.js'

export default defineRule({
  name: 'unknown-alert',
  subject: 'workspace',
  severity: 'error',
  summary: 'Each alert that a dashboard or rule refers to is defined',
  check(workspace, { report }) {
    const defined = new Map([...workspace.alertingRules].reverse().map((rule) => [rule.alert, rule]))
    // Without a rule file the alerts are defined elsewhere.
    if (defined.size === 0) return
    const names = [...defined.keys()]
    const computed = names.filter((name) => name.includes('{{')).map(patternOf)

    function refer(name: string, at: Place, context: string): void {
      if (defined.has(name) || computed.some((pattern) => pattern.test(name))) return
      const [suggestion] = nearestNames(name, names, 1)
      const near = suggestion === undefined ? undefined : defined.get(suggestion)
      report({
        at,
        message: `No rule file defines an alert "${name}".${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`,
        context,
        data: { value: name, ...(suggestion !== undefined && { suggestion }) },
        related: near ? [{ place: near.place('alert'), message: `"${near.alert}" is defined here` }] : [],
        suggestions: suggestion === undefined ? [] : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion } }],
      })
    }

    for (const query of workspace.queries) {
      if (query.parsed.expr === undefined) continue
      for (const { name, start, end } of alertReferences(query.parsed.expr)) refer(name, query.place(start, end), query.context)
    }
    for (const dashboard of workspace.dashboards) {
      for (const panel of dashboard.panels) {
        for (const { text, path, start, match } of panel.alertNames) {
          const isShown = match === 'contains' && names.some((name) => name.toLowerCase().includes(text.toLowerCase()))
          if (isShown || /[$[]/.test(text)) continue
          refer(text, { source: dashboard.source, span: dashboard.document.spanInString(path, start, start + text.length) }, describePath(dashboard, path))
        }
      }
    }
  },
})

/** The names that one may come to be that a template fills in. */
function patternOf(name: string): RegExp {
  return new RegExp(`^${name.split(/\{\{[^]*?\}\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`)
}
