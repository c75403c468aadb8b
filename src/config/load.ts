import { join, relative, resolve } from 'node:path'
import { isDay } from '../lint/suppressions/suppression.js'
import { disk } from '../text/disk.js'
import { schemaProblems, type SchemaProblem } from '../text/schema-check.js'
import { catalogNames } from '../registry/catalogs.js'
import { nearestNames } from '../text/nearest-names.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { sourceText } from '../text/source.js'
import { isRecord } from '../text/value.js'
import { defaultConfig, type Config, type ConfiguredSuppression, type PluginReference, type RuleSetting, type RuleSettings } from './config.js'
import { filesOf, readExtended, type ConfigTree } from './extended.js'
import { findConfig, readConfig, type FoundConfig } from './found.js'
import { circleFrom, circularRenames } from './renames.js'
import type { PresetName } from './presets.js'
import type { ConfigProblem, RuleEntry, UserConfig, UserRules } from './user-config.js'

export interface LoadedConfig {
  readonly config: Config
  /** Absolute path of the folder that the configuration lies in; the one that was looked in first where there is none. */
  readonly directory: string
  /** The files that it stands in, those that it goes on from first; none where there is no configuration. */
  readonly files: readonly ConfigTree[]
  /** Mistakes in it; with any of them it does not count. */
  readonly problems: readonly ConfigProblem[]
}

/**
 * Reads the configuration: the file that the user named, or the first `ml-dash-lint.config.json` or `package.json`
 * with an `ml-dash-lint` key in `from` (absolute; the working directory when absent) and the folders above it, up to
 * the root of the repository.
 */
export async function loadConfig(cwd: string, named?: string, from = cwd): Promise<LoadedConfig> {
  const found = named === undefined ? findConfig(from, cwd) : readConfig(resolve(cwd, named), cwd)
  if (found === undefined) {
    if (named === undefined) return { config: defaultConfig, directory: from, files: [], problems: [] }
    const source = sourceText(named, '')
    return { config: defaultConfig, directory: cwd, files: [], problems: [{ place: { source, span: { start: 0, end: 0 } }, message: disk.isThere(resolve(cwd, named)) ? 'cannot read this configuration file' : 'there is no such file' }] }
  }
  const { directory } = found
  const { tree, problems } = await readExtended(found, { read: (file) => readConfig(file, cwd), problemsIn })
  if (tree === undefined) return { config: defaultConfig, directory, files: [], problems }
  return { config: withDefaults(joinedConfig(tree, cwd), tree), directory, files: filesOf(tree), problems }
}

function problemsIn({ document, path }: FoundConfig): ConfigProblem[] {
  const problems = document.problems.length > 0 ? document.problems.slice(0, 1) : configProblems(document, path)
  return problems.map(({ span, ...problem }) => ({ place: { source: document.source, span }, ...problem }))
}

/** What is against the schema, and otherwise names of catalogs and days that there are not, and renames that lead nowhere. */
function configProblems(document: StructuredDocument, path: DocumentPath): readonly SchemaProblem[] {
  const problems = schemaProblems('config', document, path)
  if (problems.length > 0) return problems
  const { catalogs = [], renames = {}, suppressions = [] } = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], document.value) as UserConfig
  const days = suppressions.flatMap(({ until }, index): SchemaProblem[] => {
    if (until === undefined || isDay(until)) return []
    const where = [...path, 'suppressions', index, 'until']
    return [{ message: `there is no day ${until}`, path: where, span: document.spanOf(where) }]
  })
  const circles = circularRenames(renames).map((name): SchemaProblem => {
    const where = [...path, 'renames', name]
    return { message: `"${name}" is renamed in a circle: ${circleFrom(name, renames).map((one) => `"${one}"`).join(' to ')}`, path: where, span: document.spanOf(where) }
  })
  return [...catalogProblems(catalogs, document, path), ...days, ...circles].sort((a, b) => a.span.start - b.span.start)
}

function catalogProblems(catalogs: readonly string[], document: StructuredDocument, path: DocumentPath): readonly SchemaProblem[] {
  return catalogs.flatMap((name, index): SchemaProblem[] => {
    if (catalogNames().includes(name)) return []
    const [suggestion] = nearestNames(name, catalogNames(), 1)
    const message = `there is no catalog "${name}"`
    const where = [...path, 'catalogs', index]
    const problem = { message, path: where, span: document.spanOf(where) }
    return [suggestion === undefined ? problem : { ...problem, message: `${message}. Did you mean "${suggestion}"?`, suggestion }]
  })
}

type JoinedConfig = Omit<UserConfig, keyof UserRules | 'plugins' | 'suppressions'> & {
  readonly plugins?: readonly PluginReference[]
  readonly suppressions?: readonly ConfiguredSuppression[]
}

/** What a configuration and those that it goes on from say together; rules, which go on from each other in another way, are no part of it. Paths of files are relative to `cwd`. */
function joinedConfig(tree: ConfigTree, cwd: string): JoinedConfig {
  const { plugins = [], registry = [], baseline, suppressions = [], ...rest } = tree.value
  const { directory, document, path } = tree
  const own: JoinedConfig = {
    ...rest,
    ...(baseline !== undefined && { baseline: join(relative(cwd, directory), baseline) }),
    registry: registry.map((file) => join(relative(cwd, directory), file)),
    plugins: plugins.map((name, index) => ({ name, from: tree.file, place: { source: document.source, span: document.spanOf([...path, 'plugins', index]) } })),
    suppressions: suppressions.map(({ rules, ...entry }, i) => ({
      ...entry,
      rules: rules.map((name, j) => ({ name, place: { source: document.source, span: document.spanOf([...path, 'suppressions', i, 'rules', j]) } })),
    })),
  }
  const bases = tree.extended.flatMap((base) => (typeof base === 'string' ? [] : [joinedConfig(base, cwd)]))
  return [...bases, own].reduce((before, after) => joined(before, after) as JoinedConfig)
}

/** Lists one after the other, objects key by key; of anything else, the later. */
function joined(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return [...before as unknown[], ...after as unknown[]]
  if (!isRecord(before) || !isRecord(after)) return after
  const changed = Object.entries(after).map(([key, value]) => [key, Object.hasOwn(before, key) ? joined(before[key], value) : value])
  return { ...before, ...Object.fromEntries(changed) as object }
}

function withDefaults({ extract = {}, overrides = [], ...rest }: JoinedConfig, tree: ConfigTree): Config {
  return {
    ...defaultConfig,
    ...rest,
    extract: { ...defaultConfig.extract, ...extract },
    extends: extendedRules(tree),
    rules: rulesOf(tree.value),
    overrides: overrides.map((override) => ({ ...override, extends: presetsOf(override), rules: rulesOf(override) })),
  }
}

function extendedRules({ extended }: ConfigTree): (PresetName | RuleSettings)[] {
  return extended.flatMap((base) => (typeof base === 'string' ? [base] : [...extendedRules(base), rulesOf(base.value)]))
}

function presetsOf({ extends: presets = [] }: UserRules): readonly PresetName[] {
  return (typeof presets === 'string' ? [presets] : presets) as readonly PresetName[]
}

function rulesOf({ rules = {} }: UserRules): RuleSettings {
  return Object.fromEntries(Object.entries(rules).map(([name, entry]) => [name, settingOf(entry)]))
}

function settingOf(entry: RuleEntry): RuleSetting {
  return typeof entry === 'string' ? { severity: entry } : { severity: entry[0], options: entry[1] }
}
