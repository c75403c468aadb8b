import { describe, expect, test } from 'vitest'
import { builtInFamilies } from '../../src/registry/built-in.js'
import { mergeRegistries } from '../../src/registry/merge.js'
import { parsePattern, patternText } from '../../src/registry/name-pattern.js'
import { placeText } from '../../src/registry/recorded-place.js'
import { createRegistry } from '../../src/registry/registry.js'
import type { Movement, Family } from '../../src/registry/types.js'
import { sourceText } from '../../src/text/source.js'
import { declaredAt, family, familyPattern, histogramSeries, label } from './families.js'

const tasks = family('ml_tasks_total', { series: ['ml_tasks_created', 'ml_tasks_total'] })
const wait = family('ml_wait_seconds', { type: 'histogram', series: histogramSeries('ml_wait_seconds') })
const perWorker = familyPattern(parsePattern('celery_*'), {
  type: 'histogram',
  series: ['celery_*_bucket', 'celery_*_count', 'celery_*_sum'].map(parsePattern),
})
const registry = createRegistry([{ families: [wait, tasks], patterns: [perWorker] }])

describe('a registry', () => {
  test('knows its families and their series, sorted', () => {
    expect([...registry].map(({ name }) => name)).toEqual(['ml_tasks_total', 'ml_wait_seconds'])
    expect(registry.seriesNames()).toEqual([
      'ml_tasks_created',
      'ml_tasks_total',
      'ml_wait_seconds_bucket',
      'ml_wait_seconds_count',
      'ml_wait_seconds_sum',
    ])
  })

  test('finds a family by a series, and by its own name', () => {
    expect(registry.familyOfSeries('ml_wait_seconds_bucket')).toEqual([wait])
    expect(registry.familyOfSeries('ml_wait_seconds')).toEqual([])
    expect(registry.familiesNamed('ml_wait_seconds')).toEqual([wait])
    expect(registry.familiesNamed('constructor')).toEqual([])
  })

  test('finds what a pattern could stand for', () => {
    expect(registry.patternsMatching('celery_task_runtime_sum')).toEqual([perWorker])
    expect(registry.patternsMatching('celery_task_runtime')).toEqual([])
  })

  test('is asked by regex and by a name with unknown parts', () => {
    expect(registry.matchSeries((name) => /^(?:ml_.*_(?:sum|count))$/.test(name))).toEqual([
      'ml_wait_seconds_count',
      'ml_wait_seconds_sum',
    ])
    expect(registry.seriesMatching(parsePattern('ml_*_total'))).toEqual(['ml_tasks_total'])
    expect(registry.seriesMatching(parsePattern('*_sum'))).toEqual(['ml_wait_seconds_sum'])
    expect(registry.seriesMatching(parsePattern('ml_tasks_total'))).toEqual(['ml_tasks_total'])
    expect(registry.seriesMatching(parsePattern('mm*'))).toEqual([])
    expect(registry.patternsOverlapping(parsePattern('*_count'))).toEqual([perWorker])
    expect(registry.patternsOverlapping(parsePattern('ml_*'))).toEqual([])
  })
})

describe('several declarations of one name', () => {
  const sent = (special: Partial<Family>) => family('sent_total', { labels: [label('queue', 'a')], ...special })

  test('that agree become one family, open where one of them is', () => {
    const { families } = mergeRegistries([
      { families: [sent({ help: 'Sent.', buckets: [1, 2], declarations: [declaredAt('b.ts', 2)] })], patterns: [] },
      {
        families: [
          sent({
            labels: [{ name: 'queue', values: ['c', 'b'], open: true }],
            buckets: [2, 5],
            recorded: 'unknown',
            origin: { kind: 'registry-file', file: 'other.json' },
            declarations: [declaredAt('a.ts', 10), declaredAt('a.ts', 9), declaredAt('b.ts', 2)],
          }),
        ],
        patterns: [],
      },
    ])
    expect(families.map((each) => ({ ...each, declarations: each.declarations.map(({ place }) => placeText(place)) }))).toEqual([
      {
        ...sent({ help: 'Sent.', labels: [{ name: 'queue', values: ['a', 'b', 'c'], open: true }], buckets: [1, 2, 5] }),
        declarations: ['a.ts:9', 'a.ts:10', 'b.ts:2'],
      },
    ])
  })

  test('at one place count once, and the code at hand can be shown', () => {
    const source = sourceText('a.ts', "new Counter({ name: 'sent_total' })\n")
    const shown = sent({ declarations: [{ place: { source, span: { start: 20, end: 32 } }, via: [] }] })
    const exported = sent({ origin: { kind: 'registry-file', file: 'r.json' }, declarations: [declaredAt('a.ts', 1, 21)] })
    for (const families of [[shown, exported], [exported, shown]]) {
      const [merged] = mergeRegistries([{ families, patterns: [] }]).families
      expect(merged?.declarations.map(({ place }) => place.source)).toEqual([source])
    }
  })

  test('are of unknown buckets where one of them is', () => {
    const { families } = mergeRegistries([{ families: [sent({ buckets: [1] }), sent({})], patterns: [] }])
    expect(families).toEqual([sent({})])
  })

  test('move as all of them do: one that is set is enough, one that is not known leaves the others unknown', () => {
    const movementOf = (...movements: (Movement | undefined)[]) => {
      const families = movements.map((movement) => sent({ type: 'gauge', ...(movement && { movement }) }))
      return mergeRegistries([{ families, patterns: [] }]).families.map(({ movement }) => movement)
    }
    expect([movementOf('up', 'freely', undefined), movementOf('up', 'up'), movementOf('up', undefined)]).toEqual([['freely'], ['up'], [undefined]])
  })

  test('that differ in type or labels stay apart, and each answers for the series', () => {
    const families = [sent({}), sent({ labels: [label('topic')] }), sent({ type: 'gauge' })]
    const merged = createRegistry([{ families, patterns: [] }])
    expect(merged.familyOfSeries('sent_total')).toHaveLength(3)
    expect(merged.seriesNames()).toEqual(['sent_total'])
  })

  test('give the same registry in any order', () => {
    const families = [
      sent({ help: 'One.', declarations: [declaredAt('a.ts', 1)] }),
      sent({ help: 'Two.', declarations: [declaredAt('b.ts', 1)], origin: { kind: 'code', client: 'prometheus_client' } }),
      sent({ type: 'gauge' }),
      tasks,
    ]
    const forwards = mergeRegistries([{ families, patterns: [perWorker] }])
    const backwards = mergeRegistries([{ families: families.toReversed(), patterns: [] }, { families: [], patterns: [perWorker] }])
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards))
    expect(forwards.patterns.map(({ name }) => patternText(name))).toEqual(['celery_*'])
  })
})

test('Prometheus’s own series are built in', () => {
  const builtIn = createRegistry([{ families: builtInFamilies(), patterns: [] }])
  expect(builtIn.seriesNames()).toEqual([
    'ALERTS',
    'ALERTS_FOR_STATE',
    'scrape_body_size_bytes',
    'scrape_duration_seconds',
    'scrape_sample_limit',
    'scrape_samples_post_metric_relabeling',
    'scrape_samples_scraped',
    'scrape_series_added',
    'scrape_timeout_seconds',
    'up',
  ])
  expect(builtIn.familyOfSeries('up')[0]?.labelsOpen).toBe(false)
  expect(builtIn.familyOfSeries('ALERTS')[0]).toMatchObject({ labelsOpen: true, labels: [{ name: 'alertname' }, { name: 'alertstate' }] })
})
