import { describe, expect, test } from 'vitest'
import { resultLabels, selectorLabels } from '../../src/contract/labels.js'
import { contract, exprOf, selectorOf } from './jobs-registry.js'

/** Sorted, `…` where there may be others. */
const told = ({ names, open }: { names: ReadonlySet<string>; open: boolean }) => [...[...names].sort(), ...(open ? ['…'] : [])].join(' ')

describe('the labels of a selector', () => {
  test.each([
    ['jobs_done_total', '__name__ instance job kind status'],
    ['jobs_duration_seconds_bucket', '__name__ instance job kind le'],
    ['jobs_duration_seconds_count', '__name__ instance job kind'],
    ['jobs_size_bytes', '__name__ instance job quantile'],
    ['jobs_size_bytes_sum', '__name__ instance job'],
    // A label of the metric that the target has too becomes `exported_…`.
    ['jobs_queued', '__name__ exported_instance instance job'],
    ['jobs_open', '__name__ a instance job …'],
    // Recorded series have what their expression yields, and nothing of a target.
    ['job:jobs_done:rate5m', '__name__ job'],
    ['{__name__=~"jobs_(done_total|queued)"}', '__name__ exported_instance instance job kind status'],
    ['worker_busy_seconds', '…'],
    ['{job="a"}', '…'],
  ])('%s', (query, labels) => {
    expect(told(selectorLabels(selectorOf(query), contract))).toBe(labels)
  })
})

describe('the labels of a result', () => {
  test.each([
    ['jobs_done_total', '__name__ instance job kind status'],
    ['-jobs_done_total', 'instance job kind status'],
    ['rate(jobs_done_total[5m])', 'instance job kind status'],
    ['jobs_done_total + 1', 'instance job kind status'],
    ['1 - jobs_done_total', 'instance job kind status'],
    ['sum(jobs_done_total)', ''],
    ['sum by (kind, pod) (jobs_done_total)', 'kind'],
    ['sum without (instance, pod) (jobs_done_total)', 'job kind status'],
    ['topk(3, jobs_done_total)', '__name__ instance job kind status'],
    ['count_values by (kind) ("value", jobs_done_total)', 'kind value'],
    ['histogram_quantile(0.9, sum by (le, kind) (rate(jobs_duration_seconds_bucket[5m])))', 'kind'],
    ['label_replace(jobs_queued, "queue", "$1", "job", "(.*)")', '__name__ exported_instance instance job queue'],
    ['label_join(jobs_queued, "queue", "-", "job")', '__name__ exported_instance instance job queue'],
    // Of one label that is not there, nothing can be made.
    ['label_join(sum(jobs_queued), "queue", "-", "job")', ''],
    ['scalar(jobs_queued)', ''],
    ['vector(1)', ''],
    // What is matched on is alike on both sides.
    ['jobs_done_total and jobs_queued', '__name__ instance job'],
    ['jobs_done_total and on (job) jobs_queued', '__name__ instance job kind status'],
    ['jobs_done_total + jobs_done_total', 'instance job kind status'],
    // Only what the selector surely fixes is a label of what is absent.
    ['absent(jobs_done_total{kind="a", status!="ok"})', 'kind'],
    ['sum by (kind) (jobs_done_total) or sum by (job) (jobs_queued)', 'job kind'],
    ['jobs_done_total / on (kind, job) jobs_duration_seconds_count', 'job kind'],
    ['jobs_done_total / ignoring (status) jobs_duration_seconds_count', 'instance job kind'],
    ['jobs_queued * on (job) group_left (kind) jobs_done_total', 'exported_instance instance job kind'],
    ['jobs_done_total * on (job) group_right (status) jobs_queued', 'exported_instance instance job status'],
    ['rate(jobs_done_total[5m])[1h:1m]', 'instance job kind status'],
    ['info(jobs_queued)', '__name__ exported_instance instance job …'],
    ['sum by ($by) (jobs_done_total)', '…'],
    ['$query', '…'],
    ['sum($query)', ''],
    ['sum by (zone) ($query)', 'zone'],
    ['42', ''],
  ])('%s', (query, labels) => {
    expect(told(resultLabels(exprOf(query), contract))).toBe(labels)
  })
})
