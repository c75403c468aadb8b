import { expect, test } from 'vitest'
import { patternText } from '../../src/registry/name-pattern.js'
import { usageOf } from '../../src/workspace/usage.js'
import { dashboardWith, producer } from '../rules/lint-files.js'
import { loadFiles } from './load-files.js'

/** What each query relies on: `series{label=value|value, …} buckets quantiles @line:column`. */
async function usage(...exprs: string[]): Promise<string[][]> {
  const { workspace } = await loadFiles({
    'jobs.json': dashboardWith(...exprs),
    'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { record: "job:own:rate5m", expr: vector(1) }\n',
  })
  return usageOf(workspace).consumers.map(({ uses }) => uses.map(({ series, place, labels, buckets, quantiles }) => {
    const { column } = place.source.positionAt(place.span.start)
    const wanted = labels.map(({ name, values }) => values.length > 0 ? `${name}=${values.join('|')}` : name)
    return `${patternText(series)}{${wanted.join(', ')}}${buckets.map((le) => ` le ${le}`).join('')}${quantiles.map((q) => ` q ${q}`).join('')} @${column}`
  }))
}

test.each([
  ['rate(jobs_total{kind="a", status=~"ok|done", colour!="x", other=~".+"}[5m])', ['jobs_total{kind=a, status=ok|done, colour, other} @25']],
  ['sum by (kind) (jobs_total{status=""})', ['jobs_total{kind} @35']],
  // Labels of targets are no matter of the producer; a label that is dropped may be gone.
  ['sum by (job, instance) (jobs_total)', ['jobs_total{} @44']],
  ['sum without (kind) (jobs_total)', ['jobs_total{} @40']],
  ['a_total / on (kind) b_total', ['a_total{kind} @20', 'b_total{kind} @40']],
  ['label_replace(a_total, "made", "$1", "kind", ".*") * on (made) a_total', ['a_total{} @34', 'a_total{made} @91']],
  ['jobs_seconds_bucket{le="0.5"} / jobs_seconds_bucket{le=~"1|2.5"}', ['jobs_seconds_bucket{} le 0.5 @20', 'jobs_seconds_bucket{} @54']],
  ['jobs_size{quantile="0.9"}', ['jobs_size{} q 0.9 @20']],
  ['rate(jobs_${what}_total[5m])', ['jobs_*_total{} @25']],
])('%s', async (expr, uses) => {
  expect(await usage(expr)).toEqual([uses])
})

test('what Prometheus or the repository\'s own rules make is left out, and what could be any metric', async () => {
  expect(await usage('up == 0', 'ALERTS{alertname="A"}', 'job:own:rate5m', '$metric', '{job="a"}')).toEqual([])
})

test('what a document lists is relied on: series as they stand there, and of other families one that is there', async () => {
  const { workspace } = await loadFiles({
    'src/metrics.ts': producer,
    'docs/metrics.md': '# Metrics\n\n| Metric | Labels |\n|---|---|\n| `jobs_done_total` | `kind`, `instance` |\n| `jobs_duration_seconds` | |\n| `jobs_qu*` | |\n| `jobs_gone_total` | |\n| `up` | |\n',
  })
  expect(usageOf(workspace).consumers.map(({ kind, name, file, uses }) => [kind, name, file, uses.map(({ series, labels, place }) => `${patternText(series)} ${labels.map((label) => label.name).join()} @${place.source.positionAt(place.span.start).line}`)])).toEqual([
    ['document', 'document docs/metrics.md', 'docs/metrics.md', ['jobs_done_total kind @5', 'jobs_duration_seconds_bucket  @6', 'jobs_qu*  @7', 'jobs_gone_total  @8']],
  ])
})
