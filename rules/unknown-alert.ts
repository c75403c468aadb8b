import { alertReferences } from '../src/contract/alert-references.js'
import { describePath } from '../src/grafana/describe.js'
import { defineRule } from '../src/lint/rule.js'
import { wordTest } from '../src/contract/sure-meaning.js'
import { replaceWith } from '../src/lint/replace.js'
import type { Edit } from '../src/text/edit.js'
import { isMisspelling } from '../src/text/misspelling.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { Place } from '../src/text/source.js'
import { escapeRegExp } from '../src/text/wildcard.js'
import { spellingLikeness } from '../src/text/word-likeness.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'unknown-alert',
  subject: 'workspace',
  severity: 'error',
  summary: 'Each alert that a dashboard or rule refers to is defined',
  check(workspace, { report }) {
    const byPrometheus = new Set(workspace.alertingRules.map(({ alert }) => alert))
    // Grafana's alerts are in its panels, and in `ALERTS` where Grafana keeps the history of its alerts in Prometheus.
    const defined = new Set([...byPrometheus, ...workspace.grafanaAlerts.map(({ title }) => title)])
    // Without a rule file the alerts are defined elsewhere.
    if (defined.size === 0) return
    const names = [...defined]
    // A Prometheus that loads the rules at hand, and shares its store with no other, has no alerts of other rules.
    const isWhole = workspace.prometheusConfigs.some(({ ruleFiles }) => ruleFiles.length > 0) && workspace.prometheusConfigs.every(({ unread, sharesStore }) => unread !== true && !sharesStore)
    const computed = names.filter((name) => name.includes('{{')).map(patternOf)

    function refer(name: string, at: Place, context: string, edit: (text: string) => Edit | undefined, by?: string): void {
      if (defined.has(name) || computed.some((pattern) => pattern.test(name))) return
      // An alert that stands for others is none of them.
      const [suggestion] = nearestNames(name, by === undefined ? names : names.filter((one) => one !== by), 1)
      const near = placeOfAlert(suggestion, workspace)
      report({
        at,
        message: `No rule file defines an alert "${name}".${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`,
        context,
        // What is spelt otherwise may be defined by rules of another repository.
        ...(!isWhole && (suggestion === undefined || spellingLikeness(name, suggestion) === 0) && { severity: 'warning' as const }),
        data: { value: name, ...(suggestion !== undefined && { suggestion }) },
        related: near ? [{ place: near, message: `"${suggestion}" is defined here` }] : [],
        suggestions: suggestion === undefined ? [] : replaceWith(suggestion, at.source, edit(suggestion), {
          safety: isMisspelling(name, suggestion, names, wordTest(workspace.registry)) ? 'sure' : undefined,
        }),
      })
    }

    for (const query of workspace.queries) {
      if (query.parsed.expr === undefined) continue
      // Rules of Grafana alone tell nothing of those that a Prometheus may have.
      if (byPrometheus.size > 0) for (const { name, start, end } of alertReferences(query.parsed.expr)) refer(name, query.place(start, end), query.context, (text) => query.edit(start, end, text), query.owner.kind === 'alerting' ? query.owner.rule.alert : undefined)
    }
    for (const dashboard of workspace.dashboards) {
      for (const panel of dashboard.panels) {
        for (const { text, path, start, match } of panel.alertNames) {
          const isShown = match === 'contains' && names.some((name) => name.toLowerCase().includes(text.toLowerCase()))
          if (isShown || /[$[]/.test(text)) continue
          refer(text, { source: dashboard.source, span: dashboard.document.spanInString(path, start, start + text.length) }, describePath(dashboard, path),
            (meant) => dashboard.document.edit({ kind: 'characters', path, start, end: start + text.length, text: meant }))
        }
      }
    }
  },
})

function placeOfAlert(name: string | undefined, { alertingRules, grafanaAlerts }: Workspace): Place | undefined {
  return alertingRules.find(({ alert }) => alert === name)?.place('alert') ?? grafanaAlerts.find(({ title }) => title === name)?.place('title')
}

/** The names that one may come to be that a template fills in. */
function patternOf(name: string): RegExp {
  return new RegExp(`^${name.split(/\{\{[^]*?\}\}/).map(escapeRegExp).join('.*')}$`)
}
