import type { SourceTree } from '../../types.js'
import type { ModuleResolver } from './resolution.js'
import { importedModules, namesOneOf } from './questions.js'

/** How many files may stand between a file and one that is read whole. */
const MAXIMUM_DISTANCE = 4

/** Finds, without parsing, the files that use what the walked ones offer. */
export interface Reach {
  /** Files that name one of `names` and import, directly or through others, a walked file. */
  usersOf(names: ReadonlySet<string>, walked: ReadonlySet<string>): string[]
}

const modulesOf = importedModules()

export function reachOver(tree: SourceTree, sources: readonly string[], resolve: ModuleResolver): Reach {
  const imports = new Map<string, readonly string[]>()
  const naming = new Map<string, readonly string[]>()

  return {
    usersOf(names, walked) {
      return sourcesNaming(names).filter((path) => !walked.has(path) && reaches(path, walked))
    },
  }

  function sourcesNaming(names: ReadonlySet<string>): readonly string[] {
    const sorted = [...names].sort()
    const key = sorted.join(' ')
    let found = naming.get(key)
    if (found === undefined) {
      const question = namesOneOf(sorted)
      naming.set(key, (found = sources.filter((path) => tree.ask(path, question))))
    }
    return found
  }

  /** Whether a file imports one of `walked`, itself or through others. */
  function reaches(path: string, walked: ReadonlySet<string>): boolean {
    const seen = new Set([path])
    let frontier = [path]
    for (let distance = 0; distance < MAXIMUM_DISTANCE && frontier.length > 0; distance++) {
      frontier = frontier.flatMap(importsOf).filter((imported) => !seen.has(imported))
      if (frontier.some((imported) => walked.has(imported))) return true
      for (const imported of frontier) seen.add(imported)
    }
    return false
  }

  function importsOf(path: string): readonly string[] {
    let imported = imports.get(path)
    if (imported === undefined) {
      const specifiers = new Set(tree.ask(path, modulesOf))
      imported = [...specifiers].map((specifier) => resolve(specifier, path)).filter((found) => found !== undefined)
      imports.set(path, imported)
    }
    return imported
  }
}
