import { relative, sep } from 'node:path'
import type { NewBaseline } from '../api/baseline.js'
import { brokenLimits, type Limits } from '../api/limits.js'
import { lint as lintWorkspace, type LintRequest } from '../api/lint.js'
import { loadFormatter, wantsColor, type Report } from '../report/index.js'
import { counted } from '../report/summary-line.js'
import { rules } from '../../rules/index.js'
import { emit } from './output.js'
import { exitCodes, surroundingsOf, type Terminal } from './terminal.js'

interface LintOptions extends Omit<LintRequest, 'paths'>, Limits {
  readonly format?: string
  readonly output?: string
  readonly quiet?: boolean
  readonly coverage?: boolean
  readonly color?: boolean
}

/** `ml-dash-lint [paths…]`: lints, reports, and returns the exit code. */
export async function lint(paths: readonly string[], options: LintOptions, terminal: Terminal): Promise<number> {
  const outcome = await lintWorkspace({ ...options, paths }, surroundingsOf(terminal))
  if (outcome.kind === 'wrong-usage') {
    complain(outcome.reasons, terminal)
    return exitCodes.usage
  }
  if (outcome.kind === 'wrong-configuration') return (await write(outcome.report, options, terminal)) ?? exitCodes.usage
  const { report, config, newBaseline } = outcome
  const unwritten = newBaseline && await writeBaseline(newBaseline, terminal)
  if (unwritten !== undefined) return unwritten
  const failed = await write(options.quiet ? withoutWarnings(report) : report, options, terminal)
  if (failed !== undefined) return failed
  const broken = brokenLimits(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage })
  complain(broken, terminal)
  return report.summary.errors > 0 || broken.length > 0 ? exitCodes.findings : exitCodes.clean
}

async function writeBaseline({ path, text, total, added, dropped }: NewBaseline, terminal: Terminal): Promise<number | undefined> {
  const failed = await emit(text, path, terminal)
  if (failed === undefined) terminal.stderr.write(`ml-dash-lint: ${path} holds ${counted(total, 'finding')} now: ${added} added, ${dropped} dropped\n`)
  return failed
}

function complain(reasons: readonly string[], { stderr }: Terminal): void {
  for (const reason of reasons) stderr.write(`ml-dash-lint: ${reason}\n`)
}

function withoutWarnings(report: Report): Report {
  const { diagnostics, summary } = report
  if (summary.warnings === 0) return report
  return { ...report, diagnostics: diagnostics.filter(({ severity }) => severity === 'error'), summary: { ...summary, hiddenWarnings: summary.warnings } }
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
