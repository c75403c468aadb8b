import { expect, test } from 'vitest'
import { wantsHyperlinks } from '../../src/report/color.js'
import { stylish } from '../../src/report/stylish.js'
import { dashboardWith } from '../rules/lint-files.js'
import { repository, runIn } from '../cli/repository.js'
import { driftedReport } from './sample.js'

const terminal = { isTTY: true }

test.each([
  [terminal, { VTE_VERSION: '7600' }, true],
  [terminal, { VTE_VERSION: '4600' }, false],
  [terminal, { TERM_PROGRAM: 'vscode' }, true],
  [terminal, { TERM_PROGRAM: 'Apple_Terminal' }, false],
  [terminal, { TERM: 'xterm-kitty' }, true],
  [terminal, { TERM: 'xterm-256color' }, false],
  [terminal, { WT_SESSION: '' }, true],
  [terminal, { VTE_VERSION: '7600', TERM: 'dumb' }, false],
  [terminal, { VTE_VERSION: '7600', CI: 'true' }, false],
  [{}, { VTE_VERSION: '7600' }, false],
  [{}, { FORCE_HYPERLINK: '1' }, true],
  [terminal, { VTE_VERSION: '7600', FORCE_HYPERLINK: '0' }, false],
])('links on %j with %j: %s', (stream, env, expected) => {
  expect(wantsHyperlinks(stream, env)).toBe(expected)
})

/** A link of OSC 8, as terminals read it. */
const link = (url: string, text: string) => `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`

test('the name of a rule leads to its page where that has an address, and nothing else changes', () => {
  const url = 'https://example.com/rules/unknown-metric'
  const ruleDocs = (name: string) => (name === 'unknown-metric' ? { summary: '', url } : { summary: '' })
  const plain = stylish(driftedReport, { color: false, ruleDocs })
  const linked = stylish(driftedReport, { color: false, ruleDocs, hyperlinks: true })
  expect(linked).toContain(`  error  ${link(url, 'unknown-metric')}\n`)
  expect(linked.replaceAll(link(url, 'unknown-metric'), 'unknown-metric')).toBe(plain)
  expect(linked.split('\u001b]8;;https').length - 1).toBe(1)
})

test('so does that of a plugin, on the terminal alone', async () => {
  const url = 'https://example.com/our-rules#titles'
  const { path, read } = repository({
    'jobs.json': dashboardWith('up'),
    'rules.mjs': `export default { name: 'our', rules: [{ name: 'titles', subject: 'dashboard', severity: 'warning', summary: 'None', url: '${url}', check(dashboard, { report }) { report({ at: dashboard.place('title'), message: 'Odd' }) } }] }\n`,
    'ml-dash-lint.config.json': { plugins: ['./rules.mjs'] },
  })
  const lint = (env: Record<string, string>) => runIn(path, ['--no-cache', '--plugins', '--format', 'stylish', '--format', 'compact=out.txt'], env)
  const [first] = (await lint({ FORCE_HYPERLINK: '1' })).stdout.split('\n')
  expect(first).toBe(`jobs.json:3:12  warning  ${link(url, 'our/titles')}`)
  expect(read('out.txt')).not.toContain('\u001b')
  expect((await lint({})).stdout).not.toContain('\u001b')
})
