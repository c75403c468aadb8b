import { dirname, isAbsolute, resolve } from 'node:path'
import { nearestNames } from '../text/nearest-names.js'
import type { FoundConfig } from './found.js'
import { presetNames, type PresetName } from './presets.js'
import { resolvePackage } from './resolve-package.js'
import type { ConfigProblem, UserConfig } from './user-config.js'

/** A configuration with those that it goes on from, in the order in which it names them. */
export interface ConfigTree extends FoundConfig {
  readonly value: UserConfig
  readonly extended: readonly (PresetName | ConfigTree)[]
}

export interface Reading {
  /** `undefined` where a file (absolute) cannot be read. */
  read(file: string): FoundConfig | undefined
  /** What is wrong in one file, whatever it goes on from. */
  problemsIn(found: FoundConfig): readonly ConfigProblem[]
}

/** Reads what a configuration goes on from. With any problem, there is no tree. */
export async function readExtended(found: FoundConfig, reading: Reading, above: readonly FoundConfig[] = []): Promise<{ tree?: ConfigTree; problems: readonly ConfigProblem[] }> {
  const own = reading.problemsIn(found)
  if (own.length > 0) return { problems: own }
  const value = found.path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], found.document.value) as UserConfig
  const chain = [...above, found]
  const extended: (PresetName | ConfigTree)[] = []
  const problems: ConfigProblem[] = []
  for (const [index, name] of (typeof value.extends === 'string' ? [value.extends] : value.extends ?? []).entries()) {
    if (isPreset(name)) {
      extended.push(name)
      continue
    }
    const { document, path } = found
    const place = { source: document.source, span: document.spanOf([...path, 'extends', ...(typeof value.extends === 'string' ? [] : [index])]) }
    const file = isPath(name) ? resolve(dirname(found.file), name) : await resolvePackage(name, found.file)
    if (file === undefined) {
      problems.push({ place, ...unknownName(name) })
      continue
    }
    const start = chain.findIndex((one) => one.file === file)
    if (start >= 0) {
      const way = [...chain.slice(start), chain[start]!].map(({ document: { source } }) => source.path)
      problems.push({ place, message: `"${name}" goes on from itself: ${way.join(' → ')}` })
      continue
    }
    const base = file.endsWith('.json') || isPath(name) ? reading.read(file) : undefined
    if (base === undefined) {
      problems.push({ place, message: file.endsWith('.json') || isPath(name) ? `cannot read "${name}"` : `the package "${name}" is no configuration: what it exports is no JSON file` })
      continue
    }
    const inner = await readExtended(base, reading, chain)
    problems.push(...inner.problems)
    if (inner.tree) extended.push(inner.tree)
  }
  return problems.length > 0 ? { problems } : { tree: { ...found, value, extended }, problems }
}

function isPreset(name: string): name is PresetName {
  return (presetNames as readonly string[]).includes(name)
}

/** Whether a name is a path, and not that of a package. */
export function isPath(name: string): boolean {
  return /^\.{1,2}(?:[/\\]|$)/.test(name) || isAbsolute(name)
}

function unknownName(name: string): { message: string; suggestion?: string } {
  const [suggestion] = nearestNames(name, presetNames, 1)
  const message = `"${name}" is no preset (${presetNames.map((preset) => `"${preset}"`).join(', ')}), and no package of that name is installed; a file is named with "./" before it`
  return suggestion === undefined ? { message } : { message: `${message}. Did you mean "${suggestion}"?`, suggestion }
}

/** The files of a configuration, those that it goes on from first. */
export function filesOf(tree: ConfigTree): readonly ConfigTree[] {
  return [...tree.extended.flatMap((one) => (typeof one === 'string' ? [] : filesOf(one))), tree]
}
