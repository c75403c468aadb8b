import { mayWriteExposition } from '../../written-exposition.js'
import { webModules } from './client-modules.js'

const metricsLibrary = new RegExp([
  'prometheus_client', 'aioprometheus', 'django_prometheus', ...webModules,
  'opentelemetry[.\\w]*metrics', 'opentelemetry\\s+import\\s[^\\n]*metrics', '\\bget_meter\\b',
  '\\bcreate_(?:observable_)?(?:counter|gauge|histogram|up_down_counter)\\b',
].join('|'))

/** Whether a text names a metrics library or one of the configured factories. */
export function usesMetricsLibrary(text: string, factories: readonly string[]): boolean {
  return metricsLibrary.test(text) || mayWriteExposition(text) || factories.some((name) => text.includes(name.slice(name.lastIndexOf('.') + 1)))
}

/** A test for texts that hold one of the names, whatever it means there. */
export function mentionsWord(names: readonly string[]): (text: string) => boolean {
  const pattern = new RegExp(`\\b(${names.join('|')})\\b`)
  return (text) => pattern.test(text)
}

export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + word.length] ?? '')) return true
  }
  return false
}

/** A test for texts in which `.name` stands for one of the names. */
export function readsAttribute(attributes: readonly string[]): (text: string) => boolean {
  const names = new Set(attributes)
  const initials = new Set(attributes.map((name) => name.charCodeAt(0)))
  const word = /\w+/y
  return (text) => {
    for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', dot + 1)) {
      if (!initials.has(text.charCodeAt(dot + 1))) continue
      word.lastIndex = dot + 1
      if (names.has(word.exec(text)?.[0] ?? '')) return true
    }
    return false
  }
}

/** The words of the import statements of a text. */
export function importedWords(text: string): readonly string[] {
  const lines = text.match(/^[ \t]*(?:from|import)[ \t].*$/gm) ?? []
  return lines.join('\n').match(/\w+/g) ?? []
}

/** Whether a text imports a top-level module of this name, or something in it. */
export function importsTopLevel(text: string, name: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${name}\\b`, 'm').test(text)
}

/** The most dots that a relative import of a text begins with. */
export function dotsOfImports(text: string): number {
  return [...text.matchAll(/^[ \t]*from[ \t]+(\.+)/gm)].reduce((most, [, dots]) => Math.max(most, dots!.length), 0)
}

/** The names that a text gives others: `from x import name as other`. */
export function importedAs(text: string): (readonly [name: string, other: string])[] {
  return [...text.matchAll(/\b(\w+)\s+as\s+(\w+)/g)].map(([, name, other]) => [name!, other!])
}

/** Whether a text records what it gets by a name that is computed: `getattr(metrics, kind).inc()`. */
export function recordsComputed(text: string): boolean {
  return /\b(?:getattr\s*\([^()]*\)|vars\s*\([^()]*\)\s*\[[^\]]*\])\s*\.\s*(?:labels|inc|dec|set|observe)\s*\(/.test(text)
}

const multiprocess = /MultiProcessCollector|prometheus_multiproc_dir/i

/** Whether a text sets up the multiprocess mode of prometheus_client. */
export function namesMultiprocess(text: string): boolean {
  return multiprocess.test(text)
}
