import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { renderMarkdown } from '../../src/cli/render-markdown.js'
import { repository, runIn } from './repository.js'

describe('rules', () => {
  test('lists every rule, with its severity under the configuration', async () => {
    const { run, write } = repository({})
    const severities = async () => Object.fromEntries((await run('rules')).stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))) as Record<string, string>
    expect(await severities()).toEqual(Object.fromEntries(rules.map(({ name, severity }) => [name, severity])))
    write({ 'ml-dash-lint.config.json': { extends: 'strict', rules: { 'unknown-metric': 'off' } } })
    expect(await severities()).toMatchObject({ 'unknown-metric': 'off', 'unused-metric': 'warning', 'rate-of-gauge': 'error' })
  })

  test('as JSON, with options', async () => {
    const { run } = repository({ 'ml-dash-lint.config.json': { rules: { 'required-tags': ['error', { tags: ['ml'] }] } } })
    const { code, stdout } = await run('rules', '--format', 'json')
    const list = JSON.parse(stdout) as { name: string }[]
    expect([code, list.length, list.find(({ name }) => name === 'required-tags')]).toEqual([0, rules.length, {
      name: 'required-tags', severity: 'error', defaultSeverity: 'warning', summary: rules.find(({ name }) => name === 'required-tags')!.summary, options: { tags: ['ml'] },
    }])
  })

  test('a configuration with a mistake', async () => {
    const { run } = repository({ 'ml-dash-lint.config.json': '{ "rule": {} }' })
    expect(await run('rules')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint.config.json:1:3: unknown key "rule" in this file. Did you mean "rules"?\n' })
  })

  test('whoever means a folder of that name is told how to say so', async () => {
    const { run } = repository({ 'rules/jobs.yml': 'groups:\n  - name: a\n    rules:\n      - { alert: A, expr: up == 0 }\n' })
    expect((await run('rules')).stderr).toBe('ml-dash-lint: these are the rules of the linter. To lint what is called "rules" here, write ./rules\n')
    expect((await run('./rules')).stdout).toContain('1 rule file')
  })
})

describe('explain', () => {
  const pageOf = (name: string) => readFileSync(resolve(import.meta.dirname, `../../docs/rules/${name}.md`), 'utf8')

  test.each(rules.map(({ name }) => name))('%s: no word of its page is lost, and no line of text is too long', async (name) => {
    const { code, stdout } = await runIn(import.meta.dirname, ['explain', name])
    expect(code).toBe(0)
    const words = (text: string) => text.replace(/<!--.*?-->|\]\([^)]*\)|&[a-z]+;/g, ' ').match(/[\p{L}\d]{2,}/gu) ?? []
    const shown = new Set(words(stdout))
    expect(words(pageOf(name)).filter((word) => !shown.has(word) && !/^(?:json|yaml|ya?ml|python|ts|js|console|text|promql|jsonc|sh|markdown|md|dockerfile|go|tsx)$/.test(word))).toEqual([])
    const text = stdout.split('\n').filter((line) => !line.startsWith('    ') && !line.includes('  '))
    expect(text.filter((line) => line.length > 100)).toEqual([])
  })

  test('the nearest names', async () => {
    expect(await repository({}).run('explain', 'unkown-metric')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: there is no rule "unkown-metric". Did you mean "unknown-metric"?\n' })
    expect(await repository({}).run('explain', 'zzz')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: there is no rule "zzz". "ml-dash-lint rules" lists them\n' })
  })

  test('what a page is made of', () => {
    const page = '# a-rule\n\nOne `name` and *two* [links](x.md) of which [one](https://example.com) is told,\nand `code that is long`.\n\n- an item that\n  goes on\n- `b`\n\n| key | is |\n| --- | --- |\n| `a` | a text that is far too long for a column of this terminal |\n\n```json\n{ "a": "\u001b[31m" }\n```\n'
    expect(renderMarkdown(page, { columns: 40, color: false })).toBe(`\
a-rule
══════

One \`name\` and two links of which one
(https://example.com) is told, and \`code
that is long\`.

  • an item that goes on
  • \`b\`

key  is
───  ───────────────────────────────────
\`a\`  a text that is far too long for a
     column of this terminal

    { "a": "\\u001b[31m" }
`)
    expect(renderMarkdown(page, { columns: 40, color: true })).toContain('\u001b[36mcode\u001b[39m\n\u001b[36mthat is long\u001b[39m')
  })
})
