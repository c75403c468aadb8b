import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { activeRules } from '../../src/config/active-rules.js'
import { loadConfig } from '../../src/config/load.js'
import { repository, type Files } from '../cli/repository.js'

const configFile = 'ml-dash-lint.config.json'

async function load(files: Files, folder = '.') {
  const { path } = repository({ ...files, [`${folder}/.keep`]: '' })
  const { config, problems } = await loadConfig(`${path}/${folder}`.replace(/\/\.$/, ''))
  return { config, problems: problems.map(({ place: { source, span }, message, suggestion }) => {
    const { line, column } = source.positionAt(span.start)
    return [`${source.path}:${line}:${column} «${source.text.slice(span.start, span.end)}»`, message, ...(suggestion === undefined ? [] : [suggestion])]
  }) }
}

test('lists are joined, objects merged, of anything else the nearer counts; registry files are told from where they are named', async () => {
  const { config, problems } = await load({
    'shared/base.json': `{
      // comments are fine
      "ignore": ["old/"], "registry": ["./contracts/base.json"], "minCoverage": 90, "maxFileSize": 1000,
      "extract": { "budget": 2, "factories": [{ "name": "a", "type": "counter", "nameArgument": 0 }] },
      "overrides": [{ "tags": ["draft"], "rules": { "required-tags": "off" } }],
    }`,
    'team/service/ml-dash-lint.config.json': {
      extends: '../../shared/base.json',
      ignore: ['drafts/'], registry: ['own.json'], minCoverage: 50,
      extract: { factories: [{ name: 'b', type: 'gauge', nameArgument: 0 }] },
      overrides: [{ files: ['x.json'], rules: { 'required-tags': 'error' } }],
    },
  }, 'team/service')
  expect(problems).toEqual([])
  expect(config).toMatchObject({
    ignore: ['old/', 'drafts/'], registry: ['../../shared/contracts/base.json', 'own.json'], minCoverage: 50, maxFileSize: 1000,
    extract: { budget: 2, factories: [{ name: 'a' }, { name: 'b' }] },
    overrides: [{ tags: ['draft'] }, { files: ['x.json'] }],
  })
})

test('rules go on from each other in the order in which they are named', async () => {
  const { config, problems } = await load({
    [configFile]: { extends: ['./a.json', './b.json'], rules: { 'unused-metric': 'error' } },
    'a.json': { extends: 'strict', rules: { 'required-tags': ['error', { tags: ['a'] }], 'unused-metric': 'off', 'duplicate-title': 'off' } },
    'b.json': { rules: { 'required-tags': 'warning' } },
  })
  expect(problems).toEqual([])
  const of = (name: string) => activeRules(rules, config).filter(({ rule }) => rule.name === name).map(({ severity, options }) => [severity, options])
  expect([of('required-tags'), of('unused-metric'), of('duplicate-title'), of('editable-dashboard')]).toEqual([
    [['warning', { tags: ['a'] }]],
    [['error', {}]],
    [],
    [['warning', {}]],
  ])
})

describe('packages', () => {
  const packageOf = (name: string, manifest: object, files: Files) => ({
    [`node_modules/${name}/package.json`]: { name, version: '1.0.0', ...manifest },
    ...Object.fromEntries(Object.entries(files).map(([file, content]) => [`node_modules/${name}/${file}`, content])),
  })

  test.each([
    ['its "main"', '@acme/ml-dash-lint-config', { main: './base.json' }],
    ['its "exports"', '@acme/ml-dash-lint-config', { exports: './base.json' }],
    ['its "exports" for "import" alone', '@acme/ml-dash-lint-config', { exports: { import: './base.json' } }],
    ['a file in it', '@acme/ml-dash-lint-config/base.json', {}],
  ])('%s', async (_, name, manifest) => {
    const { config, problems } = await load({
      ...packageOf('@acme/ml-dash-lint-config', manifest, { 'base.json': { extends: './more.json', ignore: ['old/'], registry: ['contract.json'] }, 'more.json': { catalogs: ['node-exporter'] } }),
      [configFile]: { extends: name },
    })
    expect(problems).toEqual([])
    expect(config).toMatchObject({ ignore: ['old/'], catalogs: ['node-exporter'], registry: ['node_modules/@acme/ml-dash-lint-config/contract.json'] })
  })

  test('one that exports a program is not run', async () => {
    const { problems } = await load({ ...packageOf('acme', { main: './index.js' }, { 'index.js': 'throw new Error("run")' }), [configFile]: { extends: 'acme' } })
    expect(problems).toEqual([['ml-dash-lint.config.json:2:14 «"acme"»', 'the package "acme" is no configuration: what it exports is no JSON file']])
  })
})

test('mistakes are told in the file that has them, and those of several together', async () => {
  const { problems } = await load({
    [configFile]: '{\n  "extends": ["./a.json", "recomended", "./gone.json", "./loop.json"]\n}\n',
    'a.json': '{ "extends": ["./b.json"] }',
    'b.json': '{\n  "ignores": [],\n  "catalogs": ["node-exporters"]\n}\n',
    'loop.json': '{ "extends": "./loop2.json" }',
    'loop2.json': '{ "extends": ["strict", "./loop.json"] }',
  })
  expect(problems).toEqual([
    ['b.json:2:3 «"ignores"»', 'unknown key "ignores" in this file. Did you mean "ignore"?', 'ignore'],
    ['ml-dash-lint.config.json:2:27 «"recomended"»', '"recomended" is no preset ("recommended", "strict", "grafana-mixin"), and no package of that name is installed; a file is named with "./" before it. Did you mean "recommended"?', 'recommended'],
    ['ml-dash-lint.config.json:2:41 «"./gone.json"»', 'cannot read "./gone.json"'],
    ['loop2.json:1:25 «"./loop.json"»', '"./loop.json" goes on from itself: loop.json → loop2.json → loop.json'],
  ])
})

test('an entry of "overrides" takes presets alone', async () => {
  expect((await load({ [configFile]: '{ "overrides": [{ "tags": ["x"], "extends": "./a.json", "rules": {} }] }' })).problems).toEqual([
    ['ml-dash-lint.config.json:1:45 «"./a.json"»', '"extends" must be one of "recommended", "strict", "grafana-mixin"'],
  ])
})
