import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { commandLine } from '../../src/cli/main.js'
import * as promql from '../../src/promql/index.js'
import { formatterNames } from '../../src/report/index.js'
import { parseJson } from '../../src/text/json.js'
import { schemaProblems } from '../../src/text/schema-check.js'
import { sourceText } from '../../src/text/source.js'
import { isRecord } from '../../src/text/value.js'
import { codeBlocks, inlineCode } from './code-blocks.js'
import { playScripts } from './scripts.js'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pagesIn = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).sort().map((name) => join(folder, name))
const pages = ['README.md', ...pagesIn('docs'), ...pagesIn('docs/rules')]
const blocks = pages.flatMap((path) => codeBlocks(path, read(path)))

// `npx vitest run test/docs/examples.test.ts -u` writes the output anew.
test('docs/promql.md shows what its scripts give', async () => {
  await expect(playScripts(read('docs/promql.md'), promql)).toMatchFileSnapshot(join(root, 'docs/promql.md'))
})

const json = blocks.filter(({ language }) => /^jsonc?$/.test(language)).map((block) => ({ ...block, document: parseJson(sourceText(block.place, block.text), { comments: true }) }))

test('each example in JSON can be read', () => {
  expect(json.length).toBeGreaterThan(150)
  expect(json.flatMap(({ place, document }) => document.problems.map(({ message }) => `${place}: ${message}`))).toEqual([])
})

test('each configuration is one by its schema, but for the one that shows mistakes', () => {
  const configurations = json.filter(({ file, language, document: { value } }) =>
    file === undefined ? language === 'json' && !(isRecord(value) && ('catalog' in value || 'lint-staged' in value)) : /^[\w./-]*(?:config|base)\.json$/.test(file))
  expect(configurations.length).toBeGreaterThan(100)
  const wrong = configurations.flatMap(({ place, document }) => schemaProblems('config', document).map(({ message }) => `${place.replace(/:\d+$/, '')}: ${message}`))
  expect(wrong).toEqual([
    'docs/configuration.md: unknown key "ignores" in this file. Did you mean "ignore"?',
    'docs/configuration.md: "maxFileSize" must be a whole number, not a string',
    'docs/configuration.md: unknown key "unknown-metrics" in "rules". Did you mean "unknown-metric"?',
    'docs/configuration.md: "unknown-label" must be one of "off", "warning", "error". Did you mean "warning"?',
  ])
})

test('docs/catalogs.md shows a part of what the catalog says', () => {
  const { document: { value } } = json.find(({ place }) => place.startsWith('docs/catalogs.md'))!
  const { source, families: [family], evidence, ...rest } = value as Record<'source', string> & { families: [{ name: string }]; evidence: Record<string, string[]> }
  const catalog = JSON.parse(read('catalogs/flower.json')) as { source: string; families: { name: string }[]; evidence: Record<string, string[]> }
  expect(catalog).toMatchObject(rest)
  expect(catalog.families.find(({ name }) => name === family.name)).toMatchObject(family)
  for (const [kind, patterns] of Object.entries(evidence)) expect(catalog.evidence[kind]).toEqual(expect.arrayContaining(patterns))
  const [begin = '', end = ''] = source.split('…')
  expect([catalog.source.startsWith(begin), catalog.source.includes(end)]).toEqual([true, true])
})

const yaml = blocks.filter(({ language, text }) => language === 'yaml' && /OWNER|ml-dash-lint/.test(text)).map((block) => ({ ...block, value: parse(block.text) as unknown }))

test('each example of GitHub Actions, pre-commit and GitLab names only what there is', () => {
  const inputsOfAction = Object.keys((parse(read('action.yml')) as { inputs: object }).inputs)
  const hooks = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id)
  const [, template = ''] = /^spec:\n([\s\S]*?)^---$/m.exec(read('templates/gitlab.yml')) ?? []
  const inputsOfTemplate = Object.keys((parse(template) as { inputs: object }).inputs)
  const named: string[] = []
  const unknown: string[] = []
  const look = (place: string, kind: string, name: unknown, known: readonly string[]) => {
    named.push(kind)
    if (!known.includes(String(name))) unknown.push(`${place}: ${kind} ${String(name)}`)
  }
  const walk = (place: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(place, item)
    if (!isRecord(value)) return
    const { uses, with: inputs, id, project, inputs: ofTemplate, file } = value
    if (typeof uses === 'string' && uses.startsWith('OWNER/ml-dash-lint@')) {
      named.push('action')
      for (const name of Object.keys(inputs ?? {})) look(place, 'input', name, inputsOfAction)
    }
    if (typeof id === 'string') look(place, 'hook', id, hooks)
    if (project === 'OWNER/ml-dash-lint') {
      look(place, 'template', file, ['templates/gitlab.yml'])
      for (const name of Object.keys(ofTemplate ?? {})) look(place, 'input of the template', name, inputsOfTemplate)
    }
    for (const item of Object.values(value)) walk(place, item)
  }
  for (const { place, value } of yaml) walk(place, value)
  expect([...new Set(named)].sort()).toEqual(['action', 'hook', 'input', 'input of the template', 'template'])
  expect(unknown).toEqual([])
})

test('action.yml names every format, and docs/ci.md every input', () => {
  const { inputs } = parse(read('action.yml')) as { inputs: Record<string, { description: string; default: string }> }
  expect(inputs['format']!.description).toBe(`Output format (${formatterNames.join(', ')}); github annotates the changed lines`)
  const table = [...read('docs/ci.md').matchAll(/^\| `([\w-]+)` \| (?:`(.*?)`)? ?\|/gm)].map(([, name, value = '']) => [name, value])
  expect(table).toEqual(Object.entries(inputs).map(([name, input]) => [name, input.default]))
})

test('each format has its section in docs/report-formats.md', () => {
  expect([...read('docs/report-formats.md').matchAll(/^## `(\w+)`$/gm)].map((match) => match[1]!).sort()).toEqual([...formatterNames].sort())
})

const silent = { write: () => undefined }
const program = commandLine({ cwd: () => root, env: {}, stdout: silent, stderr: silent }, () => undefined)

/** What of a command line, without the name of the program, there is not. Options of hooks are those of the command that the hook runs. */
function unknownIn(words: readonly string[]): string[] {
  let command = program
  for (const word of words) {
    const inner: Command | undefined = command.commands.find((one) => one.name() === word)
    if (inner === undefined) break
    command = inner
  }
  const known = ['-h', '--help', '--version', ...command.options.flatMap(({ short, long, negate }) => [short, long, ...(negate && long ? [long.replace('--no-', '--')] : [])])]
  const options = words.flatMap((word) => /^--?[a-z][a-z-]*/.exec(word) ?? [])
  const formats = program.options.find(({ long }) => long === '--format')!.argChoices!
  const wrongFormats = command !== program ? [] : words.flatMap((word, i) => (words[i - 1] === '--format' ? (/^[a-z]+/.exec(word) ?? []) : [])).filter((format) => !formats.includes(format))
  return [...options.filter((option) => !known.includes(option)), ...wrongFormats]
}

const commandsIn = (text: string) =>
  [...text.replaceAll('\\ ', ' ').replace(/\\\n\s*/g, ' ').matchAll(/(?<=^|[\s"(&|;])(?:npx (?:--no-install )?)?(?:node (?:[\w./]+\/)?bin\/)?ml-dash-lint(?:\.js)?((?: +[^\s"#|>)\]]+|\s"[^"]*")*)/gm)].map((match) => match[1]!.trim().split(/\s+/).filter((word) => word !== ''))

test('each command that the pages show has the options that it is given', () => {
  const shown = [
    ...blocks.filter(({ language }) => language !== 'console').flatMap(({ place, text }) => commandsIn(text).map((words) => ({ place, words }))),
    ...pages.filter((path) => path !== 'docs/peers.md').flatMap((path) => inlineCode(read(path)).filter((code) => code.startsWith('ml-dash-lint ') || code.startsWith('npx ml-dash-lint ')).flatMap((code) => commandsIn(code).map((words) => ({ place: path, words })))),
    ...yaml.flatMap(({ place, value }) => argumentsOfHooks(value).map((words) => ({ place, words }))),
  ]
  expect(shown.filter(({ words }) => words.some((word) => word.startsWith('-'))).length).toBeGreaterThan(10)
  expect(shown.flatMap(({ place, words }) => unknownIn(words).map((word) => `${place}: ml-dash-lint ${words.join(' ')}: ${word}`))).toEqual([])
})

function argumentsOfHooks(value: unknown): string[][] {
  if (Array.isArray(value)) return value.flatMap(argumentsOfHooks)
  if (!isRecord(value)) return []
  const { id, args } = value
  if (id === 'ml-dash-lint' && Array.isArray(args)) return [args.map(String)]
  if (id === 'ml-dash-lint-registry' && Array.isArray(args)) return [['registry', 'export', '--output', ...args.map(String)]]
  return Object.values(value).flatMap(argumentsOfHooks)
}

test('each option that the pages name is one of some command', () => {
  const allOf = (command: Command): string[] => [...command.options.flatMap(({ short, long }) => [short ?? '', long ?? '']), ...command.commands.flatMap(allOf)]
  // Those of git and of Prometheus.
  const known = new Set(['--help', '--filter', '--storage', ...allOf(program)])
  const named = pages.filter((path) => path !== 'docs/peers.md').flatMap((path) =>
    inlineCode(read(path)).filter((code) => /^--[a-z]/.test(code)).map((code) => ({ path, option: /^--[a-z-]+/.exec(code)![0] })))
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter(({ option }) => !known.has(option)).map(({ path, option }) => `${path}: ${option}`)).toEqual([])
})
