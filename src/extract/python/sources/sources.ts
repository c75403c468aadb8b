import type { SourceTree } from '../../types.js'
import { isMultiprocess, readsOneOf, usesImported } from './questions.js'

/** Every Python source; the workspace leaves tests out of the tree. */
export function producerPaths(tree: SourceTree): string[] {
  return tree.paths.filter((path) => path.endsWith('.py'))
}

/** What a file must mention to matter: a name, and for a bare name the module or package that it comes from. */
export interface InterestingName {
  readonly name: string
  readonly modules: ReadonlySet<string>
  /** Telling enough to be looked for as `.name` without its module. */
  readonly telling: boolean
}

/** The words by which other files import a module: its name and that of its package. */
export function moduleWords(path: string): readonly string[] {
  return path.replace(/(\/__init__)?\.py$/, '').split('/').slice(-2).map((segment) => segment.replace(/\W/g, '_'))
}

/** Looks for the files that use certain names; a name is looked for once. */
export interface FileSearch {
  find(names: readonly InterestingName[], paths: readonly string[]): string[]
}

export function createFileSearch(tree: SourceTree): FileSearch {
  const searched = new Set<string>()

  return {
    find(names, paths) {
      const fresh = names.filter(({ name, modules }) => {
        const key = `${name} ${[...modules].join()}`
        return !searched.has(key) && searched.add(key)
      })
      if (fresh.length === 0) return []
      const imported = usesImported(fresh.flatMap(({ name, modules }) => [...modules].map((module) => `${module} ${name}`)).sort())
      const telling = readsOneOf(fresh.filter((each) => each.telling).map(({ name }) => name).sort())
      return paths.filter((path) => tree.ask(path, imported) || tree.ask(path, telling))
    },
  }
}

const deploymentPath = /(^|\/)(Dockerfile[^/]*|(docker-)?compose[^/]*\.ya?ml|Procfile|\.env[^/]*|[^/]*\.sh)$/

/** Whether prometheus_client runs in multiprocess mode, as far as these sources and the files that start programs tell. */
export function runsMultiprocess(tree: SourceTree, pythonPaths: readonly string[]): boolean {
  const asked = isMultiprocess()
  return [...pythonPaths, ...tree.paths.filter((path) => deploymentPath.test(path))].some((path) => tree.ask(path, asked))
}
