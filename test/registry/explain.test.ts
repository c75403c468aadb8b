import { expect, test } from 'vitest'
import { explain, renderExplanation } from '../../src/registry/explain.js'
import { parsePattern } from '../../src/registry/name-pattern.js'
import { createRegistry } from '../../src/registry/registry.js'
import { declaredAt, family, familyPattern, histogramSeries, label } from './families.js'

const registry = createRegistry([
  {
    families: [
      family('wait_seconds', {
        type: 'histogram',
        help: 'Time waited,\n  in the queue.',
        unit: 'seconds',
        labels: [label('queue', 'high', 'low'), { name: 'worker', values: ['w1'], open: true }, label('zone'), { name: 'code', values: ['none'], open: true, patterns: [parsePattern('#')] }],
        series: histogramSeries('wait_seconds'),
        buckets: [0.5, 1],
        declarations: [{ ...declaredAt('src/metrics.ts', 5, 9), via: [declaredAt('src/factory.ts', 3).place] }],
      }),
      family('node_load1', {
        type: 'gauge',
        recorded: 'unknown',
        origin: { kind: 'catalog', catalog: 'node_exporter', evidence: 'the image prom/node-exporter in docker-compose.yml' },
      }),
      family('job:wait:p99', { type: 'unknown', labelsOpen: true, origin: { kind: 'recording-rule' }, declarations: [declaredAt('rules.yml', 4)] }),
      family('sent_total', {
        recorded: 'never',
        origin: { kind: 'registry-file', file: 'producer.json', from: { kind: 'code', client: 'prometheus_client' } },
      }),
    ],
    patterns: [
      familyPattern(parsePattern('celery_*_total'), {
        labels: [label('task')],
        declarations: [{ ...declaredAt('worker.py', 12), reason: 'the name is read from the environment' }],
      }),
    ],
  },
])

const explained = (name: string) => renderExplanation(explain(registry, name))

test('a series of a family that code declares', () => {
  expect(explained('wait_seconds_bucket')).toBe(`wait_seconds_bucket is a series of wait_seconds, a histogram
  help          Time waited, in the queue.
  unit          seconds
  series        wait_seconds_bucket, wait_seconds_count, wait_seconds_sum
  label queue   "high", "low" and no other: every place that records it is known
  label worker  "w1" and maybe others: some values are only known at run time
  label zone    any value
  label code    "none" or a number: every place that records it is known
  buckets       0.5, 1
  recorded      yes
  known from    code that uses prom-client
  declared      src/metrics.ts:5
    by way of   src/factory.ts:3
`)
})

test('the name of a family that is no series', () => {
  expect(explained('wait_seconds').split('\n')[0]).toBe('wait_seconds is the name of a histogram, and no series')
})

test('a family of a catalog, of a recording rule, of a registry file', () => {
  expect(explained('node_load1')).toBe(`node_load1 is a gauge
  series      node_load1
  labels      none
  recorded    not known
  known from  the catalog of node_exporter, because of the image prom/node-exporter in docker-compose.yml
`)
  expect(explained('job:wait:p99')).toBe(`job:wait:p99 is a metric of unknown type
  series      job:wait:p99
  labels      not known: their names are computed at run time
  recorded    yes
  known from  a recording rule
  declared    rules.yml:4
`)
  expect(explained('sent_total')).toBe(`sent_total is a counter
  series      sent_total
  labels      none
  recorded    never, so it stays 0
  known from  producer.json, there from code that uses prometheus_client
`)
})

test('a name that a pattern could stand for', () => {
  expect(explained('celery_tasks_total')).toBe(`celery_tasks_total could be exposed by celery_*_total, a name that is not known whole
  series       celery_*_total
  label task   any value
  recorded     yes
  known from   code that uses prom-client
  declared     worker.py:12
    not known  the name is read from the environment
`)
})

test('an unknown name', () => {
  expect(explained('waiting_seconds_bucket')).toBe(`Nothing is known of waiting_seconds_bucket.
Much like it:
  wait_seconds_bucket
`)
  expect(explained('qwerty')).toBe('Nothing is known of qwerty.\n')
})
