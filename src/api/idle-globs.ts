import { basename, dirname, join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { disk } from '../text/disk.js'
import { textOrNothing } from '../text/file-tree.js'
import { isPassedOver } from '../workspace/discovery.js'

/** Where globs of a configuration are looked for. Absolute paths. */
export interface LookedAt {
  /** What globs are relative to. */
  readonly directory: string
  /** The folders that were looked into, that one among them. */
  readonly folders: readonly string[]
}

/**
 * Those of some globs, in the syntax of `.gitignore`, that no file and no folder fits, of whatever kind. What comes and goes is left out, for it
 * may only not be there now: what git ignores, and folders that builds and tools make.
 */
export function idleGlobs(globs: readonly string[], { directory, folders }: LookedAt): string[] {
  // What a negation means depends on the entries before it.
  if (globs.length === 0 || globs.some((glob) => glob.startsWith('!'))) return []
  const told = (path: string) => relative(directory, path).split(sep).join('/') + (path.endsWith(sep) ? '/' : '')
  const thatFitNone = (some: readonly string[], paths: readonly string[]) => {
    const own = paths.map(told).filter((path) => ignore.isPathValid(path))
    return some.filter((glob) => {
      const named = ignore().add(glob)
      return !own.some((path) => named.ignores(path))
    })
  }
  const entries = folders.flatMap(entriesOf)
  const missed = thatFitNone(globs, entries)
  if (missed.length === 0) return []
  // What one entry leaves out may be what another one fits.
  const seen = new Set(folders)
  const unseen = entries.filter((path) => path.endsWith(sep) && !seen.has(path.slice(0, -1)) && !isPassedOver(basename(path)))
  const idle = thatFitNone(missed, unseen.flatMap(entriesBelow))
  if (idle.length === 0) return []
  const gitignores = [...folders.map((folder) => join(folder, '.gitignore')).filter((path) => entries.includes(path)), ...above(directory).map((folder) => join(folder, '.gitignore'))].map(rulesOf)
  return idle.filter((glob) => {
    const sample = glob.replace(/^\//, '').replace(/\*+/g, 'x')
    const segments = sample.split('/').filter((segment) => segment !== '')
    const names = [sample, ...segments, ...segments.map((segment) => `${segment}/`)].filter((name) => ignore.isPathValid(name))
    return segments.length > 0 && !segments.some(isPassedOver) && !gitignores.some((rules) => names.some((name) => rules.ignores(name)))
  })
}

/** What lies in a folder, folders with a separator at their end; of a link nobody knows what it is. */
function entriesOf(folder: string): string[] {
  try {
    return disk.readFolder(folder).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isSymbolicLink()) return [path, path + sep]
      return entry.isDirectory() ? [path + sep] : [path]
    })
  } catch {
    return []
  }
}

function entriesBelow(folder: string): string[] {
  return entriesOf(folder).flatMap((path) => (path.endsWith(sep) && basename(path) !== '.git' && !isPassedOver(basename(path)) && !disk.isLink(path.slice(0, -1)) ? [path, ...entriesBelow(path)] : [path]))
}

function above(directory: string): string[] {
  const parent = dirname(directory)
  return parent === directory ? [] : [parent, ...above(parent)]
}

function rulesOf(path: string): Ignore {
  return ignore().add(textOrNothing(disk, path))
}
