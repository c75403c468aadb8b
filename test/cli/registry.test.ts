import { describe, expect, test } from 'vitest'
import { dashboardWith, producer, prometheusConfig } from '../rules/lint-files.js'
import { repository } from './repository.js'
import { violations } from './schemas.js'

const dashboard = dashboardWith(
  'sum by (kind) (rate(jobs_done_total{status="ok"}[5m]))',
  'histogram_quantile(0.9, sum by (le) (rate(jobs_duration_seconds_bucket[5m])))',
  'jobs_queued',
)
const code = { 'src/metrics.ts': producer }
const oldCode = { 'src/metrics.ts': producer.replace('jobs_queued', 'jobs_waiting').replace("['kind', 'status']", "['kind']").replace("status: 'ok'", '') }

/** A registry file of the code of another repository. */
async function exported(files: Record<string, string>): Promise<string> {
  const { stdout, code: exitCode } = await repository(files).run('registry', 'export')
  expect(exitCode).toBe(0)
  return stdout
}

describe('registry export', () => {
  test('writes what the code exposes', async () => {
    const { run, read } = repository(code)
    const { stdout } = await run('registry', 'export')
    expect(violations('registry', stdout)).toEqual([])
    expect((JSON.parse(stdout) as { families: { name: string; type: string; series: string[] }[] }).families.map(({ name, type, series }) => [name, type, series])).toEqual([
      ['jobs_done_total', 'counter', ['jobs_done_total']],
      ['jobs_duration_seconds', 'histogram', ['jobs_duration_seconds_bucket', 'jobs_duration_seconds_count', 'jobs_duration_seconds_sum']],
      ['jobs_queued', 'gauge', ['jobs_queued']],
    ])
    expect(await run('registry', 'export', 'src', '--output', 'registry.json')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(read('registry.json')).toBe(stdout)
  })

  test('leaves out what other programs of the stack expose, and what rules record', async () => {
    const { run } = repository({
      ...code,
      'docker-compose.yml': 'services:\n  redis:\n    image: oliver006/redis_exporter:v1.60.0\n',
      'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: job:jobs:rate5m\n        expr: rate(jobs_done_total[5m])\n',
    })
    expect((await run('registry', 'export')).stdout).toBe(await exported(code))
  })
})

describe('--registry, in the repository of the dashboards', () => {
  test('lints against the code of the other one', async () => {
    const { run } = repository({ 'jobs.json': dashboard, 'prometheus.yml': prometheusConfig, 'metrics.json': await exported(code) })
    expect(await run('.', '--registry', 'metrics.json')).toEqual({
      code: 0,
      stdout: 'No problems in 2 files: 1 dashboard, 0 rule files, 3 queries, 3 metric families; 3 selectors, all checked\n',
      stderr: '',
    })
  })

  test('names the file of the other repository where a metric is declared', async () => {
    const { run, write } = repository({ 'jobs.json': dashboard, 'metrics.json': await exported(oldCode) })
    const findings = {
      code: 1,
      stdout: `jobs.json:20:56: error: "jobs_done_total" (counter, src/metrics.ts:3) has no label "status". It has: kind. [unknown-label]
jobs.json:50:20: error: No producer exposes "jobs_queued". Did you mean "jobs_waiting" (gauge, src/metrics.ts:5)? [unknown-metric]
`,
      stderr: '',
    }
    expect(await run('jobs.json', '--format', 'unix', '--registry', 'metrics.json')).toEqual(findings)
    write({ 'ml-dash-lint.config.json': { registry: ['metrics.json'] } })
    expect(await run('--format', 'unix')).toEqual(findings)
  })

  test('tells what is wrong with a registry file, at its place', async () => {
    const { run } = repository({ 'jobs.json': dashboardWith('up'), 'metrics.json': '{\n  "version": 1,\n  "families": [{ "name": "x" }]\n}\n' })
    const { code: exitCode, stdout, stderr } = await run('--format', 'unix', '--registry', 'metrics.json')
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^ml-dash-lint: metrics\.json is no registry file \(--registry\): metrics\.json:3:16: \S/)])
  })
})

const page = `# HELP jobs_done_total Jobs done
# TYPE jobs_done_total counter
jobs_done_total{kind="a",status="ok"} 3
# TYPE jobs_queued gauge
jobs_queued 2
`

describe('registry import', () => {
  test('turns a saved metrics page into a registry', async () => {
    const { run, write } = repository({ 'metrics.txt': page })
    const { code: exitCode, stdout, stderr } = await run('registry', 'import', 'metrics.txt')
    expect([exitCode, stderr, violations('registry', stdout)]).toEqual([0, '', []])
    write({ 'jobs.json': dashboardWith('jobs_done_total{status="ok"}', 'jobs_queue'), 'metrics.json': stdout })
    expect((await run('.', '--format', 'unix', '-r', 'metrics.json')).stdout).toBe(
      'jobs.json:35:20: error: No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, metrics.txt:4)? [unknown-metric]\n',
    )
  })

  test('refuses what is none, with the place', async () => {
    const { run } = repository({ 'metrics.txt': `${page}jobs{ 1\n` })
    const { code: exitCode, stdout, stderr } = await run('registry', 'import', 'metrics.txt')
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^metrics\.txt:6:\d+: \S.*\n$/)])
  })
})

test('registry merge puts files together, in whatever order', async () => {
  const { run } = repository({
    'a.json': await exported(code),
    'b.json': await exported({ 'metrics.py': 'from prometheus_client import Gauge\n\nUSED = Gauge("workers_busy", "Busy")\nUSED.set(1)\n' }),
  })
  const { code: exitCode, stdout } = await run('registry', 'merge', 'a.json', 'b.json')
  expect([exitCode, violations('registry', stdout)]).toEqual([0, []])
  expect((await run('registry', 'merge', 'b.json', 'a.json', 'b.json')).stdout).toBe(stdout)
  expect((JSON.parse(stdout) as { families: { name: string }[] }).families.map(({ name }) => name)).toEqual([
    'jobs_done_total', 'jobs_duration_seconds', 'jobs_queued', 'workers_busy',
  ])
})

describe('registry diff', () => {
  test('exits with 1 where a change can break a query, and with 0 otherwise', async () => {
    const { run } = repository({ 'old.json': await exported(oldCode), 'new.json': await exported(code) })
    const breaking = await run('registry', 'diff', 'old.json', 'new.json')
    expect([breaking.code, breaking.stderr]).toEqual([1, ''])
    expect(breaking.stdout).toContain('jobs_waiting')
    expect(await run('registry', 'diff', 'new.json', 'new.json')).toMatchObject({ code: 0 })
    const json = await run('registry', 'diff', 'old.json', 'new.json', '--format', 'json')
    expect([json.code, violations('registry-diff', json.stdout)]).toEqual([1, []])
  })
})

describe('registry explain', () => {
  test('tells how a metric was found', async () => {
    const { run } = repository(code)
    expect(await run('registry', 'explain', 'jobs_duration_seconds_bucket')).toEqual({
      code: 0,
      stdout: `jobs_duration_seconds_bucket is a series of jobs_duration_seconds, a histogram
  help        Duration of jobs
  series      jobs_duration_seconds_bucket, jobs_duration_seconds_count, jobs_duration_seconds_sum
  label kind  any value
  buckets     0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  recorded    yes
  known from  code that uses prom-client
  declared    src/metrics.ts:4
Nothing that was read uses it.
`,
      stderr: '',
    })
  })

  test('exits with 1 where nothing exposes it', async () => {
    expect(await repository(code).run('registry', 'explain', 'jobs_queue', 'src')).toEqual({
      code: 1,
      stdout: 'Nothing is known of jobs_queue.\nMuch like it:\n  jobs_queued\nNothing that was read uses it.\n',
      stderr: '',
    })
  })

  test('names everybody who uses it, under any of its series', async () => {
    const { run, runIn } = repository({
      ...code,
      'dashboards/jobs.json': {
        ...dashboardWith('rate(jobs_duration_seconds_sum[5m]) / rate(jobs_duration_seconds_count[5m])', 'jobs_queued', '{__name__=~"jobs_duration_.+", kind="a"}', 'rate(jobs_duration_${unit}_count[5m])', '$metric'),
        templating: { list: [{ type: 'query', name: 'kind', query: 'label_values(jobs_duration_seconds_bucket, kind)', datasource: { type: 'prometheus', uid: 'p' } }] },
        annotations: { list: [{ name: 'Slow', expr: 'jobs_duration_seconds_count > 9', datasource: { type: 'prometheus', uid: 'p' } }] },
      },
      'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: job:seconds:rate5m\n        expr: rate(jobs_duration_seconds_sum[5m])\n      - alert: Slow\n        expr: job:seconds:rate5m > 1\n',
      'METRICS.md': '# Metrics\n\n| metric | type |\n| --- | --- |\n| `jobs_done_total` | counter |\n| `jobs_duration_seconds` | histogram |\n',
    })
    const { code: exitCode, stdout } = await run('registry', 'explain', 'jobs_duration_seconds')
    expect([exitCode, stdout.slice(stdout.indexOf('Used by'))]).toEqual([0, `Used by:
  document (METRICS.md:6:4)
  panel "Panel 1" in dashboard "Jobs" (dashboards/jobs.json:20:25)
  panel "Panel 1" in dashboard "Jobs" (dashboards/jobs.json:20:63)
  panel "Panel 3" in dashboard "Jobs" (dashboards/jobs.json:50:33)
  variable "kind" in dashboard "Jobs" (dashboards/jobs.json:90:32)
  annotation "Slow" in dashboard "Jobs" (dashboards/jobs.json:102:18)
  recording rule "job:seconds:rate5m" in group "jobs" (rules.yml:5:20)
Perhaps used by, for a variable is part of the name:
  panel "Panel 4" in dashboard "Jobs" (dashboards/jobs.json:65:25)
`])
    expect((await runIn('src', 'registry', 'explain', 'jobs_duration_seconds')).stdout).toContain('\n  document (../METRICS.md:6:4)\n')
    expect((await run('registry', 'explain', 'job:seconds:rate5m')).stdout).toContain('Used by:\n  alert "Slow" in group "jobs" (rules.yml:7:15)\n')
  })

  test('also of a metric that nothing exposes', async () => {
    const { run } = repository({ ...code, 'dashboards/jobs.json': dashboardWith('jobs_queue', 'jobs_queue > 3') })
    expect(await run('registry', 'explain', 'jobs_queue')).toEqual({
      code: 1,
      stdout: 'Nothing is known of jobs_queue.\nMuch like it:\n  jobs_queued\nUsed by:\n  panel "Panel 1" in dashboard "Jobs" (dashboards/jobs.json:20:20)\n  panel "Panel 2" in dashboard "Jobs" (dashboards/jobs.json:35:20)\n',
      stderr: '',
    })
  })
})

describe('usage export and registry check, between two repositories', () => {
  const consumers = {
    'dashboards/jobs.json': dashboard,
    'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsStuck\n        expr: jobs_queued > 5 and up == 1\n',
  }

  test('the usage is what the schema says, and names each consumer', async () => {
    const { code: exitCode, stdout } = await repository(consumers).run('usage', 'export')
    expect([exitCode, violations('usage', stdout)]).toEqual([0, []])
    const { consumers: found } = JSON.parse(stdout) as { consumers: { name: string; uses: { series: string }[] }[] }
    expect(found.map(({ name, uses }) => [name, uses.map(({ series }) => series)])).toEqual([
      ['panel "Panel 1" in dashboard "Jobs"', ['jobs_done_total']],
      ['panel "Panel 2" in dashboard "Jobs"', ['jobs_duration_seconds_bucket']],
      ['panel "Panel 3" in dashboard "Jobs"', ['jobs_queued']],
      ['alert "JobsStuck" in group "jobs"', ['jobs_queued']],
    ])
  })

  test('a change of the code that breaks them fails, and names the panels and alerts', async () => {
    const usage = (await repository(consumers).run('usage', 'export')).stdout
    const sound = repository({ ...code, 'usage.json': usage })
    expect(await sound.run('registry', 'check', '--usage', 'usage.json')).toMatchObject({ code: 0, stderr: '' })
    const broken = repository({ ...oldCode, 'usage.json': usage })
    const { code: exitCode, stdout, stderr } = await broken.run('registry', 'check', 'src', '--usage', 'usage.json')
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(stdout).toContain('alert "JobsStuck" in group "jobs"')
    expect(stdout).toContain('panel "Panel 1" in dashboard "Jobs"')
    expect(stdout).not.toContain('Panel 2')
    const { stdout: json } = await broken.run('registry', 'check', '--usage', 'usage.json', '--format', 'json')
    expect(JSON.parse(json)).toBeTypeOf('object')
  })
})
