import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fix } from '../../src/api/fix.js'
import { surroundingsNow } from '../../src/api/surroundings.js'
import { writeFixes } from '../../src/api/write-fixes.js'
import { producer, prometheusConfig } from '../rules/lint-files.js'
import { repository } from './repository.js'
import { violations } from './schemas.js'

const dashboard = (...exprs: readonly string[]) => `\ufeff{\r
\t"uid": "jobs", "title": "Jobs", "tags": ["x", "y" , "x"],\r
\t"panels": [\r
\t\t${exprs.map((expr, i) => `{"id": ${i + 1}, "type": "timeseries", "title": "P${i + 1}", "targets": [{"refId": "A", "expr": ${expr}}]}`).join(',\r\n\t\t')}\r
\t]\r
}`

const stack = { 'src/jobs.ts': producer, 'prometheus.yml': prometheusConfig }

test('mends JSON inside its strings, and leaves every other byte alone', async () => {
  const before = dashboard(
    String.raw`"sum by (kind) (rate(jobs_done{status=\"ok\",\u0020kind=~\"$x\"}[5m])) / sum(rate(jobs_done[5m]))"`,
    String.raw`"sum(rate(jobs_done_total{status=\"OK\"}[5m]))"`,
    String.raw`"jobs_qeued"`,
  )
  const { run, read, write } = repository({ ...stack, 'dashboards/jobs.json': before })
  const dry = await run('--rule', 'unknown-metric', '--rule', 'unknown-label-value', '--rule', 'duplicate-tag', '--fix-dry-run')
  expect(read('dashboards/jobs.json')).toBe(before)
  const { code, stdout, stderr } = await run('--rule', 'unknown-metric', '--rule', 'unknown-label-value', '--rule', 'duplicate-tag', '--fix')
  expect(read('dashboards/jobs.json')).toBe(before
    .replaceAll('jobs_done{', 'jobs_done_total{').replaceAll('jobs_done[', 'jobs_done_total[').replace('OK', 'ok').replace('jobs_qeued', 'jobs_queued').replace(' , "x"', ''))
  expect([code, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '', 'Fixed 5 problems in 1 file'])
  expect([dry.code, dry.stderr]).toEqual([0, 'Would fix 5 problems in 1 file\n'])
  write({ 'dashboards/jobs.json': before, 'fix.patch': dry.stdout })
})

test('the patch of a dry run makes of a repository what --fix makes of it, whatever its files are called', async () => {
  const files = {
    ...stack,
    'a b/é "x".json': dashboard('"jobs_qeued"'),
    'rules.yml': 'groups:\n  - name: a\n    rules:\n      - {alert: A, expr: jobs_qeued > 1}\n      - alert: B\n        expr: >-\n          jobs_qeued\n          > 1\n      - alert: C\n        expr: \'jobs_qeued{kind!="it\'\'s"} > 1\'',
  }
  const { path, run, read, write } = repository(files)
  const { stdout } = await run('--rule', 'unknown-metric', '--fix-dry-run')
  await run('--rule', 'unknown-metric', '--fix')
  const fixed = [read('a b/é "x".json'), read('rules.yml')]
  expect(fixed).toEqual([files['a b/é "x".json'].replace('qeued', 'queued'), files['rules.yml'].replaceAll('jobs_qeued\n', 'jobs_queued\n').replaceAll('jobs_qeued >', 'jobs_queued >')])
  for (const program of [['git', 'apply', 'fix.patch'], ['patch', '-p1', '--binary', '-i', 'fix.patch']]) {
    write({ ...files, 'fix.patch': stdout })
    const { status, stderr } = spawnSync(program[0]!, program.slice(1), { cwd: path, encoding: 'utf8' })
    expect([program[0], status, stderr]).toEqual([program[0], 0, ''])
    expect([read('a b/é "x".json'), read('rules.yml')]).toEqual(fixed)
  }
})

test('mends a dashboard and rules that are strings of a resource', async () => {
  const held = `apiVersion: v1
kind: ConfigMap
metadata: { name: d, labels: { grafana_dashboard: "1" } }
data:
  jobs.json: |-
    {
      "uid": "jobs", "title": "Jobs",
      "tags": [
        "x",
        "x"
      ],
      "panels": [{"id": 1, "type": "timeseries", "title": "P", "targets": [{"refId": "A", "expr": "sum(rate(jobs_done{status=\\"ok\\"}[5m]))"}]}]
    }
  rules.yaml: "groups:\\n- name: a\\n  rules:\\n  - record: a:b\\n    expr: sum(rate(jobs_done{status=\\"ok\\"}[5m]))\\n"
`
  const { run, read } = repository({ ...stack, 'k8s/map.yaml': held })
  await run('--rule', 'unknown-metric', '--rule', 'duplicate-tag', '--fix')
  expect(read('k8s/map.yaml')).toBe(held.replaceAll('jobs_done{', 'jobs_done_total{').replace('"x",\n        "x"', '"x"'))
})

test('an action of a Helm template stays, and what stands around it is mended', async () => {
  const template = `{{- if .Values.rules }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: {{ .Release.Name }} }
spec:
  groups:
    - name: a
      rules:
        - alert: A
          expr: sum(rate(jobs_done{kind="{{ .Values.kind }}"}[5m])) > {{ .Values.most }}
{{- end }}
`
  const { run, read } = repository({ ...stack, 'chart/Chart.yaml': 'name: x\n', 'chart/templates/rule.yaml': template })
  await run('--rule', 'unknown-metric', '--fix')
  expect(read('chart/templates/rule.yaml')).toBe(template.replace('jobs_done{', 'jobs_done_total{'))
})

test('a name of the configuration is written in all consumers, those of its series too', async () => {
  const files = {
    ...stack,
    'ml-dash-lint.config.json': { renames: { jobs_time_seconds: 'jobs_runtime_seconds', jobs_runtime_seconds: 'jobs_duration_seconds', gone_total: 'nowhere_total' } },
    'a.json': dashboard('"histogram_quantile(0.9, sum by (le) (rate(jobs_time_seconds_bucket[5m])))"', '"rate(jobs_runtime_seconds_count[5m]) or rate(jobs_duration_seconds_count[5m])"'),
    'rules.yml': 'groups: [{name: a, rules: [{record: "a:b", expr: "rate(jobs_time_seconds_sum{nolabel=\\"x\\"}[5m])"}]}]\n',
    'docs/metrics.md': '# Metrics\n\n| name | type |\n| --- | --- |\n| `jobs_time_seconds` | histogram |\n| `jobs_done_total` | counter |\n| `jobs_queued` | gauge |\n',
  }
  const { run, read } = repository(files)
  const { stdout, stderr } = await run('--fix', '--rule', 'unknown-metric', '--rule', 'stale-docs')
  expect(stderr).toBe('')
  expect([read('a.json'), read('rules.yml'), read('docs/metrics.md')]).toEqual([
    files['a.json'].replace('jobs_time_seconds', 'jobs_duration_seconds'), files['rules.yml'].replace('jobs_time', 'jobs_duration'), files['docs/metrics.md'].replace('jobs_time', 'jobs_duration'),
  ])
  expect(stdout).toContain('"renames" in the configuration calls "gone_total" "nowhere_total", which nothing at hand exposes')
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Fixed 3 problems in 3 files')
})

test('names that are renamed in a circle are a mistake', async () => {
  const { run } = repository({ 'ml-dash-lint.config.json': '{ "renames": { "a": "b", "b": "a", "c": "a" } }' })
  const { code, stdout } = await run('--format', 'unix')
  expect([code, stdout.split('\n')[0]]).toEqual([2, 'ml-dash-lint.config.json:1:21: error: "a" is renamed in a circle: "a" to "b" to "a" [configuration]'])
})

test('what is likely and not sure is left', async () => {
  const left = dashboard(
    '"jobs_duration_seconds"', '"jobs_dnoe_total"', '"jobs_done_total{status=\\"okay\\"}"', '"sum(rate(jobs_queud_total[5m]))"', '"jobs_qeued{nolabel=\\"x\\"}"', '"rate(jobs_qeued[5m])"',
  ).replace(', "y" , "x"', '')
  const { run, read } = repository({ ...stack, 'a.json': left })
  const { code, stdout } = await run('--fix')
  expect(read('a.json')).toBe(left)
  expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([1, 'Fixed 0 problems in 0 files'])
})

test('only what is named is written, and by the rules that are named', async () => {
  const files = { ...stack, 'a.json': dashboard('"jobs_qeued"'), 'b.json': dashboard('"jobs_qeued"').replace('"jobs",', '"b",') }
  const { run, read } = repository(files)
  await run('a.json', '--fix', '--rule', 'duplicate-tag')
  expect([read('a.json'), read('b.json')]).toEqual([files['a.json'].replace(' , "x"', ''), files['b.json']])
})

test('a file keeps its mode and a link stays a link; what lies outside, or is another text by now, is not written', async () => {
  const other = repository({ 'far.json': dashboard('"jobs_qeued"') })
  const { path, read, run } = repository({ ...stack, 'a.json': dashboard('"jobs_qeued"') })
  chmodSync(join(path, 'a.json'), 0o640)
  mkdirSync(join(path, 'links'))
  symlinkSync('../a.json', join(path, 'links/near.json'))
  await run('links/near.json', '--fix', '--rule', 'unknown-metric')
  expect([statSync(join(path, 'a.json')).mode & 0o777, lstatSync(join(path, 'links/near.json')).isSymbolicLink(), read('a.json').includes('jobs_queued')]).toEqual([0o640, true, true])

  const change = { before: 'x', after: 'y', problems: 1 }
  writeFileSync(join(path, 'changed.json'), 'z')
  writeFileSync(join(path, 'fine.json'), 'x')
  symlinkSync(join(other.path, 'far.json'), join(path, 'far.json'))
  const { written, unfixed } = await writeFixes(['changed.json', 'far.json', 'fine.json', 'gone.json'].map((file) => ({ path: file, ...change })), path, [path])
  expect([written.map((one) => one.path), unfixed]).toEqual([['fine.json'], [
    { path: 'changed.json', reason: 'is left as it was: it is not, or no longer, the text in UTF-8 that was linted' },
    { path: 'far.json', reason: 'is left as it was: it lies outside the repository' },
    { path: 'gone.json', reason: 'cannot be written: no such folder' },
  ]])
  expect(readFileSync(join(path, 'changed.json'), 'utf8')).toBe('z')
})

test('a file that would have more findings than it had is left', async () => {
  // The counter is there, and has neither of the labels.
  const before = dashboard('"sum by (team) (jobs_done{nolabel=\\"x\\"})"').replace(', "y" , "x"', '')
  const { path } = repository({ ...stack, 'a.json': before })
  const { changes, unfixed } = await fix({ paths: [], rule: ['unknown-metric', 'unknown-label'] }, surroundingsNow(path, {}))
  expect([changes, unfixed]).toEqual([[], [{ path: 'a.json', reason: 'keeps some of what could be mended: it would have more findings then' }]])
})

test('reports for programs tell what is sure, spelt as the file wants it', async () => {
  const { run } = repository({ ...stack, 'a.json': dashboard('"jobs_done"') })
  const report = JSON.parse((await run('--format', 'json', '--rule', 'unknown-metric')).stdout) as { diagnostics: { suggestions: unknown }[] }
  expect(report.diagnostics[0]!.suggestions).toMatchObject([{ replacement: { text: 'jobs_done_total', isSafe: true } }])
  const fixed = JSON.parse((await run('--format', 'json', '--fix')).stdout) as { summary: unknown }
  expect(fixed.summary).toMatchObject({ fixed: { problems: 2, files: 1 } })
  expect([violations('report', JSON.stringify(report)), violations('report', JSON.stringify(fixed))]).toEqual([[], []])
})
