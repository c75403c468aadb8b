import { expect, test } from 'vitest'
import { askedName, askedPattern, matchSelector } from '../../src/contract/selector-match.js'
import { registry, selectorOf } from './jobs-registry.js'

test.each([
  ['jobs_queued', ['jobs_queued']],
  ['{"jobs_queued"}', ['jobs_queued']],
  ['{__name__="jobs_queued", job="a"}', ['jobs_queued']],
  // A histogram has no series of its own name.
  ['jobs_duration_seconds', 'none'],
  ['jobs_lost_total', 'none'],
  ['{__name__=~"jobs_.*_total"}', ['jobs_done_total']],
  // Regular expressions match whole names, and the dot any character.
  ['{__name__=~"jobs_done"}', 'open'],
  ['{__name__=~"jobs.done.total"}', ['jobs_done_total']],
  ['{__name__=~"("}', 'open'],
  ['{__name__!~"jobs_.*"}', 'open'],
  ['{job="a"}', 'open'],
  // Variables are parts of names.
  ['jobs_${what}_total', ['jobs_done_total']],
  ['${prefix}_queued', ['jobs_queued']],
  ['jobs_${what}_percent', 'none'],
  ['$metric', 'open'],
  ['{__name__="$metric"}', 'open'],
  ['{__name__=~"$metric"}', 'open'],
  // A family of which only parts of the name are known may be meant.
  ['worker_busy_seconds', 'open'],
  ['worker_${what}_seconds', 'open'],
  ['worker_busy_total', 'none'],
])('%s', (query, expected) => {
  const selector = query.startsWith('$') && !query.includes('_') ? selectorOf(`rate(${query}[5m])`) : selectorOf(query)
  const match = matchSelector(selector, registry)
  expect(match.kind === 'known' ? match.series : match.kind).toEqual(expected)
})

test.each([
  ['sum(jobs_queued{a="b"})', { text: 'jobs_queued', kind: 'exact', start: 4, end: 15 }],
  ['{"jobs_queued"}', { text: 'jobs_queued', kind: 'exact', start: 2, end: 13 }],
  ['{__name__="jobs_queued"}', { text: 'jobs_queued', kind: 'exact', start: 11, end: 22 }],
  ['{__name__=~"jobs_.+"}', { text: 'jobs_.+', kind: 'regex', start: 12, end: 19 }],
  ['jobs_${what:raw}_total', { text: 'jobs_${what:raw}_total', kind: 'pattern', start: 0, end: 22 }],
  ['jobs_[[what]]_total', { text: 'jobs_[[what]]_total', kind: 'pattern', start: 0, end: 19 }],
  ['{job="a"}', undefined],
])('the name that %s asks for, without quotes and with its range', (query, expected) => {
  expect(askedName(selectorOf(query))).toEqual(expected)
})

test('the name as the registry takes it', () => {
  expect(askedPattern(selectorOf('jobs_${a}_x_$b'))).toEqual({ parts: ['jobs_', '_x_', ''] })
  expect(askedPattern(selectorOf('jobs_queued'))).toEqual({ parts: ['jobs_queued'] })
  expect(askedPattern(selectorOf('{__name__=~"jobs_.*"}'))).toBe(undefined)
})
