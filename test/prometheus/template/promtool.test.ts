import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTemplate } from '../../../src/prometheus/template/check.js'
import { failing, good, unreadable } from './texts.js'

const isThere = spawnSync('promtool', ['--version']).error === undefined
if (!isThere) console.log('promtool is not installed: its verdicts are not compared')

/** A rule file with an alert for each text, `A0`, `A1`, …; JSON is YAML too. */
const ruleFile = (texts: readonly string[]) => JSON.stringify({
  groups: [{ name: 'g', rules: texts.map((text, i) => ({ alert: `A${i}`, expr: 'up', annotations: { text } })) }],
})

/** What promtool prints, whatever it thinks of the files. */
function promtool(files: Readonly<Record<string, string>>, ...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ml-dash-lint-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const { stdout, stderr } = spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' })
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.skipIf(!isThere)('says of the syntax what promtool says', () => {
  const texts = [...unreadable.map(([text]) => text), ...failing, ...good]
  const lines = promtool({ 'rules.yml': ruleFile(texts) }, 'check', 'rules', 'rules.yml').split('\n')
  const said = new Map(lines.flatMap((line) => {
    const [, name, message] = /"(A\d+)": annotation "text": template: __alert_A\d+:\d+: (.*)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, message]]
  }))
  const ours = texts.map((text) => checkTemplate(text).problems.find(({ kind }) => kind === 'syntax')?.message)
  expect(ours).toEqual(texts.map((_, i) => said.get(`A${i}`)))
  expect(said.size).toBe(unreadable.length)
})

test.skipIf(!isThere)('finds the texts that promtool cannot expand', () => {
  const texts = [...failing, ...good]
  const test = JSON.stringify({
    rule_files: ['rules.yml'],
    tests: [{
      interval: '1m',
      input_series: [{ series: 'up{job="api",instance="a:1"}', values: '1 1' }],
      alert_rule_test: texts.map((_, i) => ({ eval_time: '1m', alertname: `A${i}`, exp_alerts: [] })),
    }],
  })
  const printed = promtool({ 'rules.yml': ruleFile(texts), 'test.yml': test }, 'test', 'rules', 'test.yml')
  const failed = new Set([...printed.matchAll(/executing template __alert_(A\d+):/g)].map(([, name]) => name))
  expect([...printed.matchAll(/alertname: A\d+/g)]).toHaveLength(texts.length)
  expect(texts.filter((_, i) => failed.has(`A${i}`))).toEqual(texts.filter((text) => checkTemplate(text).problems.length > 0))
})
