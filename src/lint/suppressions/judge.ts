import { compareStrings } from '../../registry/merge.js'
import { groupedBy } from '../../text/grouped-by.js'
import { wildcardMatcher } from '../../text/wildcard.js'
import { once } from '../../text/once.js'
import type { Place } from '../../text/source.js'
import type { Diagnostic } from '../diagnostic.js'
import type { JudgedSuppression, SuppressedDiagnostic, Suppression, Written } from './suppression.js'

export interface Judging {
  /** `2026-11-26`: what holds until an earlier day holds no longer. */
  readonly today: string
  /** Whether a rule was run where something stands, so that it would have found what there is. */
  ranAt(rule: string, place: Place): boolean
  /** Whether all that is known was reported on, so that what the configuration suppresses would have been found. */
  readonly isWhole: boolean
}

export interface Judged {
  readonly kept: readonly Diagnostic[]
  readonly suppressed: readonly SuppressedDiagnostic[]
  /** Each suppression and each fault in one, in the order of files and places. */
  readonly suppressions: readonly JudgedSuppression[]
}

/** Takes the findings that are suppressed from the others, and tells of each suppression what became of it. */
export function judgeSuppressions(diagnostics: readonly Diagnostic[], { suppressions, wrong }: Written, { today, ranAt, isWhole }: Judging): Judged {
  if (suppressions.length === 0 && wrong.length === 0) return { kept: diagnostics, suppressed: [], suppressions: [] }
  const candidatesFor = indexed(suppressions)
  const isExpired = ({ until }: Suppression) => until !== undefined && until < today
  const needed = new Set<Suppression>()
  const kept: Diagnostic[] = []
  const suppressed: SuppressedDiagnostic[] = []
  for (const diagnostic of diagnostics) {
    const covering = candidatesFor(diagnostic).filter((suppression) => covers(suppression, diagnostic))
    covering.forEach((suppression) => needed.add(suppression))
    const holding = covering.filter((suppression) => !isExpired(suppression))
    if (holding.length > 0) suppressed.push({ diagnostic, suppressions: holding })
    else kept.push(diagnostic)
  }

  const findingsOf = once(() => groupedByRule(kept))

  function judge(suppression: Suppression): JudgedSuppression {
    const isNeeded = needed.has(suppression)
    const { rule, place, writtenIn } = suppression
    if (!isNeeded && (!ranAt(rule, place) || (writtenIn === 'configuration' && !isWhole))) return { ...suppression, state: 'not judged' }
    if (isExpired(suppression)) return { ...suppression, state: 'expired', isNeeded }
    if (isNeeded) return { ...suppression, state: 'used' }
    const next = nextFor(suppression, findingsOf().get(keyOf(rule, place.source.path)) ?? [])
    return { ...suppression, state: 'unused', ...(next && { next }) }
  }

  const all = [...suppressions.map(judge), ...wrong.map((one): JudgedSuppression => ({ ...one, state: 'wrong' }))]
  return { kept, suppressed, suppressions: all.sort((a, b) => compareStrings(a.place.source.path, b.place.source.path) || a.place.span.start - b.place.span.start) }
}

/** Finds the suppressions of a finding's rule that are about its file, or not about files. */
function indexed(suppressions: readonly Suppression[]): (diagnostic: Diagnostic) => readonly Suppression[] {
  const byKey = groupedBy(suppressions, ({ rule, reach }) => keyOf(rule, typeof reach === 'function' ? undefined : reach.path))
  return ({ rule, place }) => [...byKey.get(keyOf(rule, place.source.path)) ?? [], ...byKey.get(keyOf(rule)) ?? []]
}

function covers(suppression: Suppression, diagnostic: Diagnostic): boolean {
  const { reach } = suppression
  if (typeof reach === 'function') return isAbout(suppression, diagnostic) && reach(diagnostic)
  const { start } = diagnostic.place.span
  return reach.span.start <= start && start <= reach.span.end && isAbout(suppression, diagnostic)
}

/** Whether a finding is about a metric and a label that a suppression names, where it names some. */
function isAbout({ metrics, labels }: Suppression, { data }: Diagnostic): boolean {
  const fits = (names: readonly string[] | undefined, name: string | undefined) => names === undefined || (name !== undefined && wildcardMatcher(names)(name))
  return fits(metrics, data.metric) && fits(labels, data.label)
}

/** Of a comment about a line, the next finding in its file that it could be meant for. */
function nextFor(suppression: Suppression, ofRule: readonly Diagnostic[]): Place | undefined {
  const { place, about } = suppression
  if (about !== 'on the next line' && about !== 'on this line') return undefined
  return ofRule.find((one) => one.place.span.start > place.span.end && isAbout(suppression, one))?.place
}

function groupedByRule(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  return groupedBy(diagnostics, ({ rule, place }) => keyOf(rule, place.source.path))
}

function keyOf(rule: string, path?: string): string {
  return JSON.stringify([rule, path])
}
