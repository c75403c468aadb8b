import { describe, expect, test } from 'vitest'
import { repository } from '../cli/repository.js'
import { main } from '../../src/cli/main.js'
import { dashboardWith } from '../rules/lint-files.js'

const untagged = (uid: string, more: object = {}) => ({ ...dashboardWith('up'), uid, title: uid, tags: [], ...more })
const group = (name: string) => `  - name: ${name}\n    rules:\n      - { alert: ${name}, expr: up > bool 1 }\n`

const files = {
  'dashboards/a.json': untagged('a'),
  'dashboards/b.json': untagged('team-b'),
  'mail/c.json': untagged('c'),
  'rules.yml': `groups:\n${group('web')}${group('batch')}`,
}

/** What the rules report under a configuration: `path:line severity rule`. */
async function reported(config: object, ...options: string[]): Promise<string[]> {
  const { path } = repository({ ...files, 'ml-dash-lint.config.json': config })
  let printed = ''
  const write = (text: string) => (printed += text)
  await main(['node', 'ml-dash-lint', '--no-cache', '-f', 'unix', ...options], { cwd: () => path, env: {}, stdout: { write }, stderr: { write } })
  return printed.split('\n').flatMap((line) => {
    const found = /^(.+):(\d+):\d+: (\w+): .*\[([\w-]+)\]$/.exec(line)
    return found ? [`${found[1]}:${found[2]} ${found[3]} ${found[4]}`] : line.startsWith('ml-dash-lint:') ? [line] : []
  }).filter((line) => /required-tags|alert-always-fires|alert-for|^ml-dash-lint:/.test(line))
}

const off = { 'required-tags': 'off', 'alert-always-fires': 'off' }
const everywhere = [
  'dashboards/a.json:4 warning required-tags', 'dashboards/b.json:4 warning required-tags', 'mail/c.json:4 warning required-tags',
  'rules.yml:4 warning alert-always-fires', 'rules.yml:7 warning alert-always-fires',
]

test('nothing is overridden where nothing is said', async () => {
  expect(await reported({})).toEqual(everywhere)
})

describe('an override is about', () => {
  test.each([
    ['files', { files: ['dashboards/'] }, [2, 3, 4]],
    ['folders', { folders: ['mail'] }, [0, 1, 3, 4]],
    ['uids, with any text for *', { uids: ['team-*'] }, [0, 2, 3, 4]],
    ['groups', { groups: ['batch'] }, [0, 1, 2, 3]],
    ['what is all of it', { files: ['dashboards/'], uids: ['a', 'c'] }, [1, 2, 3, 4]],
    ['tags: of these there are none', { tags: ['x'] }, [0, 1, 2, 3, 4]],
  ])('%s', async (_, about, left) => {
    expect(await reported({ overrides: [{ ...about, rules: off }] })).toEqual(left.map((i) => everywhere[i]))
  })
})

test('tags that a dashboard has choose it, and options are its own', async () => {
  const { path } = repository({
    'a.json': untagged('a', { tags: ['ml'] }), 'b.json': untagged('b', { tags: ['web'] }),
    'ml-dash-lint.config.json': { overrides: [{ tags: ['ml'], rules: { 'required-tags': ['error', { tags: ['gpu'] }] } }] },
  })
  let printed = ''
  const write = (text: string) => (printed += text)
  await main(['node', 'ml-dash-lint', '--no-cache', '-f', 'unix', '--rule', 'required-tags'], { cwd: () => path, env: {}, stdout: { write }, stderr: { write } })
  expect(printed.split('\n')[0]).toBe('a.json:4:11: error: This dashboard lacks the tag "gpu" [required-tags]')
  expect(printed.split('\n').filter((line) => line.includes('b.json'))).toEqual([])
})

test('the last that is about something wins', async () => {
  const all = { files: ['*'], rules: off }
  expect(await reported({ overrides: [all, { groups: ['web'], rules: { 'alert-always-fires': 'error' } }] })).toEqual(['rules.yml:4 error alert-always-fires'])
  expect(await reported({ overrides: [{ groups: ['web'], rules: { 'alert-always-fires': 'error' } }, all] })).toEqual([])
})

test('a rule that is off can be on for some, and a preset too', async () => {
  expect(await reported({ rules: off, overrides: [{ folders: ['mail'], rules: { 'required-tags': 'error' } }] })).toEqual(['mail/c.json:4 error required-tags'])
  expect(await reported({ overrides: [{ groups: ['web'], extends: 'strict', rules: {} }] })).toContain('rules.yml:4 error alert-always-fires')
})

test('--rule and --preset go with overrides', async () => {
  expect(await reported({ overrides: [{ files: ['dashboards/'], rules: off }] }, '--rule', 'required-tags')).toEqual(['mail/c.json:4 warning required-tags'])
  expect(await reported({ overrides: [{ groups: ['web'], rules: { 'alert-always-fires': 'warning' } }] }, '--preset', 'strict')).toEqual([
    ...everywhere.slice(0, 4), 'rules.yml:7 error alert-always-fires',
  ])
})

describe('options that nothing can be done with end the run', () => {
  test.each([
    ['a rule that needs options and has none', { rules: { 'alert-for': 'error' } }, 'rule "alert-for" needs options: without them it finds nothing (docs/rules/alert-for.md)'],
    ['the same in an override', { overrides: [{ groups: ['web'], rules: { 'alert-for': 'error' } }] }, 'rule "alert-for" needs options: without them it finds nothing (docs/rules/alert-for.md)'],
    ['what is no regular expression', { rules: { 'record-name': ['error', { pattern: 'job:(' }] } }, '"job:(" in the options of rule "record-name" is no regular expression (RE2)'],
  ])('%s', async (_, config, message) => {
    expect(await reported(config)).toEqual([`ml-dash-lint: ${message}`])
  })

  test('an override may change the severity alone', async () => {
    const rules = { 'alert-for': ['warning', { for: { min: '1m' } }] }
    expect((await reported({ rules, overrides: [{ groups: ['web'], rules: { 'alert-for': 'error' } }] })).filter((line) => !/required-tags|always/.test(line))).toEqual(['rules.yml:4 error alert-for', 'rules.yml:7 warning alert-for'])
  })
})

test("groups are also those of Grafana's own alerting, in queries, in rules and in what is about the whole workspace", async () => {
  const managed = (name: string) => `  - orgId: 1\n    name: ${name}\n    folder: F\n    interval: 1m\n    rules:\n      - uid: same\n        title: ${name}\n        condition: C\n        data:\n          - { refId: A, datasourceUid: p, model: { datasource: { type: prometheus }, expr: 'sum(' } }\n`
  const { path } = repository({
    'provisioning/alerting/rules.yml': `apiVersion: 1\ngroups:\n${managed('web')}${managed('batch')}`,
    'ml-dash-lint.config.json': { overrides: [{ groups: ['bat*'], rules: { 'promql-syntax': 'off', 'grafana-alert-expression': 'warning', 'duplicate-alert-uid': 'off' } }] },
  })
  let printed = ''
  const write = (text: string) => (printed += text)
  await main(['node', 'ml-dash-lint', '--no-cache', '-f', 'unix'], { cwd: () => path, env: {}, stdout: { write }, stderr: { write } })
  expect(printed.split('\n').flatMap((line) => /^[^:]+:(\d+):\d+: (\w+): .*\[([\w-]+)\]$/.exec(line)?.slice(1).join(' ') ?? [])).toEqual([
    '10 error grafana-alert-expression', '12 error promql-syntax', '20 warning grafana-alert-expression',
  ])
})
