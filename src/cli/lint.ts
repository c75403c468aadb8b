import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { isProducer } from '../contract/producers.js'
import { activeRules } from '../config/active-rules.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { runRules } from '../lint/run.js'
import { loadFormatter, wantsColor, type Report, type Summary } from '../report/index.js'
import { rules } from '../../rules/index.js'
import type { Workspace } from '../workspace/workspace.js'
import { load } from './load.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

interface LintOptions {
  readonly format?: string
  readonly output?: string
  readonly config?: string
  readonly registry?: readonly string[]
  readonly maxWarnings?: number
  readonly color?: boolean
}

/** `ml-dash-lint [paths…]`: lints, reports, and returns the exit code. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const { registry, folders } = await registryFiles(options.registry ?? [], terminal)
  const loaded = await load({ ...options, paths: [...paths, ...folders], registry }, terminal)
  if (loaded.kind === 'wrong-configuration') {
    return (await write({ diagnostics: loaded.diagnostics, summary: summaryOf(loaded.diagnostics) }, options, terminal)) ?? exitCodes.usage
  }
  const { workspace, unmatched, config } = loaded
  for (const path of unmatched) terminal.stderr.write(`ml-dash-lint: no such file or folder: ${path}\n`)
  if (unmatched.length > 0) return exitCodes.usage
  if (isEmpty(workspace)) {
    terminal.stderr.write(`ml-dash-lint: nothing to lint in ${paths.join(', ') || 'this folder'}: no dashboard, no rule file, no provisioning file and no code that uses a metrics library (folders such as dist and build are passed over unless "include" names them)\n`)
    return exitCodes.usage
  }
  const diagnostics = runRules(workspace, activeRules(rules, config))
  const summary = summaryOf(diagnostics, workspace)
  const failed = await write({ diagnostics, summary }, options, terminal)
  if (failed !== undefined) return failed
  const tooManyWarnings = options.maxWarnings !== undefined && summary.warnings > options.maxWarnings
  return summary.errors > 0 || tooManyWarnings ? exitCodes.findings : exitCodes.clean
}

/** `--registry a.json dashboards` means one registry file and a folder to lint: a registry is never a folder. */
async function registryFiles(named: readonly string[], { cwd }: Terminal): Promise<{ registry: string[]; folders: string[] }> {
  const isFolder = await Promise.all(named.map((path) => stat(resolve(cwd(), path)).then((entry) => entry.isDirectory(), () => false)))
  return { registry: named.filter((_, i) => !isFolder[i]), folders: named.filter((_, i) => isFolder[i]) }
}

function isEmpty({ files, registry }: Workspace): boolean {
  return files.length === 0 && registry.families.every(({ origin }) => origin.kind === 'built-in') && registry.patterns.length === 0
}

/** Where the working directory stands in the repository that GitHub checked out: its annotations are told from there. */
function directoryInRepository({ env, cwd }: Terminal): { directory?: string } {
  const root = env['GITHUB_WORKSPACE']
  const directory = root === undefined ? '' : relative(root, cwd()).split(sep).join('/')
  return directory === '' || directory.startsWith('..') ? {} : { directory }
}

/** Formats and writes the report. Returns an exit code only where it could not be written. */
async function write(report: Report, { format, output, color }: LintOptions, terminal: Terminal): Promise<number | undefined> {
  const formatter = await loadFormatter(format ?? 'stylish')
  const colored = output === undefined ? wantsColor(terminal.stdout, terminal.env, color) : color === true
  const text = formatter(report, {
    color: colored,
    ...(terminal.stdout.columns !== undefined && { width: terminal.stdout.columns }),
    ...directoryInRepository(terminal),
    ruleDocs: (name) => rules.find((rule) => rule.name === name),
  })
  return emit(text, output, terminal)
}

function summaryOf(diagnostics: readonly Diagnostic[], workspace?: Workspace): Summary {
  const count = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const { families = [], patterns = [] } = workspace?.registry ?? {}
  const exposed = [...families, ...patterns].filter(({ origin }) => isProducer(origin))
  const declaring = exposed.flatMap(({ origin, declarations }) => origin.kind === 'code' ? declarations.map(({ place }) => place.source.path) : [])
  return {
    files: new Set([...(workspace?.files ?? []).map(({ source }) => source.path), ...declaring]).size,
    dashboards: workspace?.dashboards.size ?? 0,
    ruleFiles: workspace?.files.filter(({ kind }) => kind === 'rule-file').length ?? 0,
    queries: workspace?.queries.length ?? 0,
    families: exposed.length,
    errors: count('error'),
    warnings: count('warning'),
  }
}
