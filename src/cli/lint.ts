import { relative, sep } from 'node:path'
import type { NewBaseline } from '../api/baseline.js'
import { brokenLimits, type Limits } from '../api/limits.js'
import { lint as lintWorkspace, type LintRequest } from '../api/lint.js'
import type { FileChange } from '../api/fix.js'
import { ruleDocs } from '../api/rule-docs.js'
import { loadFormatter, wantsColor, type Report } from '../report/index.js'
import type { AnyRule } from '../lint/rule.js'
import { fixedPart, lintAndFix } from './fix.js'
import { counted } from '../report/summary-line.js'
import { emit } from './output.js'
import { reportTargets, type ReportTarget } from './report-targets.js'
import { complainOf, exitCodes, surroundingsOf, type Terminal } from './terminal.js'

interface LintOptions extends Omit<LintRequest, 'paths'>, Limits {
  readonly format?: readonly ReportTarget[]
  readonly output?: string
  readonly quiet?: boolean
  readonly coverage?: boolean
  readonly color?: boolean
  readonly fix?: boolean
  readonly fixDryRun?: boolean
}

/** `ml-dash-lint [paths…]`: lints, reports, and returns the exit code. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const targets = reportTargets(options.format, options.output, terminal.cwd())
  if (typeof targets === 'string') {
    complainOf([targets], terminal)
    return exitCodes.usage
  }
  const request = { ...options, paths }
  const { outcome, changes } = options.fix || options.fixDryRun
    ? await lintAndFix(request, options.fix === true, terminal)
    : { outcome: await lintWorkspace(request, surroundingsOf(terminal)), changes: [] }
  if (outcome.kind === 'wrong-usage') {
    complainOf(outcome.reasons, terminal)
    return exitCodes.usage
  }
  if (outcome.kind === 'wrong-configuration') return (await write(outcome.report, targets, options, terminal)) ?? exitCodes.usage
  const { report, config, rules, failed, newBaseline } = outcome
  const unsaved = newBaseline && await writeBaseline(newBaseline, terminal)
  if (unsaved !== undefined) return unsaved
  const unwritten = options.fixDryRun ? await writePatch(changes, options, terminal) : await write(options.quiet ? withoutWarnings(report) : report, targets, options, terminal, rules)
  if (unwritten !== undefined) return unwritten
  const broken = brokenLimits(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage })
  complainOf(broken, terminal)
  // What such a rule would have found is missing: this run proves nothing.
  if (failed.length > 0) return exitCodes.usage
  return report.summary.errors > 0 || broken.length > 0 ? exitCodes.findings : exitCodes.clean
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
