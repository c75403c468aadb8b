import type { Config } from '../config/config.js'
import { chosenRules, type Bases } from '../config/overrides.js'
import { configuredSuppressions } from '../config/suppressions.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { AnyRule } from '../lint/rule.js'
import { compareDiagnostics, runRules, runSuppressionRules } from '../lint/run.js'
import { writtenInFiles } from '../lint/suppressions/collect.js'
import { judgeSuppressions } from '../lint/suppressions/judge.js'
import type { SuppressedDiagnostic } from '../lint/suppressions/suppression.js'
import type { Place } from '../text/source.js'
import type { LoadedWorkspace } from '../workspace/load.js'
import { rules as allRules } from '../../rules/index.js'

export interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly suppressed: readonly SuppressedDiagnostic[]
}

export interface FindingsRequest {
  /** The rules to run, as far as the configuration has them on. */
  readonly rules: readonly AnyRule[]
  readonly config: Config
  readonly bases: Bases
  /** `2026-11-26` */
  readonly today: string
}

/** Runs the rules, takes what is suppressed from what they find, and adds what is wrong with suppressions. */
export async function findingsOf({ workspace, knowsMore }: LoadedWorkspace, { rules, config, bases, today }: FindingsRequest): Promise<Findings> {
  const chosen = chosenRules(rules, config, workspace, bases)
  const found = runRules(workspace, chosen)
  const inFiles = await writtenInFiles(workspace, allRules.map(({ name }) => name))
  const written = { ...inFiles, suppressions: [...inFiles.suppressions, ...configuredSuppressions(config, workspace, bases)] }
  const rulesAt = ({ source: { path }, span: { start } }: Place) => 'rulesAt' in chosen ? chosen.rulesAt({ path, start }) : chosen
  const { kept, suppressed, suppressions } = judgeSuppressions(found, written, {
    today,
    isWhole: !knowsMore,
    ranAt: (name, place) => rulesAt(place).some(({ rule }) => rule.name === name),
  })
  return { diagnostics: [...kept, ...runSuppressionRules(workspace, chosen, suppressions)].sort(compareDiagnostics), suppressed }
}
