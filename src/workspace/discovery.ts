import { join, relative, resolve, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { isCacheEntry } from '../text/cache-folder.js'
import { disk, lookElsewhere } from '../text/disk.js'
import { statIfThere, textOrNothing, type FileTree } from '../text/file-tree.js'
import { reasonOf } from './read-file.js'

/** A file that may matter, by its name. */
export interface FoundFile {
  /** Relative to the working directory, with `/`. */
  readonly path: string
  /** Relative to the folder that the user asked for, with `/`: what says whether it is a test. */
  readonly pathInScope: string
  readonly absolute: string
  /** Where it is read. */
  readonly tree: FileTree
  /** In bytes. */
  readonly size: number
  /** Named on the command line itself, and not found in a folder. */
  readonly named: boolean
  /** Named, or below a folder that was; what else is known is not reported on. */
  readonly reported: boolean
}

/** The text of a file; empty where it cannot be read. */
export function textOf({ tree, absolute }: FoundFile): string {
  return textOrNothing(tree, absolute)
}

/** A file or folder that could not be read. */
export interface Unreadable {
  readonly path: string
  readonly reported: boolean
  readonly message: string
}

export interface Discovery {
  readonly files: readonly FoundFile[]
  /** Absolute paths of sources in languages that are not read, sorted; only few runs ask for them. */
  foreignSources(): readonly string[]
  /** Scripts that only their first lines tell (`#!/usr/bin/env python3`), sorted; only few runs ask for them. */
  bareScripts(): readonly BareScript[]
  readonly unreadable: readonly Unreadable[]
  /** Paths that the user named and that match no file or folder. */
  readonly unmatched: readonly string[]
  /** Folders, and files that may matter by their names, that were not looked at: whole sentences without a full stop say why. */
  readonly passedOver: readonly PassedOver[]
  /** Absolute paths of the folders that were looked into. */
  readonly folders: readonly string[]
}

/** A script without an ending in its name. */
export interface BareScript {
  readonly absolute: string
  /** What runs it, without a version: `bash`, `python`. */
  readonly interpreter: string
}

export interface PassedOver {
  /** Relative to the working directory, with `/`; of a folder it ends in one. */
  readonly path: string
  readonly reason: string
}

export interface DiscoveryOptions {
  /** Absolute path that all paths are told relative to. */
  readonly cwd: string
  readonly paths: readonly string[]
  /** Absolute paths of the folders that are known beyond `paths`. */
  readonly roots?: readonly string[]
  /** Globs in the syntax of `.gitignore`, relative to `ignoreBase`. */
  readonly ignore: readonly string[]
  /** Absolute path. */
  readonly ignoreBase: string
  /** Globs in the syntax of `.gitignore`, relative to `ignoreBase`, of folders and files to read although they would be passed over. */
  readonly include: readonly string[]
  /** Where files are looked for and read; the disk when absent. */
  readonly tree?: FileTree
}

/** Files that may matter, by name; how a program is started tells which of its metrics it exposes, Terraform which dashboards it fills in. */
const extensions = /\.(?:json|ya?ml|rules|[cm]?[jt]sx?|py|sh|tf|tftpl|mk|tpl|jsonnet|libsonnet|md|mdx|markdown)$|^prometheus.*\.ya?ml\.\w+$|^(?:Dockerfile.*|Procfile|Makefile)$/i

/** Sources that may declare metrics, and that nothing here can read. */
const foreignExtensions = /\.(?:go|java|kts?|scala|groovy|clj|cs|fs|vb|rs|rb|php|exs?|erl|c|cc|cpp|cxx|h|hpp|swift|lua|dart|pl|pm)$/

/** Names that may be those of scripts: `bin/backup-metrics`. */
const bareName = /^[a-zA-Z][\w-]*$/
/** The first line of a script. */
const interpreted = /^#!\s*\S*\/(?:env\s+(?:-S\s+)?)?([a-z]+)/

/** Whether a file may tell something by its name, that of its folders aside. */
export function mayTell(name: string): boolean {
  return extensions.test(name) || foreignExtensions.test(name) || name === '.gitignore' || name === 'pyvenv.cfg'
}

/** Folders that hold what others made: dependencies, build output, caches. */
const passedOver = new Set([
  'node_modules', 'bower_components', 'vendor', 'site-packages', '__pycache__', 'venv', 'virtualenv',
  'dist', 'build', 'out', 'target', 'coverage', 'htmlcov', '__snapshots__',
])

/**
 * Finds the files below `paths` and `roots` that the linter may have to read, sorted by path. `.gitignore` files are honoured
 * from the root of the repository down; symbolic links are not followed, except for a path that the user named.
 */
export async function discover(options: DiscoveryOptions): Promise<Discovery> {
  const { roots = [], tree = disk } = options
  const files = new Map<string, FoundFile>()
  const foreign: Filtered[] = []
  const bare: Filtered[] = []
  const unreadable: Unreadable[] = []
  const unmatched: string[] = []
  const configured: Filter = {
    name: '"ignore" in the configuration',
    base: options.ignoreBase,
    rules: ignore().add([...options.ignore]),
  }
  const passed: PassedOver[] = []
  const included = ignore().add([...options.include])

  const tell = (absolute: string) => relative(options.cwd, absolute).split(sep).join('/')
  const inConfigured = (absolute: string) => relative(options.ignoreBase, absolute).split(sep).join('/')
  const isIncluded = (absolute: string, directory: boolean) => {
    const path = inConfigured(absolute) + (directory ? '/' : '')
    return !path.startsWith('..') && path !== '/' && included.ignores(path)
  }

  /** Whether a folder that is passed over holds one that `include` names: `build` of `build/dashboards/`. */
  const leadsToIncluded = (absolute: string) => {
    const folders = inConfigured(absolute).split('/')
    return options.include.some((glob) => {
      const segments = glob.replace(/^\//, '').replace(/\/$/, '').split('/')
      // A glob that begins with a wildcard would lead into every folder there is.
      return folders.length < segments.length && folders[0] === segments[0]
        && folders.every((folder, i) => segments[i] === folder || /[*?[]/.test(segments[i]!))
    })
  }

  // What the user names comes first: whether a file is a test depends on the folder that was asked for.
  const walked = new Set<string>()
  let reported = true

  function addFile(absolute: string, scope: string, named: boolean): void {
    const path = tell(absolute)
    if (files.has(path)) return
    let size
    try {
      size = tree.stat(absolute).size
    } catch (error) {
      unreadable.push({ path, reported, message: `cannot read this file: ${reasonOf(error)}` })
      return
    }
    files.set(path, { path, pathInScope: relative(scope, absolute).split(sep).join('/'), absolute, tree, size, named, reported })
  }

  // Nothing else waits for the disk meanwhile, and thousands of small answers come several times faster at once.
  function walk(directory: string, scope: string, inherited: readonly Filter[], onlyIncluded = false): void {
    if (walked.has(directory)) return
    if (!onlyIncluded) walked.add(directory)
    let entries
    try {
      entries = tree.readFolder(directory)
    } catch (error) {
      unreadable.push({ path: tell(directory) || '.', reported, message: `cannot read this folder: ${reasonOf(error)}` })
      return
    }
    if (directory !== scope && entries.some((entry) => entry.name === 'pyvenv.cfg')) {
      passed.push({ path: `${tell(directory)}/`, reason: 'a virtual environment of Python' })
      return
    }
    const filters = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
      ? [...inherited, readGitignore(tree, directory, tell)]
      : inherited
    for (const entry of entries) {
      const absolute = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (entry.name === '.git') continue
        const reason = onlyIncluded ? notIncluded : whyPassedOver(entry.name) ?? whyIgnored(filters, absolute, true)
        if (reason === undefined || isIncluded(absolute, true)) walk(absolute, scope, filters)
        else if (leadsToIncluded(absolute)) walk(absolute, scope, filters, true)
        else passed.push({ path: `${tell(absolute)}/`, reason })
      } else if (entry.isFile() && extensions.test(entry.name) && !isCacheEntry(entry.name)) {
        const reason = onlyIncluded ? notIncluded : whyIgnored(filters, absolute, false)
        if (reason === undefined || isIncluded(absolute, false)) addFile(absolute, scope, false)
        else passed.push({ path: tell(absolute), reason })
      } else if (entry.isFile() && foreignExtensions.test(entry.name) && !onlyIncluded) {
        foreign.push({ absolute, filters })
      } else if (entry.isFile() && bareName.test(entry.name) && !onlyIncluded) {
        bare.push({ absolute, filters })
      }
    }
  }

  const walkFolder = (absolute: string) => walk(absolute, absolute, [configured, ...gitignoresAbove(tree, absolute, tell)])
  for (const path of options.paths) {
    for (const absolute of await expand(options.cwd, path)) {
      const kind = statIfThere(tree, absolute)
      if (kind === undefined) unmatched.push(path)
      else if (kind.isDirectory()) walkFolder(absolute)
      else addFile(absolute, roots.find((root) => absolute.startsWith(root + sep)) ?? resolve(absolute, '..'), true)
    }
  }
  reported = false
  // What is named wrongly is told at once, and not after all else was read.
  if (unmatched.length === 0) for (const root of roots) walkFolder(root)
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    foreignSources: () => notIgnored(foreign),
    bareScripts: () => notIgnored(bare).flatMap((absolute) => {
      const interpreter = interpreterOf(tree, absolute)
      return interpreter === undefined ? [] : [{ absolute, interpreter }]
    }),
    unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)),
    unmatched,
    passedOver: passed.filter(({ path }) => !files.has(path)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    folders: [...walked],
  }
}

/** A file that only few runs ask for: whether it is ignored is found out then. */
interface Filtered {
  readonly absolute: string
  readonly filters: readonly Filter[]
}

function notIgnored(files: readonly Filtered[]): string[] {
  return files.filter(({ absolute, filters }) => whyIgnored(filters, absolute, false) === undefined).map(({ absolute }) => absolute).sort()
}

/** What runs a script, by its first line; `undefined` of what is none or cannot be read. */
function interpreterOf(tree: FileTree, absolute: string): string | undefined {
  try {
    return interpreted.exec(Buffer.from(tree.readStart(absolute, 80)).toString('latin1'))?.[1]
  } catch {
    return undefined
  }
}

interface Filter {
  /** In a sentence. */
  readonly name: string
  readonly base: string
  readonly rules: Ignore
}

const notIncluded = 'not what "include" in the configuration names in this folder'

/** Why a folder of that name is never looked into; `undefined` where it is. */
function whyPassedOver(name: string): string | undefined {
  if (passedOver.has(name)) return `folders called "${name}" hold what others made, dependencies or build output`
  return isHiddenTool(name) ? 'a hidden folder of a tool' : undefined
}

/** Whether a folder of that name is only looked into where the configuration says so. */
export function isPassedOver(name: string): boolean {
  return whyPassedOver(name) !== undefined
}

/** What ignores a file or folder, and by which of its lines; `undefined` where nothing does. */
function whyIgnored(filters: readonly Filter[], absolute: string, directory: boolean): string | undefined {
  let reason: string | undefined
  for (const { name, base, rules } of filters) {
    const path = relative(base, absolute).split(sep).join('/')
    if (path === '' || path.startsWith('..')) continue
    const verdict = rules.test(directory ? `${path}/` : path)
    if (verdict.ignored) reason = `ignored by ${name}${verdict.rule === undefined ? '' : `: ${verdict.rule.pattern}`}`
    else if (verdict.unignored) reason = undefined
  }
  return reason
}

/** Hidden folders of tools hold no producers and no consumers; `.github` and the like may. */
function isHiddenTool(name: string): boolean {
  return /^\.(?:venv|tox|nox|cache|mypy_cache|pytest_cache|ruff_cache|next|nuxt|turbo|yarn|pnpm-store|terraform|idea|vscode|eggs)/.test(name)
}

/** An unreadable or absent `.gitignore` ignores nothing. */
function readGitignore(tree: FileTree, directory: string, tell: (absolute: string) => string): Filter {
  return { name: tell(join(directory, '.gitignore')), base: directory, rules: ignore().add(textOrNothing(tree, join(directory, '.gitignore'))) }
}

/** The `.gitignore` files of the folders above `directory`, up to the root of its repository. */
function gitignoresAbove(tree: FileTree, directory: string, tell: (absolute: string) => string): Filter[] {
  const above: string[] = []
  for (let current = directory; ; current = resolve(current, '..')) {
    if (current !== directory) above.unshift(current)
    if (disk.isThere(join(current, '.git'))) return above.map((folder) => readGitignore(tree, folder, tell))
    if (current === resolve(current, '..')) return []
  }
}

/** Absolute paths of the files and folders that paths of the command line mean. */
export async function pathsNamed(cwd: string, paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map((path) => expand(cwd, path)))).flat()
}

/** The files and folders that a command-line path means: itself, or what it matches as a glob. */
async function expand(cwd: string, path: string): Promise<string[]> {
  const absolute = resolve(cwd, path)
  if (disk.isThere(absolute)) return [realPathOr(absolute)]
  if (!/[*?[{]/.test(path)) return [absolute]
  lookElsewhere()
  const { glob } = await import('glob')
  const matches = await glob(path, { cwd, absolute: true, ignore: ['**/node_modules/**', '**/.git/**'] })
  return matches.length > 0 ? matches.sort() : [absolute]
}

/** A path without links; itself where a link leads nowhere. */
function realPathOr(absolute: string): string {
  try {
    return disk.realPath(absolute)
  } catch {
    return absolute
  }
}
