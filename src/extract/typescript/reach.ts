import type { SourceTree } from '../types.js'
import { importedSpecifiers } from './files.js'
import type { ModuleResolver } from './resolution.js'
import { mentions } from './words.js'

/** How many files may stand between a file and one that is read whole. */
const MAXIMUM_DISTANCE = 4

/** Finds, without parsing, the files that use what the walked ones offer. */
export interface Reach {
  /** Files that name one of `names` and import, directly or through others, a walked file. */
  usersOf(names: ReadonlySet<string>, walked: ReadonlySet<string>): string[]
}

export function reachOver(tree: SourceTree, sources: readonly string[], resolve: ModuleResolver): Reach {
  let importers: ReadonlyMap<string, readonly string[]> | undefined

  return {
    usersOf(names, walked) {
      return [...reachingTo(walked)].filter((path) => mentions(tree.read(path)?.text ?? '', names))
    },
  }

  /** The files that import one of `walked`, themselves or through others. */
  function reachingTo(walked: ReadonlySet<string>): ReadonlySet<string> {
    importers ??= importersOf(tree, sources, resolve)
    const reaching = new Set<string>()
    let frontier: Iterable<string> = walked
    for (let distance = 0; distance < MAXIMUM_DISTANCE; distance++) {
      const next = new Set<string>()
      for (const path of frontier) {
        for (const importer of importers.get(path) ?? []) {
          if (!walked.has(importer) && !reaching.has(importer)) next.add(importer)
        }
      }
      for (const path of next) reaching.add(path)
      frontier = next
    }
    return reaching
  }
}

/** The files that import each file. */
function importersOf(tree: SourceTree, sources: readonly string[], resolve: ModuleResolver): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>()
  for (const path of sources) {
    for (const specifier of new Set(importedSpecifiers(tree.read(path)?.text ?? ''))) {
      const imported = resolve(specifier, path)
      if (imported === undefined) continue
      const known = importers.get(imported)
      if (known) known.push(path)
      else importers.set(imported, [path])
    }
  }
  return importers
}
