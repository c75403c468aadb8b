import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const whole = JSON.stringify(dashboardWith('up'), null, 2)

test('one broken file is one diagnostic with a place', async () => {
  expect(await lintLines('parse-error', {
    'd/fine.json': whole,
    'd/bom.json': `\uFEFF${whole}`,
    'd/crlf.json': whole.replaceAll('\n', '\r\n'),
    'd/truncated.json': whole.slice(0, 120),
    'd/empty.json': '',
    'r/fine.yml': 'groups: []\n',
    'r/tabs.yml': 'groups:\n\t- name: x\n',
    'r/alias.yml': 'groups:\n  - name: *nowhere\n',
  })).toEqual([
    'd/empty.json:1:1 error «» this file is empty',
    expect.stringMatching(/^d\/truncated\.json:10:\d+ error /),
    expect.stringMatching(/^r\/alias\.yml:2:\d+ error /),
    expect.stringMatching(/^r\/tabs\.yml:2:1 error /),
  ])
})

test('is silent on broken files that are nobody\'s business here', async () => {
  expect(await lintLines('parse-error', {
    'd/fine.json': whole,
    'tsconfig.json': '{ // comment\n "compilerOptions": {} }',
    'chart/templates/rules.yaml': '{{- if .Values.rules }}\ngroups:\n  - name: {{ .Values.name }}\n{{- end }}\n',
    'notes/other.yml': 'a: [',
  })).toEqual([])
})

test('reports a file that is too large', async () => {
  expect(await lintLines('parse-error', { 'd/large.json': whole.replace('"Jobs"', `"${'x'.repeat(3000)}"`) }, { load: { maxFileSize: 2000 } })).toEqual([
    expect.stringMatching(/^d\/large\.json:1:1 error «» this file is 0 MB and was not read: the limit is 0 MB/),
  ])
})

test('broken code is a warning, and the rest of it counts', async () => {
  expect(await lintLines('parse-error', {
    'm.ts': "import { Counter } from 'prom-client'\nexport const a = new Counter({ name: 'a_total', help: 'a' })\nconst = 1\n",
    'm.py': "from prometheus_client import Counter\nA = Counter('b_total', 'b')\ndef (:\n",
  })).toEqual([
    expect.stringMatching(/^m\.py:3:\d+ warning /),
    expect.stringMatching(/^m\.ts:3:\d+ warning /),
  ])
})

test('takes a file with unquoted fields of a template for no YAML, and not what alerts print', async () => {
  const rules = 'groups: []\n'
  expect(await lintLines('parse-error', {
    'valitail.tpl.yaml': 'client:\n  url: {{ .clientURL }}\nscrape_configs:\n  - job_name: journal\n',
    'alerts/good.yaml': rules,
    'alerts/bad.yaml': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations:\n          summary: {{ .Labels.instance }}\n',
  })).toEqual([expect.stringMatching(/^alerts\/bad\.yaml:7:\d+ error /)])
})

test('an empty file beside manifests is nothing, and beside rule files it is', async () => {
  const rules = 'groups: [{ name: a, rules: [{ alert: A, expr: up == 0 }] }]\n'
  const manifest = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: a }\nspec:\n  ${rules}`
  expect(await lintLines('parse-error', { 'rendered/values.yaml': '', 'rendered/rules.yaml': manifest })).toEqual([])
  expect(await lintLines('parse-error', { 'rules/values.yaml': '', 'rules/rules.yaml': rules })).toHaveLength(1)
})
