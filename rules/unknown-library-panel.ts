import { describePath } from '../src/grafana/describe.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { valueIn } from '../src/lint/value-in.js'
import { nearestNames } from '../src/text/nearest-names.js'
import { isRecord } from '../src/text/value.js'

export default defineRule({
  name: 'unknown-library-panel',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'An export that brings library panels along brings each that its panels show',
  check(dashboard, { workspace, report }) {
    const elements = valueIn(dashboard, dashboard, '__elements')
    // An export without any is of a Grafana that did not bring them along; what else is at hand may be imported beside it.
    if (!isRecord(elements) || Object.keys(elements).length === 0 || dashboard.document.template !== undefined) return
    if (workspace.files.some(({ kind }) => kind === 'library-panels')) return
    for (const { libraryPanel, path } of dashboard.panels) {
      const uid = libraryPanel?.uid
      if (uid === undefined || uid === '' || Object.hasOwn(elements, uid) || uid.includes('${')) continue
      const at = [...path, 'libraryPanel', 'uid']
      const [suggestion] = nearestNames(uid, Object.keys(elements), 1)
      report({
        at: { source: dashboard.source, span: dashboard.document.spanOf(at) },
        message: `The library panel "${uid}" is not among those that this export brings along: the Grafana that imports it shows an error instead, unless it has it already.${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`,
        context: describePath(dashboard, path),
        data: { value: uid, ...(suggestion !== undefined && { suggestion }) },
        suggestions: suggestion === undefined ? [] : replaceWith(suggestion, dashboard.source, dashboard.document.edit({ kind: 'characters', path: at, start: 0, end: uid.length, text: suggestion })),
      })
    }
  },
})
