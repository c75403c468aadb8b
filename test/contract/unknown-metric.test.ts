import { expect, test } from 'vitest'
import { explainUnknownMetric, ownFamilies } from '../../src/contract/unknown-metric.js'
import { createRegistry, type Registry } from '../../src/registry/registry.js'
import { family } from '../registry/families.js'
import { askedName } from '../../src/contract/selector-match.js'
import { askedForBy, type AskedFor } from '../../src/contract/selector-use.js'
import { exprOf, registry, selectorOf } from './jobs-registry.js'

function explained(query: string, askedFor: AskedFor = 'anything', known: Registry = registry): string[] {
  const found = explainUnknownMetric(askedName(selectorOf(query))!, askedFor, known)
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

test.each([
  // Other words, or more or fewer, before the last one: other things.
  ['redis_cache_hits', ['nothing']],
  ['prometheus_operator_ready', ['exporter', 'prometheus-operator']],
  ['prometheus_config_ready', ['nothing']],
  // Misspelt, in the words of another, or with another end.
  ['redis_defrg_hits', ['near', 'redis_defrag_hits', 'redis_defrag_hits']],
  ['redis_defragmentation_hits', ['near', 'redis_defrag_hits', 'redis_defrag_hits']],
  ['node_memory_free_bytes', ['near', 'node_memory_MemFree_bytes', 'node_memory_MemFree_bytes']],
  // Of the code's own names more is known.
  ['jobs_worker_queued', ['near', 'jobs_queued', 'jobs_queued']],
])('%s beside exporters', (name, expected) => {
  const gauge = (series: string, catalog: string) => family(series, { type: 'gauge', origin: { kind: 'catalog', catalog, evidence: 'image' } })
  const beside = createRegistry([{
    families: [
      gauge('redis_defrag_hits', 'redis-exporter'), gauge('redis_defrag_misses', 'redis-exporter'),
      gauge('prometheus_ready', 'prometheus'), gauge('node_memory_MemFree_bytes', 'node-exporter'), gauge('node_load1', 'node-exporter'),
      family('jobs_queued', { type: 'gauge' }),
    ],
    patterns: [],
  }])
  expect(explained(name, 'anything', beside)).toEqual(expected)
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
