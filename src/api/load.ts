import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { LoadedWorkspace, LoadOptions } from '../workspace/load.js'
import { loadConfig } from '../config/load.js'
import type { ConfigProblem } from '../config/user-config.js'
import type { ConfigTree } from '../config/extended.js'
import type { LoadedPlugins } from '../config/plugins.js'
import { rootsOf } from '../config/root.js'
import type { Config } from '../config/config.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import type { AnyRule } from '../lint/rule.js'
import { disk } from '../text/disk.js'
import type { FileTree } from '../text/file-tree.js'
import { overlaid } from '../text/overlaid-tree.js'
import { cacheDirectory } from './cache-directory.js'
import type { Surroundings } from './surroundings.js'

export interface WorkspaceRequest extends LoadingOptions {
  /** Files, folders and globs; empty: the working directory. */
  readonly paths: readonly string[]
  /** Registry files that the user named, relative to the working directory. */
  readonly registry?: readonly string[]
  /** Texts that count in the place of what lies on the disk, as an editor holds them, by paths relative to the working directory. */
  readonly overlay?: ReadonlyMap<string, string>
  /** Called when a step begins, with what is done in it: `reading code`. */
  readonly onStep?: (step: string) => void
}

/** The options of every command that reads a workspace. */
export interface LoadingOptions {
  /** Configuration file that the user named. */
  readonly config?: string
  /** `false`: nothing is kept on disk. */
  readonly cache?: boolean
  /** Where what is kept goes, relative to the working directory. */
  readonly cacheLocation?: string
  /** Where files are read; the disk when absent. */
  readonly tree?: FileTree
}

/** Whether the code of plugins may run. */
export interface PluginOptions {
  /** Absent: where the user named the configuration that names them. `false`: their rules do not run. */
  readonly plugins?: boolean
}

/** The configuration that counts for some paths, in order. */
export interface Configured {
  readonly config: Config
  /** Absolute path of the folder of the configuration. */
  readonly directory: string
  /** The files that it stands in, those that it goes on from first; none where there is no configuration. */
  readonly files: readonly ConfigTree[]
  /** The folders that are known, absolute. */
  readonly absoluteRoots: readonly string[]
}

export interface WrongConfiguration {
  readonly kind: 'wrong-configuration'
  readonly diagnostics: readonly Diagnostic[]
}

/** `roots`: the folders that are known, relative to the working directory, `''` for itself; `plugged`: the rules of plugins; `options`: what the workspace was read with. */
export type Loaded =
  | ({ readonly kind: 'workspace'; readonly roots: readonly string[]; readonly plugged: readonly AnyRule[]; readonly options: LoadOptions } & Configured & LoadedWorkspace)
  | WrongConfiguration

/** Finds and reads the configuration that counts for the paths of a request. */
export async function configure({ paths, config: named }: Pick<WorkspaceRequest, 'paths' | 'config'>, { cwd }: Surroundings): Promise<({ readonly kind: 'configured' } & Configured) | WrongConfiguration> {
  const roots = rootsOf(cwd, paths.length > 0 ? paths : ['.'], named)
  // Of several roots none may speak for the others: then the working directory's configuration counts.
  const { problems, ...loaded } = await loadConfig(cwd, named, roots.length === 1 ? roots[0] : cwd)
  if (problems.length > 0) return wrongConfiguration(problems)
  return { kind: 'configured', ...loaded, absoluteRoots: roots }
}

function wrongConfiguration(problems: readonly ConfigProblem[]): WrongConfiguration {
  return { kind: 'wrong-configuration', diagnostics: problems.map(configurationDiagnostic) }
}

/** Reads the configuration and, where that is in order, the workspace. Rules of plugins are only loaded for whoever tells which others there are. */
export async function load(request: WorkspaceRequest & PluginOptions, surroundings: Surroundings, rules?: readonly AnyRule[]): Promise<Loaded> {
  const { cwd } = surroundings
  const { paths, registry = [], overlay, onStep, tree } = request
  const configured = await configure(request, surroundings)
  if (configured.kind === 'wrong-configuration') return configured
  const { config, directory, files, absoluteRoots: roots } = configured
  const { rules: plugged, problems } = rules ? await pluggedRules(config, files, rules, request, cwd) : { rules: [], problems: [] }
  if (problems.length > 0) return wrongConfiguration(problems)
  const { loadWorkspace } = await import('../workspace/load.js')
  const options: LoadOptions = {
    cwd,
    paths: paths.length > 0 ? paths : ['.'],
    roots,
    ignore: config.ignore,
    ignoreBase: directory,
    include: config.include,
    maxFileSize: config.maxFileSize,
    registry: [...config.registry, ...registry],
    catalogs: config.catalogs,
    targetLabels: config.targetLabels,
    externalMetrics: config.externalMetrics,
    metricsDocuments: config.metricsDocuments,
    factories: config.extract.factories,
    budget: config.extract.budget,
    cacheDirectory: cacheDirectoryOf(request, config, surroundings),
    translationStrategy: config.extract.translationStrategy,
    ...(onStep && { onStep }),
    ...((tree ?? overlay) && { tree: overlay ? overlaid(tree ?? disk, new Map([...overlay].map(([path, text]) => [realPath(resolve(cwd, path)), text]))) : tree! }),
    renames: config.renames,
  }
  const loaded = await loadWorkspace(options)
  return { ...configured, kind: 'workspace', options, roots: roots.map((root) => relative(cwd, root).split(sep).join('/')), plugged, ...loaded }
}

/**
 * The rules of the plugins that a configuration names. They are code of the repository that is linted, and whoever lints
 * a foreign one has not read its configuration: it is to be named, or plugins are to be asked for.
 */
async function pluggedRules(config: Config, files: readonly ConfigTree[], rules: readonly AnyRule[], { plugins, config: named }: LoadingOptions & PluginOptions, cwd: string): Promise<LoadedPlugins> {
  const [first] = config.plugins
  if (plugins === false) return { rules: [], problems: [] }
  if (first && plugins === undefined && named === undefined) {
    const path = files.at(-1)!.document.source.path
    const message = `plugins are code of this repository, and were not run: name the configuration (--config ${path}) or say --plugins where you trust them; --no-plugins lints without their rules`
    return { rules: [], problems: [{ place: first.place, message }] }
  }
  const { loadPlugins, pluginRuleProblems } = await import('../config/plugins.js')
  const loaded = await loadPlugins(config.plugins, cwd)
  return loaded.problems.length > 0 ? loaded : { rules: loaded.rules, problems: pluginRuleProblems(files, rules, loaded.rules) }
}

/** Where a run keeps what it read from code; `undefined` where it keeps nothing. */
export function cacheDirectoryOf({ cache = true, cacheLocation }: LoadingOptions, config: Config, { cwd, env }: Surroundings): string | undefined {
  if (!cache || !config.cache) return undefined
  return cacheLocation === undefined ? cacheDirectory(cwd, env) : resolve(cwd, cacheLocation)
}

/** A path as discovery finds it: a file that is not there yet lies in the folder that its path leads to. */
function realPath(absolute: string): string {
  try {
    return disk.realPath(absolute)
  } catch {
    return dirname(absolute) === absolute ? absolute : join(realPath(dirname(absolute)), basename(absolute))
  }
}

/** A mistake in what the user configures, as a finding. */
export function configurationDiagnostic({ place, message, suggestion }: ConfigProblem): Diagnostic {
  const diagnostic: Diagnostic = { rule: 'configuration', severity: 'error', message, place, data: {}, related: [], suggestions: [] }
  if (suggestion === undefined) return diagnostic
  const { start, end } = place.span
  const unquoted = { source: place.source, span: { start: start + 1, end: end - 1 } }
  const replacement = { place: unquoted, text: suggestion }
  return { ...diagnostic, data: { suggestion }, suggestions: [{ message: `Replace with "${suggestion}"`, replacement }] }
}
