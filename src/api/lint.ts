import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { activeRules, optionProblems } from '../config/active-rules.js'
import type { Config, RuleSetting } from '../config/config.js'
import { chosenRules } from '../config/overrides.js'
import type { PresetName } from '../config/presets.js'
import { coverageOf } from '../lint/coverage.js'
import { notesOf } from '../lint/notes.js'
import type { AnyRule } from '../lint/rule.js'
import { runRules } from '../lint/run.js'
import type { Report } from '../report/report.js'
import { unreadLine } from '../report/summary-line.js'
import { nearestNames } from '../text/nearest-names.js'
import { once } from '../text/once.js'
import type { LoadedWorkspace } from '../workspace/load.js'
import { rules } from '../../rules/index.js'
import { configurationNotes } from './configuration-notes.js'
import { load, type Loaded, type LoadingOptions } from './load.js'
import { summaryOf } from './summary.js'
import type { Surroundings } from './surroundings.js'

export interface LintRequest extends LoadingOptions {
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
}

/**
 * `wrong-configuration`: its mistakes are the diagnostics, and nothing was linted. `wrong-usage`: what was asked for
 * cannot be done; whole sentences that say why.
 */
export type LintOutcome =
  | { readonly kind: 'linted'; readonly report: Report; readonly config: Config; readonly loaded: LoadedFully; readonly timings: Readonly<Record<string, number>> }
  | { readonly kind: 'wrong-configuration'; readonly report: Report }
  | { readonly kind: 'wrong-usage'; readonly reasons: readonly string[]; readonly loaded?: LoadedFully }

type LoadedFully = Extract<Loaded, { readonly kind: 'workspace' }>

/** Reads what the request names and all that is known around it, and runs the rules. Writes nothing but the cache. */
export async function lint(request: LintRequest, surroundings: Surroundings): Promise<LintOutcome> {
  const { cwd } = surroundings
  const unknown = request.rule?.find((name) => !rules.some((rule) => rule.name === name))
  if (unknown !== undefined) {
    const [suggestion] = nearestNames(unknown, rules.map(({ name }) => name), 1)
    return wrongUsage(`there is no rule "${unknown}"${suggestion === undefined ? '' : `. Did you mean "${suggestion}"?`}`)
  }
  const { registry, folders } = await registryFiles(request.registry ?? [], cwd)
  const loaded = await load({ ...request, paths: [...request.paths, ...folders], registry }, surroundings)
  if (loaded.kind === 'wrong-configuration') {
    return { kind: 'wrong-configuration', report: { diagnostics: loaded.diagnostics, summary: summaryOf(loaded.diagnostics) } }
  }
  const { workspace, unmatched, directory } = loaded
  const { rules: named, config } = rulesToRun(request.preset ? { ...loaded.config, extends: [request.preset] } : loaded.config, request.rule)
  const wrong = optionProblems(named, config)
  if (wrong.length > 0) return { kind: 'wrong-usage', reasons: wrong, loaded }
  if (unmatched.length > 0) return wrongUsage(...unmatched.map((path) => `no such file or folder: ${path}`))
  const broken = brokenRegistries(loaded, registry)
  if (broken.length > 0) return { kind: 'wrong-usage', reasons: broken, loaded }
  if (isEmpty(loaded)) {
    const where = request.paths.join(', ') || 'this folder'
    const reason = workspace.unread.length > 0
      ? `nothing was read in ${where}. ${unreadLine(workspace.unread)}`
      : `nothing to lint in ${where}: no dashboard, no rule file, no provisioning file and no code that uses a metrics library (folders such as dist and build are passed over unless "include" names them)`
    return { kind: 'wrong-usage', reasons: [reason], loaded }
  }
  const begin = performance.now()
  request.onStep?.('running rules')
  const diagnostics = runRules(workspace, chosenRules(named, config, workspace, { cwd, directory }))
  const summary = { ...summaryOf(diagnostics, workspace), ...(loaded.knowsMore && { roots: loaded.roots }) }
  const report: Report = { diagnostics, summary, coverage: once(() => coverageOf(workspace)), notes: [...notesOf(workspace), ...configurationNotes(loaded, config, cwd)], unread: workspace.unread }
  return { kind: 'linted', report, config, loaded, timings: { ...loaded.timings, rules: performance.now() - begin } }
}

function wrongUsage(...reasons: string[]): LintOutcome {
  return { kind: 'wrong-usage', reasons }
}

/** All rules, as the configuration has them; or those alone that the user names, which are on then. */
function rulesToRun(config: Config, names: readonly string[] | undefined): { rules: readonly AnyRule[]; config: Config } {
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
async function registryFiles(named: readonly string[], cwd: string): Promise<{ registry: string[]; folders: string[] }> {
  const isFolder = await Promise.all(named.map((path) => stat(resolve(cwd, path)).then((entry) => entry.isDirectory(), () => false)))
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
