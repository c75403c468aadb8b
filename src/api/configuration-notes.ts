import { basename } from 'node:path'
import type { Config } from '../config/config.js'
import { configFileName } from '../config/found.js'
import { idleOverrides } from '../config/overrides.js'
import { disk } from '../text/disk.js'
import { wildcardMatcher } from '../text/wildcard.js'
import { idleGlobs } from './idle-globs.js'
import type { Loaded } from './load.js'

/** Names under which a configuration is kept and never found: the extensions and dots that other tools allow. */
const unreadNames = /^\.?(?:ml-?dash-?lint(?:\.config)?(?:\.(?:jsonc?|json5|ya?ml|js|cjs|mjs|ts))?|ml-?dash-?lintrc(?:\.\w+)?)$/i

/**
 * What of the configuration does nothing: entries that match nothing, where all of the root was looked at, and files that
 * look like a configuration and are not read. Whole sentences; mostly none.
 */
export function configurationNotes(loaded: Extract<Loaded, { readonly kind: 'workspace' }>, config: Config, cwd: string): string[] {
  const { directory, files, folders, absoluteRoots, workspace, knowsMore, namesFiles } = loaded
  const written = files.at(-1)
  const document = written?.document
  const notes = misnamed(directory, document === undefined ? undefined : basename(document.source.path))
  if (written === undefined || document === undefined || knowsMore || namesFiles) return notes
  const where = document.source.path
  const asked = new Set(workspace.selectors.flatMap(({ selector }) => selector.name?.parts.length === 1 && typeof selector.name.parts[0] === 'string' ? [selector.name.parts[0]] : []))
  // A name that is not known whole may be any.
  const isOpen = workspace.selectors.some(({ selector }) => selector.name === undefined || selector.name.parts.some((part) => typeof part !== 'string'))
  // What a shared configuration says is about other repositories, too.
  const { externalMetrics = [], ignore = [], include = [], overrides = [] } = written.value
  const external = isOpen ? [] : externalMetrics.filter((pattern) => ![...asked].some(wildcardMatcher([pattern])))
  const shared = config.overrides.length - overrides.length
  const idle = idleOverrides(config, workspace, loaded.reading().map(({ path }) => path), { cwd, directory }).filter((i) => i >= shared)
  const idleIn = (globs: readonly string[]) => (absoluteRoots.includes(directory) ? idleGlobs(globs, { directory, folders }) : [])
  return [
    ...notes,
    ...external.map((pattern) => `"externalMetrics" in ${where} names "${pattern}", which no query asks for.`),
    ...idleIn(ignore).map((glob) => `"ignore" in ${where} names "${glob}", which no file and no folder fits.`),
    ...idleIn(include).map((glob) => `"include" in ${where} names "${glob}", which no file and no folder fits.`),
    ...idle.map((i) => `Entry ${i - shared + 1} of "overrides" in ${where} is about nothing that was found.`),
  ]
}

/** Files beside the configuration, or where it would be, that somebody may have meant as one. */
function misnamed(directory: string, found: string | undefined): string[] {
  let names: string[] = []
  try {
    names = disk.readFolder(directory).map(({ name }) => name).filter((name) => name !== configFileName && name !== found && unreadNames.test(name) && name.includes('.')).sort()
  } catch {
    // What cannot be read holds no configuration either.
  }
  return names.map((name) => `${name} is not read: a configuration is called ${configFileName}.`)
}
