import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyRule, Finding } from '../lint/rule.js'
import { subjectNames } from '../lint/rule.js'
import { lookElsewhere } from '../text/disk.js'
import { describeError } from '../text/describe-error.js'
import { describeSchemaErrors, schemaProblemsBy, type Validator } from '../text/schema-check.js'
import { isRecord, recordOf } from '../text/value.js'
import type { PluginReference } from './config.js'
import { isPath, type ConfigTree } from './extended.js'
import type { ConfigProblem } from './user-config.js'
import { resolvePackage } from './resolve-package.js'

export interface LoadedPlugins {
  /** The rules, each with the name of its plugin before its own: `our/team-tag`. */
  readonly rules: readonly AnyRule[]
  readonly problems: readonly ConfigProblem[]
}

/** Loads plugins, which runs their code. One that cannot be loaded, or has something else than rules, is a problem where it is named. */
export async function loadPlugins(references: readonly PluginReference[], cwd: string): Promise<LoadedPlugins> {
  const rules: AnyRule[] = []
  const problems: ConfigProblem[] = []
  const loaded = new Map<string, string>()
  if (references.length > 0) lookElsewhere()
  for (const { name, from, place } of references) {
    const fail = (message: string) => problems.push({ place, message })
    const file = isPath(name) ? resolve(dirname(from), name) : await resolvePackage(name, from)
    if (file === undefined || !(await stat(file).then((entry) => entry.isFile(), () => false))) {
      fail(isPath(name) ? `there is no file "${name}"` : `no package "${name}" is installed (a file is named with "./" before it)`)
      continue
    }
    // Two configurations of one chain may name one plugin.
    if (loaded.has(file)) continue
    try {
      const { default: plugin } = (await import(pathToFileURL(file).href)) as { default?: unknown }
      const wrong = pluginMistake(plugin)
      if (wrong !== undefined) fail(wrong)
      const { name: prefix, rules: own } = recordOf(plugin) as { name: string; rules: readonly AnyRule[] }
      if (wrong !== undefined) continue
      if ([...loaded.values()].includes(prefix)) fail(`another plugin has the name "${prefix}" already`)
      else rules.push(...own.map((rule) => guarded(rule, `${prefix}/${rule.name}`)))
      loaded.set(file, prefix)
    } catch (error) {
      fail(`this plugin cannot be loaded: ${describeError(error, cwd)}`)
    }
  }
  return { rules, problems }
}

const word = /^[a-z0-9][a-z0-9-]*$/

/** What keeps a module's default export from being a plugin. */
function pluginMistake(plugin: unknown): string | undefined {
  if (!isRecord(plugin)) return 'this plugin has no default export with a "name" and "rules"'
  const { name, rules } = plugin
  if (typeof name !== 'string' || !word.test(name)) return 'this plugin needs a "name" of small letters, digits and "-", which stands before those of its rules'
  if (!Array.isArray(rules)) return `"rules" of the plugin "${name}" must be a list`
  const mistakes = rules.map((rule: unknown, index) => {
    const mistake = ruleMistake(rule)
    return mistake && `${isRecord(rule) && typeof rule['name'] === 'string' ? `rule "${rule['name']}"` : `rules[${index}]`} of the plugin "${name}" ${mistake}`
  })
  const mistake = mistakes.find((one) => one !== undefined)
  if (mistake !== undefined) return mistake
  const names = (rules as readonly AnyRule[]).map((rule) => rule.name)
  const twice = names.find((one, index) => names.indexOf(one) < index)
  return twice === undefined ? undefined : `the plugin "${name}" has two rules "${twice}"`
}

/** What is wrong with the form of a rule; `undefined` where nothing is. */
export function ruleMistake(rule: unknown): string | undefined {
  if (!isRecord(rule)) return 'is no object'
  const { name, subject, severity, summary, options, check } = rule
  if (typeof name !== 'string' || !word.test(name)) return 'needs a "name" of small letters, digits and "-"'
  if (!(subjectNames as readonly unknown[]).includes(subject)) return `needs a "subject": one of ${subjectNames.map((one) => `"${one}"`).join(', ')}`
  if (!['error', 'warning', 'off'].includes(severity as string)) return 'needs a "severity": "error", "warning" or "off"'
  if (typeof summary !== 'string') return 'needs a "summary"'
  if (typeof check !== 'function') return 'needs a function "check"'
  if (options === undefined) return undefined
  if (!isRecord(options)) return 'must have a JSON Schema for "options"'
  try {
    compile(options)
    return undefined
  } catch (error) {
    return `has a faulty schema for its options: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** A rule under its whole name, which reports what is no finding as a fault of its own. */
export function guarded(rule: AnyRule, name: string): AnyRule {
  return {
    ...rule,
    name,
    check(subject, { workspace, options, report }) {
      const given = { workspace, options, report: (finding: Finding) => report(checked(finding)) }
      const outcome: unknown = (rule.check as (subject: never, context: unknown) => unknown)(subject, given)
      if (!(outcome instanceof Promise)) return
      // It is too late for what it finds, and nobody else waits for what it throws.
      outcome.catch(() => undefined)
      throw new TypeError('"check" returned a promise: it has to be done when it returns')
    },
  }
}

function checked(finding: Finding): Finding {
  const { at, message, severity } = recordOf(finding)
  const { source, span } = recordOf(at)
  const { start, end } = recordOf(span)
  if (typeof recordOf(source)['text'] !== 'string' || !Number.isInteger(start) || !Number.isInteger(end)) throw new TypeError('a finding needs a place, "at"')
  if (typeof message !== 'string') throw new TypeError('a finding needs a "message"')
  if (![undefined, 'error', 'warning'].includes(severity as undefined)) throw new TypeError('the "severity" of a finding is "error" or "warning"')
  return finding
}

/** What a rule objects to in its options. */
export function optionMistakes({ name, options: schema }: AnyRule, options: object | undefined): string[] {
  if (options === undefined) return []
  if (schema === undefined) return [`rule "${name}" takes no options`]
  const validate = compile(schema)
  return validate(options) ? [] : describeSchemaErrors(validate.errors ?? []).map(({ message }) => `options of rule "${name}": ${message.replaceAll('this file', 'the options')}`)
}

function compile(schema: object): Validator {
  // Late: only who has rules with options of their own needs ajv.
  const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
  return new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(schema)
}

/** What the files of a configuration say of rules that there are not, and options that the rules of plugins do not take. */
export function pluginRuleProblems(files: readonly ConfigTree[], own: readonly AnyRule[], plugged: readonly AnyRule[]): ConfigProblem[] {
  const naming = files.filter(({ value }) => [value, ...(value.overrides ?? [])].some(({ rules = {} }) => Object.keys(rules).some((name) => name.includes('/'))))
  if (naming.length === 0) return []
  const severity = { enum: ['off', 'warning', 'error'] }
  const ofPlugin = ({ options }: AnyRule) => (options ? { anyOf: [severity, { type: 'array', prefixItems: [severity, options], minItems: 2, maxItems: 2 }] } : severity)
  const settings = {
    properties: Object.fromEntries([...own.map(({ name }) => [name, true]), ...plugged.map((rule) => [rule.name, ofPlugin(rule)])]) as object,
    additionalProperties: false,
  }
  const validate = compile({ properties: { rules: settings, overrides: { items: { properties: { rules: settings } } } } })
  return naming.flatMap(({ document, path }) => schemaProblemsBy(validate, document, path)
    .map(({ message, span, suggestion }) => ({ place: { source: document.source, span }, message, ...(suggestion !== undefined && { suggestion }) })))
}
