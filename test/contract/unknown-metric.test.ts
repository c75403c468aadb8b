import { expect, test } from 'vitest'
import { explainUnknownMetric, ownFamilies } from '../../src/contract/unknown-metric.js'
import { askedName } from '../../src/contract/selector-match.js'
import { askedForBy, type AskedFor } from '../../src/contract/selector-use.js'
import { exprOf, registry, selectorOf } from './jobs-registry.js'

function explained(query: string, askedFor: AskedFor = 'anything'): string[] {
  const found = explainUnknownMetric(askedName(selectorOf(query))!, askedFor, registry)
  switch (found.kind) {
    case 'nothing':
      return ['nothing']
    case 'exporter':
      return ['exporter', ...found.exporters]
    default:
      return [found.kind, found.family.name, ...(found.suggestion === undefined ? [] : [found.suggestion])]
  }
}

test.each([
  ['jobs_done', 'anything', ['other-series', 'jobs_done_total', 'jobs_done_total']],
  ['jobs_done_total_bucket', 'buckets', ['other-series', 'jobs_done_total', 'jobs_done_total']],
  ['jobs_duration_seconds', 'anything', ['other-series', 'jobs_duration_seconds', 'jobs_duration_seconds_count']],
  ['jobs_duration_seconds', 'buckets', ['other-series', 'jobs_duration_seconds', 'jobs_duration_seconds_bucket']],
  ['jobs_duration_seconds_total', 'anything', ['other-series', 'jobs_duration_seconds', 'jobs_duration_seconds_count']],
  ['jobs_size_bytes_bucket', 'buckets', ['other-series', 'jobs_size_bytes', 'jobs_size_bytes']],
  ['jobs_queue', 'anything', ['near', 'jobs_queued', 'jobs_queued']],
  ['redis_connected_clients', 'anything', ['exporter', 'redis-exporter']],
  ['weather_celsius', 'anything', ['nothing']],
  ['jobs_${x}_percent', 'anything', ['nothing']],
] satisfies [string, AskedFor, string[]][])('%s, of which %s is asked for', (query, askedFor, expected) => {
  expect(explained(query, askedFor)).toEqual(expected)
})

test('buckets are what histogram_quantile and histogram_fraction ask for, however deep', () => {
  const under = (query: string) => {
    const expr = exprOf(query)
    const selectors: string[] = []
    const find = (node: object): void => {
      if ('type' in node && node.type === 'VectorSelector') selectors.push(askedForBy(node as never, expr))
      else for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) find(value as object)
    }
    find(expr)
    return selectors
  }
  expect(under('histogram_quantile(0.9, sum by (le) (rate(a[5m]))) + b')).toEqual(['buckets', 'anything'])
  expect(under('histogram_fraction(0, 0.2, rate(a[5m]))')).toEqual(['buckets'])
  expect(under('quantile(0.9, rate(a[5m])) / b')).toEqual(['rate', 'anything'])
})

test('how many families of the code begin with the same word as a name', () => {
  expect(['jobs_lost_total', 'jobs:lost', 'job:jobs:rate5m', 'jobless_total', 'jobs'].map((name) => [name, ownFamilies(name, registry)])).toEqual([
    ['jobs_lost_total', 5], ['jobs:lost', 5], ['job:jobs:rate5m', 0], ['jobless_total', 0], ['jobs', 0],
  ])
})
