import type { Tally } from '../lint/coverage.js'
import type { Report } from '../report/report.js'

/** What fails a run whatever was found. */
export interface Limits {
  readonly maxWarnings?: number | undefined
  /** Percent of the selectors. */
  readonly minCoverage?: number | undefined
}

/** The limits that a run does not keep, a sentence each. */
export function brokenLimits({ summary, coverage }: Report, { maxWarnings, minCoverage }: Limits): string[] {
  const reasons: string[] = []
  if (maxWarnings !== undefined && summary.warnings > maxWarnings) reasons.push(`this run fails because of its warnings: ${summary.warnings}, and --max-warnings allows ${maxWarnings}`)
  if (coverage !== undefined && minCoverage !== undefined) reasons.push(...tooLittle(coverage().selectors, minCoverage))
  return reasons
}

function tooLittle({ total, unverified }: Tally, minCoverage: number): string[] {
  const checked = total === 0 ? 100 : 100 * (total - unverified) / total
  if (checked >= minCoverage) return []
  // Rounded down, so that it never reads like enough.
  const share = Math.floor(checked * 10) / 10
  return [`only ${share} % of the selectors were checked, ${total - unverified} of ${total}; at least ${minCoverage} % are asked for. --coverage lists the others with the reason`]
}
