import { describe, expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines } from './lint-files.js'

const metrics = `import { Counter, Gauge, Histogram } from 'prom-client'

export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done', labelNames: ['kind'] })
export const lost = new Counter({ name: 'jobs_lost_total', help: 'Jobs lost', labelNames: ['kind'] })
export const waits = new Histogram({ name: 'jobs_wait_seconds', help: 'Time in the queue', labelNames: ['kind'] })
export const queued = new Gauge({ name: 'jobs_queued', help: 'Jobs that wait' })
export const workers = new Gauge({ name: 'jobs_workers', help: 'Workers' })

done.inc({ kind: 'a' })
queued.set(1)
`

const lint = (...exprs: string[]) => lintLines('metric-never-recorded', { 'jobs.json': dashboardWith(...exprs), 'src/metrics.ts': metrics })

describe('metric-never-recorded', () => {
  test('is silent on what is recorded, on what is not known, and on what nobody asks for', async () => {
    expect(await lint('rate(jobs_done_total[5m])', 'jobs_queued', 'up', 'nothing_like_it')).toEqual([])
  })

  test('a metric with labels has no series', async () => {
    expect(await lint('rate(jobs_lost_total[5m])', 'histogram_quantile(0.9, rate(jobs_wait_seconds_bucket[5m]))')).toEqual([
      'jobs.json:20:25 error «jobs_lost_total» "jobs_lost_total" (counter, src/metrics.ts:4) has no series: it is declared, but nothing records it',
      'jobs.json:35:49 error «jobs_wait_seconds_bucket» "jobs_wait_seconds_bucket" (histogram, src/metrics.ts:5) has no series: it is declared, but nothing records it',
    ])
  })

  test('only warns where nothing of a file is recorded: what uses it may not be at hand', async () => {
    const alone = metrics.replace(/^(?:done|queued)\..*\n/gm, '')
    expect(await lintLines('metric-never-recorded', { 'jobs.json': dashboardWith('rate(jobs_lost_total[5m])'), 'src/metrics.ts': alone })).toEqual([
      'jobs.json:20:25 warning «jobs_lost_total» "jobs_lost_total" (counter, src/metrics.ts:4) has no series: it is declared, but nothing records it',
    ])
  })

  test('is silent on what Python sets inside a metric', async () => {
    expect(await lintLines('metric-never-recorded', {
      'jobs.json': dashboardWith('jobs_failed_total', 'jobs_lost_total'),
      'metrics.py': `from prometheus_client import Counter, Gauge
failed = Counter('jobs_failed_total', 'Jobs failed')
lost = Counter('jobs_lost_total', 'Jobs lost')
queued = Gauge('jobs_queued', 'Jobs that wait')
def show(count):
    failed._value._value = count
    queued.set(count)
    print(lost._name)
`,
    })).toEqual([
      'jobs.json:35:20 warning «jobs_lost_total» "jobs_lost_total" (counter, metrics.py:3) is always 0: it is declared, but nothing records it',
    ])
  })

  test('one without labels is exposed as 0 all the same', async () => {
    expect(await lint('jobs_workers > 0')).toEqual([
      'jobs.json:20:20 warning «jobs_workers» "jobs_workers" (gauge, src/metrics.ts:7) is always 0: it is declared, but nothing records it',
    ])
  })

  test('is silent where an exporter that is not listed whole may expose the name too', async () => {
    const files = {
      'dashboards/engine.json': dashboardWith('vllm:requests_lost_total{kind="a"}'),
      'router/metrics.py': 'from prometheus_client import Counter\n\nLOST = Counter("vllm:requests_lost", "Lost", ["kind"])\n',
    }
    expect(await lintLines('metric-never-recorded', files)).toHaveLength(1)
    expect(await lintLines('metric-never-recorded', { ...files, 'compose.yml': 'services:\n  engine:\n    image: vllm/vllm-openai:v0.10.2\n' })).toEqual([])
  })

  test.each([
    ['a text that may be a program', 'src/run.ts', "spawn('python', ['-c', `\n  metric('jobs_lost_total').inc()\n`])\n"],
    ['exposition format written by hand', 'src/text.ts', 'const page = (n: number) => `\njobs_lost_total{kind="a"} ${n}\n`\n'],
    ['another language', 'queue/main.go', 'prometheus.CounterOpts{Namespace: "jobs", Name: "lost_total"}\n'],
  ])('is silent where the name also stands in %s', async (_, path, text) => {
    expect(await lintLines('metric-never-recorded', { 'jobs.json': dashboardWith('rate(jobs_lost_total[5m])'), 'src/metrics.ts': metrics, [path]: text })).toEqual([])
  })

  test('a comment, an identifier and a query with the name record nothing', async () => {
    expect(await lintLines('metric-never-recorded', {
      'jobs.json': dashboardWith('rate(jobs_lost_total[5m])'), 'src/metrics.ts': metrics,
      'src/other.ts': '// "jobs_lost_total" is not used.\nexport const jobs_lost_total = 1\n',
    })).toHaveLength(1)
  })

  test('of several that a selector matches, it is enough that one is recorded', async () => {
    expect(await lint('{__name__=~"jobs_(lost|done)_total"}', '{__name__=~"jobs_lost_.*"}')).toEqual([
      'jobs.json:35:33 error «jobs_lost_.*» "jobs_lost_.*" (counter, src/metrics.ts:4) has no series: it is declared, but nothing records it',
    ])
  })

  test('reads Python too', async () => {
    expect(await lintLines('metric-never-recorded', {
      'jobs.json': dashboardWith('jobs_lost_total', 'jobs_done_total'),
      'metrics.py': 'from prometheus_client import Counter\n\nLOST = Counter("jobs_lost", "Lost", ["kind"])\nDONE = Counter("jobs_done", "Done", ["kind"])\nDONE.labels("a").inc()\n',
    })).toEqual([
      'jobs.json:20:20 error «jobs_lost_total» "jobs_lost_total" (counter, metrics.py:3) has no series: it is declared, but nothing records it',
    ])
  })

  test('names the metric to programs, and where it is declared', async () => {
    const [diagnostic] = await lintFiles('metric-never-recorded', { 'jobs.json': dashboardWith('jobs_lost_total'), 'src/metrics.ts': metrics })
    expect(diagnostic?.data).toEqual({ metric: 'jobs_lost_total' })
    expect(diagnostic?.related.map(({ place, message }) => [place.source.path, place.source.positionAt(place.span.start).line, message])).toEqual([
      ['src/metrics.ts', 4, '"jobs_lost_total" is declared here'],
    ])
  })
})
