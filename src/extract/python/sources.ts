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

/** Whether a text names a metrics library or one of the configured factories. */
export function usesMetricsLibrary(text: string, factories: readonly string[]): boolean {
  return metricsLibrary.test(text) || factories.some((name) => text.includes(name.slice(name.lastIndexOf('.') + 1)))
}

/** What a file must mention to matter: a name, and for a bare name the module or package that it comes from. */
export interface InterestingName {
  readonly name: string
  readonly modules: ReadonlySet<string>
  /** Telling enough to be looked for as `.name` without its module. */
  readonly telling: boolean
}

/** A test for texts that hold one of the names, whatever it means there. */
export function mentionsWord(names: readonly InterestingName[]): (text: string) => boolean {
  if (names.length === 0) return () => false
  const pattern = new RegExp(`\\b(${names.map(({ name }) => name).join('|')})\\b`)
  return (text) => pattern.test(text)
}

/** A test for files that use one of the names. */
export function mentions(names: readonly InterestingName[]): (text: string) => boolean {
  if (names.length === 0) return () => false
  const byName = new Map(names.map((each) => [each.name, each]))
  const pattern = new RegExp(`(\\.?)\\b(${[...byName.keys()].join('|')})\\b`, 'g')
  return (text) => {
    for (const match of text.matchAll(pattern)) {
      const found = byName.get(match[2]!)!
      if (match[1] === '.' && found.telling) return true
      for (const module of found.modules) if (new RegExp(`\\b(import|from)\\b.*\\b${module}\\b`).test(text)) return true
    }
    return false
  }
}

const multiprocess = /MultiProcessCollector|prometheus_multiproc_dir/i
const deploymentPath = /(^|\/)(Dockerfile[^/]*|(docker-)?compose[^/]*\.ya?ml|Procfile|\.env[^/]*|[^/]*\.sh)$/

/** Whether prometheus_client runs in multiprocess mode, as far as the workspace tells. */
export function runsMultiprocess(tree: SourceTree, pythonTexts: readonly string[]): boolean {
  return pythonTexts.some((text) => multiprocess.test(text)) ||
    tree.paths.some((path) => deploymentPath.test(path) && multiprocess.test(tree.read(path)?.text ?? ''))
}
