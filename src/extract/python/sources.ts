import type { SourceTree } from '../types.js'

/** Every Python source; the workspace leaves tests out of the tree. */
export function producerPaths(tree: SourceTree): string[] {
  return tree.paths.filter((path) => path.endsWith('.py'))
}

const metricsLibrary = new RegExp([
  'prometheus_client', 'prometheus_fastapi_instrumentator', 'django_prometheus',
  'opentelemetry[.\\w]*metrics', 'opentelemetry\\s+import\\s[^\\n]*metrics', '\\bget_meter\\b',
  '\\bcreate_(?:observable_)?(?:counter|gauge|histogram|up_down_counter)\\b',
].join('|'))

/** One of these stands in every text that the expression above matches; finding them is much faster. */
const traces = [
  'prometheus', 'opentelemetry', 'get_meter', 'create_counter', 'create_gauge', 'create_histogram', 'create_up_down_counter',
  'create_observable_',
]

/** Whether a text names a metrics library or one of the configured factories. */
export function usesMetricsLibrary(text: string, factories: readonly string[]): boolean {
  return (traces.some((trace) => text.includes(trace)) && metricsLibrary.test(text)) ||
    factories.some((name) => text.includes(name.slice(name.lastIndexOf('.') + 1)))
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
  const imported = new Map<string, ReadonlySet<string>>()
  const searched = new Set<string>()

  function importedWords(path: string, text: string): ReadonlySet<string> {
    let words = imported.get(path)
    if (!words) {
      const lines = text.match(/^[ \t]*(?:from|import)[ \t].*$/gm) ?? []
      imported.set(path, (words = new Set(lines.join('\n').match(/\w+/g))))
    }
    return words
  }

  return {
    find(names, paths) {
      const fresh = names.filter(({ name, modules }) => {
        const key = `${name} ${[...modules].join()}`
        return !searched.has(key) && searched.add(key)
      })
      const telling = new Set(fresh.filter((each) => each.telling).map(({ name }) => name))
      const byModule = new Map<string, string[]>()
      for (const { name, modules } of fresh) {
        for (const module of modules) byModule.set(module, [...(byModule.get(module) ?? []), name])
      }
      return paths.filter((path) => {
        const text = tree.read(path)?.text ?? ''
        const words = importedWords(path, text)
        const near = [...words].flatMap((word) => byModule.get(word) ?? [])
        return near.some((name) => text.includes(name) && new RegExp(`\\b${name}\\b`).test(text)) || hasAttribute(text, telling)
      })
    },
  }
}

/** Whether `.name` stands in a text for one of the names. */
function hasAttribute(text: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
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
