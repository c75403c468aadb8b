import { describe, expect, test } from 'vitest'
import { activeRules } from '../../src/config/active-rules.js'
import { defaultConfig, type Config } from '../../src/config/config.js'
import { loadConfig } from '../../src/config/load.js'
import { rules } from '../../rules/index.js'
import { repository, type Files } from '../cli/repository.js'

/** The configuration as a run in a folder of the repository sees it. */
async function load(files: Files, { folder = '.', named }: { folder?: string; named?: string } = {}) {
  const { path } = repository({ ...files, [`${folder}/.keep`]: '' })
  const { config, directory, problems } = await loadConfig(folder === '.' ? path : `${path}/${folder}`, named)
  return {
    config,
    directory: directory.slice(path.length),
    problems: problems.map(({ place: { source, span }, message, suggestion }) => {
      const { line, column } = source.positionAt(span.start)
      return [`${source.path}:${line}:${column} «${source.text.slice(span.start, span.end)}»`, message, suggestion]
    }),
  }
}

const config = (more: Partial<Config>) => ({ ...defaultConfig, ...more })

describe('finds the configuration', () => {
  test('nowhere: the defaults', async () => {
    expect(await load({})).toEqual({ config: defaultConfig, directory: '', problems: [] })
  })

  test('in the working directory, with comments and trailing commas', async () => {
    expect(await load({
      'ml-dash-lint.config.json': '{\n  // ours\n  "targetLabels": ["cluster",],\n  /* billing has its own */ "externalMetrics": ["billing_*"],\n}\n',
    })).toEqual({ config: config({ targetLabels: ['cluster'], externalMetrics: ['billing_*'] }), directory: '', problems: [] })
  })

  test('in a folder above, where registry files are told from', async () => {
    expect(await load({ 'ml-dash-lint.config.json': { ignore: ['old/'], registry: ['api/metrics.json'] } }, { folder: 'dashboards/jobs' })).toEqual({
      config: config({ ignore: ['old/'], registry: ['../../api/metrics.json'] }), directory: '', problems: [],
    })
  })

  test('in package.json, unless it has no key for it', async () => {
    expect(await load({
      'package.json': { name: 'stack', 'ml-dash-lint': { ignore: ['old/'] } },
      'web/package.json': { name: 'web' },
    }, { folder: 'web' })).toEqual({ config: config({ ignore: ['old/'] }), directory: '', problems: [] })
  })

  test('the nearest counts, and a file of its own before package.json', async () => {
    expect((await load({
      'ml-dash-lint.config.json': { ignore: ['above/'] },
      'web/ml-dash-lint.config.json': { ignore: ['own/'] },
      'web/package.json': { 'ml-dash-lint': { ignore: ['package/'] } },
    }, { folder: 'web' })).config.ignore).toEqual(['own/'])
  })

  test('not beyond the root of the repository', async () => {
    expect((await load({ 'ml-dash-lint.config.json': { ignore: ['above/'] }, 'sub/.git/HEAD': '' }, { folder: 'sub' })).config).toEqual(defaultConfig)
  })

  test('where the user says', async () => {
    expect(await load({ 'ci/strict.json': { maxFileSize: 5 }, 'ml-dash-lint.config.json': { ruels: 1 } }, { named: 'ci/strict.json' })).toEqual({
      config: config({ maxFileSize: 5 }), directory: '/ci', problems: [],
    })
    expect((await load({}, { named: 'strict.json' })).problems).toEqual([['strict.json:1:1 «»', 'there is no such file', undefined]])
  })
})

describe('a mistake has a place and, where something is near, a suggestion', () => {
  test.each([
    ['{ "ruels": {} }', '1:3 «"ruels"»', 'unknown key "ruels" in this file. Did you mean "rules"?', 'rules'],
    ['{ "rules": { "unknown-metrics": "off" } }', '1:14 «"unknown-metrics"»', 'unknown key "unknown-metrics" in "rules". Did you mean "unknown-metric"?', 'unknown-metric'],
    ['{ "rules": { "house-style": "off" } }', '1:14 «"house-style"»', 'unknown key "house-style" in "rules"', undefined],
    ['{ "rules": { "unknown-metric": "warn" } }', '1:32 «"warn"»', '"unknown-metric" must be one of "off", "warning", "error". Did you mean "warning"?', 'warning'],
    ['{ "rules": { "required-tags": "warn" } }', '1:31 «"warn"»', '"required-tags" must be one of "off", "warning", "error". Did you mean "warning"?', 'warning'],
    ['{ "rules": { "required-tags": ["error", { "tag": [] }] } }', '1:43 «"tag"»', 'unknown key "tag" in "required-tags[1]". Did you mean "tags"?', 'tags'],
    ['{ "overrides": [{ "files": ["a"], "rules": { "unknown-metrics": "off" } }] }', '1:46 «"unknown-metrics"»', 'unknown key "unknown-metrics" in "rules". Did you mean "unknown-metric"?', 'unknown-metric'],
    ['{ "overrides": [{ "files": ["a"], "tag": ["b"] }] }', '1:35 «"tag"»', 'unknown key "tag" in "overrides[0]". Did you mean "tags"?', 'tags'],
    ['{ "overrides": [{ "rules": {} }] }', '1:17 «{ "rules": {} }»', 'this override needs one of "files", "folders", "uids", "tags" and "groups", that it is about', undefined],
    ['{ "extends": "strikt" }', '1:14 «"strikt"»', '"strikt" is no preset ("recommended", "strict", "grafana-mixin"), and no package of that name is installed; a file is named with "./" before it. Did you mean "strict"?', 'strict'],
    ['{ "extends": ["strict", "all"] }', '1:25 «"all"»', '"all" is no preset ("recommended", "strict", "grafana-mixin"), and no package of that name is installed; a file is named with "./" before it', undefined],
    ['{ "ignore": "old/" }', '1:13 «"old/"»', '"ignore" must be a list, not a string', undefined],
    ['{ "catalogs": ["redis-exporter", "rabitmq"] }', '1:34 «"rabitmq"»', 'there is no catalog "rabitmq". Did you mean "rabbitmq"?', 'rabbitmq'],
    ['{ "extract": { "factories": [{ "name": "make", "type": "conter", "nameArgument": 0 }] } }', '1:56 «"conter"»', '"type" must be one of "counter", "gauge", "histogram", "summary", "info", "stateset", "untyped", "unknown". Did you mean "counter"?', 'counter'],
    ['{ "maxFileSize": 0 }', '1:18 «0»', '"maxFileSize" must be >= 1', undefined],
    ['[]', '1:1 «[»', 'this file must be an object, not a list', undefined],
    ['', '1:1 «»', 'The file is empty', undefined],
    ['{ "ignore": [', '1:14 «»', 'The file ends inside the array that begins on line 1', undefined],
  ])('%s', async (text, place, message, suggestion) => {
    expect(await load({ 'ml-dash-lint.config.json': text })).toEqual({
      config: defaultConfig,
      directory: '',
      problems: [[`ml-dash-lint.config.json:${place}`, message, suggestion]],
    })
  })

  test('in package.json too', async () => {
    expect((await load({ 'package.json': '{\n  "ml-dash-lint": { "rule": {} }\n}\n' })).problems).toEqual([
      ['package.json:2:21 «"rule"»', 'unknown key "rule" in this file. Did you mean "rules"?', 'rules'],
    ])
  })
})

test('rules run with their own severity and options, or with those of the configuration', () => {
  const active = (settings: Config['rules']) => activeRules(rules, config({ rules: settings })).map(({ rule: { name }, severity, options }) => ({ name, severity, options }))
  const byDefault = active({})
  expect(byDefault.map(({ name }) => name)).not.toContain('unused-metric')
  expect(byDefault.find(({ name }) => name === 'required-tags')).toEqual({ name: 'required-tags', severity: 'warning', options: { tags: [] } })
  const configured = active({ 'unused-metric': { severity: 'error' }, 'required-tags': { severity: 'error', options: { tags: ['team'] } }, 'unknown-metric': { severity: 'off' } })
  expect(configured.map(({ name }) => name)).not.toContain('unknown-metric')
  expect(configured.filter(({ name }) => name === 'unused-metric' || name === 'required-tags')).toEqual([
    { name: 'required-tags', severity: 'error', options: { tags: ['team'] } },
    { name: 'unused-metric', severity: 'error', options: {} },
  ])
})
