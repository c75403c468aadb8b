import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('histogram-quantile', { 'd.json': dashboardWith(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })

test('finds quantiles of what has no buckets', async () => {
  expect(await lint(
    'histogram_quantile(0.9, sum by (kind) (rate(jobs_duration_seconds_bucket[5m])))',
    'histogram_quantile(0.9, rate(jobs_duration_seconds_count[5m]))',
    'histogram_quantile(0.9, sum(rate(jobs_duration_seconds_sum[5m])))',
  )).toEqual([
    'd.json:20:44 error «sum by (kind) (rate(jobs_duration_seconds_bucket[5m]))» histogram_quantile() never yields anything: its argument has no label "le": "sum by (kind)" drops it, and so no buckets. Keep "le" where it is dropped',
    'd.json:35:44 error «rate(jobs_duration_seconds_count[5m])» histogram_quantile() never yields anything: its argument has no label "le" ("jobs_duration_seconds_count", histogram, src/metrics.ts:4), and so no buckets. The buckets are the series that end in "_bucket"',
    'd.json:50:44 error «sum(rate(jobs_duration_seconds_sum[5m]))» histogram_quantile() never yields anything: its argument has no label "le": "sum" drops it, and so no buckets. Keep "le" where it is dropped',
  ])
})

test('warns of raw buckets', async () => {
  expect(await lint('histogram_quantile(0.9, jobs_duration_seconds_bucket)', 'histogram_quantile(0.9, sum by (le) (jobs_duration_seconds_bucket))')).toEqual([
    'd.json:20:44 warning «jobs_duration_seconds_bucket» histogram_quantile() is of all observations since the programs started: a change shows less and less. Take rate() of the buckets first',
    'd.json:35:44 warning «sum by (le) (jobs_duration_seconds_bucket)» histogram_quantile() is of all observations since the programs started: a change shows less and less. Take rate() of the buckets first',
  ])
})

test('is silent on rates of buckets, on native histograms and on what is not known', async () => {
  expect(await lint(
    'histogram_quantile(0.9, sum by (le, kind) (rate(jobs_duration_seconds_bucket[5m])))',
    'histogram_quantile(0.9, sum without (instance) (increase(jobs_duration_seconds_bucket[$__range])))',
    'histogram_quantile(0.9, sum by (job) (rate(elsewhere_seconds[5m])))',
    'histogram_quantile(0.9, $query)',
    'histogram_quantile(0.9, jobs:bucket:rate5m)',
    // The grouping is the finding of unknown-label.
    'histogram_quantile(0.9, sum by (le) (rate(jobs_duration_seconds_count[5m])))',
  )).toEqual([])
})
