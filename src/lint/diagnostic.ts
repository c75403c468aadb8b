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

/** A change that would mend the finding; `replacement` is absent where a person has to decide. */
export interface Suggestion {
  readonly message: string
  readonly replacement?: { readonly place: Place; readonly text: string }
}

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
