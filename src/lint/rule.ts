import type { Place } from '../text/source.js'
import type { Subjects, Workspace } from '../workspace/workspace.js'
import type { DiagnosticData, Related, Severity, Suggestion } from './diagnostic.js'
import type { JudgedSuppression } from './suppressions/suppression.js'

/** A JSON Schema (draft 2020-12) of a rule's options object. */
export type OptionsSchema = Readonly<Record<string, unknown>>

/** What a rule hands to `report`. */
export interface Finding {
  readonly at: Place
  readonly message: string
  /** Replaces the rule's severity for this finding, where the evidence is weaker than usual. */
  readonly severity?: Severity
  /** Replaces the description of the subject, for people, of where this stands. */
  readonly context?: string
  readonly data?: DiagnosticData
  readonly related?: readonly Related[]
  readonly suggestions?: readonly Suggestion[]
}

export interface RuleContext<Options> {
  readonly workspace: Workspace
  readonly options: Options
  report(finding: Finding): void
}

/** What rules can ask for: what stands in the workspace, and what is written down about findings themselves. */
export interface RuleSubjects extends Subjects {
  suppression: JudgedSuppression
}

/** One check: see "A rule" in docs/architecture.md. */
export interface Rule<S extends keyof RuleSubjects = keyof RuleSubjects, Options = Record<string, never>> {
  readonly name: string
  readonly subject: S
  /** `'off'`: only runs when the configuration switches it on. */
  readonly severity: Severity | 'off'
  /** One line, without a full stop, that says what is true of a workspace without findings. */
  readonly summary: string
  /** The page that tells more of it. */
  readonly url?: string
  readonly options?: OptionsSchema
  /** The options where the configuration gives none. */
  readonly defaults?: Options
  /** It has nothing to go by without options: switched on without any, it would find nothing. */
  readonly needsOptions?: true
  /** The regular expressions in its options, which the schema cannot judge. */
  patterns?(options: Options): readonly string[]
  check(subject: RuleSubjects[S], context: RuleContext<Options>): void
}

/** A rule whatever its subject and options: what the index of rules lists. */
export interface AnyRule extends Omit<Rule, 'check' | 'defaults' | 'patterns'> {
  readonly defaults?: unknown
  patterns?(options: never): readonly string[]
  check(subject: never, context: RuleContext<never>): void
}

/** What the module of a plugin has as its default export. */
export interface Plugin {
  /** Stands before the names of its rules, as in `our/team-tag`: small letters, digits and `-`. */
  readonly name: string
  readonly rules: readonly AnyRule[]
}

/** Gives a rule its types; returns it unchanged. */
export function defineRule<S extends keyof RuleSubjects, Options = Record<string, never>>(rule: Rule<S, Options>): Rule<S, Options> {
  return rule
}

/** Whether a rule is one of ours; those of plugins have the name of the plugin before theirs. */
export function isOwn({ name }: { readonly name: string }): boolean {
  return !name.includes('/')
}

const subjects: Readonly<Record<keyof Subjects, true>> = {
  workspace: true,
  file: true,
  dashboard: true,
  panel: true,
  variable: true,
  query: true,
  selector: true,
  ruleGroup: true,
  alertingRule: true,
  recordingRule: true,
  grafanaAlert: true,
  datasource: true,
  metricsDocument: true,
  family: true,
}

/** What a rule can be about. */
export const subjectNames = Object.keys(subjects) as readonly (keyof Subjects)[]
