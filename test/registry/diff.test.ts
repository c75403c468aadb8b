import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { diffRegistries, isBreaking } from '../../src/registry/diff.js'
import { parsePattern } from '../../src/registry/name-pattern.js'
import { placeFromRecord } from '../../src/registry/recorded-place.js'
import { diffJson, renderDiff } from '../../src/registry/render-diff.js'
import type { Family, FamilyPattern, Label } from '../../src/registry/types.js'
import type { Usage } from '../../src/registry/usage.js'
import { declaredAt, family, familyPattern, histogramSeries, label } from './families.js'

const wait = family('wait_seconds', {
  type: 'histogram',
  labels: [label('queue', 'high', 'low')],
  series: histogramSeries('wait_seconds'),
  buckets: [0.5, 1, 10],
  declarations: [declaredAt('src/metrics.ts', 5)],
})
const cost = family('cost_usd_total', { declarations: [declaredAt('src/metrics.ts', 9)] })

const usage: Usage = {
  consumers: [
    {
      kind: 'panel',
      name: 'panel "Fast enough" in dashboard "Wait"',
      file: 'wait.json',
      uses: [
        {
          series: parsePattern('wait_seconds_bucket'),
          place: placeFromRecord({ file: 'wait.json', line: 40, column: 12 }),
          labels: [{ name: 'queue', values: ['low'] }],
          buckets: [0.5],
          quantiles: [],
        },
      ],
    },
  ],
}

const content = (families: Family[], patterns: FamilyPattern[] = []) => ({ families, patterns })
const changes = (old: Family[], now: Family[], used?: Usage) =>
  diffRegistries(content(old), content(now), used).changes.map(({ breaking, family: name, message }) => `${breaking ? '!' : ' '} ${name} ${message}`)

test('no change: places may move', () => {
  const diff = diffRegistries(content([wait, cost]), content([{ ...cost, declarations: [declaredAt('b.ts', 1)], help: 'New.' }, wait]), usage)
  expect(diff.changes).toEqual([])
  expect(renderDiff(diff)).toBe('no change\n')
})

test('for people, with those who use what changed', () => {
  const now = { ...wait, labels: [label('queue', 'high'), label('worker')], buckets: [1, 5, 10] }
  const dollars = family('cost_dollars_total', { declarations: [declaredAt('src/metrics.ts', 9)] })
  const diff = diffRegistries(content([wait, cost]), content([now, dollars]), usage)
  expect(renderDiff(diff)).toBe(`breaking  cost_usd_total is gone; renamed to "cost_dollars_total"? (src/metrics.ts:9)
breaking  wait_seconds label "queue" never is "low" any more (src/metrics.ts:5)
          used by panel "Fast enough" in dashboard "Wait" (wait.json:40:12)
breaking  wait_seconds lost the bucket 0.5 (src/metrics.ts:5)
          used by panel "Fast enough" in dashboard "Wait" (wait.json:40:12)
note      cost_dollars_total is new (counter) (src/metrics.ts:9)
note      wait_seconds has a new label "worker" (src/metrics.ts:5)
note      wait_seconds has a new bucket 5 (src/metrics.ts:5)

6 changes, 3 breaking
`)
  const report = diffJson(diff)
  const schema = JSON.parse(readFileSync(new URL('../../schemas/registry-diff.schema.json', import.meta.url), 'utf8')) as object
  const validate = new Ajv2020({ allErrors: true }).compile(schema)
  expect(validate(report) ? [] : validate.errors).toEqual([])
  expect(report).toMatchObject({
    version: 1,
    changes: [
      { kind: 'family-removed', breaking: true, family: 'cost_usd_total', place: { file: 'src/metrics.ts', line: 9, column: 1 }, usedBy: [] },
      { kind: 'value-removed', label: 'queue', value: 'low' },
      { kind: 'bucket-removed', bound: 0.5, usedBy: [{ consumer: 'panel "Fast enough" in dashboard "Wait"', file: 'wait.json', line: 40, column: 12 }] },
      { kind: 'family-added' },
      { kind: 'label-added', label: 'worker' },
      { kind: 'bucket-added', bound: 5 },
    ],
    summary: { breaking: 3, other: 3 },
  })
})

test.each<[string, Family[], Family[], string[]]>([
  ['a bucket that nobody selects', [wait], [{ ...wait, buckets: [1, 10] }], ['  wait_seconds lost the bucket 0.5']],
  ['another type', [cost], [{ ...cost, type: 'gauge' }], ['! cost_usd_total was a counter and is a gauge']],
  ['a type that was not known', [{ ...cost, type: 'unknown' }], [cost], ['  cost_usd_total was of unknown type and is a counter']],
  ['an info, exposed as the gauge it was', [{ ...cost, type: 'gauge' }], [{ ...cost, type: 'info' }], []],
  [
    'a series less',
    [{ ...cost, series: ['cost_usd_created', 'cost_usd_total'] }],
    [cost],
    ['! cost_usd_total no longer exposes "cost_usd_created"'],
  ],
  ['a series more', [cost], [{ ...cost, series: ['cost_usd_created', 'cost_usd_total'] }], ['  cost_usd_total now exposes "cost_usd_created" too']],
  ['a label less', [wait], [{ ...wait, labels: [] }], ['! wait_seconds lost the label "queue"']],
  [
    'a label less, but labels computed',
    [wait],
    [{ ...wait, labels: [], labelsOpen: true }],
    [
      '  wait_seconds lost the label "queue", unless it is among those computed at run time',
      '  wait_seconds can have labels beside those listed',
    ],
  ],
  ['labels no longer computed', [{ ...cost, labelsOpen: true }], [cost], ['  cost_usd_total has no labels beside those listed']],
  ['a closed set opened', [wait], [{ ...wait, labels: [label('queue')] }], ['  wait_seconds label "queue" can have values beside those listed']],
  [
    'an open set closed without a value it had',
    [{ ...wait, labels: [{ name: 'queue', values: ['high', 'low'], open: true }] }],
    [{ ...wait, labels: [label('queue', 'high', 'mid')] }],
    ['! wait_seconds label "queue" never is "low" any more', '  wait_seconds label "queue" has no values beside those listed'],
  ],
  ['a value more', [wait], [{ ...wait, labels: [label('queue', 'high', 'low', 'mid')] }], ['  wait_seconds label "queue" can be "mid"']],
  ['nothing records it', [wait], [{ ...wait, recorded: 'never' }], ['! wait_seconds is declared, but nothing records it any more']],
  ['nothing records it, but it is exposed as 0', [cost], [{ ...cost, recorded: 'never' }], ['  cost_usd_total is declared, but nothing records it any more']],
  [
    'one of two declarations of a name',
    [cost, { ...cost, labels: [label('task')] }],
    [cost],
    ['! cost_usd_total lost the label "task"'],
  ],
])('%s', (_, old, now, expected) => {
  expect(changes(old, now)).toEqual(expected)
})

test('values that fit a pattern', () => {
  const status = (special: Partial<Label>) => [family('requests_total', { labels: [{ name: 'status', values: [], open: true, ...special }] })]
  const [classes, codes, anything, closed] = [{ patterns: [parsePattern('#xx')] }, { patterns: [parsePattern('#')] }, {}, { values: ['2xx', 'none'], open: false }]
  expect(changes(status({ ...closed }), status(classes))).toEqual([
    '! requests_total label "status" never is "none" any more',
  ])
  expect(changes(status(classes), status({ ...closed }))).toEqual([
    '  requests_total label "status" has no values beside those listed',
    '  requests_total label "status" can be "none"',
  ])
  expect(changes(status(classes), status(anything))).toEqual([
    '  requests_total label "status" can be anything, and not only like "#xx"',
  ])
  expect(changes(status(anything), status(classes))).toEqual([
    '  requests_total label "status" is never anything else than like "#xx"',
  ])
  expect(changes(status(classes), status(codes))).toEqual([
    '! requests_total label "status" is a number now, and was like "#xx"',
  ])
})

test('names that are not known whole', () => {
  const pattern = familyPattern(parsePattern('cost_*_total'))
  const told = (old: Parameters<typeof diffRegistries>[0], now: Parameters<typeof diffRegistries>[1]) => {
    const diff = diffRegistries(old, now)
    return [isBreaking(diff), ...diff.changes.map(({ family: name, message }) => `${name} ${message}`)]
  }
  expect(told(content([cost]), content([], [pattern]))).toEqual([
    false,
    'cost_*_total is new; the name is computed at run time',
    'cost_usd_total is no longer known by name; a family with a name computed at run time could be it',
  ])
  expect(told(content([], [pattern]), content([cost]))).toEqual([
    false,
    'cost_*_total is gone; families that are known by name could be it',
    'cost_usd_total is new (counter)',
  ])
  expect(told(content([], [pattern]), content([]))).toEqual([true, 'cost_*_total is gone, and so is every family that it stood for'])
})
