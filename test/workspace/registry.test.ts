import { describe, expect, test } from 'vitest'
import { dashboardWith, producer, prometheusConfig } from '../rules/lint-files.js'
import type { Files } from '../cli/repository.js'
import { loadFiles } from './load-files.js'
import type { LoadOptions } from '../../src/workspace/load.js'

/** The names of the families that come from code and rules, with the labels of each. */
async function families(files: Files, options?: Partial<LoadOptions>): Promise<[string, string][]> {
  const { workspace } = await loadFiles(files, options)
  return workspace.registry.families
    .filter(({ origin }) => origin.kind === 'code' || origin.kind === 'recording-rule')
    .map(({ name, labels, labelsOpen }) => [name, [...labels.map((label) => label.name), ...(labelsOpen ? ['…'] : [])].join(' ')])
}

test('tests, their fixtures and type declarations are no producers, unless they are what is linted', async () => {
  const one = (name: string) => `import { Counter } from 'prom-client'\nexport const counter = new Counter({ name: '${name}', help: 'x' })\n`
  const files = {
    'src/metrics.ts': one('real_total'),
    'src/metrics.test.ts': one('a_total'),
    'src/__tests__/helper.ts': one('b_total'),
    'test/stack.ts': one('c_total'),
    'fixtures/stack/src/metrics.ts': one('d_total'),
    'src/metrics.d.ts': one('e_total'),
    'tests/test_metrics.py': 'from prometheus_client import Counter\nA = Counter("f", "x")\n',
    'app/conftest.py': 'from prometheus_client import Counter\nA = Counter("g", "x")\n',
    'src/latest.ts': one('latest_total'),
    'src/contest/metrics.ts': one('contest_total'),
  }
  expect((await families(files)).map(([name]) => name)).toEqual(['contest_total', 'latest_total', 'real_total'])
  expect((await families(files, { paths: ['fixtures/stack'] })).map(([name]) => name)).toEqual(['d_total'])
})

describe('recording rules', () => {
  test('add what they record, with the labels that their expressions yield, rules that read rules included', async () => {
    expect(await families({
      'src/metrics.ts': producer,
      'prometheus.yml': prometheusConfig,
      'rules.yml': `groups:
  - name: jobs
    rules:
      - record: kind:done:ratio
        expr: kind:done:rate5m / on () group_left () sum(kind:done:rate5m)
      - record: kind:done:rate5m
        expr: sum by (kind, pod) (rate(jobs_done_total[5m]))
      - record: done:all
        expr: sum(jobs_done_total)
        labels: { level: all }
      - record: done:without
        expr: sum without (instance, status) (jobs_done_total)
      - record: from:elsewhere
        expr: max(something_else) by (zone)
`,
    })).toEqual([
      ['done:all', 'level'],
      ['done:without', 'job kind tier'],
      ['from:elsewhere', 'zone'],
      ['jobs_done_total', 'kind status'],
      ['jobs_duration_seconds', 'kind'],
      ['jobs_queued', ''],
      ['kind:done:rate5m', 'kind'],
      ['kind:done:ratio', 'kind'],
    ])
  })

  test('that read each other in a circle come to an end', async () => {
    expect(await families({
      'rules.yml': 'groups:\n  - name: x\n    rules:\n      - { record: "a:b", expr: "sum by (x) (b:a)" }\n      - { record: "b:a", expr: "sum by (x) (a:b)" }\n',
    })).toEqual([['a:b', 'x'], ['b:a', 'x']])
  })
})

describe('catalogs count where something shows that their exporter runs', () => {
  const active = async (files: Files, options?: Partial<LoadOptions>) => [...(await loadFiles({ 'a.json': dashboardWith('up'), ...files }, options)).workspace.activeCatalogs].sort()

  test('nothing, an image, a scrape job, the configuration, the code', async () => {
    expect(await active({})).toEqual([])
    expect(await active({ 'docker-compose.yml': 'services:\n  cache-metrics:\n    image: "oliver006/redis_exporter:v1.60.0" # metrics\n' })).toEqual(['redis-exporter'])
    expect(await active({ 'prometheus.yml': "scrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ['node-exporter:9100'] }]\n" })).toEqual(['node-exporter'])
    expect(await active({}, { catalogs: ['cadvisor'] })).toEqual(['cadvisor'])
    expect(await active({ 'src/metrics.ts': "import { collectDefaultMetrics } from 'prom-client'\ncollectDefaultMetrics()\n" })).toEqual(['nodejs-default'])
  })

  test('a service that is built from the code at hand is no well-known exporter, whatever it is called', async () => {
    expect(await active({
      'docker-compose.yml': 'services:\n  celery-exporter:\n    build: ./exporter\n',
      'prometheus.yml': "scrape_configs:\n  - job_name: celery-exporter\n    static_configs: [{ targets: ['celery-exporter:9808'] }]\n",
    })).toEqual([])
  })
})

test('target labels come from the Prometheus configuration, or from convention where there is none', async () => {
  const { workspace: configured } = await loadFiles({ 'prometheus.yml': `global:\n  external_labels: { cluster: eu }\n${prometheusConfig}` }, { targetLabels: ['rack'] })
  expect({ ...configured.targetLabels, names: [...configured.targetLabels.names].sort() }).toEqual({
    names: ['cluster', 'instance', 'job', 'rack', 'tier'], always: new Set(['job', 'instance']), honored: false, open: false, configured: true,
    values: new Map([['job', ['producer']], ['instance', ['producer:3000']]]),
  })
  expect(configured.exposure.scraped).toBe('closed')

  const { workspace: discovered } = await loadFiles({ 'prometheus.yml': 'scrape_configs:\n  - job_name: pods\n    kubernetes_sd_configs: [{ role: pod }]\n' })
  expect([discovered.targetLabels.open, discovered.exposure.scraped]).toEqual([true, 'open'])

  const { workspace: without } = await loadFiles({ 'a.json': dashboardWith('up') })
  expect(without.targetLabels).toMatchObject({ open: false, configured: false })
  expect([...without.targetLabels.names]).toEqual(expect.arrayContaining(['job', 'instance', 'namespace', 'pod']))
  expect(without.exposure.scraped).toBe('unknown')
})
