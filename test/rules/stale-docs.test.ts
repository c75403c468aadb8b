import { expect, test } from 'vitest'
import { lintFiles, lintLines, producer, prometheusConfig, type LintSettings } from './lint-files.js'

/** Lints a document beside a producer of `jobs_done_total`, `jobs_duration_seconds` and `jobs_queued`, and a Prometheus that scrapes nothing else. */
const lint = (lines: readonly string[], path = 'docs/metrics.md', settings?: LintSettings) =>
  lintLines('stale-docs', { [path]: `${lines.join('\n')}\n`, 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig }, settings)

test('a name that was renamed, at its characters, with what is meant', async () => {
  const lines = ['# Metrics', '', '| Metric | Type |', '|---|---|', '| `jobs_finished_total` | counter |', '| `jobs_duration_seconds` | histogram |', '| `jobs_queued` | gauge |']
  expect(await lint(lines)).toEqual([
    'docs/metrics.md:5:4 warning «jobs_finished_total» No producer exposes "jobs_finished_total", which this document lists. Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
  ])
  expect(await lint(lines.map((line) => line.replace('jobs_finished', 'jobs_scheduled_again')))).toEqual([
    'docs/metrics.md:5:4 warning «jobs_scheduled_again_total» No producer exposes "jobs_scheduled_again_total", which this document lists',
  ])
})

test('a misspelt histogram is meant by its family, and a suggestion replaces the name', async () => {
  const files = { 'README.md': '## Metrics\n\n- `jobs_done_total`\n- `jobs_duratoin_seconds`\n- `jobs_queued`\n', 'src/metrics.ts': producer }
  const [finding] = await lintFiles('stale-docs', files)
  expect(finding?.data).toEqual({ metric: 'jobs_duratoin_seconds', suggestion: 'jobs_duration_seconds' })
  expect(finding?.suggestions.map(({ message, replacement }) => [message, replacement?.text])).toEqual([['Replace with "jobs_duration_seconds"', 'jobs_duration_seconds']])
})

test('a type and a label that are others', async () => {
  expect(await lint([
    '# Exposed metrics', '',
    '| Name | Type | Labels |', '|:--|:--|--:|',
    '| **`jobs_done_total`** | Gauge | `kind`, `state` |',
    '| [`jobs_duration_seconds`](x) | *summary* (seconds) | `kind`: `index`, `mail` |',
    '| `jobs_queued{queue="x"}` | gauge | |',
  ])).toEqual([
    'docs/metrics.md:5:27 warning «Gauge» "jobs_done_total" is a counter (src/metrics.ts:3), and this document says gauge',
    'docs/metrics.md:5:44 warning «state» "jobs_done_total" has no label "state", which this document tells: it has "kind", "status"',
    'docs/metrics.md:6:35 warning «summary» "jobs_duration_seconds" is a histogram (src/metrics.ts:4), and this document says summary',
    'docs/metrics.md:7:16 warning «queue» "jobs_queued" has no label "queue", which this document tells: it has none',
  ])
})

test('what a list item says of the type', async () => {
  expect(await lint(['Metrics', '=======', '', '1. `jobs_done_total` (counter): jobs', '2. `jobs_queued` (**counter**)', '3. __`jobs_duration_seconds`__ (ms)'])).toEqual([
    'docs/metrics.md:5:21 warning «counter» "jobs_queued" is a gauge (src/metrics.ts:5), and this document says counter',
  ])
})

test('series, families, several names in one and patterns are names that are exposed', async () => {
  expect(await lint([
    '# Metrics', '',
    '- `jobs_duration_seconds_bucket`, `_sum` and `_count`',
    '- `jobs_duration_seconds_{sum,count}` / `jobs_duration_seconds{_sum,_count}`',
    '- `jobs_done` or `jobs_done_total{kind, status}`',
    '- `jobs_*`, `jobs_<what>_total`, `jobs_${x}_seconds`',
    '- `jobs_queued{tier="backend",instance,job}`',
  ])).toEqual([])
  expect(await lint(['# Metrics', '', '- `jobs_{done,lost}_total`', '- `jobs_queued`'])).toEqual([
    'docs/metrics.md:3:4 warning «jobs_{done,lost}_total» No producer exposes "jobs_lost_total", which this document lists',
  ])
})

const list = ['- `jobs_done_total`', '- `jobs_queued`', '- `jobs_lost_total`']

test.each([
  ['no heading says metrics', ['# Jobs', '', ...list]],
  ['the section tells of the past', ['# Metrics', '', '## Removed in version 2', '', ...list]],
  ['the entry tells of the past', ['# Metrics', '', ...list.slice(0, 2), '- `jobs_lost_total` (deprecated)', '- ~~`jobs_gone_total`~~']],
  ['a table from old names to new ones', ['# Metrics', '', '| Name | Old name |', '|---|---|', '| `jobs_lost_total` | x |', '| `jobs_done_total` | x |', '| `jobs_queued` | x |']],
  ['running text, code blocks, comments, quotes, nested lists', ['# Metrics', '', ...list.slice(0, 2), '  - `jobs_lost_total`', '', 'See `jobs_lost_total`.', '', '```', '- `jobs_lost_total`', '```', '', '<!-- - `jobs_lost_total` -->', '', '> - `jobs_lost_total`']],
  ['a label, a setting, a constant, a call', ['# Metrics', '', ...list.slice(0, 2), '- `jobs_KIND`', '- `rate(jobs_lost_total[5m])`', '- `jobs_lost_total.enabled`', '- `JOBS_LOST_TOTAL`', '- text `jobs_lost_total`', '- **`jobs_lost` when all is idle:** `jobs_queued`']],
  ['names that may come from elsewhere', ['# Metrics', '', ...list.slice(0, 2), '- `redis_up`', '- `billing_invoices_total`']],
  ['most names are of other programs', ['# Metrics', '', ...list.slice(1), '- `jobs_other_total`']],
])('nothing is said where %s', async (_, lines) => {
  expect(await lint(lines)).toEqual([])
})

test.each(['CHANGELOG.md', 'docs/migration-2.0.md', 'docs/design/metrics.md', 'examples/README.md', 'test/README.md'])('%s is left alone', async (path) => {
  expect(await lint(['# Metrics', '', ...list], path)).toEqual([])
})

test('a document that the configuration names is read whatever it says, and wherever it lies', async () => {
  const lines = ['---', 'sidebar: x', '---', '# Jobs', '', ...list.slice(1), '- `jobs_other_total`']
  expect(await lint(lines, 'docs/design/jobs.md', { load: { metricsDocuments: ['docs/design/*.md'] } })).toEqual([
    'docs/design/jobs.md:7:4 warning «jobs_lost_total» No producer exposes "jobs_lost_total", which this document lists',
    'docs/design/jobs.md:8:4 warning «jobs_other_total» No producer exposes "jobs_other_total", which this document lists',
  ])
})

test('a label is unknown only where all labels of targets are known', async () => {
  const files = { 'docs/metrics.md': '# Metrics\n\n- `jobs_queued{shard}`\n', 'src/metrics.ts': producer }
  expect(await lintLines('stale-docs', files)).toEqual([
    'docs/metrics.md:3:16 warning «shard» "jobs_queued" has no label "shard", which this document tells: it has none',
  ])
  const discovered = 'scrape_configs:\n  - job_name: all\n    kubernetes_sd_configs: [{ role: pod }]\n    relabel_configs:\n      - { action: labelmap, regex: __meta_kubernetes_pod_label_(.+) }\n'
  expect(await lintLines('stale-docs', { ...files, 'prometheus.yml': discovered })).toEqual([])
})
