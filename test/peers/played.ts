import { rules } from '../../rules/index.js'
import type { Diagnostic } from '../../src/lint/diagnostic.js'
import { activeRules } from '../../src/config/active-rules.js'
import { defaultConfig } from '../../src/config/config.js'
import { runRules } from '../../src/lint/run.js'
import { loadFiles, type Files } from '../rules/lint-files.js'
import { rows as filesRows } from './files.js'
import { program, prometheus, rows as inferenceRows, ruleNames } from './inference.js'
import { rows as policyRows } from './policy.js'

/** A row of any table, in the form that all have in common. */
export interface Row {
  readonly peer: string
  readonly check: string
  readonly finds: string
  readonly files: Files
  /** The rules that are about it. */
  readonly rules: ReadonlySet<string>
  readonly options?: object
  /** Whether options ask for it that stand for a policy. */
  readonly isPolicy: boolean
  readonly silentBecause?: string
  readonly pint?: string
  readonly metrics?: string
}

const rulesFile = (rules: string) => `groups:\n  - name: g\n    rules:\n${rules.trimEnd().split('\n').map((line) => (line === '' ? '\n' : `      ${line}\n`)).join('')}`

export const rows: readonly Row[] = [
  ...inferenceRows.map(({ rules: text, ...row }) => ({ ...row, rules: ruleNames, files: { 'rules.yml': rulesFile(text), 'prometheus.yml': prometheus, 'app.js': program }, isPolicy: false })),
  ...policyRows.map(({ input, rule, ...row }) => ({ ...row, rules: new Set([rule]), files: typeof input === 'string' ? { 'rules.yml': rulesFile(input) } : { 'a.json': input }, isPolicy: row.options !== undefined })),
  ...filesRows.map(({ rule, ...row }) => ({ ...row, rules: new Set([rule]), isPolicy: false })),
]

export function titleOf({ peer, check, finds }: Pick<Row, 'peer' | 'check' | 'finds'>): string {
  return `${peer} ${check}: ${finds}`
}

/** What those of our rules report that are about it, with the severities of the presets. */
export async function play({ files, rules: names, options }: Row): Promise<readonly Diagnostic[]> {
  const set = options === undefined ? {} : Object.fromEntries([...names].map((name) => [name, { severity: 'warning' as const, options }]))
  const active = activeRules(rules.filter(({ name }) => names.has(name)), { ...defaultConfig, extends: ['strict', 'grafana-mixin'], rules: set })
  return runRules(await loadFiles(files), active)
}
