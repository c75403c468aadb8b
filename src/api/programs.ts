import type { Coverage } from '../lint/coverage.js'
import type { Diagnostic, DiagnosticData, Severity } from '../lint/diagnostic.js'
import type { AnyRule } from '../lint/rule.js'
import type { PresetName } from '../config/presets.js'
import { causesOf } from '../report/causes.js'
import { loadFormatter } from '../report/index.js'
import type { Report, Summary, Unread } from '../report/report.js'
import type { Place, Range, SourceText, Span } from '../text/source.js'
import type { Workspace } from '../workspace/workspace.js'
import type { LoadedWorkspace } from '../workspace/load.js'
import { ruleDocs } from './rule-docs.js'
import { surroundingsNow, type Surroundings } from './surroundings.js'

/** What `lint` and `loadWorkspace` are told alike. */
export interface WorkspaceOptions {
  /** The folder that paths are told from and relative to; the one of the process where it is left out. */
  readonly cwd?: string | undefined
  /** Files, folders and globs to report on; the folder itself where it is left out. */
  readonly paths?: readonly string[] | undefined
  /** The configuration file; found by itself where it is left out. */
  readonly config?: string | undefined
  /** Registry files in addition to those of the configuration. */
  readonly registry?: readonly string[] | undefined
  /** `false`: what was read from code is not kept on disk. */
  readonly cache?: boolean | undefined
  /** The folder where it is kept. */
  readonly cacheLocation?: string | undefined
}

export interface LintOptions extends WorkspaceOptions {
  /** Names of the only rules to run. */
  readonly rules?: readonly string[] | undefined
  /** In the place of what the configuration extends. */
  readonly preset?: PresetName | undefined
  /** Whether plugins run. Left out: where `config` names the configuration that names them. */
  readonly plugins?: boolean | undefined
}

/** A place in a file. */
export interface FileRange {
  /** Relative to the folder that was linted in, with `/`. */
  readonly file: string
  /** 1-based lines and columns, counted in characters; the end is exclusive. */
  readonly range: Range
  /** The same as UTF-16 offsets into the text of the file. */
  readonly span: Span
}

/** One finding, as plain data. */
export interface LintDiagnostic extends FileRange {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  /** Where it stands, for people: `panel "Total Cost" in dashboard "Costs"`. */
  readonly context?: string
  readonly data: DiagnosticData
  readonly related: readonly (FileRange & { readonly message: string })[]
  /** Changes that would mend it; without a replacement, a person has to decide. */
  readonly suggestions: readonly { readonly message: string; readonly replacement?: FileRange & { readonly text: string } }[]
}

/** What `format` needs and a copy keeps: by a symbol, so that JSON leaves it out. */
const written = Symbol('report')

interface Written {
  readonly report: Report
  readonly rules: readonly AnyRule[]
  readonly sources: ReadonlyMap<string, SourceText>
}

export interface LintResult {
  /** Sorted by file, place and rule. */
  readonly diagnostics: readonly LintDiagnostic[]
  readonly summary: Summary
  /** What a person should know beside the findings, whole sentences. */
  readonly notes: readonly string[]
  /** Files that hold dashboards or rules in a form that is not read. */
  readonly unread: readonly Unread[]
  /** Rules that threw: findings of theirs may be missing, and the diagnostics tell what was thrown. */
  readonly failedRules: readonly string[]
  readonly workspace: Workspace
  /** What became of every metric, label and value that is asked for. */
  coverage(): Coverage
  /** @internal */
  readonly [written]: Written
}

/** The configuration is wrong: nothing was read. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  /** Its mistakes, of the rule `configuration`. */
  readonly diagnostics: readonly LintDiagnostic[]

  constructor(diagnostics: readonly LintDiagnostic[]) {
    super(diagnostics.map(({ file, range: { start }, message }) => `${file}:${start.line}:${start.column}: ${message}`).join('\n'))
    this.diagnostics = diagnostics
  }
}

/** What was asked for cannot be done: a path that matches nothing, a rule that there is not, options that a rule lacks. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Whole sentences. */
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'))
    this.reasons = reasons
  }
}

/**
 * Lints as the command line does. Prints nothing, and writes nothing but the cache.
 * Throws a `ConfigurationError` or a `UsageError` where that cannot be done; findings are no errors.
 */
export async function lint(options: LintOptions = {}): Promise<LintResult> {
  const { rules: rule, preset, plugins } = options
  // Late: whoever only defines a rule needs none of it.
  const { lint: run } = await import('./lint.js')
  const outcome = await run({ ...request(options), ...given({ rule, preset, plugins }) }, surroundings(options))
  if (outcome.kind === 'wrong-usage') throw new UsageError(outcome.reasons)
  if (outcome.kind === 'wrong-configuration') throw new ConfigurationError(outcome.report.diagnostics.map(plain))
  const { report, rules, failed, loaded: { workspace } } = outcome
  const places = report.diagnostics.flatMap(({ place, related, suggestions }) => [place, ...related.map((one) => one.place), ...suggestions.flatMap(({ replacement }) => replacement?.place ?? [])])
  return {
    diagnostics: report.diagnostics.map(plain),
    summary: report.summary,
    notes: report.notes ?? [],
    unread: report.unread ?? [],
    failedRules: failed.map((one) => one.rule.name),
    workspace,
    coverage: report.coverage!,
    [written]: { report, rules, sources: new Map(places.map(({ source }) => [source.path, source])) },
  }
}

/**
 * Reads what `lint` would hold against each other: the registry, dashboards, rule files, queries, and what they yield.
 * Throws as `lint` does.
 */
export async function loadWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const { load } = await import('./load.js')
  const loaded = await load(request(options), surroundings(options))
  if (loaded.kind === 'wrong-configuration') throw new ConfigurationError(loaded.diagnostics.map(plain))
  const { workspace, unmatched }: LoadedWorkspace = loaded
  if (unmatched.length > 0) throw new UsageError(unmatched.map((path) => `no such file or folder: ${path}`))
  return workspace
}

export interface FormatSettings {
  /** Whether to colour; only formats for people take notice. */
  readonly color?: boolean | undefined
  /** Columns of the terminal, to which long lines are cut. */
  readonly width?: number | undefined
  /** Whether to list all that could not be checked. */
  readonly coverage?: boolean | undefined
}

/**
 * The text of a report, as `--format` prints it; `formats` has the names. A result may have been copied with some of its
 * diagnostics left out or milder: the numbers of the summary follow. Throws a `RangeError` for a name that is none.
 */
export async function format(result: LintResult, name: string, { color = false, width, coverage }: FormatSettings = {}): Promise<string> {
  const { report, rules, sources } = result[written]
  const diagnostics = result.diagnostics.map((diagnostic) => internal(diagnostic, sources))
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const names = [...new Set(diagnostics.map(({ rule }) => rule))].sort()
  const summary = {
    ...report.summary,
    errors: count('error'),
    warnings: count('warning'),
    causes: causesOf(diagnostics).length,
    byRule: Object.fromEntries(names.map((rule) => [rule, diagnostics.filter((one) => one.rule === rule).length])),
  }
  const formatter = await loadFormatter(name)
  return formatter({ ...report, diagnostics, summary }, {
    color,
    ...given({ width, listsUnverified: coverage }),
    ruleDocs: ruleDocs(rules),
  })
}

function surroundings({ cwd = process.cwd() }: WorkspaceOptions): Surroundings {
  return surroundingsNow(cwd, process.env)
}

function request({ paths = [], config, registry, cache, cacheLocation }: WorkspaceOptions) {
  return { paths, ...given({ config, registry, cache, cacheLocation }) }
}

/** Without the keys that have no value. */
function given<Options extends object>(options: Options): { [Key in keyof Options]?: Exclude<Options[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [Key in keyof Options]?: Exclude<Options[Key], undefined> }
}

/** A diagnostic as plain data. */
export function plain({ rule, severity, message, place, context, data, related, suggestions }: Diagnostic): LintDiagnostic {
  return {
    rule, severity, message, ...located(place), ...(context !== undefined && { context }), data,
    related: related.map((at) => ({ ...located(at.place), message: at.message })),
    suggestions: suggestions.map(({ message: text, replacement }) => ({ message: text, ...(replacement && { replacement: { ...located(replacement.place), text: replacement.text } }) })),
  }
}

function located({ source, span }: Place): FileRange {
  return { file: source.path, range: source.rangeOf(span), span }
}

function internal({ file, span, range: _, related, suggestions, ...rest }: LintDiagnostic, sources: ReadonlyMap<string, SourceText>): Diagnostic {
  const placeOf = (at: FileRange): Place => {
    const source = sources.get(at.file)
    if (source === undefined) throw new RangeError(`this result has nothing in ${at.file}`)
    return { source, span: at.span }
  }
  return {
    ...rest,
    place: placeOf({ file, span, range: _ }),
    related: related.map((at) => ({ place: placeOf(at), message: at.message })),
    suggestions: suggestions.map(({ message, replacement }) => ({ message, ...(replacement && { replacement: { place: placeOf(replacement), text: replacement.text } }) })),
  }
}
