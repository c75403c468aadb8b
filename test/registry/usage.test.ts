import { describe, expect, test } from 'vitest'
import { checkUsage, renderUsageFindings, usageFindingsJson } from '../../src/registry/check-usage.js'
import { knownName, parsePattern } from '../../src/registry/name-pattern.js'
import { placeFromRecord } from '../../src/registry/recorded-place.js'
import { createRegistry } from '../../src/registry/registry.js'
import { readUsage, writeUsage } from '../../src/registry/usage.js'
import type { SeriesUse, Usage } from '../../src/registry/usage.js'
import { sourceText } from '../../src/text/source.js'
import { declaredAt, family, familyPattern, histogramSeries, label } from './families.js'

function use(series: string, line: number, needs: Partial<SeriesUse> = {}): SeriesUse {
  const place = placeFromRecord({ file: 'costs.json', line, column: 7 })
  return { series: parsePattern(series), place, labels: [], buckets: [], quantiles: [], ...needs }
}

const usage: Usage = {
  consumers: [
    {
      kind: 'panel',
      name: 'panel "Wait" in dashboard "Costs"',
      file: 'costs.json',
      uses: [
        use('wait_seconds_bucket', 30, {
          labels: [{ name: 'queue', values: ['low', 'high'] }, { name: 'env', values: [] }],
          buckets: [10, 0.5],
        }),
        use('cost_usd_total', 12, { type: 'counter' }),
      ],
    },
    { kind: 'alerting-rule', name: 'alert "Backlog"', file: 'alerts.yml', uses: [use('queue_*', 3, { quantiles: [0.9] })] },
  ],
}

const written = `{
  "version": 1,
  "consumers": [
    {
      "kind": "alerting-rule",
      "name": "alert \\"Backlog\\"",
      "file": "alerts.yml",
      "uses": [
        { "series": "queue_*", "line": 3, "column": 7, "quantiles": [0.9] }
      ]
    },
    {
      "kind": "panel",
      "name": "panel \\"Wait\\" in dashboard \\"Costs\\"",
      "file": "costs.json",
      "uses": [
        { "series": "cost_usd_total", "line": 12, "column": 7, "type": "counter" },
        { "series": "wait_seconds_bucket", "line": 30, "column": 7, "labels": [{ "name": "env" }, { "name": "queue", "values": ["high", "low"] }], "buckets": [0.5, 10] }
      ]
    }
  ]
}
`

describe('a usage file', () => {
  test('is written sorted, a use a line, and reads back the same', () => {
    expect(writeUsage(usage)).toBe(written)
    const [panel, alert] = usage.consumers
    expect(writeUsage({ consumers: [alert!, { ...panel!, uses: [...panel!.uses, ...panel!.uses] }] })).toBe(written)
    const { usage: again, problems } = readUsage(sourceText('usage.json', written))
    expect(problems).toEqual([])
    expect(writeUsage(again)).toBe(written)
    expect(again.consumers[1]!.uses[1]).toMatchObject({ series: knownName('wait_seconds_bucket'), buckets: [0.5, 10] })
  })

  test('with faults is read as far as it is sound', () => {
    const text = `{ "version": 1, "consumers": [
  { "kind": "panel", "name": "a", "file": "a.json", "uses": [{ "series": "x", "line": 1, "column": 1, "bucket": [1] }] },
  { "kind": "panel", "name": "b", "file": "b.json", "uses": [] }
] }`
    const source = sourceText('usage.json', text)
    const { usage: sound, problems } = readUsage(source)
    expect(sound.consumers.map(({ name }) => name)).toEqual(['b'])
    expect(problems.map(({ message, span }) => [source.positionAt(span.start), message])).toEqual([
      [{ line: 2, column: 103 }, 'unknown key "bucket" in "uses[0]". Did you mean "buckets"?'],
    ])
    expect(readUsage(sourceText('usage.json', '{}')).problems.map(({ message }) => message)).toEqual(['this file lacks "version"'])
  })
})

describe('a registry held against a usage file', () => {
  const wait = family('wait_seconds', {
    type: 'histogram',
    series: histogramSeries('wait_seconds'),
    labels: [{ name: 'env', values: ['prod'], open: true }, label('queue', 'high', 'low')],
    buckets: [0.5, 1, 10],
    declarations: [declaredAt('src/metrics.ts', 5)],
  })
  const cost = family('cost_usd_total', { declarations: [declaredAt('src/metrics.ts', 9)] })
  const queue = family('queue_length', { type: 'gauge' })
  const check = (...families: Parameters<typeof createRegistry>[0][number]['families']) =>
    checkUsage(createRegistry([{ families, patterns: [] }]), usage)

  test('that meets every need', () => {
    expect(check(wait, cost, queue)).toEqual([])
  })

  test('names the panels and alerts whose series is gone, and the nearest one', () => {
    const dollars = family('cost_dollars_total', { declarations: [declaredAt('src/metrics.ts', 9)] })
    expect(renderUsageFindings(check(wait, dollars))).toBe(`nothing exposes "cost_usd_total"; the nearest is "cost_dollars_total" (declared at src/metrics.ts:9)
  needed by panel "Wait" in dashboard "Costs" (costs.json:12:7)

nothing exposes "queue_*"
  needed by alert "Backlog" (alerts.yml:3:7)
`)
  })

  test('that has another type, and lacks labels, values and buckets', () => {
    const findings = check(
      { ...wait, labels: [label('queue', 'high', 'slow')], buckets: [1, 10] },
      { ...cost, type: 'gauge' },
      { ...queue, quantiles: [] },
    )
    expect(findings.map(({ message }) => message)).toEqual([
      'label "queue" of "wait_seconds_bucket" never is "low"; it has "high", "slow" (declared at src/metrics.ts:5)',
      '"wait_seconds_bucket" has no label "env"; it has "queue" (declared at src/metrics.ts:5)',
      '"wait_seconds_bucket" has no bucket 0.5; it has 1, 10',
      '"cost_usd_total" is used as a counter and is a gauge (declared at src/metrics.ts:9)',
      '"queue_*" has no quantile 0.9; it has none',
    ])
    expect(usageFindingsJson(findings.filter(({ kind }) => kind === 'value'))).toEqual([
      {
        kind: 'value',
        message: 'label "queue" of "wait_seconds_bucket" never is "low"; it has "high", "slow" (declared at src/metrics.ts:5)',
        series: 'wait_seconds_bucket',
        label: 'queue',
        value: 'low',
        suggestion: 'slow',
        consumer: 'panel "Wait" in dashboard "Costs"',
        file: 'costs.json',
        line: 30,
        column: 7,
      },
    ])
  })

  test('leaves open what it does not know', () => {
    const open = family('wait_seconds', { type: 'histogram', series: wait.series, labelsOpen: true })
    const registry = createRegistry([
      { families: [open, { ...cost, type: 'unknown' }], patterns: [familyPattern(parsePattern('queue_*_length'))] },
    ])
    expect(checkUsage(registry, usage)).toEqual([])
  })

  test('answers only for its own series, and knows the labels of targets', () => {
    const registry = createRegistry([{ families: [{ ...wait, labels: [label('queue', 'high', 'low')] }], patterns: [] }])
    expect(checkUsage(registry, usage, { owns: (series) => series.startsWith('wait_'), targetLabels: new Set(['env']) })).toEqual([])
  })
})
