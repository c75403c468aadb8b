import { resolve } from 'node:path'
import { activeRules, optionProblems } from '../config/active-rules.js'
import type { Config, RuleSetting } from '../config/config.js'
import { rootsOf } from '../config/root.js'
import type { PresetName } from '../config/presets.js'
import type { Changes, NotKnown } from '../git/changes.js'
import { coverageOf } from '../lint/coverage.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { notesOf } from '../lint/notes.js'
import type { RuleFailure } from '../lint/failure.js'
import { isOwn, type AnyRule } from '../lint/rule.js'
import { compareDiagnostics } from '../lint/run.js'
import { renameNotes } from '../lint/rename-notes.js'
import { isDay } from '../lint/suppressions/suppression.js'
import type { Report } from '../report/report.js'
import { unreadLine } from '../report/summary-line.js'
import { disk } from '../text/disk.js'
import { statIfThere } from '../text/file-tree.js'
import { nearestNames } from '../text/nearest-names.js'
import { once } from '../text/once.js'
import type { LoadedWorkspace } from '../workspace/load.js'
import type { Workspace } from '../workspace/workspace.js'
import { rules as ownRules } from '../../rules/index.js'
import { counted, judgedByBaseline, loadBaseline, type BaselineFile, type JudgedByBaseline, type NewBaseline } from './baseline.js'
import { configurationNotes } from './configuration-notes.js'
import { failureDiagnostic } from './failure.js'
import { findingsOf } from './findings.js'
import { load, type Loaded, type LoadingOptions, type PluginOptions } from './load.js'
import { changesIn, introducedBy } from './since.js'
import { summaryOf } from './summary.js'
import type { Surroundings } from './surroundings.js'

export interface LintRequest extends LoadingOptions, PluginOptions {
  /** Files, folders and globs to report on; empty: the working directory. */
  readonly paths: readonly string[]
  /** Registry files to lint against in addition to what the configuration names, relative to the working directory. */
  readonly registry?: readonly string[]
  /** Names of the only rules to run. */
  readonly rule?: readonly string[]
  /** Texts that count in the place of what lies on the disk, by paths relative to the working directory. */
  readonly overlay?: ReadonlyMap<string, string>
  /** Called when a step begins, with what is done in it. */
  readonly onStep?: (step: string) => void
  /** In the place of those that the configuration extends. */
  readonly preset?: PresetName
  /** A revision of git: only what was not found before is reported. */
  readonly since?: string
  /** The baseline, relative to the working directory; absent: as configured, or the one beside the configuration; `false`: none. */
  readonly baseline?: string | false
  /** Whether the baseline becomes what is found. */
  readonly updateBaseline?: boolean
}

/**
 * `wrong-configuration`: its mistakes are the diagnostics, and nothing was linted. `wrong-usage`: what was asked for
 * cannot be done; whole sentences that say why. `rules`: all that there are, those of plugins included; `failed`: those
 * that threw, which the report tells as well.
 */
export type LintOutcome =
  | { readonly kind: 'linted'; readonly report: Report; readonly config: Config; readonly loaded: LoadedFully; readonly timings: Readonly<Record<string, number>>; readonly rules: readonly AnyRule[]; readonly failed: readonly RuleFailure[]; readonly newBaseline?: NewBaseline }
  | { readonly kind: 'wrong-configuration'; readonly report: Report }
  | { readonly kind: 'wrong-usage'; readonly reasons: readonly string[]; readonly loaded?: LoadedFully }

type LoadedFully = Extract<Loaded, { readonly kind: 'workspace' }>

/** Reads what the request names and all that is known around it, and runs the rules. Writes nothing but the cache. */
export async function lint(request: LintRequest, surroundings: Surroundings): Promise<LintOutcome> {
  const prepared = await prepare(request, surroundings)
  if (prepared.kind !== 'prepared') return prepared
  const { loaded, config, rules, named, changes, baseline } = prepared
  const { workspace, directory } = loaded
  const { cwd, today } = surroundings
  const find = (one: Workspace) => findingsOf(one, { rules: named, allRules: rules, config, bases: { cwd, directory }, today, isWhole: !loaded.knowsMore })
  const begin = performance.now()
  request.onStep?.('running rules')
  const { diagnostics: found, suppressed, failed } = await find(workspace)
  const timings = { ...loaded.timings, rules: performance.now() - begin }
  const judge = (findings: readonly Diagnostic[], update = false): JudgedByBaseline => baseline === undefined
    ? { fresh: findings, accepted: [], gone: [] }
    : judgedByBaseline(findings, baseline, update, { cwd, roots: loaded.roots, isReported: workspace.isReported, rules: request.rule })
  const { fresh, accepted, gone, newBaseline } = judge(found, request.updateBaseline)
  // What the baseline has is taken from both sides: else a new finding passes for one of those that were there before.
  const introduced = changes === undefined ? fresh : await introducedBy(changes, fresh, loaded, async (one) => judge((await find(one)).diagnostics).fresh)
  if ('reason' in introduced) return notSince(request, introduced)
  const since = changes?.[0] && { revision: request.since!, commit: changes[0].commit, before: fresh.length - introduced.length }
  const diagnostics = [...introduced, ...failed.map((failure) => failureDiagnostic(failure, cwd))].sort(compareDiagnostics)
  const summary = {
    ...summaryOf(diagnostics, workspace),
    ...(baseline !== undefined && { baseline: { known: accepted.length, gone: counted(gone) } }),
    ...(suppressed.length > 0 && { suppressed: suppressed.length }),
    ...(loaded.knowsMore && { roots: loaded.roots }),
    ...(since && { since }),
  }
  const notes = [...notesOf(workspace), ...renameNotes(config.renames, workspace), ...configurationNotes(loaded, config, cwd)]
  const report: Report = { diagnostics, suppressed, accepted, summary, coverage: once(() => coverageOf(workspace)), notes, unread: workspace.unread }
  return { kind: 'linted', report, config, loaded, rules, failed, timings, ...(newBaseline && { newBaseline }) }
}

/** All that is needed to run the rules. */
interface Prepared {
  readonly kind: 'prepared'
  readonly loaded: LoadedFully
  readonly config: Config
  /** All that there are. */
  readonly rules: readonly AnyRule[]
  /** Those that may run. */
  readonly named: readonly AnyRule[]
  readonly changes: readonly Changes[] | undefined
  readonly baseline: BaselineFile | undefined
}

/** Reads all that a run goes by; the outcome where that cannot be done. */
async function prepare(request: LintRequest, surroundings: Surroundings): Promise<Prepared | Exclude<LintOutcome, { readonly kind: 'linted' }>> {
  const { cwd, today } = surroundings
  if (!isDay(today)) return wrongUsage(`"${today}" is no day: ML_DASH_LINT_TODAY has to be one, as 2027-01-31`)
  if (request.updateBaseline && request.baseline === false) return wrongUsage('without a baseline there is none to update: --no-baseline and --update-baseline exclude each other')
  const mistyped = unknownRule(request.rule?.filter((name) => isOwn({ name })), ownRules)
  if (mistyped !== undefined) return wrongUsage(mistyped)
  const { registry, folders } = registryFiles(request.registry ?? [], cwd)
  const paths = [...request.paths, ...folders]
  const changes = request.since === undefined ? undefined : await changesIn(rootsOf(cwd, paths.length > 0 ? paths : ['.'], request.config), request.since, surroundings)
  if (changes !== undefined && 'reason' in changes) return notSince(request, changes)
  const loaded = await load({ ...request, paths, registry }, surroundings, ownRules)
  if (loaded.kind === 'wrong-configuration') return wrongConfiguration(loaded.diagnostics)
  const rules = [...ownRules, ...loaded.plugged]
  const unknown = unknownRule(request.rule, rules)
  if (unknown !== undefined) return wrongUsage(unknown)
  const { rules: named, config } = rulesToRun(rules, request.preset ? { ...loaded.config, extends: [request.preset] } : loaded.config, request.rule)
  const wrong = optionProblems(named, config)
  if (wrong.length > 0) return { kind: 'wrong-usage', reasons: wrong, loaded }
  if (loaded.unmatched.length > 0) return wrongUsage(...loaded.unmatched.map((path) => `no such file or folder: ${path}`))
  const broken = brokenRegistries(loaded, registry)
  if (broken.length > 0) return { kind: 'wrong-usage', reasons: broken, loaded }
  if (isEmpty(loaded)) return { kind: 'wrong-usage', reasons: [whyEmpty(request, loaded)], loaded }
  const baseline = loadBaseline(request.baseline ?? config.baseline, request.updateBaseline ?? false, { cwd, directory: loaded.directory })
  if (baseline.kind === 'missing') return wrongUsage(`there is no baseline ${baseline.path}: --update-baseline writes it`)
  if (baseline.kind === 'wrong') return wrongConfiguration(baseline.diagnostics)
  return { kind: 'prepared', loaded, config, rules, named, changes, baseline: baseline.kind === 'none' ? undefined : baseline.file }
}

function whyEmpty({ paths }: LintRequest, { workspace: { unread } }: LoadedFully): string {
  const where = paths.join(', ') || 'this folder'
  return unread.length > 0
    ? `nothing was read in ${where}. ${unreadLine(unread)}`
    : `nothing to lint in ${where}: no dashboard, no rule file, no provisioning file and no code that uses a metrics library (folders such as dist and build are passed over unless "include" names them)`
}

function wrongConfiguration(diagnostics: readonly Diagnostic[]): Extract<LintOutcome, { readonly kind: 'wrong-configuration' }> {
  return { kind: 'wrong-configuration', report: { diagnostics, summary: summaryOf(diagnostics) } }
}

function notSince({ since }: LintRequest, { reason }: NotKnown): Extract<LintOutcome, { readonly kind: 'wrong-usage' }> {
  return wrongUsage(`--since ${since!}: ${reason}`)
}

function wrongUsage(...reasons: string[]): Extract<LintOutcome, { readonly kind: 'wrong-usage' }> {
  return { kind: 'wrong-usage', reasons }
}

/** A sentence on the first name that no rule has; `undefined` where each has one. */
function unknownRule(names: readonly string[] | undefined, rules: readonly AnyRule[]): string | undefined {
  const unknown = names?.find((name) => !rules.some((rule) => rule.name === name))
  if (unknown === undefined) return undefined
  const [suggestion] = nearestNames(unknown, rules.map(({ name }) => name), 1)
  return `there is no rule "${unknown}"${suggestion === undefined ? '' : `. Did you mean "${suggestion}"?`}`
}

/** All rules, as the configuration has them; or those alone that the user names, which are on then. */
function rulesToRun(rules: readonly AnyRule[], config: Config, names: readonly string[] | undefined): { rules: readonly AnyRule[]; config: Config } {
  if (names === undefined) return { rules, config }
  const named = rules.filter(({ name }) => names.includes(name))
  const active = activeRules(named, config)
  const switchedOn = named.map((rule): [string, RuleSetting] => {
    const severity = active.find((one) => one.rule === rule)?.severity ?? (rule.severity === 'off' ? 'warning' : rule.severity)
    return [rule.name, { ...config.rules[rule.name], severity }]
  })
  return { rules: named, config: { ...config, rules: { ...config.rules, ...Object.fromEntries(switchedOn) } } }
}

/** `--registry a.json dashboards` means one registry file and a folder to lint: a registry is never a folder. */
function registryFiles(named: readonly string[], cwd: string): { registry: string[]; folders: string[] } {
  const isFolder = named.map((path) => statIfThere(disk, resolve(cwd, path))?.isDirectory() === true)
  return { registry: named.filter((_, i) => !isFolder[i]), folders: named.filter((_, i) => isFolder[i]) }
}

/** Of the files that the user named as registries those that are none, with the first reason. */
function brokenRegistries({ workspace }: LoadedWorkspace, named: readonly string[]): string[] {
  return workspace.files.flatMap(({ kind, source, problems: [problem] }) => {
    if (kind !== 'registry' || problem === undefined || !named.includes(source.path)) return []
    const { line, column } = source.positionAt(problem.span.start)
    return [`${source.path} is no registry file (--registry): ${source.path}:${line}:${column}: ${problem.message}`]
  })
}

/** Nothing to report on; a file that is named may well be none of ours where there is a stack around it: hooks name all that changed. */
function isEmpty({ workspace, namesFiles }: LoadedWorkspace): boolean {
  const { files, registry, isReported } = workspace
  const exposed = [...registry.families, ...registry.patterns].filter(({ origin }) => origin.kind !== 'built-in')
  const isNothing = files.length === 0 && exposed.length === 0
  if (namesFiles) return isNothing
  return isNothing || (files.every(({ source }) => !isReported(source.path))
    && exposed.every(({ declarations }) => declarations.every(({ place }) => !isReported(place.source.path))))
}
