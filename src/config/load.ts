import { readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Severity } from '../lint/diagnostic.js'
import { isDay } from '../lint/suppressions/suppression.js'
import { schemaProblems, type SchemaProblem } from '../text/schema-check.js'
import { catalogNames } from '../registry/catalogs.js'
import { nearestNames } from '../text/nearest-names.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { parseJson } from '../text/json.js'
import { sourceText, type Place } from '../text/source.js'
import { defaultConfig, type Config, type ConfiguredSuppression, type Override, type RuleSetting, type RuleSettings } from './config.js'
import type { PresetName } from './presets.js'

export interface ConfigProblem {
  readonly place: Place
  readonly message: string
  /** What was probably meant by the name at `place`. */
  readonly suggestion?: string
}

export interface LoadedConfig {
  readonly config: Config
  /** Absolute path of the folder that the configuration lies in; the one that was looked in first where there is none. */
  readonly directory: string
  /** What was read, told from the working directory; absent where there is none. */
  readonly document?: StructuredDocument
  /** Where in the document it stands: below a key of `package.json`. */
  readonly path?: DocumentPath
  /** Mistakes in it; with any of them it does not count. */
  readonly problems: readonly ConfigProblem[]
}

export const configFileName = 'ml-dash-lint.config.json'
const packageKey = 'ml-dash-lint'

/**
 * Reads the configuration: the file that the user named, or the first `ml-dash-lint.config.json` or `package.json`
 * with an `ml-dash-lint` key in `from` (absolute; the working directory when absent) and the folders above it, up to
 * the root of the repository.
 */
export async function loadConfig(cwd: string, named?: string, from = cwd): Promise<LoadedConfig> {
  const found = named === undefined ? await findConfig(from, cwd) : await readConfig(resolve(cwd, named), cwd)
  if (found === undefined) {
    if (named === undefined) return { config: defaultConfig, directory: from, problems: [] }
    const source = sourceText(named, '')
    return { config: defaultConfig, directory: cwd, problems: [{ place: { source, span: { start: 0, end: 0 } }, message: 'cannot read this configuration file' }] }
  }
  const { document, path, directory } = found
  const { source } = document
  const problems = document.problems.length > 0 ? document.problems.slice(0, 1) : configProblems(document, path)
  if (problems.length > 0) {
    return { config: defaultConfig, directory, document, path, problems: problems.map(({ span, ...problem }) => ({ place: { source, span }, ...problem })) }
  }
  const value = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], document.value)
  const nameOfRule = (entry: number, rule: number): Place => ({ source, span: document.spanOf([...path, 'suppressions', entry, 'rules', rule]) })
  return { config: withDefaults(value as UserConfig, relative(cwd, directory), nameOfRule), directory, document, path, problems: [] }
}

/** What is against the schema, and otherwise names of catalogs and days that there are not. */
function configProblems(document: StructuredDocument, path: DocumentPath): readonly SchemaProblem[] {
  const problems = schemaProblems('config', document, path)
  if (problems.length > 0) return problems
  const { catalogs = [], suppressions = [] } = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], document.value) as UserConfig
  const days = suppressions.flatMap(({ until }, index): SchemaProblem[] => {
    if (until === undefined || isDay(until)) return []
    const where = [...path, 'suppressions', index, 'until']
    return [{ message: `there is no day ${until}`, path: where, span: document.spanOf(where) }]
  })
  const names = catalogs.flatMap((name, index): SchemaProblem[] => {
    if (catalogNames().includes(name)) return []
    const [suggestion] = nearestNames(name, catalogNames(), 1)
    const message = `there is no catalog "${name}"`
    const where = [...path, 'catalogs', index]
    const problem = { message, path: where, span: document.spanOf(where) }
    return [suggestion === undefined ? problem : { ...problem, message: `${message}. Did you mean "${suggestion}"?`, suggestion }]
  })
  return [...names, ...days].sort((a, b) => a.span.start - b.span.start)
}

type RuleEntry = Severity | 'off' | readonly [Severity | 'off', unknown]

/** What `extends` and `rules` are as they are written. */
interface UserRules {
  readonly extends?: PresetName | readonly PresetName[]
  readonly rules?: Readonly<Record<string, RuleEntry>>
}

type UserConfig = UserRules & Partial<Omit<Config, keyof UserRules | 'extract' | 'overrides' | 'suppressions'>> & {
  readonly extract?: Partial<Config['extract']>
  readonly overrides?: readonly (UserRules & Omit<Override, keyof UserRules>)[]
  readonly suppressions?: readonly (Omit<ConfiguredSuppression, 'rules'> & { readonly rules: readonly string[] })[]
}

function withDefaults({ extract = {}, registry = [], overrides = [], suppressions = [], baseline, ...rest }: UserConfig, directory: string, nameOfRule: (entry: number, rule: number) => Place): Config {
  return {
    ...defaultConfig,
    ...rest,
    ...(baseline !== undefined && { baseline: join(directory, baseline) }),
    registry: registry.map((path) => join(directory, path)),
    extract: { ...defaultConfig.extract, ...extract },
    ...rulesOf(rest),
    overrides: overrides.map((override) => ({ ...override, ...rulesOf(override) })),
    suppressions: suppressions.map(({ rules, ...entry }, i) => ({ ...entry, rules: rules.map((name, j) => ({ name, place: nameOfRule(i, j) })) })),
  }
}

function rulesOf({ extends: presets = [], rules = {} }: UserRules): { extends: readonly PresetName[]; rules: RuleSettings } {
  return {
    extends: typeof presets === 'string' ? [presets] : presets,
    rules: Object.fromEntries(Object.entries(rules).map(([name, entry]) => [name, settingOf(entry)])),
  }
}

function settingOf(entry: RuleEntry): RuleSetting {
  return typeof entry === 'string' ? { severity: entry } : { severity: entry[0], options: entry[1] }
}

export interface FoundConfig {
  readonly document: StructuredDocument
  readonly path: DocumentPath
  readonly directory: string
}

/** Whether a configuration lies in a folder, be it in order or not. */
export async function hasConfig(directory: string): Promise<boolean> {
  return (await configIn(directory, directory)) !== undefined
}

async function configIn(directory: string, cwd: string): Promise<FoundConfig | undefined> {
  return (await readConfig(join(directory, configFileName), cwd)) ?? (await readConfig(join(directory, 'package.json'), cwd))
}

/** The nearest configuration in a folder and those above it, up to the root of the repository, be it in order or not. */
export async function findConfig(from: string, cwd: string): Promise<FoundConfig | undefined> {
  for (let directory = from; ; directory = dirname(directory)) {
    const found = await configIn(directory, cwd)
    if (found) return found
    const isTop = directory === dirname(directory) || (await stat(join(directory, '.git')).then(() => true, () => false))
    if (isTop) return undefined
  }
}

/** `undefined` where there is no such file, or a `package.json` without the key. */
async function readConfig(file: string, cwd: string): Promise<FoundConfig | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const document = parseJson(sourceText(relative(cwd, file).split(sep).join('/'), text), { comments: true })
  const isPackage = file.endsWith(`${sep}package.json`)
  if (isPackage && (typeof document.value !== 'object' || document.value === null || !(packageKey in document.value))) return undefined
  return { document, path: isPackage ? [packageKey] : [], directory: dirname(file) }
}
