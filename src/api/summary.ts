import { isProducer } from '../contract/producers.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { causesOf } from '../report/causes.js'
import type { Summary } from '../report/report.js'
import type { Workspace } from '../workspace/workspace.js'

/** What was read and found, in numbers; no workspace: nothing was read. */
export function summaryOf(diagnostics: readonly Diagnostic[], workspace?: Workspace): Summary {
  const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const { families = [], patterns = [] } = workspace?.registry ?? {}
  const exposed = [...families, ...patterns].filter(({ origin }) => isProducer(origin))
  const declaring = exposed.flatMap(({ origin, declarations }) => origin.kind === 'code' ? declarations.map(({ place }) => place.source.path) : [])
  const isReported = (path: string) => workspace === undefined || workspace.isReported(path)
  const files = (workspace?.files ?? []).filter(({ source }) => isReported(source.path))
  return {
    files: new Set([...files.map(({ source }) => source.path), ...declaring.filter(isReported)]).size,
    dashboards: [...(workspace?.dashboards ?? [])].filter(({ source }) => isReported(source.path)).length,
    ruleFiles: files.filter(({ kind }) => kind === 'rule-file').length + new Set((workspace?.grafanaAlerts ?? []).map(({ file }) => file.document.source.path).filter(isReported)).size,
    queries: (workspace?.queries ?? []).filter((query) => isReported(query.source.path)).length,
    families: exposed.length,
    errors: count('error'),
    warnings: count('warning'),
    causes: causesOf(diagnostics).length,
    byRule: Object.fromEntries([...new Set(diagnostics.map(({ rule }) => rule))].sort().map((name) => [name, diagnostics.filter(({ rule }) => rule === name).length])),
  }
}
