import type { Place, Span } from '../../text/source.js'
import type { Diagnostic } from '../diagnostic.js'

/** One rule that is not to be reported somewhere, as somebody wrote it down. */
export interface Suppression {
  readonly rule: string
  /** Names of the metrics and labels that it is about, `*` for any text; absent: whatever the finding is about. */
  readonly metrics?: readonly string[]
  readonly labels?: readonly string[]
  /** Where the rule's name stands. */
  readonly place: Place
  /** `configuration`: an entry there; else a comment, or a marker in a description. */
  readonly writtenIn: 'comment' | 'description' | 'configuration'
  readonly reason?: string
  /** The last day on which it holds, `2027-01-31`. */
  readonly until?: string
  readonly reach: Reach
  /** Where it holds, for people: `on the next line`. */
  readonly about: string
}

/** Where findings are suppressed: in a stretch of a file, or wherever something is true of them. */
export type Reach =
  | { readonly path: string; readonly span: Span }
  | ((finding: Diagnostic) => boolean)

/** A fault in what was written down; `suggestion` is what was probably meant by the text at `place`. */
export interface WrongSuppression {
  readonly place: Place
  readonly message: string
  readonly suggestion?: string
}

/** What is written down in one place or in all. */
export interface Written {
  readonly suppressions: readonly Suppression[]
  readonly wrong: readonly WrongSuppression[]
}

/** A suppression with what became of it. */
export type JudgedSuppression = { readonly place: Place } & (
  | ({ readonly state: 'wrong' } & WrongSuppression)
  /** `isNeeded`: there is a finding that it would suppress. */
  | ({ readonly state: 'expired'; readonly isNeeded: boolean } & Suppression)
  /** `next`: the next finding of its rule that it could be meant for, in its file. */
  | ({ readonly state: 'unused'; readonly next?: Place } & Suppression)
  | ({ readonly state: 'used' | 'not judged' } & Suppression)
)

/** A finding with the suppressions that cover it, the first of which is told of. */
export interface SuppressedDiagnostic {
  readonly diagnostic: Diagnostic
  readonly suppressions: readonly Suppression[]
}

/** Whether a text is a day of the calendar, `2027-01-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
