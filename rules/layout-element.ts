import { layoutElements } from '../src/grafana/layout-elements.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { nearestNames } from '../src/text/nearest-names.js'

export default defineRule({
  name: 'layout-element',
  subject: 'dashboard',
  severity: 'error',
  summary: 'Each item of a layout shows an element of its dashboard, and each element is shown',
  check(dashboard, { report }) {
    const layout = layoutElements(dashboard)
    if (layout === undefined) return
    const { document, source } = dashboard
    const { named, defined, isOpen } = layout
    const shown = new Set(named.map(({ name }) => name))
    const unshown = [...defined.keys()].filter((name) => !shown.has(name))
    for (const { name, path } of named) {
      // Copies that repeating made, which old snapshots name.
      if (defined.has(name) || name.includes('-clone-')) continue
      const [suggestion] = nearestNames(name, unshown.length > 0 ? unshown : [...defined.keys()], 1)
      report({
        at: { source, span: document.spanOf(path) },
        message: `No element "${name}" is in this dashboard: Grafana does not open it.${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`,
        data: { value: name, ...(suggestion !== undefined && { suggestion }) },
        suggestions: suggestion === undefined ? [] : replaceWith(suggestion, source, document.edit({ kind: 'characters', path, start: 0, end: name.length, text: suggestion })),
      })
    }
    if (isOpen) return
    for (const name of unshown) {
      report({
        at: { source, span: document.keySpanOf(defined.get(name)!) },
        message: `No layout shows the element "${name}": nobody sees it, and Grafana drops it when the dashboard is saved`,
        severity: 'warning',
        data: { value: name },
      })
    }
  },
})
