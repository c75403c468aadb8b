import type { SourceTree } from '../types.js'
import { mayWriteExposition } from '../written-exposition.js'

/** Every Python source; the workspace leaves tests out of the tree. */
export function producerPaths(tree: SourceTree): string[] {
  return tree.paths.filter((path) => path.endsWith('.py'))
}

const metricsLibrary = new RegExp([
  'prometheus_client', 'aioprometheus', 'prometheus_fastapi_instrumentator', 'django_prometheus',
  'opentelemetry[.\\w]*metrics', 'opentelemetry\\s+import\\s[^\\n]*metrics', '\\bget_meter\\b',
  '\\bcreate_(?:observable_)?(?:counter|gauge|histogram|up_down_counter)\\b',
].join('|'))

/** Whether a text names a metrics library or one of the configured factories. */
export function usesMetricsLibrary(text: string, factories: readonly string[]): boolean {
  return metricsLibrary.test(text) || mayWriteExposition(text) || factories.some((name) => text.includes(name.slice(name.lastIndexOf('.') + 1)))
}

/** What a file must mention to matter: a name, and for a bare name the module or package that it comes from. */
export interface InterestingName {
  readonly name: string
  readonly modules: ReadonlySet<string>
  /** Telling enough to be looked for as `.name` without its module. */
  readonly telling: boolean
}

/** A test for texts that hold one of the names, whatever it means there. */
export function mentionsWord(names: readonly string[]): (text: string) => boolean {
  const pattern = new RegExp(`\\b(${names.join('|')})\\b`)
  return (text) => pattern.test(text)
}

/** Looks for the files that use certain names; a name is looked for once. */
export interface FileSearch {
  find(names: readonly InterestingName[], paths: readonly string[]): string[]
}

export function createFileSearch(tree: SourceTree): FileSearch {
  const imported = new Map<string, readonly string[]>()
  const searched = new Set<string>()

  function importedWords(path: string, text: string): readonly string[] {
    let words = imported.get(path)
    if (!words) {
      const lines = text.match(/^[ \t]*(?:from|import)[ \t].*$/gm) ?? []
      imported.set(path, (words = lines.join('\n').match(/\w+/g) ?? []))
    }
    return words
  }

  return {
    find(names, paths) {
      const fresh = names.filter(({ name, modules }) => {
        const key = `${name} ${[...modules].join()}`
        return !searched.has(key) && searched.add(key)
      })
      if (fresh.length === 0) return []
      const telling = new Set(fresh.filter((each) => each.telling).map(({ name }) => name))
      const byModule = new Map<string, string[]>()
      for (const { name, modules } of fresh) {
        for (const module of modules) {
          const listed = byModule.get(module)
          if (listed) listed.push(name)
          else byModule.set(module, [name])
        }
      }
      return paths.filter((path) => {
        const text = tree.read(path)?.text ?? ''
        const near = new Set<string>()
        for (const word of importedWords(path, text)) for (const name of byModule.get(word) ?? []) near.add(name)
        for (const name of near) if (hasWord(text, name)) return true
        return telling.size > 0 && hasAttribute(text, telling)
      })
    },
  }
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + word.length] ?? '')) return true
  }
  return false
}

/** Whether `.name` stands in a text for one of the names. */
function hasAttribute(text: string, names: ReadonlySet<string>): boolean {
  const initials = new Set([...names].map((name) => name.charCodeAt(0)))
  const word = /\w+/y
  for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', dot + 1)) {
    if (!initials.has(text.charCodeAt(dot + 1))) continue
    word.lastIndex = dot + 1
    if (names.has(word.exec(text)?.[0] ?? '')) return true
  }
  return false
}

const multiprocess = /MultiProcessCollector|prometheus_multiproc_dir/i
const deploymentPath = /(^|\/)(Dockerfile[^/]*|(docker-)?compose[^/]*\.ya?ml|Procfile|\.env[^/]*|[^/]*\.sh)$/

/** Whether prometheus_client runs in multiprocess mode, as far as the workspace tells. */
export function runsMultiprocess(tree: SourceTree, pythonTexts: readonly string[]): boolean {
  return pythonTexts.some((text) => multiprocess.test(text)) ||
    tree.paths.some((path) => deploymentPath.test(path) && multiprocess.test(tree.read(path)?.text ?? ''))
}
