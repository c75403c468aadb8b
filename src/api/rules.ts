import { readFileSync } from 'node:fs'
import { activeRules } from '../config/active-rules.js'
import type { Severity } from '../lint/diagnostic.js'
import { nearestNames } from '../text/nearest-names.js'
import { packageFile } from '../text/package-file.js'
import { rules } from '../../rules/index.js'
import { configure, type WorkspaceRequest, type WrongConfiguration } from './load.js'
import type { Surroundings } from './surroundings.js'

/** A rule as a list of them tells it. */
export interface ListedRule {
  readonly name: string
  /** Under the configuration, where no override says otherwise. */
  readonly severity: Severity | 'off'
  readonly defaultSeverity: Severity | 'off'
  /** What is true of a workspace without findings. */
  readonly summary: string
  /** The options that it runs with; absent where it has none. */
  readonly options?: unknown
  readonly url?: string
}

export type RuleList = { readonly kind: 'rules'; readonly rules: readonly ListedRule[] } | WrongConfiguration

/** All rules by name, each as the configuration that counts for the paths has it. */
export async function listRules(request: Pick<WorkspaceRequest, 'paths' | 'config'>, surroundings: Surroundings): Promise<RuleList> {
  const configured = await configure(request, surroundings)
  if (configured.kind === 'wrong-configuration') return configured
  const active = new Map(activeRules(rules, configured.config).map((one) => [one.rule.name, one]))
  return {
    kind: 'rules',
    rules: rules.map(({ name, severity: defaultSeverity, summary }) => {
      const { severity = 'off', options = {} } = active.get(name) ?? {}
      const url = urlOf(name)
      return { name, severity, defaultSeverity, summary, ...(Object.keys(options as object).length > 0 && { options }), ...(url !== undefined && { url }) }
    }),
  }
}

/** What is told about a rule; `undefined` where there is none of that name. */
export function ruleDoc(name: string): { readonly summary: string; readonly url?: string } | undefined {
  const rule = rules.find((one) => one.name === name)
  if (rule === undefined) return undefined
  const url = urlOf(name)
  return { summary: rule.summary, ...(url !== undefined && { url }) }
}

/** The page of a rule in Markdown; where there is no such rule, the names that were probably meant. */
export function rulePage(name: string): { readonly page: string } | { readonly nearest: readonly string[] } {
  if (!rules.some((rule) => rule.name === name)) return { nearest: nearestNames(name, rules.map((rule) => rule.name), 3) }
  return { page: readFileSync(packageFile(`docs/rules/${name}.md`), 'utf8').replace(/^<!--.*-->\n/gm, '') }
}

/** Where the page of a rule of this version can be read; `undefined` while the package does not say where it is kept. */
function urlOf(name: string): string | undefined {
  const { repository, version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { repository?: string | { url: string }; version: string }
  const kept = /^(?:github:|(?:git\+)?https:\/\/github\.com\/)([^/]+\/[^/]+?)(?:\.git)?$/.exec(typeof repository === 'object' ? repository.url : (repository ?? ''))?.[1]
  return kept === undefined ? undefined : `https://github.com/${kept}/blob/v${version}/docs/rules/${name}.md`
}
