import type { Formatter } from './report.js'

export type { Formatter, FormatOptions, Report, RuleDoc, Summary } from './report.js'
export { wantsColor } from './color.js'

/** Each format is loaded only when it is asked for: start-up is paid on every commit. */
const formatters: Readonly<Record<string, () => Promise<Formatter>>> = {
  stylish: async () => (await import('./stylish.js')).stylish,
  json: async () => (await import('./json.js')).json,
  github: async () => (await import('./github.js')).github,
  sarif: async () => (await import('./sarif.js')).sarif,
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
