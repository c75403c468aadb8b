import { relative, sep } from 'node:path'
import { brokenLimits, type Limits } from '../api/limits.js'
import { lint as lintWorkspace, type LintRequest } from '../api/lint.js'
import { ruleDocs } from '../api/rule-docs.js'
import { loadFormatter, wantsColor, type Report } from '../report/index.js'
import type { AnyRule } from '../lint/rule.js'
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
  const { report, config, rules, failed } = outcome
  const unwritten = await write(options.quiet ? withoutWarnings(report) : report, options, terminal, rules)
  if (unwritten !== undefined) return unwritten
  const broken = brokenLimits(report, { ...options, minCoverage: options.minCoverage ?? config.minCoverage })
  complain(broken, terminal)
  // What such a rule would have found is missing: this run proves nothing.
  if (failed.length > 0) return exitCodes.usage
  return report.summary.errors > 0 || broken.length > 0 ? exitCodes.findings : exitCodes.clean
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
async function write(report: Report, { format, output, color, coverage }: LintOptions, terminal: Terminal, rules: readonly AnyRule[] = []): Promise<number | undefined> {
  const formatter = await loadFormatter(format ?? 'stylish')
  const colored = output === undefined ? wantsColor(terminal.stdout, terminal.env, color) : color === true
  const text = formatter(report, {
    color: colored,
    ...(coverage && { listsUnverified: true }),
    ...(terminal.stdout.columns !== undefined && { width: terminal.stdout.columns }),
    ...directoryInRepository(terminal),
    ruleDocs: ruleDocs(rules),
  })
  return emit(text, output, terminal)
}
