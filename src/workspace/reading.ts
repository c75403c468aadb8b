import type { Discovery, FoundFile } from './discovery.js'
import { sourceFile } from './sources.js'
import { isTestFile } from './test-files.js'
import type { FileKind, Workspace } from './workspace.js'

/** What became of a file, or of a folder that was passed over. */
export interface ReadingNote {
  /** Relative to the working directory; of a folder it ends in `/`. */
  readonly path: string
  /** What it was read as, in words; absent where it was not. */
  readonly readAs?: string
  /** Why it was not read, or not as what it may be meant for. */
  readonly passedOver?: string
  /** Known, and not reported on. */
  readonly isOnlyKnown?: true
}

const kindWords: Readonly<Record<FileKind, string>> = {
  'dashboard': 'dashboard',
  'library-panels': 'library panels',
  'rule-file': 'rule file',
  'prometheus-config': 'configuration of Prometheus',
  'collector-config': 'configuration of an OpenTelemetry collector',
  'datasources': 'datasources',
  'dashboard-providers': 'dashboard providers',
  'query-holder': 'resource with queries',
  'grafana-alerting': 'provisioning of Grafana\'s alerting',
  'registry': 'registry file',
  'source': 'code',
  'document': 'document that lists metrics',
  'unknown': 'unknown',
}

/** What became of everything that was found, sorted by path. */
export function readingOf({ files, passedOver }: Discovery, workspace: Workspace, maxFileSize: number): ReadingNote[] {
  const kinds = new Map<string, Set<FileKind>>()
  const problems = new Map<string, string>()
  for (const { source: { path }, kind, problems: [problem] } of workspace.files) {
    kinds.set(path, (kinds.get(path) ?? new Set()).add(kind))
    if (problem !== undefined) problems.set(path, problem.message)
  }
  const monitors = new Set(workspace.monitors.map(({ document }) => document.source.path))
  const unread = new Map(workspace.unread.map(({ path, form }) => [path, form]))
  const told = files.map((file): ReadingNote => ({ path: file.path, ...whatBecameOf(file), ...(!file.reported && { isOnlyKnown: true }) }))
  return [...told, ...passedOver.map(({ path, reason }) => ({ path, passedOver: reason }))].sort((a, b) => (a.path < b.path ? -1 : 1))

  function whatBecameOf({ path, pathInScope, size }: FoundFile): Omit<ReadingNote, 'path'> {
    const problem = problems.get(path)
    if (problem !== undefined) return { passedOver: problem }
    const known = [...(kinds.get(path) ?? [])].filter((kind) => kind !== 'unknown')
    if (known.length > 0) return { readAs: known.map((kind) => kindWords[kind]).join(', ') }
    if (monitors.has(path)) return { readAs: 'resource of the Prometheus operator' }
    const form = unread.get(path)
    if (form !== undefined) return { passedOver: `${form}, a form that is not read` }
    if (size > maxFileSize) return { passedOver: `larger than "maxFileSize": ${size} bytes` }
    if (sourceFile.test(path)) return isTestFile(pathInScope) ? { passedOver: 'a test, or type declarations: what it declares, nothing exposes' } : { readAs: kindWords.source }
    if (/(?:^|\/)(?:[tj]sconfig[^/]*|package)\.json$/.test(path)) return { readAs: 'what tells how modules are found' }
    if (/\.(?:json|ya?ml|rules)$/i.test(path)) return { passedOver: 'no dashboard, no rules and no configuration stand in it' }
    if (/\.(?:md|mdx|markdown)$/i.test(path)) return { passedOver: 'lists no metrics' }
    if (/\.(?:jsonnet|libsonnet|tpl|mk|tf)$/i.test(path)) return { passedOver: 'no dashboard and no rule stand in it as they are' }
    return { readAs: 'what tells how programs are built and started' }
  }
}
