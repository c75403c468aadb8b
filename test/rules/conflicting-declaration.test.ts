import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const declare = (type: string, name: string, labels: string[] = []) =>
  `import { ${type} } from 'prom-client'\nexport const metric = new ${type}({ name: '${name}', help: 'Jobs', labelNames: ${JSON.stringify(labels)} })\n`

test('is silent on one declaration, and on two that agree', async () => {
  expect(await lintLines('conflicting-declaration', {
    'a/metrics.ts': declare('Gauge', 'jobs_queued', ['kind', 'queue']),
    'b/metrics.ts': declare('Gauge', 'jobs_queued', ['queue', 'kind']),
    'c/metrics.py': 'from prometheus_client import Gauge\n\nQUEUED = Gauge("jobs_queued", "Jobs", ["kind", "queue"])\n',
  })).toEqual([])
})

test('two types are an error', async () => {
  expect(await lintLines('conflicting-declaration', {
    'a/metrics.ts': declare('Gauge', 'jobs_queued'),
    'b/metrics.ts': declare('Histogram', 'jobs_queued'),
  })).toEqual([
    "b/metrics.ts:2:45 error «'jobs_queued'» \"jobs_queued\" is a histogram here and a gauge elsewhere (a/metrics.ts:2)",
  ])
})

test('two sets of labels are a warning', async () => {
  expect(await lintLines('conflicting-declaration', {
    'a/metrics.ts': declare('Counter', 'jobs_done_total', ['kind']),
    'b/metrics.py': 'from prometheus_client import Counter\n\nDONE = Counter("jobs_done", "Jobs", ["kind", "status"])\n',
    'c/metrics.ts': declare('Counter', 'jobs_done_total'),
  })).toEqual([
    'b/metrics.py:3:16 warning «"jobs_done"» "jobs_done_total" has the labels kind, status here and kind elsewhere (a/metrics.ts:2)',
    "c/metrics.ts:2:43 warning «'jobs_done_total'» \"jobs_done_total\" has no labels here and kind elsewhere (a/metrics.ts:2)",
  ])
})

test('what the exporter of OpenTelemetry adds is no conflict', async () => {
  const measure = (attributes: string) => `import { metrics } from '@opentelemetry/api'\nimport { PrometheusExporter } from '@opentelemetry/exporter-prometheus'\nexport const exporter = new PrometheusExporter()\nconst done = metrics.getMeter('jobs').createCounter('jobs_done_total')\ndone.add(1, ${attributes})\n`
  expect(await lintLines('conflicting-declaration', {
    'a/metrics.ts': declare('Counter', 'jobs_done_total', ['kind']),
    'b/metrics.ts': measure("{ kind: 'mail' }"),
  })).toEqual([])
  expect(await lintLines('conflicting-declaration', {
    'a/metrics.ts': declare('Counter', 'jobs_done_total', ['kind']),
    'b/metrics.ts': measure("{ queue: 'mail' }"),
  })).toEqual([expect.stringContaining('"jobs_done_total" has the labels queue here and kind elsewhere (a/metrics.ts:2)')])
})

test('what is written once is of one type, though nothing tells of which', async () => {
  expect(await lintLines('conflicting-declaration', {
    'metrics.py': 'import os\nfrom prometheus_client import Counter, Gauge\n\ndef make(name):\n    if os.environ["COUNT"]:\n        return Counter(name, "Jobs")\n    return Gauge(name, "Jobs")\n\nmake("jobs_total").inc()\n',
  })).toEqual([])
})

test('points at the other declaration', async () => {
  const [diagnostic] = await lintFiles('conflicting-declaration', {
    'a/metrics.ts': declare('Gauge', 'jobs_queued'),
    'b/metrics.ts': declare('Counter', 'jobs_queued'),
  })
  expect(diagnostic?.data).toEqual({ metric: 'jobs_queued' })
  expect(diagnostic?.related.map(({ place, message }) => [place.source.path, message])).toEqual([['a/metrics.ts', '"jobs_queued" is declared here']])
})
