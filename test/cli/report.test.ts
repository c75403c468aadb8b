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
      summary: {
        files: 2, dashboards: 1, ruleFiles: 0, queries: 1, families: 3, errors: 1, warnings: 1,
        causes: 2, byRule: { 'required-tags': 1, 'unknown-metric': 1 },
      },
      coverage: {
        selectors: { total: 1, proved: 0, refuted: 1, unverified: 0 },
        labels: { total: 0, proved: 0, refuted: 0, unverified: 0 },
        values: { total: 0, proved: 0, refuted: 0, unverified: 0 },
        unverified: [],
        consumers: [{ file: 'dashboards/jobs.json', title: 'Jobs', selectors: { total: 1, proved: 0, refuted: 1, unverified: 0 }, unverified: [] }],
        documents: [],
      },
      notes: [],
      unread: [],
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

describe('what is shown', () => {
  const many = {
    'src/metrics.ts': producer,
    'dashboards/jobs.json': { ...dashboardWith('jobs_queue', 'sum(jobs_queue)', 'jobs_lost', 'billing_open', '{x="1"}'), tags: [] },
    'alerts.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: A\n        expr: jobs_queue > 1\n',
  }

  test('findings of one rule with one message in one file are one block with all its places', async () => {
    const { stdout } = await repository(many).run('--rule', 'unknown-metric')
    expect(stdout).toBe(`\
alerts.yml:5:15  error  unknown-metric
  No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?

  5 │ expr: jobs_queue > 1
    │       ^^^^^^^^^^
  alert "A" in group "jobs"

dashboards/jobs.json:18:20  error  unknown-metric
  No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?

  18 │ "expr": "jobs_queue"
     │          ^^^^^^^^^^
  panel "Panel 1" in dashboard "Jobs"
  and in 1 other place
    33:24 panel "Panel 2"

dashboards/jobs.json:48:20  error  unknown-metric
  No producer exposes "jobs_lost"

  48 │ "expr": "jobs_lost"
     │          ^^^^^^^^^
  panel "Panel 3" in dashboard "Jobs"

4 problems of 3 causes (4 errors, 0 warnings) in 3 files: 1 dashboard, 1 rule file, 6 queries, 3 metric families; 6 selectors, 4 checked; 2 not: billing_* (1 name), 1 without a name
`)
  })

  test('github tells one place of each cause first', async () => {
    const { stdout } = await repository(many).run('--rule', 'unknown-metric', '--format', 'github')
    expect([...stdout.matchAll(/file=([^,]*),line=(\d+)/g)].map(([, file, line]) => `${file!}:${line!}`)).toEqual([
      'alerts.yml:5', 'dashboards/jobs.json:18', 'dashboards/jobs.json:48', 'dashboards/jobs.json:33',
    ])
  })

  test('--quiet shows errors only, counts the warnings, and does not change what fails', async () => {
    const { run } = repository(many)
    const { stdout } = await run('--quiet')
    expect(stdout).not.toContain('  warning  ')
    expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
      '6 problems of 5 causes (4 errors, 2 warnings, not shown) in 3 files: 1 dashboard, 1 rule file, 6 queries, 3 metric families; 6 selectors, 4 checked; 2 not: billing_* (1 name), 1 without a name',
      'unknown-metric 4, required-tags 1, unverified-metric 1',
    ])
    const warned = repository({ 'dashboards/jobs.json': { ...dashboardWith('up'), tags: [] } })
    expect(await warned.run('-q', '--format', 'unix', '--max-warnings', '0')).toEqual({
      code: 1, stdout: '', stderr: 'ml-dash-lint: this run fails because of its warnings: 1, and --max-warnings allows 0\n',
    })
  })

  test('--rule runs rules alone, also one that is off, and knows their names', async () => {
    const { run } = repository(drifted)
    const { stdout } = await run('--rule', 'unused-metric', '--rule', 'required-tags', '--format', 'unix')
    expect([...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map(([, rule]) => rule)).toEqual(['required-tags', 'unused-metric', 'unused-metric', 'unused-metric'])
    expect(await run('--rule', 'unkown-metric')).toEqual({ code: 2, stdout: '', stderr: 'ml-dash-lint: there is no rule "unkown-metric". Did you mean "unknown-metric"?\n' })
  })

  test('--coverage lists what could not be checked, by consumer', async () => {
    const { stdout } = await repository(many).run('--rule', 'unused-metric', '--quiet', '--coverage')
    expect(stdout).toBe(`\
dashboards/jobs.json  Jobs
  3 of 5 selectors checked
  a selector: the selector names no metric  dashboards/jobs.json:78:20
  billing_open: nothing at hand exposes it  dashboards/jobs.json:63:20

Checked: 4 of 6 selectors, 0 of 1 use of labels, 0 of 1 label value

No problems in 3 files: 1 dashboard, 1 rule file, 6 queries, 3 metric families; 6 selectors, 4 checked; 2 not: billing_* (1 name), 1 without a name
`)
  })

  test('--min-coverage, and minCoverage of the configuration, fail a run that checks less', async () => {
    const { run, write } = repository(many)
    const failure = 'ml-dash-lint: only 66.6 % of the selectors were checked, 4 of 6; at least 66.7 % are asked for. --coverage lists the others with the reason\n'
    expect(await run('--rule', 'unused-metric', '--min-coverage', '66.7')).toMatchObject({ code: 1, stderr: failure })
    expect(await run('--rule', 'unused-metric', '--min-coverage', '66')).toMatchObject({ code: 0, stderr: '' })
    expect((await run('--min-coverage', '101')).stderr).toContain('It must be a number from 0 to 100.')
    write({ 'ml-dash-lint.config.json': { minCoverage: 66.7 } })
    expect(await run('--rule', 'unused-metric')).toMatchObject({ code: 1, stderr: failure })
  })

  test('a note says why nothing could be checked', async () => {
    const { stdout } = await repository({ 'dashboards/jobs.json': dashboardWith('jobs_queued') }).run()
    expect(stdout).toBe(`\
No program at hand is seen to expose metrics, so one metric name could not be checked. Lint with the "registry" of the programs that expose them, or name their "catalogs".

No problems in 1 file: 1 dashboard, 0 rule files, 1 query, 0 metric families; 1 selector, 0 checked; 1 not: jobs_* (1 name)
`)
  })
})
