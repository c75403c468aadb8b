import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('aggregated-away', { 'd.json': dashboardWith(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })

test('finds labels that are used after they were dropped', async () => {
  expect(await lint(
    'max by (status) (sum by (kind) (jobs_done_total))',
    'max by (kind, status) (sum(jobs_done_total))',
    'sum(jobs_done_total) * on (instance, job) group_left () jobs_queued',
    'label_replace(sum by (kind) (jobs_done_total), "short", "$1", "status", "(.).*")',
    'topk by (le) (1, histogram_quantile(0.9, rate(jobs_duration_seconds_bucket[5m])))',
  )).toEqual([
    'd.json:20:28 error «status» There is no label "status" here any more: "sum by (kind)" drops it',
    'd.json:35:28 error «kind» There is no label "kind" (nor "status") here any more: "sum" drops it',
    'd.json:50:47 error «instance» There is no label "instance" (nor "job") here any more: "sum" drops it',
    'd.json:65:88 error «status» There is no label "status" here any more: "sum by (kind)" drops it',
    'd.json:80:29 error «le» There is no label "le" here any more: "histogram_quantile()" drops it',
  ])
})

test('tells once of a label that is used in several places around what drops it', async () => {
  expect(await lint('sum by (kind) (label_replace(avg by (instance) (jobs_done_total), "kind", "$1", "kind", "job_(.*)"))')).toEqual([
    'd.json:20:28 error «kind» There is no label "kind" here any more: "avg by (instance)" drops it',
  ])
})

test('is silent where the label is there or may be, and where leaving it out changes nothing', async () => {
  expect(await lint(
    'max by (status) (sum by (kind, status) (jobs_done_total))',
    'max by (status) (sum by ($by) (jobs_done_total))',
    'max by (status) (sum(jobs_queued) or jobs_done_total)',
    'max without (status) (sum by (kind) (jobs_done_total))',
    'sum by (kind) (jobs_done_total) * on (kind, status) sum by (kind) (jobs_done_total)',
    'label_replace(sum(jobs_done_total), "title", "all", "", "")',
    'sum by (nope) (jobs_done_total)',
  )).toEqual([])
})
