import type { SourceTree } from '../types.js'
import { importedSpecifiers } from './files.js'
import type { ModuleResolver } from './resolution.js'

/** How many files may stand between a file and one that is read whole. */
const MAXIMUM_DISTANCE = 4

/** Finds, without parsing, the files that use what the walked ones offer. */
export interface Reach {
  /** Files that name one of `names` and import, directly or through others, a walked file. */
  usersOf(names: ReadonlySet<string>, walked: ReadonlySet<string>): string[]
}

export function reachOver(tree: SourceTree, sources: readonly string[], resolve: ModuleResolver): Reach {
  const imports = new Map<string, readonly string[]>()
  const words = new Map<string, ReadonlySet<string>>()

  return {
    usersOf(names, walked) {
      return sources.filter((path) => !walked.has(path) && mentions(path, names) && reaches(path, walked))
    },
  }

  function mentions(path: string, names: ReadonlySet<string>): boolean {
    let own = words.get(path)
    if (!own) words.set(path, (own = wordsOf(tree.read(path)?.text ?? '')))
    return intersect(own, names)
  }

  function reaches(path: string, walked: ReadonlySet<string>): boolean {
    const seen = new Set([path])
    let frontier = [path]
    for (let distance = 0; distance < MAXIMUM_DISTANCE && frontier.length > 0; distance++) {
      const next = frontier.flatMap(importsOf).filter((file) => !seen.has(file))
      if (next.some((file) => walked.has(file))) return true
      for (const file of next) seen.add(file)
      frontier = [...new Set(next)]
    }
    return false
  }

  function importsOf(path: string): readonly string[] {
    let files = imports.get(path)
    if (!files) {
      files = importedSpecifiers(tree.read(path)?.text ?? '')
        .map((specifier) => resolve(specifier, path))
        .filter((file) => file !== undefined)
      imports.set(path, files)
    }
    return files
  }
}

/** The identifiers in a text, and the words of its comments and strings. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{ID_Start}$_#][\p{ID_Continue}$]*/gu) ?? [])
}

export function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [smaller, larger] = a.size < b.size ? [a, b] : [b, a]
  for (const word of smaller) if (larger.has(word)) return true
  return false
}
