import { expect, test } from 'vitest'
import { missingLabels } from '../../src/contract/missing-labels.js'
import { askedName } from '../../src/contract/selector-match.js'
import { contract, exprOf } from './jobs-registry.js'

/** Each missing label as `label kind: the selector that lacks it`. */
const missing = (query: string) =>
  missingLabels(exprOf(query), contract).map(({ use: { label, kind, start, end }, selector }) => {
    expect(query.slice(start, end)).toBe(label)
    return `${label} ${kind}: ${askedName(selector)?.text ?? ''}`
  })

test.each([
  ['jobs_done_total{kind="a", status!~"x", job="b"}', []],
  ['jobs_done_total{state="a"}', ['state matcher: jobs_done_total']],
  ['jobs_done_total{state=""}', []],
  ['jobs_done_total{"state"="a"}', ['state matcher: jobs_done_total']],
  ['{__name__=~"jobs_.*_total", __name__!="x"}', []],
  ['sum by (le) (rate(jobs_duration_seconds_bucket[5m]))', []],
  ['sum by (le) (rate(jobs_duration_seconds_count[5m]))', ['le by: jobs_duration_seconds_count']],
  ['sum without (pod) (jobs_queued)', ['pod without: jobs_queued']],
  // It is enough that one of several selectors gives the label.
  ['sum by (status) (jobs_queued or jobs_done_total)', []],
  ['sum by (pod) (jobs_queued or jobs_done_total)', ['pod by: jobs_queued']],
  // Each side of `on` needs the label, of `ignoring` one does.
  ['jobs_done_total / on (status) jobs_queued', ['status on: jobs_queued']],
  ['jobs_done_total / ignoring (status) jobs_queued', []],
  ['jobs_done_total / ignoring (pod) jobs_queued', ['pod ignoring: jobs_done_total']],
  // What is copied comes from the side that is one.
  ['jobs_queued * on (job) group_left (status) jobs_done_total', []],
  ['jobs_done_total * on (job) group_left (status) jobs_queued', ['status group_left: jobs_queued']],
  ['jobs_queued * on (job) group_right (pod) jobs_done_total', ['pod group_right: jobs_queued']],
  // Where labels may come from what is not known, none is missing.
  ['sum by (pod) (jobs_queued + $other)', []],
  ['sum by (pod) (jobs_open)', []],
  ['sum by (pod) (nowhere_total)', []],
  ['sum by (pod) ($fn(jobs_queued))', []],
  ['sum by (queue) (label_replace(jobs_queued, "$to", "x", "job", ".*"))', []],
])('%s', (query, expected) => {
  expect(missing(query)).toEqual(expected)
})

test('the label of label_values, in the coordinates of the query', () => {
  const asked = (text: string) => missingLabels(exprOf('jobs_done_total'), contract, { text, start: 17, end: 17 + text.length }).map(({ use }) => [use.label, use.kind, use.start, use.end])
  expect(asked('status')).toEqual([])
  expect(asked('state')).toEqual([['state', 'label_values', 17, 22]])
  expect(asked('$label')).toEqual([])
})
