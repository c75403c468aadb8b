import type { Config } from '../config/config.js'
import { chosenRules, type Bases } from '../config/overrides.js'
import { configuredSuppressions } from '../config/suppressions.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { RuleFailure } from '../lint/failure.js'
import type { AnyRule } from '../lint/rule.js'
import { compareDiagnostics, runRules, runSuppressionRules } from '../lint/run.js'
import { writtenInFiles } from '../lint/suppressions/collect.js'
import { judgeSuppressions } from '../lint/suppressions/judge.js'
import type { SuppressedDiagnostic } from '../lint/suppressions/suppression.js'
import type { Place } from '../text/source.js'
import type { Workspace } from '../workspace/workspace.js'

export interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly suppressed: readonly SuppressedDiagnostic[]
  /** Rules that threw. */
  readonly failed: readonly RuleFailure[]
}

export interface FindingsRequest {
  /** The rules to run, as far as the configuration has them on. */
  readonly rules: readonly AnyRule[]
  /** All that there are, whose names suppressions may tell. */
  readonly allRules: readonly AnyRule[]
  readonly config: Config
  readonly bases: Bases
  /** `2026-11-26` */
  readonly today: string
  /** Whether all that is known is reported on. */
  readonly isWhole: boolean
}

/** Runs the rules, takes what is suppressed from what they find, and adds what is wrong with suppressions. */
export async function findingsOf(workspace: Workspace, { rules, allRules, config, bases, today, isWhole }: FindingsRequest): Promise<Findings> {
  const chosen = chosenRules(rules, config, workspace, bases)
  const failed: RuleFailure[] = []
  const onFailure = (failure: RuleFailure) => void failed.push(failure)
  const found = runRules(workspace, chosen, onFailure)
  const inFiles = await writtenInFiles(workspace, allRules.map(({ name }) => name))
  const written = { ...inFiles, suppressions: [...inFiles.suppressions, ...configuredSuppressions(config, workspace, bases)] }
  const rulesAt = ({ source: { path }, span: { start } }: Place) => 'rulesAt' in chosen ? chosen.rulesAt({ path, start }) : chosen
  const { kept, suppressed, suppressions } = judgeSuppressions(found, written, {
    today,
    isWhole,
    ranAt: (name, place) => rulesAt(place).some(({ rule }) => rule.name === name),
  })
  return { diagnostics: [...kept, ...runSuppressionRules(workspace, chosen, suppressions, onFailure)].sort(compareDiagnostics), suppressed, failed }
}
