import { describe, expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { repository, type Files } from './repository.js'

const configFile = 'ml-dash-lint.config.json'
const named = ['--no-cache', '--config', configFile, '--format', 'unix']

/** A plugin "our" with one rule, which wants a title of a certain beginning. */
const plugin = `export default {
  name: 'our',
  rules: [{
    name: 'title-prefix',
    subject: 'dashboard',
    severity: 'warning',
    summary: 'Each title begins with the name of the team',
    options: { type: 'object', properties: { prefix: { type: 'string' } }, additionalProperties: false },
    defaults: { prefix: 'Team' },
    check(dashboard, { options, report }) {
      if (!dashboard.title.startsWith(options.prefix)) report({ at: dashboard.place('title'), message: 'This title does not begin with "' + options.prefix + '"' })
    },
  }],
}
`

const stack: Files = { 'jobs.json': dashboardWith('up'), 'lint/our-rules.mjs': plugin, [configFile]: { plugins: ['./lint/our-rules.mjs'] } }
/** A plugin with one rule on dashboards, by what its check does. */
const checking = (check: string, more = '') => `export default { name: 'our', rules: [{ name: 'odd', subject: 'dashboard', severity: 'warning', summary: 'None', ${more}\n  check(dashboard, { report }) {\n    ${check}\n  },\n}] }\n`

const found = (prefix: string, severity = 'warning') => `jobs.json:3:12: ${severity}: This title does not begin with "${prefix}" [our/title-prefix]\n`

test('a rule of a plugin runs with its own severity and options', async () => {
  expect(await repository(stack).run(...named)).toEqual({ code: 0, stdout: found('Team'), stderr: '' })
})

describe('its settings', () => {
  test.each([
    ['severity and options', { rules: { 'our/title-prefix': ['error', { prefix: 'ML' }] } }, 1, found('ML', 'error')],
    ['off', { rules: { 'our/title-prefix': 'off' } }, 0, ''],
    ['off for some', { overrides: [{ uids: ['jobs'], rules: { 'our/title-prefix': 'off' } }] }, 0, ''],
    ['a preset', { extends: 'strict', rules: { 'fixed-datasource': 'off', 'panel-description': 'off', 'panel-unit-required': 'off', 'editable-dashboard': 'off', 'unverified-metric': 'off' } }, 0, found('Team')],
  ])('%s', async (_, more, code, stdout) => {
    expect(await repository({ ...stack, [configFile]: { plugins: ['./lint/our-rules.mjs'], ...more } }).run(...named)).toEqual({ code, stdout, stderr: '' })
  })

  test('--rule runs it alone, and tells a name that nobody has', async () => {
    const files = { ...stack, [configFile]: { plugins: ['./lint/our-rules.mjs'], rules: { 'our/title-prefix': 'off' } } }
    expect(await repository(files).run(...named, '--rule', 'our/title-prefix')).toEqual({ code: 0, stdout: found('Team'), stderr: '' })
    expect(await repository(files).run(...named, '--rule', 'our/title-prefixes')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: there is no rule "our/title-prefixes". Did you mean "our/title-prefix"?\n' })
  })

  test('what is wrong in them is told at its place, in whichever file', async () => {
    const files = {
      ...stack,
      [configFile]: '{\n  "extends": "./base.json",\n  "overrides": [{ "tags": ["x"], "rules": { "our/title-prefix": ["off", { "prefixes": "" }] } }]\n}\n',
      'base.json': '{ "plugins": ["./lint/our-rules.mjs"], "rules": {\n  "our/title-prefixed": "off",\n  "our/title-prefix": ["warning", { "prefix": 1 }]\n} }\n',
    }
    expect((await repository(files).run(...named)).stdout.split('\n')).toEqual([
      'base.json:2:3: error: unknown key "our/title-prefixed" in "rules". Did you mean "our/title-prefix"? [configuration]',
      'base.json:3:47: error: "prefix" must be a string, not a number [configuration]',
      'ml-dash-lint.config.json:3:75: error: unknown key "prefixes" in "our/title-prefix[1]". Did you mean "prefix"? [configuration]',
      '',
    ])
  })

  test('a name of a plugin that is not named is told, too', async () => {
    expect(await repository({ ...stack, [configFile]: { rules: { 'our/title-prefix': 'off' } } }).run(...named)).toEqual({
      code: 2, stdout: 'ml-dash-lint.config.json:3:5: error: unknown key "our/title-prefix" in "rules" [configuration]\n', stderr: '',
    })
  })
})

describe('plugins are code, and run only where the user says so', () => {
  const traitor = { ...stack, 'lint/our-rules.mjs': `import { writeFileSync } from 'node:fs'\nwriteFileSync(new URL('./ran', import.meta.url), '')\n${plugin}` }
  const run = async (...argv: string[]) => {
    const { run: runHere, read } = repository(traitor)
    const { code, stdout } = await runHere('--no-cache', '--format', 'unix', ...argv)
    const ran = (() => {
      try {
        return read('lint/ran') === ''
      } catch {
        return false
      }
    })()
    return { code, stdout, ran }
  }

  test('a configuration that was found runs none', async () => {
    expect(await run()).toEqual({
      code: 2,
      ran: false,
      stdout: 'ml-dash-lint.config.json:3:5: error: plugins are code of this repository, and were not run: name the configuration (--config ml-dash-lint.config.json) or say --plugins where you trust them; --no-plugins lints without their rules [configuration]\n',
    })
  })

  test('unless --plugins is said', async () => {
    expect(await run('--plugins')).toEqual({ code: 0, ran: true, stdout: found('Team') })
  })

  test('--no-plugins lints without, whatever the configuration says of their rules', async () => {
    expect(await run('--no-plugins')).toEqual({ code: 0, ran: false, stdout: '' })
    const settings = { plugins: ['./lint/our-rules.mjs'], rules: { 'our/title-prefix': 'error' } }
    expect(await repository({ ...stack, [configFile]: settings }).run(...named, '--no-plugins')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('nothing but lint runs them', async () => {
    const { run: runHere, read } = repository(traitor)
    expect((await runHere('registry', 'export', '--no-cache', '--config', configFile)).code).toBe(0)
    expect(() => read('lint/ran')).toThrow()
  })
})

describe('a plugin that cannot be loaded is a mistake of the configuration', () => {
  test.each([
    ['no such file', './lint/none.mjs', '', 'there is no file "./lint/none.mjs"'],
    ['no such package', 'ml-dash-lint-plugin-none', '', 'no package "ml-dash-lint-plugin-none" is installed (a file is named with "./" before it)'],
    // vitest and Node.js have their own words for it.
    ['a syntax error', './p.mjs', 'export default {', 'this plugin cannot be loaded: '],
    ['it throws', './p.mjs', '\nthrow new Error("no database")', 'this plugin cannot be loaded: Error: no database (p.mjs:2:7)'],
    ['it imports what is not there', './p.mjs', 'import "./gone.mjs"', 'this plugin cannot be loaded: Error: Cannot find module'],
    ['no default export', './p.mjs', 'export const rules = []', 'this plugin has no default export with a "name" and "rules"'],
    ['no name', './p.mjs', 'export default { rules: [] }', 'this plugin needs a "name" of small letters, digits and "-", which stands before those of its rules'],
    ['no rules', './p.mjs', 'export default { name: "our" }', '"rules" of the plugin "our" must be a list'],
    ['a rule without a check', './p.mjs', 'export default { name: "our", rules: [{ name: "a", subject: "query", severity: "error", summary: "S" }] }', 'rule "a" of the plugin "our" needs a function "check"'],
    ['a subject that there is not', './p.mjs', 'export default { name: "our", rules: [{ name: "a", subject: "queries" }] }', 'rule "a" of the plugin "our" needs a "subject": one of "workspace", "file", "dashboard", "panel", "variable", "query", "selector", "ruleGroup", "alertingRule", "recordingRule", "grafanaAlert", "datasource", "metricsDocument", "family"'],
    ['options that are no schema', './p.mjs', checking('', 'options: { type: "text" },'), 'rule "odd" of the plugin "our" has a faulty schema for its options: schema is invalid: data/type must be equal to one of the allowed values'],
  ])('%s', async (_, name, text, message) => {
    const { code, stdout } = await repository({ ...stack, [configFile]: `{\n  "plugins": ["${name}"]\n}\n`, 'p.mjs': text }).run(...named)
    expect(code).toBe(2)
    expect(stdout.startsWith(`ml-dash-lint.config.json:2:15: error: ${message}`), stdout).toBe(true)
    expect(stdout).not.toContain('/tmp')
  })

  test('two of one name', async () => {
    const { stdout } = await repository({ ...stack, 'again.mjs': plugin, [configFile]: { plugins: ['./lint/our-rules.mjs', './again.mjs'] } }).run(...named)
    expect(stdout).toBe('ml-dash-lint.config.json:4:5: error: another plugin has the name "our" already [configuration]\n')
  })

  test('a package is found from the file that names it, and one file named twice is loaded once', async () => {
    const { code, stdout } = await repository({
      ...stack,
      'lint/base.json': { plugins: ['ml-dash-lint-plugin-our', './our-rules.mjs'] },
      'lint/node_modules/ml-dash-lint-plugin-our/package.json': { name: 'ml-dash-lint-plugin-our', exports: { import: './index.mjs' } },
      'lint/node_modules/ml-dash-lint-plugin-our/index.mjs': plugin.replace("name: 'our'", "name: 'packed'"),
      [configFile]: { extends: './lint/base.json', plugins: ['./lint/our-rules.mjs'] },
    }).run(...named)
    expect({ code, stdout }).toEqual({ code: 0, stdout: found('Team') + found('Team').replace('our/', 'packed/') })
  })
})

describe('a rule that throws is told as itself, and ends nothing else', () => {
  const board = (uid: string) => ({ ...dashboardWith('sum(up'), uid, title: uid })
  const throwing = (check: string) => repository({ 'a.json': board('a'), 'b.json': board('b'), 'lint/our-rules.mjs': checking(check), [configFile]: { plugins: ['./lint/our-rules.mjs'] } }).run(...named)
  const others = ['a.json:20:26: error: unclosed left parenthesis [promql-syntax]', 'b.json:20:26: error: unclosed left parenthesis [promql-syntax]', '']
  const failed = (what: string) => `a.json:1:1: error: This rule failed here, and once elsewhere: ${what} [our/odd]`

  test.each([
    ['an error', 'dashboard.nothing.at()', "TypeError: Cannot read properties of undefined (reading 'at') (lint/our-rules.mjs:3:23)"],
    ['something else', 'throw "up"', 'up'],
    ['by a promise', 'return Promise.reject(new Error("late"))', 'TypeError: "check" returned a promise: it has to be done when it returns'],
    ['by what is no finding', 'report({ message: "No place" })', 'TypeError: a finding needs a place, "at" (lint/our-rules.mjs:3:5)'],
    ['by a place without a message', 'report({ at: dashboard.place() })', 'TypeError: a finding needs a "message" (lint/our-rules.mjs:3:5)'],
  ])('%s', async (_, check, what) => {
    const { code, stdout, stderr } = await throwing(check)
    expect({ code, lines: stdout.split('\n'), stderr }).toEqual({ code: 2, lines: [failed(what), ...others], stderr: '' })
  })

  test('what it finds elsewhere counts', async () => {
    const { code, stdout } = await throwing('if (dashboard.uid === "a") throw new Error("no"); report({ at: dashboard.place("uid"), message: "Found" })')
    expect({ code, lines: stdout.split('\n') }).toEqual({ code: 2, lines: [
      'a.json:1:1: error: This rule failed here: Error: no (lint/our-rules.mjs:3:38) [our/odd]',
      others[0],
      'b.json:2:10: warning: Found [our/odd]',
      others[1],
      '',
    ] })
  })
})
