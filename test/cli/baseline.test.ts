import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository } from './repository.js'
import { violations } from './schemas.js'

const files = {
  'src/metrics.ts': producer,
  'dashboards/a.json': dashboardWith('jobs_lost', 'jobs_lost + jobs_lost', 'jobs_gone'),
  'alerts.yml': 'groups:\n  - name: jobs\n    rules:\n      - { alert: A, expr: sum(jobs_lost) > 0 }\n      - { alert: B, expr: sum(up }\n',
}
const name = 'ml-dash-lint-baseline.json'

test('holds what is found, an entry a line, and later runs report what is new', async () => {
  const { run, read, write } = repository(files)
  expect(await run('--update-baseline')).toEqual({
    code: 0,
    stdout: 'No new problems in 3 files: 1 dashboard, 1 rule file, 5 queries, 3 metric families; 6 selectors, all checked\n6 in the baseline\n',
    stderr: 'ml-dash-lint: ml-dash-lint-baseline.json holds 6 findings now: 6 added, 0 dropped\n',
  })
  expect(read(name)).toBe(`{
  "version": 1,
  "findings": {
    "alerts.yml": [
      { "rule": "promql-syntax", "in": "alert \\"B\\" in group \\"jobs\\"" },
      { "rule": "unknown-metric", "metric": "jobs_lost", "in": "alert \\"A\\" in group \\"jobs\\"" }
    ],
    "dashboards/a.json": [
      { "rule": "unknown-metric", "metric": "jobs_gone", "in": "panel \\"Panel 3\\" in dashboard \\"Jobs\\"" },
      { "rule": "unknown-metric", "metric": "jobs_lost", "in": "panel \\"Panel 1\\" in dashboard \\"Jobs\\"" },
      { "rule": "unknown-metric", "metric": "jobs_lost", "in": "panel \\"Panel 2\\" in dashboard \\"Jobs\\"", "count": 2 }
    ]
  }
}
`)
  expect(violations('baseline', read(name))).toEqual([])
  const before = read(name)
  expect((await run('--update-baseline')).stderr).toBe('ml-dash-lint: ml-dash-lint-baseline.json holds 6 findings now: 0 added, 0 dropped\n')
  expect(read(name)).toBe(before)

  // Lines move, one of two that are alike is mended, one is new.
  write({ 'dashboards/a.json': { comment: 'x', ...dashboardWith('jobs_lost', 'jobs_queued + jobs_lost', 'jobs_gone', 'jobs_left') } })
  expect(await run('--format', 'unix')).toEqual({ code: 1, stdout: 'dashboards/a.json:66:20: error: No producer exposes "jobs_left" [unknown-metric]\n', stderr: '' })
  expect((await run()).stdout).toMatch(/\n1 new problem \(1 error, 0 warnings\) in .*\n6 in the baseline, 1 of them gone: --update-baseline drops it\n$/)
  expect((await run('--no-baseline', '--format', 'unix')).stdout.split('\n').length).toBe(7)
})

test('a finding is known again in a panel with another title, in a dashboard with another title, and in a file that was moved', async () => {
  const { run, path, write } = repository(files)
  await run('--update-baseline')
  write({ 'dashboards/a.json': { ...dashboardWith('jobs_lost', 'jobs_lost + jobs_lost', 'jobs_gone'), title: 'All jobs' } })
  expect((await run('--format', 'unix')).stdout).toBe('')
  write(files)
  renameSync(join(path, 'dashboards/a.json'), join(path, 'b.json'))
  expect((await run('--format', 'unix')).stdout).toBe('')
  // A copy is new: the file that it was made of is still there.
  write({ 'dashboards/a.json': { ...dashboardWith('jobs_lost', 'jobs_lost + jobs_lost', 'jobs_gone'), uid: 'copy', title: 'Copy' } })
  expect((await run('--format', 'unix')).stdout.split('\n').length).toBe(5)
})

describe('what was not reported on', () => {
  test('is neither gone nor lost', async () => {
    const { run, read, write, path } = repository(files)
    await run('--update-baseline')
    const before = read(name)
    write({ 'alerts.yml': 'groups: []\n', 'dashboards/a.json': dashboardWith('jobs_queued') })
    expect((await run('dashboards')).stdout).toMatch(/\n4 in the baseline, 4 of them gone: --update-baseline drops them\n$/)
    expect((await run('--rule', 'promql-syntax')).stdout).toMatch(/\n1 in the baseline, 1 of them gone: --update-baseline drops it\n$/)
    await run('--rule', 'promql-syntax', '--update-baseline')
    expect(read(name)).toBe(before.replace(/ +\{ "rule": "promql-syntax".*\n/, ''))
    await run('dashboards', '--update-baseline')
    expect(read(name)).toBe('{\n  "version": 1,\n  "findings": {\n    "alerts.yml": [\n      { "rule": "unknown-metric", "metric": "jobs_lost", "in": "alert \\"A\\" in group \\"jobs\\"" }\n    ]\n  }\n}\n')
    rmSync(join(path, 'alerts.yml'))
    await run('--update-baseline')
    expect(read(name)).toBe('{\n  "version": 1,\n  "findings": {}\n}\n')
  })

  test('paths in it are relative to it, wherever the run is', async () => {
    const { run, runIn, read } = repository({ ...files, 'ml-dash-lint.config.json': { baseline: 'lint/known.json' } })
    expect((await runIn('dashboards', '--update-baseline')).stderr).toBe('ml-dash-lint: ../lint/known.json holds 4 findings now: 4 added, 0 dropped\n')
    expect(Object.keys((JSON.parse(read('lint/known.json')) as { findings: object }).findings)).toEqual(['../dashboards/a.json'])
    expect((await run('--format', 'unix')).stdout.split('\n').map((line) => line.split(':')[0])).toEqual(['alerts.yml', 'alerts.yml', ''])
    expect((await run('--baseline', 'other.json')).stderr).toBe('ml-dash-lint: there is no baseline other.json: --update-baseline writes it\n')
    expect((await run('--no-baseline', '--update-baseline')).code).toBe(2)
  })
})

test('a baseline that is torn, foreign or of a merge that failed is a mistake at its place', async () => {
  const { run, write } = repository(files)
  const told = async (text: string) => {
    write({ [name]: text })
    const { code, stdout } = await run('--format', 'unix')
    return [code, ...stdout.split('\n').slice(0, -1)]
  }
  const texts = [
    '{ "version": 1, "findings": {',
    '{ "version": 2, "findings": { "a": [{ "rul": "x", "count": 0 }] } }',
    '[]',
    '<<<<<<< HEAD\n{}\n',
    '{ "version": 1, "findings": { "__proto__": [{ "rule": "toString", "in": "\u202e" }] } }',
  ]
  const all = []
  for (const text of texts) all.push(...await told(text))
  expect(all).toEqual([
    2,
    'ml-dash-lint-baseline.json:1:30: error: The file ends inside the object that begins on line 1 [configuration]',
    2,
    'ml-dash-lint-baseline.json:1:14: error: "version" must be 1 [configuration]',
    'ml-dash-lint-baseline.json:1:37: error: "a[0]" lacks "rule" [configuration]',
    'ml-dash-lint-baseline.json:1:39: error: unknown key "rul" in "a[0]". Did you mean "rule"? [configuration]',
    'ml-dash-lint-baseline.json:1:60: error: "count" must be >= 1 [configuration]',
    2,
    'ml-dash-lint-baseline.json:1:1: error: this file must be an object, not a list [configuration]',
    2,
    'ml-dash-lint-baseline.json:1:1: error: "<<<<<<<" is not a JSON value [configuration]',
    1,
    'alerts.yml:4:31: error: No producer exposes "jobs_lost" [unknown-metric]',
    'alerts.yml:5:33: error: unclosed left parenthesis [promql-syntax]',
    'dashboards/a.json:20:20: error: No producer exposes "jobs_lost" [unknown-metric]',
    'dashboards/a.json:35:20: error: No producer exposes "jobs_lost" [unknown-metric]',
    'dashboards/a.json:35:32: error: No producer exposes "jobs_lost" [unknown-metric]',
    'dashboards/a.json:50:20: error: No producer exposes "jobs_gone" [unknown-metric]',
  ])
})

test('suppressions come first, and programs are told', async () => {
  const { run, write } = repository({ ...files, 'alerts.yml': files['alerts.yml'].replace('      - { alert: A', '      # ml-dash-lint-disable-next-line unknown-metric\n      - { alert: A') })
  expect((await run('--update-baseline')).stdout).toMatch(/\n1 suppressed; 5 in the baseline\n$/)
  write({ 'dashboards/b.json': { ...dashboardWith('jobs_left'), uid: 'b', title: 'B' } })
  const { stdout } = await run('--format', 'json')
  expect(violations('report', stdout)).toEqual([])
  const { diagnostics, suppressed, inBaseline, summary } = JSON.parse(stdout) as Record<string, { rule: string; file: string }[]>
  expect([diagnostics, suppressed, inBaseline].map((list) => list!.map(({ rule, file }) => `${rule} ${file}`))).toEqual([
    ['unknown-metric dashboards/b.json'],
    ['unknown-metric alerts.yml'],
    ['promql-syntax alerts.yml', ...Array<string>(4).fill('unknown-metric dashboards/a.json')],
  ])
  expect(summary).toMatchObject({ errors: 1, suppressed: 1, baseline: { known: 5, gone: 0 } })
  const sarif = JSON.parse((await run('--format', 'sarif')).stdout) as { runs: [{ results: { baselineState?: string; suppressions?: unknown[]; partialFingerprints: Record<string, string> }[] }] }
  const { results } = sarif.runs[0]
  expect(results.map(({ baselineState, suppressions }) => baselineState ?? suppressions?.length)).toEqual([1, 'unchanged', 'unchanged', 'unchanged', 'unchanged', 'unchanged', 'new'])
  const without = JSON.parse((await run('--format', 'sarif', '--no-baseline')).stdout) as typeof sarif
  expect(without.runs[0].results.map(({ partialFingerprints }) => partialFingerprints)).toEqual(results.map(({ partialFingerprints }) => partialFingerprints))
})
