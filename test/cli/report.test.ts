import { describe, expect, test } from 'vitest'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { repository, runIn } from './repository.js'
import { violations } from './schemas.js'

const drifted = { 'dashboards/jobs.json': { ...dashboardWith('jobs_queue'), tags: [] }, 'src/metrics.ts': producer }

describe('--format json', () => {
  test('is what the schema says, of findings of every kind, of a clean run and of a wrong configuration', async () => {
    const everything = repository({
      ...drifted,
      'dashboards/copy.json': { ...dashboardWith('sum by (knd) (jobs_done_total{queue="a"})', 'sum(', '$x'), panels: 'none' },
      'dashboards/broken.json': '{ "panels": [',
      'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsLost\n        expr: ALERTS{alertname="JobLost"} and jobs_done\n        fro: 5m\n',
      'src/conflict.ts': producer.replaceAll('Gauge', 'Counter'),
    })
    const { stdout } = await everything.run('--format', 'json')
    expect((JSON.parse(stdout) as { diagnostics: unknown[] }).diagnostics.length).toBeGreaterThan(8)
    expect(violations('report', stdout)).toEqual([])

    everything.write({ 'ml-dash-lint.config.json': { ruels: {} } })
    const wrong = await everything.run('--format', 'json')
    expect([wrong.code, violations('report', wrong.stdout)]).toEqual([2, []])

    const clean = await repository({ 'dashboards/jobs.json': dashboardWith('up') }).run('--format', 'json')
    expect([clean.code, violations('report', clean.stdout)]).toEqual([0, []])
  })

  test('tells everything of a finding', async () => {
    const { stdout } = await repository(drifted).run('--format', 'json')
    const range = (line: number, column: number, endColumn: number) => ({ start: { line, column }, end: { line, column: endColumn } })
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      diagnostics: [
        {
          rule: 'required-tags',
          severity: 'warning',
          message: 'This dashboard has no tags',
          file: 'dashboards/jobs.json',
          range: range(4, 11, 13),
          context: 'dashboard "Jobs"',
          data: {},
          related: [],
          suggestions: [],
        },
        {
          rule: 'unknown-metric',
          severity: 'error',
          message: 'No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
          file: 'dashboards/jobs.json',
          range: range(18, 20, 30),
          context: 'panel "Panel 1" in dashboard "Jobs"',
          data: { metric: 'jobs_queue', suggestion: 'jobs_queued' },
          related: [{ file: 'src/metrics.ts', range: range(5, 41, 54), message: '"jobs_queued" is declared here' }],
          suggestions: [{
            message: 'Replace with "jobs_queued"',
            replacement: { file: 'dashboards/jobs.json', range: range(18, 20, 30), text: 'jobs_queued' },
          }],
        },
      ],
      summary: { files: 2, dashboards: 1, ruleFiles: 0, queries: 1, families: 3, errors: 1, warnings: 1 },
    })
  })
})

test('a change of severity in the configuration changes the exit code', async () => {
  const { run, write } = repository(drifted)
  write({ 'ml-dash-lint.config.json': '{\n  // while the producer is being renamed\n  "rules": { "unknown-metric": "warning", "required-tags": "off" },\n}\n' })
  expect(await run('--format', 'unix')).toEqual({
    code: 0,
    stdout: 'dashboards/jobs.json:18:20: warning: No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)? [unknown-metric]\n',
    stderr: '',
  })
  write({ 'ml-dash-lint.config.json': { rules: { 'unknown-metric': 'off', 'required-tags': ['error', { tags: ['jobs', 'team'] }], 'unused-metric': 'error' } } })
  expect(await run('--format', 'unix')).toEqual({
    code: 1,
    stdout: `dashboards/jobs.json:4:11: error: This dashboard lacks the tags "jobs", "team" [required-tags]
src/metrics.ts:3:41: error: No dashboard and no rule reads "jobs_done_total" [unused-metric]
src/metrics.ts:4:47: error: No dashboard and no rule reads "jobs_duration_seconds" [unused-metric]
src/metrics.ts:5:41: error: No dashboard and no rule reads "jobs_queued" [unused-metric]
`,
    stderr: '',
  })
})

describe('--output', () => {
  test('writes the report to a file, whole, and nothing to the terminal', async () => {
    const { run, read } = repository(drifted)
    const { stdout } = await run()
    expect(await run('--output', 'report.txt')).toEqual({ code: 1, stdout: '', stderr: '' })
    expect(read('report.txt')).toBe(stdout)
  })
})

describe('colour', () => {
  test('goes by --color, FORCE_COLOR and NO_COLOR', async () => {
    const { path } = repository(drifted)
    const isColored = async (argv: string[], env: Record<string, string> = {}) => (await runIn(path, argv, env)).stdout.includes('\u001b[')
    expect(await isColored([])).toBe(false)
    expect(await isColored(['--color'])).toBe(true)
    expect(await isColored([], { FORCE_COLOR: '1' })).toBe(true)
    expect(await isColored(['--no-color'], { FORCE_COLOR: '1' })).toBe(false)
    expect(await isColored(['--color', '--format', 'json'])).toBe(false)
  })
})

test('--format github names files from the root that GitHub checked out', async () => {
  const { path, runIn: runBelow } = repository({ 'stack/rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - { alert: A, expr: "sum(" }\n' })
  const { stdout } = await runIn(`${path}/stack`, ['--format', 'github'], { GITHUB_WORKSPACE: path })
  expect(stdout).toMatch(/^::error file=stack\/rules\.yml,line=4,/)
  expect((await runBelow('stack', '--format', 'github')).stdout).toMatch(/^::error file=rules\.yml,line=4,/)
})
