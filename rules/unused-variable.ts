import { passesVariables } from '../src/grafana/links.js'
import type { Dashboard } from '../src/grafana/model.js'
import { variableMentions } from '../src/grafana/variable-mentions.js'
import { hasPlaceholder } from '../src/grafana/placeholder.js'
import { isBuiltInVariable, variableUses } from '../src/grafana/variable-uses.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'unused-variable',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'Each variable of a dashboard is used in it',
  check(dashboard, { report }) {
    const chosen = dashboard.variables.filter(({ type, name, hidden }) => isChosen.has(type) && !hidden && !hasPlaceholder(name))
    if (chosen.length === 0) return
    // What a library has is not at hand, and links that pass every variable on may be what they are there for.
    if (dashboard.panels.length === 0 || dashboard.panels.some(({ libraryPanel }) => libraryPanel) || passesVariables(dashboard)) return
    const mentions = variableMentions(dashboard)
    const unused = chosen.filter(({ name }) => !mentions.has(name))
    if (unused.length === 0) return
    const misspelt = misspeltIn(dashboard)
    for (const { name, path } of unused) {
      if (misspelt.has(name)) continue
      report({
        at: { source: dashboard.source, span: dashboard.document.spanOf([...path, 'name']) },
        message: `Nothing in this dashboard uses the variable "${name}": whatever is chosen, it shows the same`,
        context: `variable "${name}"${dashboard.title === undefined ? '' : ` in dashboard "${dashboard.title}"`}`,
      })
    }
  },
})

/** The variables that a name nobody defined is probably meant to be: `unknown-variable` tells of these. */
function misspeltIn(dashboard: Dashboard): ReadonlySet<string> {
  const names = dashboard.variables.map(({ name }) => name)
  const defined = new Set(names)
  const unknown = new Set(variableUses(dashboard).map(({ name }) => name).filter((name) => !defined.has(name) && !isBuiltInVariable(name)))
  return new Set([...unknown].flatMap((name) => nearestNames(name, names, 1)))
}

/**
 * Variables that somebody chooses a value of, unless they are hidden. Filters and groupings apply by themselves, a
 * constant is for whoever imports the dashboard, and what other types do is up to them.
 */
const isChosen = new Set(['query', 'custom', 'textbox', 'interval', 'datasource', 'switch'])
