import { relative, resolve, sep } from 'node:path'
import { activeRules } from '../config/active-rules.js'
import type { Config } from '../config/config.js'
import { chosenRules } from '../config/overrides.js'
import type { ActiveRule } from '../lint/run.js'
import { rules } from '../../rules/index.js'
import { load, type LoadingOptions, type WrongConfiguration } from './load.js'
import type { Surroundings } from './surroundings.js'

/** How a rule is written in a configuration. */
type Written = 'off' | 'warning' | 'error' | readonly ['off' | 'warning' | 'error', unknown]

interface WrittenOverride {
  readonly uids?: readonly string[]
  readonly groups?: readonly string[]
  readonly rules: Readonly<Record<string, Written>>
}

export type EffectiveConfig =
  | {
    readonly kind: 'configuration'
    /** As it could be written: every key, every rule, and what is otherwise in some of the dashboards and groups of the file. */
    readonly config: Readonly<Record<string, unknown>> & { readonly rules: Readonly<Record<string, Written>>; readonly overrides?: readonly WrittenOverride[] }
    /** Told from the working directory; absent where no file has any of it. */
    readonly file?: string
  }
  | { readonly kind: 'no-such-file' }
  | WrongConfiguration

/** The configuration as it is for one file: defaults, presets and overrides worked in. */
export async function effectiveConfig(path: string, options: LoadingOptions, surroundings: Surroundings): Promise<EffectiveConfig> {
  const loaded = await load({ ...options, paths: [path] }, surroundings)
  if (loaded.kind === 'wrong-configuration') return loaded
  if (loaded.unmatched.includes(path)) return { kind: 'no-such-file' }
  const { config, directory, files, workspace } = loaded
  const document = files.at(-1)?.document
  const { cwd } = surroundings
  const chosen = chosenRules(rules, config, workspace, { cwd, directory })
  const rulesAt = 'rulesAt' in chosen ? chosen.rulesAt : () => chosen
  const dashboards = [...workspace.dashboards].filter(({ source }) => workspace.isReported(source.path))
  const groups = workspace.ruleGroups.filter(({ file }) => workspace.isReported(file.document.source.path))
  const told = relative(cwd, path).split(sep).join('/') || path

  const parts = [
    ...dashboards.map((dashboard) => ({ key: dashboard.uid === undefined ? undefined : { uids: [dashboard.uid] }, active: rulesAt({ path: dashboard.source.path, dashboard }) })),
    ...groups.map((group) => ({ key: { groups: [group.name] }, active: rulesAt({ path: group.file.document.source.path, group }) })),
  ]
  // What a file holds that is one thing is what it is about.
  const [only] = parts
  const base = parts.length === 1 ? only!.active : 'rulesAt' in chosen ? rulesAt({ path: loaded.reading().find(({ isOnlyKnown }) => !isOnlyKnown)?.path ?? told }) : activeRules(rules, config)
  const overrides = parts.length === 1 ? [] : parts.flatMap(({ key, active }): WrittenOverride[] => (active === base || key === undefined ? [] : [{ ...key, rules: differing(base, active) }]))
  return {
    kind: 'configuration',
    config: { ...written(config, directory, cwd), rules: writtenRules(base), ...(overrides.length > 0 && { overrides }) },
    ...(document && { file: document.source.path }),
  }
}

/** Everything but the rules. */
function written({ registry, ...config }: Config, directory: string, cwd: string): Record<string, unknown> {
  // Registry files are told from the configuration there, and from the working directory here.
  const ofRules: readonly string[] = ['extends', 'rules', 'overrides']
  return {
    ...Object.fromEntries(Object.entries(config).filter(([key]) => !ofRules.includes(key))),
    registry: registry.map((path) => relative(directory, resolve(cwd, path)).split(sep).join('/')),
  }
}

function writtenRules(active: readonly ActiveRule[]): Record<string, Written> {
  return Object.fromEntries(rules.map((rule): [string, Written] => {
    const one = active.find((each) => each.rule === rule)
    if (one === undefined) return [rule.name, 'off']
    return [rule.name, Object.keys(one.options as object).length > 0 ? [one.severity, one.options] : one.severity]
  }))
}

function differing(base: readonly ActiveRule[], other: readonly ActiveRule[]): Record<string, Written> {
  const before = writtenRules(base)
  return Object.fromEntries(Object.entries(writtenRules(other)).filter(([name, entry]) => JSON.stringify(entry) !== JSON.stringify(before[name])))
}
