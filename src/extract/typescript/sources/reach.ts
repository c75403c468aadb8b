import type { Question, SourceTree } from '../../types.js'
import type { ModuleResolver } from './resolution.js'
import { getsAtOneOf, importedModules, namesOneOf, recordsSomething } from './questions.js'
import { wayNames, type WaysIn } from './ways-in.js'

/** How many files may stand between a file and one that is read whole. */
const MAXIMUM_DISTANCE = 4

/** Finds, without parsing, the files that use what the walked ones offer. */
export interface Reach {
  /** Files that get at something by one of `ways` and import, directly or through others, a walked file. */
  usersOf(ways: WaysIn, walked: ReadonlySet<string>): string[]
  /** Files that record something, whatever it is called, and import, directly or through others, a walked file. */
  recorders(walked: ReadonlySet<string>): string[]
  /** Files that name one of `names` and import, directly or through others, a walked file. */
  naming(names: ReadonlySet<string>, walked: ReadonlySet<string>): string[]
}

const modulesOf = importedModules()

export function reachOver(tree: SourceTree, sources: readonly string[], resolve: ModuleResolver): Reach {
  const imports = new Map<string, readonly string[]>()
  const answers = new Map<string, readonly string[]>()

  return {
    usersOf: (ways, walked) => newIn(sourcesWhere(getsAtOneOf(wayNames(ways))), walked),
    recorders: (walked) => newIn(sourcesWhere(recordsSomething()), walked),
    naming: (names, walked) => newIn(sourcesWhere(namesOneOf([...names].sort())), walked),
  }

  function newIn(found: readonly string[], walked: ReadonlySet<string>): string[] {
    return found.filter((path) => !walked.has(path) && reaches(path, walked))
  }

  function sourcesWhere(question: Question<boolean>): readonly string[] {
    const key = [question.name, ...question.parameters].join(' ')
    let found = answers.get(key)
    if (found === undefined) answers.set(key, (found = sources.filter((path) => tree.ask(path, question))))
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
