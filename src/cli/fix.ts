import { resolve } from 'node:path'
import { fix, type FileChange, type Unfixed } from '../api/fix.js'
import { lint, type LintOutcome, type LintRequest } from '../api/lint.js'
import { writeFixes } from '../api/write-fixes.js'
import { counted } from '../report/summary-line.js'
import { surroundingsOf, type Terminal } from './terminal.js'

export interface FixedOutcome {
  readonly outcome: LintOutcome
  readonly changes: readonly FileChange[]
}

/** `--fix`: mends what needs no person, and tells what is found then. `writes`: whether the files are written, too. */
export async function lintAndFix(request: LintRequest, writes: boolean, terminal: Terminal): Promise<FixedOutcome> {
  const surroundings = surroundingsOf(terminal)
  const { outcome, changes, unfixed } = await fix(request, surroundings)
  complain(unfixed, terminal)
  if (outcome.kind !== 'linted') return { outcome, changes: [] }
  if (!writes || changes.length === 0) return { outcome: withFixed(outcome, changes), changes }
  const { cwd } = surroundings
  const result = await writeFixes(changes, cwd, outcome.loaded.roots.map((root) => resolve(cwd, root)))
  complain(result.unfixed, terminal)
  // What could not be written is still what it was.
  const now = result.unfixed.length > 0 ? await lint(request, surroundings) : outcome
  return { outcome: now.kind === 'linted' ? withFixed(now, result.written) : now, changes: result.written }
}

function withFixed(outcome: Extract<LintOutcome, { kind: 'linted' }>, changes: readonly FileChange[]): LintOutcome {
  const { report } = outcome
  return { ...outcome, report: { ...report, summary: { ...report.summary, fixed: fixedIn(changes) } } }
}

function fixedIn(changes: readonly FileChange[]): { problems: number; files: number } {
  return { problems: changes.reduce((sum, { problems }) => sum + problems, 0), files: changes.length }
}

/** `12 problems in 5 files` */
export function fixedPart(changes: readonly FileChange[]): string {
  const { problems, files } = fixedIn(changes)
  return `${counted(problems, 'problem')} in ${counted(files, 'file')}`
}

function complain(unfixed: readonly Unfixed[], { stderr }: Terminal): void {
  for (const { path, reason } of unfixed) stderr.write(`ml-dash-lint: ${path} ${reason}\n`)
}
