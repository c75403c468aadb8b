import { dirname, relative, resolve, sep } from 'node:path'
import type { NewBaseline } from '../api/baseline.js'
import { debugLines } from '../api/debug.js'
import type { FileChange } from '../api/fix.js'
import { brokenLimits, type Limits } from '../api/limits.js'
import { lint as lintWorkspace, type LintRequest } from '../api/lint.js'
import { cacheDirectoryOf } from '../api/load.js'
import { ruleDocs } from '../api/rule-docs.js'
import { loadFormatter, wantsColor, wantsHyperlinks, type Report } from '../report/index.js'
import type { AnyRule } from '../lint/rule.js'
import { counted } from '../report/summary-line.js'
import { fixedPart, lintAndFix } from './fix.js'
import { emit } from './output.js'
import { startProgress } from './progress.js'
import { reportTargets, type ReportTarget } from './report-targets.js'
import { complainOf, exitCodes, surroundingsOf, type Terminal } from './terminal.js'
import type { Run } from './watch.js'

interface LintOptions extends Omit<LintRequest, 'paths' | 'overlay' | 'onStep'>, Limits {
  readonly format?: readonly ReportTarget[]
  readonly output?: string
  readonly quiet?: boolean
  readonly coverage?: boolean
  readonly color?: boolean
  readonly fix?: boolean
  readonly fixDryRun?: boolean
  readonly debug?: boolean
  readonly watch?: boolean
  readonly stdin?: boolean
  readonly stdinFilename?: string
}

/** `ml-dash-lint [paths…]`: lints, reports, and returns the exit code. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const targets = reportTargets(options.format, options.output, terminal.cwd())
  const wrong = typeof targets === 'string' ? targets : wrongCombination(paths, options)
  if (typeof targets === 'string' || wrong !== undefined) {
    complainOf([wrong ?? ''], terminal)
    return exitCodes.usage
  }
  if (options.watch) {
    const { watch } = await import('./watch.js')
    return watch(() => runOnce(paths, options, targets, terminal), targets, terminal)
  }
  if (!options.stdin) return (await runOnce(paths, options, targets, terminal)).code
  const overlay = new Map([[options.stdinFilename!, (await terminal.readStdin?.()) ?? '']])
  return (await runOnce([options.stdinFilename!], { ...options, overlay }, targets, terminal)).code
}

function wrongCombination(paths: readonly string[], { stdin, stdinFilename, watch, fix, fixDryRun }: LintOptions): string | undefined {
  if (stdin && stdinFilename === undefined) return '--stdin needs --stdin-filename: where a file lies says what it is held against'
  if (!stdin && stdinFilename !== undefined) return '--stdin-filename has no meaning without --stdin'
  if (stdin && paths.length > 0) return `--stdin lints what it is given, and not ${paths.join(', ')}`
  if (fix && (stdin || watch)) return `--fix writes files, which ${stdin ? '--stdin' : '--watch'} does not go with`
  if (fixDryRun && watch) return '--fix-dry-run prints one patch, and --watch goes on'
  return stdin && watch ? '--watch cannot watch what --stdin is given' : undefined
}

async function runOnce(paths: readonly string[], options: LintOptions & Pick<LintRequest, 'overlay'>, targets: readonly ReportTarget[], terminal: Terminal): Promise<Run> {
  const surroundings = surroundingsOf(terminal)
  const { cwd } = surroundings
  const progress = startProgress(terminal)
  const request = { ...options, paths, onStep: progress.step }
  const { outcome, changes } = await (options.fix || options.fixDryRun
    ? lintAndFix(request, options.fix === true, terminal)
    : lintWorkspace(request, surroundings).then((one) => ({ outcome: one, changes: [] }))
  ).finally(progress.end)
  if (outcome.kind === 'wrong-configuration') {
    const folders = [cwd, ...outcome.report.diagnostics.map(({ place }) => dirname(resolve(cwd, place.source.path)))]
    return { code: (await write(outcome.report, targets, options, terminal)) ?? exitCodes.usage, folders }
  }
  const { loaded } = outcome
  const cacheDirectory = loaded && cacheDirectoryOf(options, loaded.config, surroundings)
  const folders = [...(loaded?.folders ?? []), ...[...(loaded?.config.registry ?? []), ...(options.registry ?? [])].map((path) => dirname(resolve(cwd, path)))]
  const run = (code: number): Run => ({ code, folders, ...(cacheDirectory !== undefined && { cacheDirectory }) })
  if (options.debug && loaded) {
    for (const line of debugLines(loaded, outcome.kind === 'linted' ? outcome.timings : loaded.timings, cacheDirectory, surroundings)) terminal.stderr.write(`debug: ${line}\n`)
  }
  if (outcome.kind === 'wrong-usage') {
    complainOf(outcome.reasons, terminal)
    return run(exitCodes.usage)
  }
  const { report, config, rules, failed, newBaseline } = outcome
  const unsaved = newBaseline && await writeBaseline(newBaseline, terminal)
  if (unsaved !== undefined) return run(unsaved)
  const unwritten = options.fixDryRun ? await writePatch(changes, options, terminal) : await write(options.quiet ? withoutWarnings(report) : report, targets, options, terminal, rules)
  if (unwritten !== undefined) return run(unwritten)
  const broken = brokenLimits(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage })
  complainOf(broken, terminal)
  // What such a rule would have found is missing: this run proves nothing.
  if (failed.length > 0) return run(exitCodes.usage)
  if (cacheDirectory !== undefined && isRepeatable(options, targets)) terminal.keep?.(cacheDirectory)
  return run(report.summary.errors > 0 || broken.length > 0 ? exitCodes.findings : exitCodes.clean)
}

/** Whether a run only reads, and tells nothing but what it found. */
function isRepeatable({ watch, stdin, fix, fixDryRun, debug, updateBaseline }: LintOptions, targets: readonly ReportTarget[]): boolean {
  return !watch && !stdin && !fix && !fixDryRun && !debug && !updateBaseline && targets.every(({ file }) => file === undefined)
}

async function writeBaseline({ path, text, total, added, dropped }: NewBaseline, terminal: Terminal): Promise<number | undefined> {
  const failed = await emit(text, path, terminal)
  if (failed === undefined) terminal.stderr.write(`ml-dash-lint: ${path} holds ${counted(total, 'finding')} now: ${added} added, ${dropped} dropped\n`)
  return failed
}

function withoutWarnings(report: Report): Report {
  const { diagnostics, summary } = report
  if (summary.warnings === 0) return report
  return { ...report, diagnostics: diagnostics.filter(({ severity }) => severity === 'error'), summary: { ...summary, hiddenWarnings: summary.warnings } }
}

/** Where the working directory stands in the repository that GitHub or GitLab checked out: they know files by their paths from there. */
function directoryInRepository({ env, cwd }: Terminal): { directory?: string } {
  const root = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR']
  const directory = root === undefined ? '' : relative(root, cwd()).split(sep).join('/')
  return directory === '' || directory.startsWith('..') ? {} : { directory }
}

/** Formats and writes the reports. Returns an exit code only where one could not be written; the others are, all the same. */
async function write(report: Report, targets: readonly ReportTarget[], options: LintOptions, terminal: Terminal, rules: readonly AnyRule[] = []): Promise<number | undefined> {
  const codes = []
  for (const { format, file } of targets) codes.push(await emit(await written(report, format, file, options, terminal, rules), file, terminal))
  return codes.find((code) => code !== undefined)
}

async function written(report: Report, format: string, file: string | undefined, { color, coverage }: LintOptions, terminal: Terminal, rules: readonly AnyRule[]): Promise<string> {
  const formatter = await loadFormatter(format)
  return formatter(report, {
    color: file === undefined ? wantsColor(terminal.stdout, terminal.env, color) : color === true,
    ...(coverage && { listsUnverified: true }),
    hyperlinks: file === undefined && wantsHyperlinks(terminal.stdout, terminal.env),
    ...(file === undefined && terminal.stdout.columns !== undefined && { width: terminal.stdout.columns }),
    ...directoryInRepository(terminal),
    ruleDocs: ruleDocs(rules),
  })
}

/** Writes a patch of what `--fix` would change, and tells how much that is where it is in nobody's way. */
async function writePatch(changes: readonly FileChange[], { output }: LintOptions, terminal: Terminal): Promise<number | undefined> {
  const { patchOf } = await import('../report/patch.js')
  const failed = await emit(patchOf(changes), output, terminal)
  if (failed === undefined) terminal.stderr.write(`Would fix ${fixedPart(changes)}\n`)
  return failed
}
