import { expect, test } from 'vitest'
import { coverageOf } from '../../src/lint/coverage.js'
import { notesOf } from '../../src/lint/notes.js'
import { dashboardWith, loadFiles, producer, prometheusConfig } from '../rules/lint-files.js'

const told = ({ metric, label, value, reason, count, first }: ReturnType<typeof coverageOf>['unverified'][number]) => (
  `${first().source.path}:${first().source.positionAt(first().span.start).line} ${[metric ?? '-', label, value].filter(Boolean).join(' ')} (${count}): ${reason}`
)

test('counts what became of every metric, label and value', async () => {
  const coverage = coverageOf(await loadFiles({
    'src/metrics.ts': producer,
    'prometheus.yml': prometheusConfig,
    'dashboards/a.json': { ...dashboardWith(
      'sum by (kind) (jobs_done_total{status="ok", job="producer"})',
      'jobs_done_total{status="lost", kind="a"} / jobs_lost',
      '{job="producer"}',
      'sum by (whatever) (up{instance=~"$i"})',
    ), title: 'A' },
    'rules.yml': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: node_load1{cpu="0"} > job:other:sum\n',
  }))
  expect({ selectors: coverage.selectors, labels: coverage.labels, values: coverage.values }).toEqual({
    selectors: { total: 7, proved: 3, refuted: 2, unverified: 2 },
    labels: { total: 9, proved: 6, refuted: 1, unverified: 2 },
    values: { total: 6, proved: 2, refuted: 1, unverified: 3 },
  })
  expect(coverage.unverified.map(told)).toEqual([
    'dashboards/a.json:50 - (1): the selector names no metric',
    'rules.yml:5 job:other:sum (1): no rule at hand records it',
    'dashboards/a.json:35 jobs_done_total kind a (1): not all values of the label are known',
  ])
  expect(coverage.consumers.map(({ file, title, selectors, unverified }) => [file, title, selectors.unverified, unverified.length])).toEqual([
    ['dashboards/a.json', 'A', 1, 2],
    ['rules.yml', undefined, 1, 1],
  ])
})

test('a value that a label may have or not is not checked', async () => {
  const coverage = coverageOf(await loadFiles({
    'src/metrics.ts': `import { Counter } from 'prom-client'\nconst done = new Counter({ name: 'done_total', help: 'Done', labelNames: ['code'] })\nexport const end = (code: number) => done.inc({ code: code === 0 ? 'none' : code })\n`,
    'd.json': dashboardWith('done_total{code="7"}', 'done_total{code="none"}', 'done_total{code="x"}'),
  }))
  expect(coverage.values).toEqual({ total: 3, proved: 1, refuted: 1, unverified: 1 })
  expect(coverage.unverified.map(told)).toEqual(['d.json:20 done_total code 7 (1): not all values of the label are known'])
})

test('gives the reason for each name that could not be checked', async () => {
  const coverage = coverageOf(await loadFiles({
    'src/metrics.ts': `${producer}\nexport const make = (name: string) => new Counter({ name: \`made_\${name}_total\`, help: name })\n`,
    'ledger/main.go': 'prometheus.CounterOpts{Name: "ledger_open_total"}\n',
    'src/host.ts': "gauge('host_load', 1)\n",
    'compose.yml': 'services:\n  node:\n    image: prom/node-exporter\n',
    'd.json': dashboardWith(
      'made_by_hand_total', 'ledger_open_total', 'host_load', 'node_hwmon_of_tomorrow', 'rabbitmq_queue_messages', 'billing_open', 'jobs_queued or jobs_waiting', 'theirs_total', '{job="x"}',
    ),
  }, { externalMetrics: ['theirs_*'] }))
  expect(coverage.unverified.map(told)).toEqual([
    'd.json:140 - (1): the selector names no metric',
    'd.json:95 billing_open (1): nothing at hand exposes it',
    'd.json:50 host_load (1): it stands in src/host.ts, in code that is not understood',
    'd.json:110 jobs_waiting (1): the query has another name for it beside it',
    'd.json:35 ledger_open_total (1): it stands in ledger/main.go, in code that is not understood',
    'd.json:20 made_by_hand_total (1): the code makes names at run time, and this may be one',
    'd.json:65 node_hwmon_of_tomorrow (1): its exporter runs, whose catalog does not list it',
    'd.json:80 rabbitmq_queue_messages (1): a metric of RabbitMQ, and nothing shows that it runs',
    'd.json:125 theirs_total (1): the configuration says that it comes from elsewhere',
  ])
})

test.each([
  ['no code at all', {}, ['No program at hand is seen to expose metrics, so 2 metric names could not be checked. Lint with the "registry" of the programs that expose them, or name their "catalogs".']],
  ['a module of its own making', { 'src/host.ts': "gauge('host_load', 1)\ngauge('host_uptime', 1)\n" }, [
    'No program at hand is seen to expose metrics, so 2 metric names could not be checked. 2 of the names stand in src/host.ts: tell how metrics are made there with "extract.factories".',
  ]],
  ['a language that is not read', { 'host/main.go': 'prometheus.GaugeOpts{Name: "host_load"}\n' }, [
    'No program at hand is seen to expose metrics, so 2 metric names could not be checked. One of the names stands in host/main.go, a language that is not read: lint with a registry file of that program ("registry import").',
  ]],
  ['a program that exposes metrics', { 'src/metrics.ts': producer }, []],
])('says why nothing could be checked: %s', async (_, files: Record<string, string>, notes) => {
  expect(notesOf(await loadFiles({ 'd.json': dashboardWith('host_load', 'host_uptime', 'up'), ...files }))).toEqual(notes)
})

test('counts the metrics that documents list, and tells of those that could not be checked', async () => {
  const { documents, selectors } = coverageOf(await loadFiles({
    'src/metrics.ts': `${producer}\nexport const make = (name: string) => new Counter({ name: \`made_\${name}_total\`, help: name })\n`,
    'docs/metrics.md': '# Metrics\n\n| Metric | Labels |\n|---|---|\n| `jobs_done_total` | `kind` |\n| `jobs_duration_seconds` | |\n| `jobs_*` | |\n| `jobs_queued` | |\n| `jobs_finished_total` | |\n| `made_by_hand_total` | |\n\n## Labels of metrics\n\n- `kind`\n',
  }))
  expect(selectors.total).toBe(0)
  expect(documents.map(({ unverified, ...document }) => ({ ...document, unverified: unverified.map(told) }))).toEqual([{
    file: 'docs/metrics.md',
    names: { total: 5, proved: 3, refuted: 1, unverified: 1 },
    unverified: ['docs/metrics.md:10 made_by_hand_total (1): the code makes names at run time, and this may be one'],
  }])
})
