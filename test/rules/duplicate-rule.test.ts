import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const file = (...rules: string[]) => `groups:\n${rules.map((rule, i) => `  - name: g${i}\n    rules:\n      - ${rule}\n`).join('')}`

test('reports a rule that stands there already, however it is spelt', async () => {
  const files = { 'rules.yml': file(
    '{ record: "a:b", expr: "sum by (x) (rate(c[5m]))", labels: { k: v, l: w } }',
    '{ record: "a:b", expr: "sum(rate(c[300s])) by (x)", labels: { l: w, k: v } }',
    '{ alert: Down, expr: up == 0, for: 5m, annotations: { summary: one } }',
    '{ alert: Down, expr: "up==0", for: 5m, annotations: { summary: two } }',
  ) }
  expect(await lintLines('duplicate-rule', files)).toEqual([
    'rules.yml:7:19 warning «"a:b"» "a:b" is recorded from the same expression with the same labels already: Prometheus evaluates both, and records every sample twice',
    'rules.yml:13:18 warning «Down» This is alert "Down" again, with the same expression and labels: Prometheus evaluates both, and nobody can tell which of the two fires',
  ])
  expect((await lintFiles('duplicate-rule', files)).map(({ context, related }) => [context, related[0]!.message])).toEqual([
    ['recording rule "a:b" in group "g1"', 'first defined in group "g0"'], ['alert "Down" in group "g3"', 'first defined in group "g2"'],
  ])
})

test('says nothing where a label, a duration, the name or the expression differs', async () => {
  expect(await lintLines('duplicate-rule', { 'rules.yml': file(
    '{ alert: Down, expr: up == 0, for: 5m, labels: { severity: warning } }',
    '{ alert: Down, expr: up == 0, for: 5m, labels: { severity: critical } }',
    '{ alert: Down, expr: up == 0, for: 10m, labels: { severity: critical } }',
    '{ alert: Down, expr: up == 0, for: 10m, keep_firing_for: 1m, labels: { severity: critical } }',
    '{ alert: Gone, expr: up == 0, for: 5m, labels: { severity: warning } }',
    '{ record: "a:b", expr: sum(x) }', '{ record: "a:b", expr: sum(y) }', '{ record: "a:c", expr: sum(x) }',
  ) })).toEqual([])
})

test('says nothing of other files, other resources, and templates that may take one of the two', async () => {
  const one = file('{ record: "a:b", expr: sum(x) }')
  expect(await lintLines('duplicate-rule', { 'a.yml': one, 'b.yml': one })).toEqual([])
  const resource = (name: string) => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: ${name} }\nspec:\n${one.replaceAll(/^/gm, '  ')}\n`
  expect(await lintLines('duplicate-rule', { 'a.yml': `${resource('a')}---\n${resource('b')}` })).toEqual([])
  const twice = ['{ alert: A, expr: up == 0, labels: { team: "%" } }', '{ alert: A, expr: up == 0, labels: { team: "%" } }']
  const filledIn = (team: string) => ({ 'rules.yml': file(...twice.map((rule) => rule.replace('%', team))) })
  expect(await lintLines('duplicate-rule', filledIn('{{ $labels.team }}'))).toHaveLength(1)
  // The same text becomes the same, but of two branches only one may be there.
  expect(await lintLines('duplicate-rule', filledIn('{{ .Values.team }}'))).toHaveLength(1)
  expect(await lintLines('duplicate-rule', { 'rules.yml': `{{- if .Values.slow }}\n${file(...twice)}{{- end }}\n` })).toEqual([])
})

test('warns of an alert that selects less than another of its name and labels', async () => {
  const a = (expr: string, more = '') => `{ alert: A, expr: ${JSON.stringify(expr)}${more} }`
  const lint = (...rules: string[]) => lintLines('duplicate-rule', { 'rules.yml': file(...rules) })
  expect(await lint(a('up{job="a"} == 0'), a('up == 0'))).toEqual([
    expect.stringMatching(/^rules\.yml:4:\d+ warning «up\{job=\\"a\\"\} == 0» Whatever this finds, the other alert "A" finds too, which selects more and has the same labels: nobody can tell which of the two fires$/),
  ])
  expect(await lint(a('rate(x{a="1", b="}"}[5m]) > 1'), a('rate(x{b="}"}[5m])>1'))).toHaveLength(1)
  expect([
    await lint(a('up{job="a"} == 0'), a('up{job="b"} == 0')),
    await lint(a('x{job="a"} > 5'), a('x > 9')),
    await lint(a('up{job="a"} == 0', ', labels: { severity: page }'), a('up == 0')),
    await lint(a('up{job="a"} == 0', ', for: 1m'), a('up == 0', ', for: 5m')),
    await lint(a('up{job="a"} == 0'), '{ alert: B, expr: up == 0 }'),
    await lint(a('sum(x{job="a"}) > 5'), a('sum(x) > 5')),
    await lint(a('absent(up{job="a"})'), a('absent(up)')),
    await lint(a('x{job="a"} / y{job="a"} > 1'), a('x / y > 1')),
  ]).toEqual([[], [], [], [], [], [], [], []])
})
