import type { Edit } from '../text/edit.js'
import type { Place } from '../text/source.js'

export type Severity = 'error' | 'warning'

/** What a contract rule found, for programs: the names in the user's spelling. */
export interface DiagnosticData {
  readonly metric?: string
  readonly label?: string
  readonly value?: string
  /** The name or value that was probably meant. */
  readonly suggestion?: string
}

/** A change that would mend the finding; `replacement` is absent where a person has to make it. */
export interface Suggestion {
  readonly message: string
  readonly replacement?: Replacement
}

/** A text, spelt as what stands there is, to write over a place. */
export interface Replacement {
  readonly place: Place
  readonly text: string
  /**
   * Set where no person has to look at it: `'sure'`, nothing else can be meant; `'configured'`, the configuration says
   * what has to stand there. docs/fixing.md tells on what grounds.
   */
  readonly safety?: Safety
  /** What it does to the value that stands there, in a file that has values. */
  readonly edit?: Edit
}

export type Safety = 'sure' | 'configured'

export interface Related {
  readonly place: Place
  readonly message: string
}

/** What a rule reports. */
export interface Diagnostic {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly place: Place
  /** Where the finding stands, for people: `panel "Total Cost" in dashboard "Costs"`. */
  readonly context?: string
  readonly data: DiagnosticData
  readonly related: readonly Related[]
  readonly suggestions: readonly Suggestion[]
}
