import { stat } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { isProducer } from '../contract/producers.js'
import { activeRules, optionProblems } from '../config/active-rules.js'
import { chosenRules } from '../config/overrides.js'
import type { PresetName } from '../config/presets.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { Config, RuleSetting } from '../config/config.js'
import { coverageOf, type Tally } from '../lint/coverage.js'
import { notesOf } from '../lint/notes.js'
import type { AnyRule } from '../lint/rule.js'
import { runRules } from '../lint/run.js'
import { causesOf } from '../report/causes.js'
import { unreadLine } from '../report/summary-line.js'
import { nearestNames } from '../text/nearest-names.js'
import { once } from '../text/once.js'
import { loadFormatter, wantsColor, type Report, type Summary } from '../report/index.js'
import { rules } from '../../rules/index.js'
import type { LoadedWorkspace } from '../workspace/load.js'
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
  readonly minCoverage?: number
  readonly quiet?: boolean
  readonly coverage?: boolean
  /** Names of the only rules to run. */
  readonly rule?: readonly string[]
  /** In the place of those that the configuration extends. */
  readonly preset?: PresetName
  readonly color?: boolean
  readonly cache?: boolean
  readonly cacheLocation?: string
}

/** `ml-dash-lint [paths…]`: lints, reports, and returns the exit code. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const unknown = options.rule?.find((name) => !rules.some((rule) => rule.name === name))
  if (unknown !== undefined) {
    const [suggestion] = nearestNames(unknown, rules.map(({ name }) => name), 1)
    terminal.stderr.write(`ml-dash-lint: there is no rule "${unknown}"${suggestion === undefined ? '' : `. Did you mean "${suggestion}"?`}\n`)
    return exitCodes.usage
  }
  const { registry, folders } = await registryFiles(options.registry ?? [], terminal)
  const loaded = await load({ ...options, paths: [...paths, ...folders], registry }, terminal)
  if (loaded.kind === 'wrong-configuration') {
    return (await write({ diagnostics: loaded.diagnostics, summary: summaryOf(loaded.diagnostics) }, options, terminal)) ?? exitCodes.usage
  }
  const { workspace, unmatched, directory } = loaded
  const { rules: named, config } = rulesToRun(options.preset ? { ...loaded.config, extends: [options.preset] } : loaded.config, options.rule)
  const wrong = optionProblems(named, config)
  for (const problem of wrong) terminal.stderr.write(`ml-dash-lint: ${problem}\n`)
  if (wrong.length > 0) return exitCodes.usage
  for (const path of unmatched) terminal.stderr.write(`ml-dash-lint: no such file or folder: ${path}\n`)
  if (unmatched.length > 0) return exitCodes.usage
  if (isEmpty(loaded) && workspace.unread.length > 0) {
    terminal.stderr.write(`ml-dash-lint: nothing was read in ${paths.join(', ') || 'this folder'}. ${unreadLine(workspace.unread)}\n`)
    return exitCodes.usage
  }
  if (isEmpty(loaded)) {
    terminal.stderr.write(`ml-dash-lint: nothing to lint in ${paths.join(', ') || 'this folder'}: no dashboard, no rule file, no provisioning file and no code that uses a metrics library (folders such as dist and build are passed over unless "include" names them)\n`)
    return exitCodes.usage
  }
  const diagnostics = runRules(workspace, chosenRules(named, config, workspace, { cwd: terminal.cwd(), directory }))
  const report: Report = { diagnostics, summary: { ...summaryOf(diagnostics, workspace), ...(loaded.knowsMore && { roots: loaded.roots }) }, coverage: once(() => coverageOf(workspace)), notes: notesOf(workspace), unread: workspace.unread }
  const failed = await write(options.quiet ? withoutWarnings(report) : report, options, terminal)
  return failed ?? verdictOn(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage }, terminal)
}

/** All rules, as the configuration has them; or those alone that the user names, which are on then. */
function rulesToRun(config: Config, names: readonly string[] | undefined): { rules: readonly AnyRule[]; config: Config } {
  if (names === undefined) return { rules, config }
  const named = rules.filter(({ name }) => names.includes(name))
  const active = activeRules(named, config)
  const switchedOn = named.map((rule): [string, RuleSetting] => {
    const severity = active.find((one) => one.rule === rule)?.severity ?? (rule.severity === 'off' ? 'warning' : rule.severity)
    return [rule.name, { ...config.rules[rule.name], severity }]
  })
  return { rules: named, config: { ...config, rules: { ...config.rules, ...Object.fromEntries(switchedOn) } } }
}

function withoutWarnings(report: Report): Report {
  const { diagnostics, summary } = report
  if (summary.warnings === 0) return report
  return { ...report, diagnostics: diagnostics.filter(({ severity }) => severity === 'error'), summary: { ...summary, hiddenWarnings: summary.warnings } }
}

/** The exit code; tells what fails the run where that is none of the findings. */
function verdictOn({ summary, coverage }: Report, { maxWarnings, minCoverage }: { maxWarnings?: number | undefined; minCoverage?: number | undefined }, terminal: Terminal): number {
  const reasons: string[] = []
  if (maxWarnings !== undefined && summary.warnings > maxWarnings) reasons.push(`more warnings than --max-warnings allows: ${summary.warnings}, not ${maxWarnings}`)
  if (coverage !== undefined && minCoverage !== undefined) reasons.push(...tooLittle(coverage().selectors, minCoverage))
  for (const reason of reasons) terminal.stderr.write(`ml-dash-lint: ${reason}\n`)
  return summary.errors > 0 || reasons.length > 0 ? exitCodes.findings : exitCodes.clean
}

function tooLittle({ total, unverified }: Tally, minCoverage: number): string[] {
  const checked = total === 0 ? 100 : 100 * (total - unverified) / total
  if (checked >= minCoverage) return []
  // Rounded down, so that it never reads like enough.
  const share = Math.floor(checked * 10) / 10
  return [`only ${share} % of the selectors were checked, ${total - unverified} of ${total}; at least ${minCoverage} % are asked for. --coverage lists the others with the reason`]
}

/** `--registry a.json dashboards` means one registry file and a folder to lint: a registry is never a folder. */
async function registryFiles(named: readonly string[], { cwd }: Terminal): Promise<{ registry: string[]; folders: string[] }> {
  const isFolder = await Promise.all(named.map((path) => stat(resolve(cwd(), path)).then((entry) => entry.isDirectory(), () => false)))
  return { registry: named.filter((_, i) => !isFolder[i]), folders: named.filter((_, i) => isFolder[i]) }
}

/** Nothing to report on; a file that is named may well be none of ours where there is a stack around it: hooks name all that changed. */
function isEmpty({ workspace, namesFiles }: LoadedWorkspace): boolean {
  const { files, registry, isReported } = workspace
  const exposed = [...registry.families, ...registry.patterns].filter(({ origin }) => origin.kind !== 'built-in')
  const isNothing = files.length === 0 && exposed.length === 0
  if (namesFiles) return isNothing
  return isNothing || (files.every(({ source }) => !isReported(source.path))
    && exposed.every(({ declarations }) => declarations.every(({ place }) => !isReported(place.source.path))))
}

/** Where the working directory stands in the repository that GitHub checked out: its annotations are told from there. */
function directoryInRepository({ env, cwd }: Terminal): { directory?: string } {
  const root = env['GITHUB_WORKSPACE']
  const directory = root === undefined ? '' : relative(root, cwd()).split(sep).join('/')
  return directory === '' || directory.startsWith('..') ? {} : { directory }
}

/** Formats and writes the report. Returns an exit code only where it could not be written. */
async function write(report: Report, { format, output, color, coverage }: LintOptions, terminal: Terminal): Promise<number | undefined> {
  const formatter = await loadFormatter(format ?? 'stylish')
  const colored = output === undefined ? wantsColor(terminal.stdout, terminal.env, color) : color === true
  const text = formatter(report, {
    color: colored,
    ...(coverage && { listsUnverified: true }),
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
