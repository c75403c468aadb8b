import type { Coverage } from '../lint/coverage.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { SuppressedDiagnostic } from '../lint/suppressions/suppression.js'

/** What a run read and what it found, in numbers. */
export interface Summary {
  readonly files: number
  readonly dashboards: number
  readonly ruleFiles: number
  readonly queries: number
  readonly families: number
  /** The folders that the families come from, relative to the working directory; present where only a part of them was named. */
  readonly roots?: readonly string[]
  readonly errors: number
  readonly warnings: number
  /** Findings of one rule with one message in one file are one cause. */
  readonly causes: number
  /** How many findings each rule has that has any. */
  readonly byRule: Readonly<Record<string, number>>
  /** What was mended, where that was asked for. */
  readonly fixed?: { readonly problems: number; readonly files: number }
  /** How many of the warnings are counted and not among the diagnostics (`--quiet`); absent where all are. */
  readonly hiddenWarnings?: number
  /** How many findings are suppressed; absent where none is. They are in no other count. */
  readonly suppressed?: number
  /** Of the findings in the baseline, how many are still there and how many are not; absent without one. They are in no other count. */
  readonly baseline?: { readonly known: number; readonly gone: number }
  /** What the findings are new against, present where only such are told (`--since`). */
  readonly since?: {
    /** As the user names it. */
    readonly revision: string
    /** Where the changes began, the full name of a commit. */
    readonly commit: string
    /** How many findings there are besides, which were there before. */
    readonly before: number
  }
}

/** A file with dashboards or rules in a form that is not read. */
export interface Unread {
  /** In a sentence: `PrometheusRule`. */
  readonly form: string
  readonly path: string
}

/** The outcome of one run: the diagnostics sorted by file, line, column and rule. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  /** What is not to be reported, in the same order. */
  readonly suppressed?: readonly SuppressedDiagnostic[]
  /** What is in the baseline, in the same order. */
  readonly accepted?: readonly Diagnostic[]
  readonly summary: Summary
  /** What was checked and what not, worked out when first asked for; absent where nothing was linted: the configuration is wrong. */
  readonly coverage?: () => Coverage
  /** What a person should know beside the findings, whole sentences. */
  readonly notes?: readonly string[]
  readonly unread?: readonly Unread[]
}

/** What a format may tell about a rule besides its name. */
export interface RuleDoc {
  readonly summary: string
  readonly url?: string
}

export interface FormatOptions {
  /** Whether to colour; only formats for people take notice. */
  readonly color: boolean
  /** Whether names of rules lead to their pages (OSC 8); only formats for people take notice. */
  readonly hyperlinks?: boolean
  /** Columns of the terminal; long source lines are cut to fit. */
  readonly width?: number
  /**
   * Where the workspace root stands in the repository, with `/`; absent where they are the same. Files are named from
   * the workspace root; `github` has to name them from the repository's.
   */
  readonly directory?: string
  /** Whether to list all that could not be checked; only formats for people take notice, `json` always tells it. */
  readonly listsUnverified?: boolean
  /** What is told about the rules, by formats that do. */
  readonly ruleDocs?: (rule: string) => RuleDoc | undefined
}

/**
 * Turns a report into text. The text ends with a line break, or is empty where the format has nothing to say
 * about a clean run. The same report gives the same text, byte for byte.
 */
export type Formatter = (report: Report, options: FormatOptions) => string
