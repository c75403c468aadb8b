import { dirname, relative, resolve, sep } from 'node:path'
import { debugLines } from '../api/debug.js'
import { brokenLimits, type Limits } from '../api/limits.js'
import { lint as lintWorkspace, type LintRequest } from '../api/lint.js'
import { cacheDirectoryOf } from '../api/load.js'
import { ruleDoc } from '../api/rules.js'
import { loadFormatter, wantsColor, wantsHyperlinks, type Report } from '../report/index.js'
import { emit } from './output.js'
import { startProgress } from './progress.js'
import { reportTargets, type ReportTarget } from './report-targets.js'
import { exitCodes, surroundingsOf, type Terminal } from './terminal.js'

interface LintOptions extends Omit<LintRequest, 'paths' | 'overlay' | 'onStep'>, Limits {
  readonly format?: readonly ReportTarget[]
  readonly output?: string
  readonly quiet?: boolean
  readonly coverage?: boolean
  readonly color?: boolean
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
    complain([wrong ?? ''], terminal)
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

function wrongCombination(paths: readonly string[], { stdin, stdinFilename, watch }: LintOptions): string | undefined {
  if (stdin && stdinFilename === undefined) return '--stdin needs --stdin-filename: where a file lies says what it is held against'
  if (!stdin && stdinFilename !== undefined) return '--stdin-filename has no meaning without --stdin'
  if (stdin && paths.length > 0) return `--stdin lints what it is given, and not ${paths.join(', ')}`
  return stdin && watch ? '--watch cannot watch what --stdin is given' : undefined
}

/** What a run came to, and what to watch to see that it would come to something else. */
export interface Run {
  readonly code: number
  /** Absolute. */
  readonly folders: readonly string[]
  readonly cacheDirectory?: string
}

async function runOnce(paths: readonly string[], options: LintOptions & Pick<LintRequest, 'overlay'>, targets: readonly ReportTarget[], terminal: Terminal): Promise<Run> {
  const surroundings = surroundingsOf(terminal)
  const { cwd } = surroundings
  const progress = startProgress(terminal)
  const outcome = await lintWorkspace({ ...options, paths, onStep: progress.step }, surroundings).finally(progress.end)
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
    complain(outcome.reasons, terminal)
    return run(exitCodes.usage)
  }
  const { report, config } = outcome
  const failed = await write(options.quiet ? withoutWarnings(report) : report, targets, options, terminal)
  if (failed !== undefined) return run(failed)
  const broken = brokenLimits(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage })
  complain(broken, terminal)
  return run(report.summary.errors > 0 || broken.length > 0 ? exitCodes.findings : exitCodes.clean)
}

function complain(reasons: readonly string[], { stderr }: Terminal): void {
  for (const reason of reasons) stderr.write(`ml-dash-lint: ${reason}\n`)
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
async function write(report: Report, targets: readonly ReportTarget[], options: LintOptions, terminal: Terminal): Promise<number | undefined> {
  const codes = []
  for (const { format, file } of targets) codes.push(await emit(await written(report, format, file, options, terminal), file, terminal))
  return codes.find((code) => code !== undefined)
}

async function written(report: Report, format: string, file: string | undefined, { color, coverage }: LintOptions, terminal: Terminal): Promise<string> {
  const formatter = await loadFormatter(format)
  return formatter(report, {
    color: file === undefined ? wantsColor(terminal.stdout, terminal.env, color) : color === true,
    ...(coverage && { listsUnverified: true }),
    hyperlinks: file === undefined && wantsHyperlinks(terminal.stdout, terminal.env),
    ...(file === undefined && terminal.stdout.columns !== undefined && { width: terminal.stdout.columns }),
    ...directoryInRepository(terminal),
    ruleDocs: ruleDoc,
  })
}
