import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { ruleFileProblems } from '../../src/prometheus/rule-file.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

function validator(name: string) {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url)
  return new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
}
const isRuleFile = validator('rule-file')
const isConfiguration = validator('prometheus')

/** Whether schema, YAML and `ruleFileProblems` take a rule file. */
function isTaken(text: string): boolean {
  const document = parseYaml(sourceText('rules.yml', text))[0]!
  return document.problems.length === 0 && isRuleFile(document.value) && ruleFileProblems(document).length === 0
}

const rule = (lines: string) => `groups:\n- name: a\n  rules:\n  - ${lines.replaceAll('\n', '\n    ')}\n`
const group = (lines: string) => `groups:\n- ${lines.replaceAll('\n', '\n  ')}\n`

const taken = [
  '',
  'groups: []\n',
  'groups:\n',
  group('name: a'),
  group('name: a\nrules: []\ninterval: 1m30s\nlimit: 5'),
  group('name: a\nrules:\ninterval: 0'),
  rule('alert: A\nexpr: up'),
  rule('alert: A\nexpr: 1'),
  rule('alert: A\nexpr: up\nfor: 1h30m\nkeep_firing_for: 5m\nlabels: { a: 1, b: true, c: 1.5, d: ~ }\nannotations: { summary: x }'),
  rule('alert: A\nexpr: up\nfor:'),
  rule('alert: A\nexpr: up\nfor: 0'),
  rule('alert: A\nexpr: up\nfor: 1y2w3d4h5m6s7ms'),
  rule('record: job:up:sum\nexpr: sum(up)'),
  rule('record: a\nexpr: up\nfor: 0s'),
  rule('record: a\nexpr: up\nlabels:\n  x: y\nannotations:'),
  rule('record: a\nalert: ""\nexpr: up'),
  'groups:\n- name: a\n  rules:\n  - &x\n    alert: A\n    expr: up\n  - <<: *x\n    alert: B\n',
]

const refused = [
  'groups: x\n',
  'groups:\n  a: {}\n',
  'group: []\n',
  '- name: a\n',
  group('rules: []'),
  group('name: ""'),
  group('name: a\nrule: []'),
  group('name: a\nrules: {}'),
  group('name: a\ninterval: fast'),
  group('name: a\ninterval: 30'),
  group('name: a\ninterval: ""'),
  group('name: a\nlimit: many'),
  'groups:\n- name: a\n- name: a\n',
  rule('alert: A'),
  rule('alert: A\nexpr: ""'),
  rule('alert: A\nexpr:'),
  rule('alert: A\nexpr: [up]'),
  rule('expr: up'),
  rule('alert: ""\nexpr: up'),
  rule('alert: A\nrecord: b\nexpr: up'),
  rule('alert: A\nexpr: up\nseverity: page'),
  rule('alert: A\nexpr: up\nfor: 5 minutes'),
  rule('alert: A\nexpr: up\nfor: 5m1h'),
  rule('alert: A\nexpr: up\nfor: 1.5h'),
  rule('alert: A\nexpr: up\nfor: -5m'),
  rule('alert: A\nexpr: up\nfor: 5'),
  rule('alert: A\nexpr: up\nlabels: [a]'),
  rule('alert: A\nexpr: up\nlabels: { a: [b] }'),
  rule('alert: A\nexpr: up\nlabels: { __name__: b }'),
  rule('alert: A\nexpr: up\nlabels: { "a b": c }'),
  rule('alert: A\nexpr: up\nexpr: up'),
  rule('record: a\nexpr: up\nfor: 5m'),
  rule('record: a\nexpr: up\nkeep_firing_for: 5m'),
  rule('record: a\nexpr: up\nannotations: { a: b }'),
  rule('record: sum(a)\nexpr: up'),
  rule('record: a{b="c"}\nexpr: up'),
  rule('x'),
]

describe('a rule file', () => {
  test.each(taken)('is taken: %j', (text) => {
    expect(isTaken(text)).toBe(true)
  })

  test.each(refused)('is refused: %j', (text) => {
    expect(isTaken(text)).toBe(false)
  })

  const promtool = spawnSync('promtool', ['--version']).error === undefined
  if (!promtool) console.log('promtool is not installed: its verdicts are not compared')
  test.skipIf(!promtool)('has the verdict of promtool', () => {
    const directory = mkdtempSync(join(tmpdir(), 'rule-files-'))
    try {
      const verdicts = [...taken, ...refused].map((text, index) => {
        const file = join(directory, `${index}.yml`)
        writeFileSync(file, text)
        try {
          execFileSync('promtool', ['check', 'rules', file], { stdio: 'pipe' })
          return [text, true]
        } catch {
          return [text, false]
        }
      })
      expect([...taken, ...refused].map((text) => [text, isTaken(text)])).toEqual(verdicts)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe('a Prometheus configuration', () => {
  test.each([
    'global: { scrape_interval: 15s, external_labels: { a: 1 } }\n',
    'rule_files: [a.yml]\nscrape_configs:\n- job_name: a\n  static_configs: [{ targets: [a:1], labels: { b: c } }]\n',
    'scrape_configs:\n- job_name: a\n  relabel_configs: [{ action: LabelMap, regex: (.*) }]\n',
  ])('passes: %j', (text) => {
    expect(isConfiguration(parseYaml(sourceText('prometheus.yml', text))[0]!.value)).toBe(true)
  })

  test.each([
    'scrape_configs: {}\n',
    'scrape_configs:\n- static_configs: []\n',
    'scrape_configs:\n- job_name: a\n  unknown_key: 1\n',
    'scrape_configs:\n- job_name: a\n  static_configs: [{ target: [a:1] }]\n',
    'scrape_configs:\n- job_name: a\n  static_configs: [{ targets: a:1 }]\n',
    'scrape_configs:\n- job_name: a\n  scrape_interval: 15\n',
    'scrape_configs:\n- job_name: a\n  relabel_configs: [{ action: rename }]\n',
    'rule_files: a.yml\n',
    'global: { scrape_interval: often }\n',
  ])('is refused: %j', (text) => {
    expect(isConfiguration(parseYaml(sourceText('prometheus.yml', text))[0]!.value)).toBe(false)
  })
})
