import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { builtIsMissing, repository, runBuilt, type Files } from './repository.js'

const dashboard = JSON.stringify(dashboardWith('jobs_lost_total'), null, 2)
const named = (uid: string, more: object = {}) => ({ ...dashboardWith('jobs_queued'), uid, title: uid, ...more })

/** Every run has to find this beside what is wrong with the other files. */
const drifted = {
  'a/drifted.json': dashboard,
  'a/rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsLost\n        expr: jobs_lost_total > 0\n',
  'src/metrics.ts': producer,
}
const drifts = [
  'a/drifted.json:20:20: error: No producer exposes "jobs_lost_total" [unknown-metric]',
  'a/rules.yml:5:15: error: No producer exposes "jobs_lost_total" [unknown-metric]',
]

/** Lints the files beside those with drifts, and takes the findings of the latter away. */
async function findingsBeside(files: Files): Promise<string[]> {
  const { code, stdout, stderr } = await repository({ ...drifted, ...files }).run('--format', 'unix')
  const lines = stdout.trimEnd().split('\n')
  expect([code, stderr, ...lines]).toEqual(expect.arrayContaining([1, '', ...drifts]))
  return lines.filter((line) => !drifts.includes(line))
}

describe('JSON', () => {
  test('that is cut off, at any place', async () => {
    expect(await findingsBeside({
      'a/in-object.json': dashboard.slice(0, dashboard.indexOf('"panels"')),
      'b/in-string.json': dashboard.slice(0, dashboard.indexOf('lost')),
      'b/in-word.json': '{ "panels": [], "templating": tru',
    })).toEqual([
      'a/in-object.json:7:23: error: The file ends inside the object that begins on line 1 [parse-error]',
      'b/in-string.json:20:25: error: The file ends inside the string that begins on line 20 [parse-error]',
      'b/in-word.json:1:31: error: "tru" is not a JSON value [parse-error]',
    ])
  })

  test('that is empty, or blank', async () => {
    expect(await findingsBeside({ 'a/empty.json': '', 'a/blank.json': ' \n' })).toEqual([
      'a/blank.json:1:1: error: this file is empty [parse-error]',
      'a/empty.json:1:1: error: this file is empty [parse-error]',
    ])
  })

  test('with parts of the wrong type', async () => {
    expect(await findingsBeside({
      'b/panels.json': named('panels', { panels: 'none' }),
      'b/panel.json': named('panel', { panels: ['none', null, 3, { id: 1, type: 'text', targets: 'none' }] }),
      'b/templating.json': named('templating', { templating: [] }),
      'b/expr.json': named('expr', { panels: [{ id: 1, type: 'stat', targets: [{ refId: 'A', expr: ['up'] }] }] }),
    })).toEqual([
      'b/expr.json:15:19: error: "expr" must be a string or null, not a list [dashboard-schema]',
      'b/panel.json:9:5: error: "panels[0]" must be an object, not a string [dashboard-schema]',
      'b/panel.json:10:5: error: "panels[1]" must be an object, not null [dashboard-schema]',
      'b/panel.json:11:5: error: "panels[2]" must be an object, not a number [dashboard-schema]',
      'b/panel.json:15:18: error: "targets" must be a list or null, not a string [dashboard-schema]',
      'b/panels.json:8:13: error: "panels" must be a list or null, not a string [dashboard-schema]',
      'b/templating.json:25:17: error: "templating" must be an object or null, not a list [dashboard-schema]',
    ])
  })
})

test('what only looks broken: templates to be rendered, JSON with comments', async () => {
  expect(await findingsBeside({
    'a/chart.yaml': 'apiVersion: v1\n{{- if .Values.enabled }}\nkind: ConfigMap\n{{- end }}\n',
    'a/tsconfig.json': '{\n  // strict\n  "compilerOptions": { "strict": true, },\n}\n',
    'b/broken-but-not-ours.json': '{ "dependencies": ',
    'a/prometheus-host.yml': 'scrape_configs:\n  - job_name: jobs\n    static_configs:\n__TARGETS__\n',
    'a/tokens.decoded.json': '=== Analysis of tokens ===\n',
  })).toEqual([])
  expect(await findingsBeside({
    'a/more.yml': 'groups:\n  - name: more\n    rules:\n__RULES__\n',
    'a/merged.json': `<<<<<<< HEAD\n${dashboard}`,
  })).toEqual([
    'a/merged.json:1:1: error: "<<<<<<<" is not a JSON value [parse-error]',
    'a/more.yml:4:1: error: Expected ":" after the key "__RULES__" [parse-error]',
  ])
})

test('YAML with tabs, bad aliases, duplicate keys and unclosed quotes', async () => {
  expect(await findingsBeside({
    'b/tabs.yml': 'groups:\n\t- name: jobs\n',
    'b/alias.yml': 'groups:\n  - name: *jobs\n    rules: []\n',
    'b/twice.yml': 'groups:\n  - name: jobs\n    rules: []\n    name: workers\n',
    'b/quote.yml': 'groups:\n  - name: "jobs\n    rules: []\n',
  })).toEqual([
    'b/alias.yml:2:11: error: No anchor "&jobs" stands before this alias [parse-error]',
    expect.stringMatching(/^b\/quote\.yml:\d:\d+: error: \S.* \[parse-error\]$/),
    'b/tabs.yml:2:1: error: A tab cannot indent YAML: use spaces [parse-error]',
    expect.stringMatching(/^b\/twice\.yml:4:\d: error: \S.* \[parse-error\]$/),
  ])
})

test('an alias that makes a text of many megabytes out of a few lines', async () => {
  const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)
  expect(await findingsBeside({ 'b/bomb.yml': ['groups:', '  - name: x', '    rules: []', 'a0: &a0 lol', ...levels, ''].join('\n') })).toEqual([
    expect.stringMatching(/^b\/bomb\.yml:\d+:\d+: error: \S.* \[parse-error\]$/),
  ])
})

test('a file of 100 MB', async () => {
  const head = Buffer.from('{ "panels": [], "schemaVersion": 39, "title": "')
  expect(await findingsBeside({ 'b/large.json': Buffer.concat([head, Buffer.alloc(100_000_000 - head.length, 'x')]) })).toEqual([
    'b/large.json:1:1: error: this file is 100 MB and was not read: the limit is 20 MB ("maxFileSize" in the configuration) [parse-error]',
  ])
})

test('invalid UTF-8', async () => {
  const latin = Buffer.from(JSON.stringify(named('latin', { description: 'für' }), null, 2), 'latin1')
  expect(await findingsBeside({ 'b/latin.json': latin })).toEqual([
    `b/latin.json:28:20: error: invalid UTF-8: byte 0xFC at offset ${latin.indexOf(0xfc)} [parse-error]`,
  ])
})

test('UTF-16 is read in YAML, as Prometheus does, and nowhere else', async () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
  expect(await findingsBeside({
    'b/rules.yml': utf16(drifted['a/rules.yml']),
    'b/big-endian.yml': utf16(drifted['a/rules.yml']).swap16(),
    'b/flow.yml': utf16('groups: [{ name: a, rules: [{ alert: A, expr: jobs_lost_total > 0 }] }]'),
    'b/half.yml': Buffer.concat([utf16(drifted['a/rules.yml']), Buffer.from('x')]),
    'b/board.json': utf16(dashboard),
  })).toEqual([
    'b/big-endian.yml:5:15: error: No producer exposes "jobs_lost_total" [unknown-metric]',
    'b/board.json:1:1: error: this file is in UTF-16: JSON has to be in UTF-8 [parse-error]',
    'b/flow.yml:1:48: error: No producer exposes "jobs_lost_total" [unknown-metric]',
    'b/half.yml:1:1: error: invalid UTF-16: half a character stands alone [parse-error]',
    'b/rules.yml:5:15: error: No producer exposes "jobs_lost_total" [unknown-metric]',
  ])
})

test('a byte order mark and CRLF move no place', async () => {
  const { stdout } = await repository({
    'bom.json': `\uFEFF${JSON.stringify(named('bom', dashboardWith('jobs_lost_total')))}`,
    'crlf.json': JSON.stringify({ ...dashboardWith('jobs_lost_total'), uid: 'crlf', title: 'crlf' }, null, 2).replaceAll('\n', '\r\n'),
    'rules.yml': `\uFEFF${drifted['a/rules.yml'].replaceAll('\n', '\r\n')}`,
    'src/metrics.ts': `\uFEFF${producer.replaceAll('\n', '\r\n')}`,
  }).run('--format', 'unix')
  expect(stdout).toMatch(/^bom\.json:1:\d+: error: No producer exposes "jobs_lost_total" \[unknown-metric\]\n/)
  expect(stdout.split('\n').slice(1)).toEqual([
    'crlf.json:20:20: error: No producer exposes "jobs_lost_total" [unknown-metric]',
    'rules.yml:5:15: error: No producer exposes "jobs_lost_total" [unknown-metric]',
    '',
  ])
})

describe('code', () => {
  test('that is broken is a warning, and read as far as it goes', async () => {
    expect(await findingsBeside({
      'src/workers.ts': `${producer.replaceAll('jobs_', 'tasks_')}\nexport function broken( {\n`,
      'workers/metrics.py': 'from prometheus_client import Counter\n\nRUNS = Counter("runs", "Runs")\nRUNS.inc()\n\ndef broken(:\n',
      'b/read.json': named('read', { panels: [{ id: 1, type: 'stat', datasource: { type: 'prometheus', uid: 'p' }, targets: [{ refId: 'A', expr: 'tasks_queued + runs_total' }] }] }),
    })).toEqual([
      expect.stringMatching(/^src\/workers\.ts:1\d:\d+: warning: \S.* \[parse-error\]$/),
      expect.stringMatching(/^workers\/metrics\.py:6:\d+: warning: \S.* \[parse-error\]$/),
    ])
  })

  test('that is no UTF-8, or no text at all, ends nothing', async () => {
    expect(await findingsBeside({
      'src/latin.ts': Buffer.from("import { Gauge } from 'prom-client'\nnew Gauge({ name: 'x_y', help: 'für' })\n", 'latin1'),
      'src/binary.py': Buffer.from([0, 1, 2, 0xff, 0xfe, ...Buffer.from('import prometheus_client'), 0]),
    })).toEqual(['src/binary.py:1:1: warning: invalid Python syntax [parse-error]'])
  })
})

test('folders and files without permission', (context) => {
  const asRoot = process.getuid?.() === 0
  const { path } = repository({ ...drifted, 'closed/inner.json': dashboard, 'a/secret.json': dashboard, 'src/secret.ts': producer })
  for (const folder of ['', 'a', 'src']) chmodSync(join(path, folder), 0o755)
  chmodSync(join(path, 'closed'), 0)
  for (const file of ['a/secret.json', 'src/secret.ts']) chmodSync(join(path, file), 0)
  const { code, stdout, stderr, error } = runBuilt(path, ['--format', 'unix'], asRoot ? { uid: 65534 } : {})
  chmodSync(join(path, 'closed'), 0o755)
  const cannotRun = builtIsMissing ?? error?.message ?? (/EACCES|Cannot find (?:package|module)/.exec(stderr)?.[0])
  if (cannotRun !== undefined) {
    console.log(`skipped: the command does not run as another user: ${cannotRun}`)
    context.skip()
  }
  expect({ code, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
    code: 1,
    stderr: '',
    lines: [
      drifts[0],
      drifts[1],
      'a/secret.json:1:1: error: cannot read this file: permission denied [parse-error]',
      'closed:1:1: error: cannot read this folder: permission denied [parse-error]',
      'src/secret.ts:1:1: warning: cannot read this file: permission denied [parse-error]',
    ],
  })
})
