import type { Formatter } from './report.js'

export type { Formatter, FormatOptions, Report, RuleDoc, Summary } from './report.js'
export { wantsColor, wantsHyperlinks } from './color.js'

/** Each format is loaded only when it is asked for: start-up is paid on every commit. */
const formatters: Readonly<Record<string, () => Promise<Formatter>>> = {
  stylish: async () => (await import('./stylish.js')).stylish,
  compact: async () => (await import('./compact.js')).compact,
  json: async () => (await import('./json.js')).json,
  ndjson: async () => (await import('./ndjson.js')).ndjson,
  sarif: async () => (await import('./sarif.js')).sarif,
  github: async () => (await import('./github.js')).github,
  gitlab: async () => (await import('./gitlab.js')).gitlab,
  junit: async () => (await import('./junit.js')).junit,
  checkstyle: async () => (await import('./checkstyle.js')).checkstyle,
  markdown: async () => (await import('./markdown.js')).markdown,
  unix: async () => (await import('./unix.js')).unix,
}

/** The values that `--format` takes, the default first. */
export const formatterNames: readonly string[] = Object.keys(formatters)

/** The formatter of that name. Throws for a name that is not in `formatterNames`. */
export async function loadFormatter(name: string): Promise<Formatter> {
  const load = formatterNames.includes(name) ? formatters[name] : undefined
  if (load === undefined) throw new RangeError(`no format "${name}"; the formats are ${formatterNames.join(', ')}`)
  return load()
}
