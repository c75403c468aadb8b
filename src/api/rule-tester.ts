import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { activeRules, optionProblems } from '../config/active-rules.js'
import { defaultConfig } from '../config/config.js'
import { guarded, optionMistakes, ruleMistake } from '../config/plugins.js'
import type { AnyRule } from '../lint/rule.js'
import { runRules } from '../lint/run.js'
import { load } from './load.js'
import { surroundingsNow } from './surroundings.js'
import { ConfigurationError, plain, UsageError, type LintDiagnostic } from './programs.js'

/** Files by path; a value that is no text is written as indented JSON. */
export type TestFiles = Readonly<Record<string, string | object>>

export interface TestSettings {
  /** Options of the rule, as a configuration gives them. */
  readonly options?: object
  /** What `ml-dash-lint.config.json` says beside the rules: `registry`, `catalogs`, `targetLabels`, … */
  readonly config?: object
}

/** Writes files to a folder of their own, absolute, which is gone once `use` is done. */
export async function inFolder<Result>(files: TestFiles, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ml-dash-lint-')))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const configFile = 'ml-dash-lint.config.json'

/**
 * Lints files with one rule, which is on even where it is off by default, and returns what it reports. Throws what the
 * rule throws, a `TypeError` where it has not the form of a rule, a `UsageError` where it does not take the options, and
 * a `ConfigurationError` where `config` is wrong.
 */
export async function findingsOf(rule: AnyRule, files: TestFiles, { options, config }: TestSettings = {}): Promise<readonly LintDiagnostic[]> {
  const mistake = ruleMistake(rule)
  if (mistake !== undefined) throw new TypeError(`the rule ${mistake}`)
  const severity = rule.severity === 'off' ? 'warning' : rule.severity
  const settings = { ...defaultConfig, rules: { [rule.name]: { severity, ...(options && { options }) } } }
  const wrong = [...optionMistakes(rule, options), ...optionProblems([rule], settings)]
  if (wrong.length > 0) throw new UsageError(wrong)
  return inFolder({ ...files, ...(config && { [configFile]: config }) }, async (cwd) => {
    const loaded = await load({ paths: [], cache: false, ...(config && { config: configFile }) }, surroundingsNow(cwd, {}))
    if (loaded.kind === 'wrong-configuration') throw new ConfigurationError(loaded.diagnostics.map(plain))
    return runRules(loaded.workspace, activeRules([guarded(rule, rule.name)], settings)).map(plain)
  })
}

/**
 * The same, each finding as a person would retell it: `file:line:column severity «the text pointed at» message`. Any test
 * runner can compare that with what is expected.
 */
export async function testRule(rule: AnyRule, files: TestFiles, settings?: TestSettings): Promise<readonly string[]> {
  const findings = await findingsOf(rule, files, settings)
  const texts = new Map(Object.entries({ ...files, ...(settings?.config && { [configFile]: settings.config }) })
    .map(([path, content]) => [path, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`]))
  return findings.map(({ file, range: { start }, span, severity, message }) =>
    `${file}:${start.line}:${start.column} ${severity} «${texts.get(file)?.slice(span.start, span.end) ?? ''}» ${message}`)
}
