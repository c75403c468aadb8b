import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { LoadedWorkspace } from '../workspace/load.js'
import { loadConfig, type ConfigProblem } from '../config/load.js'
import { rootsOf } from '../config/root.js'
import type { Config } from '../config/config.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { cacheDirectory } from './cache-directory.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
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
}

/** The configuration that counts for some paths, in order. */
export interface Configured {
  readonly config: Config
  /** Absolute path of the folder of the configuration. */
  readonly directory: string
  /** The configuration as it is written, and where in its file; absent where there is none. */
  readonly document?: StructuredDocument
  readonly path?: DocumentPath
  /** The folders that are known, absolute. */
  readonly absoluteRoots: readonly string[]
}

export interface WrongConfiguration {
  readonly kind: 'wrong-configuration'
  readonly diagnostics: readonly Diagnostic[]
}

/** `roots`: the folders that are known, relative to the working directory, `''` for itself. */
export type Loaded =
  | ({ readonly kind: 'workspace'; readonly roots: readonly string[] } & Configured & LoadedWorkspace)
  | WrongConfiguration

/** Finds and reads the configuration that counts for the paths of a request. */
export async function configure({ paths, config: named }: Pick<WorkspaceRequest, 'paths' | 'config'>, { cwd }: Surroundings): Promise<({ readonly kind: 'configured' } & Configured) | WrongConfiguration> {
  const roots = await rootsOf(cwd, paths.length > 0 ? paths : ['.'], named)
  // Of several roots none may speak for the others: then the working directory's configuration counts.
  const { problems, ...loaded } = await loadConfig(cwd, named, roots.length === 1 ? roots[0] : cwd)
  if (problems.length > 0) return { kind: 'wrong-configuration', diagnostics: problems.map(configurationDiagnostic) }
  return { kind: 'configured', ...loaded, absoluteRoots: roots }
}

/** Reads the configuration and, where that is in order, the workspace. */
export async function load(request: WorkspaceRequest, surroundings: Surroundings): Promise<Loaded> {
  const { cwd } = surroundings
  const { paths, registry = [], overlay, onStep } = request
  const configured = await configure(request, surroundings)
  if (configured.kind === 'wrong-configuration') return configured
  const { config, directory, absoluteRoots: roots } = configured
  const { loadWorkspace } = await import('../workspace/load.js')
  const loaded = await loadWorkspace({
    cwd: cwd,
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
    ...(overlay && { overlay: new Map([...overlay].map(([path, text]) => [realPath(resolve(cwd, path)), text])) }),
  })
  return { ...configured, kind: 'workspace', roots: roots.map((root) => relative(cwd, root).split(sep).join('/')), ...loaded }
}

/** Where a run keeps what it read from code; `undefined` where it keeps nothing. */
export function cacheDirectoryOf({ cache = true, cacheLocation }: LoadingOptions, config: Config, { cwd, env }: Surroundings): string | undefined {
  if (!cache || !config.cache) return undefined
  return cacheLocation === undefined ? cacheDirectory(cwd, env) : resolve(cwd, cacheLocation)
}

/** A path as discovery finds it: a file that is not there yet lies in the folder that its path leads to. */
function realPath(absolute: string): string {
  try {
    return realpathSync(absolute)
  } catch {
    return dirname(absolute) === absolute ? absolute : join(realPath(dirname(absolute)), basename(absolute))
  }
}

function configurationDiagnostic({ place, message, suggestion }: ConfigProblem): Diagnostic {
  const diagnostic: Diagnostic = { rule: 'configuration', severity: 'error', message, place, data: {}, related: [], suggestions: [] }
  if (suggestion === undefined) return diagnostic
  const { start, end } = place.span
  const unquoted = { source: place.source, span: { start: start + 1, end: end - 1 } }
  const replacement = { place: unquoted, text: suggestion }
  return { ...diagnostic, data: { suggestion }, suggestions: [{ message: `Replace with "${suggestion}"`, replacement }] }
}
