import { defineRule } from '../src/lint/rule.js'
import { isLoaded, ruleFileProblems } from '../src/prometheus/rule-file.js'
import { looksLikeRuleList } from '../src/prometheus/ruler-body.js'
import { vmalertLanguage } from '../src/prometheus/vmalert.js'
import type { StructuredDocument } from '../src/text/document.js'
import { folderOf } from '../src/text/path.js'
import { schemaProblems } from '../src/text/schema-check.js'
import { placeLater } from '../src/text/source.js'
import { isTemplate } from '../src/workspace/classify.js'
import type { Workspace } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'rule-file-schema',
  subject: 'file',
  severity: 'error',
  summary: 'Each rule file has the form that Prometheus reads',
  check({ kind, source, documents }, { workspace, report }) {
    if (kind !== 'rule-file') return
    for (const document of documents) {
      // vmalert has a form of its own, and Prometheus never sees such a file.
      if (vmalertLanguage(document) !== undefined) continue
      const at = placeLater(source, () => {
        const { start } = document.spanOf([])
        return { start, end: start + 1 }
      })
      if (!isLoaded(document)) {
        report({ at, message: 'Prometheus reads the first document of a rule file only: these rules, after a "---", are never loaded' })
        continue
      }
      if (looksLikeRuleList(document.value)) {
        const isSure = liesAmongRuleFiles(document, workspace)
        report({ at, message: 'Prometheus loads no rule of a list: a rule file has its rules in "groups"', ...(!isSure && { severity: 'warning' as const }) })
        continue
      }
      const problems = schemaProblems('rule-file', document).filter(({ span }) => !isTemplate(source.text.slice(span.start, span.end)))
      for (const { message, span } of problems) report({ at: { source, span }, message })
      // What goes beyond the form is only worth telling where the form is right.
      if (problems.length > 0) continue
      for (const { message, path, onKey } of ruleFileProblems(document)) {
        report({ at: { source, span: onKey ? document.keySpanOf(path) : document.spanOf(path) }, message })
      }
    }
  },
})

/** A list may be what another tool makes a rule file of, but not where Prometheus loads what lies beside it. */
function liesAmongRuleFiles({ source }: StructuredDocument, { ruleGroups }: Workspace): boolean {
  return ruleGroups.some(({ file }) => file.document.holder === undefined && folderOf(file.document.source.path) === folderOf(source.path))
}
