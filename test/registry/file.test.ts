import { describe, expect, test } from 'vitest'
import { readRegistry, writeRegistry } from '../../src/registry/file.js'
import { parsePattern } from '../../src/registry/name-pattern.js'
import { placeText } from '../../src/registry/recorded-place.js'
import type { RegistryContent } from '../../src/registry/types.js'
import { sourceText } from '../../src/text/source.js'
import { declaredAt, family, familyPattern, histogramSeries, label } from './families.js'

const content: RegistryContent = {
  families: [
    family('ml_wait_seconds', {
      type: 'histogram',
      help: 'Time "waited", in the queue.',
      unit: 'seconds',
      labels: [label('queue', 'high', 'low'), { name: 'shard', values: ['none'], open: true, patterns: [parsePattern('#'), parsePattern('eu-*')] }, label('worker')],
      series: histogramSeries('ml_wait_seconds'),
      buckets: [0.1, 1, 10],
      declarations: [
        { ...declaredAt('python/b.py', 61, 5), via: [declaredAt('python/a.py', 3, 1).place] },
        { ...declaredAt('python/a.py', 7, 1), reason: 'the label "worker" is computed' },
      ],
      origin: { kind: 'code', client: 'prometheus_client' },
    }),
    family('job:ml_wait:rate5m', { type: 'gauge', origin: { kind: 'recording-rule' }, recorded: 'unknown', labelsOpen: true }),
    family('ml_waiting', { type: 'gauge', movement: 'freely', series: ['ml_waiting'] }),
  ],
  patterns: [familyPattern(parsePattern('celery_*_total'), { recorded: 'never' }), familyPattern(parsePattern('shard_#_total'))],
}

const written = `{
  "version": 1,
  "families": [
    {
      "name": "job:ml_wait:rate5m",
      "type": "gauge",
      "labels": [],
      "labelsOpen": true,
      "series": [
        "job:ml_wait:rate5m"
      ],
      "origin": { "kind": "recording-rule" },
      "declarations": []
    },
    {
      "name": "ml_wait_seconds",
      "type": "histogram",
      "help": "Time \\"waited\\", in the queue.",
      "unit": "seconds",
      "labels": [
        { "name": "queue", "values": ["high", "low"], "open": false },
        { "name": "shard", "values": ["none"], "open": true, "patterns": ["#", "eu-*"] },
        { "name": "worker", "open": true }
      ],
      "series": [
        "ml_wait_seconds_bucket",
        "ml_wait_seconds_count",
        "ml_wait_seconds_sum"
      ],
      "buckets": [0.1, 1, 10],
      "recorded": "yes",
      "origin": { "kind": "code", "client": "prometheus_client" },
      "declarations": [
        { "file": "python/a.py", "line": 7, "column": 1, "reason": "the label \\"worker\\" is computed" },
        { "file": "python/b.py", "line": 61, "column": 5, "via": [{ "file": "python/a.py", "line": 3, "column": 1 }] }
      ]
    },
    {
      "name": "ml_waiting",
      "type": "gauge",
      "labels": [],
      "series": [
        "ml_waiting"
      ],
      "recorded": "yes",
      "movement": "freely",
      "origin": { "kind": "code", "client": "prom-client" },
      "declarations": []
    }
  ],
  "patterns": [
    {
      "name": "celery_*_total",
      "type": "counter",
      "labels": [],
      "series": [
        "celery_*_total"
      ],
      "recorded": "never",
      "origin": { "kind": "code", "client": "prom-client" },
      "declarations": []
    },
    {
      "name": "shard_#_total",
      "type": "counter",
      "labels": [],
      "series": [
        "shard_#_total"
      ],
      "recorded": "yes",
      "origin": { "kind": "code", "client": "prom-client" },
      "declarations": []
    }
  ]
}
`

function read(text: string) {
  const source = sourceText('registry.json', text)
  const { content, problems } = readRegistry(source)
  const told = problems.map(({ message, span }) => {
    const { line, column } = source.positionAt(span.start)
    return `${line}:${column} ${JSON.stringify(text.slice(span.start, span.end))} ${message}`
  })
  return { content, told }
}

describe('a registry file', () => {
  test('is written sorted, an item a line', () => {
    expect(writeRegistry(content)).toBe(written)
    expect(writeRegistry({ families: [], patterns: [] })).toBe('{\n  "version": 1,\n  "families": []\n}\n')
  })

  test('reads back: the same file again, with the places of the other repository', () => {
    const { content, told } = read(written)
    expect(told).toEqual([])
    expect(writeRegistry(content)).toBe(written)
    const [, wait] = content.families
    expect(wait?.origin).toEqual({
      kind: 'registry-file',
      file: 'registry.json',
      from: { kind: 'code', client: 'prometheus_client' },
    })
    expect(wait?.declarations.map(({ place }) => placeText(place))).toEqual(['python/a.py:7', 'python/b.py:61'])
    const { place } = wait!.declarations[1]!
    expect(place.source.rangeOf(place.span).start).toEqual({ line: 61, column: 5 })
    expect(place.source.line(61)).toBeUndefined()
  })

  test('as the issue shows it is enough', () => {
    const { content, told } = read(
      '{"version":1,"families":[{"name":"up_total","type":"counter","labels":[{"name":"b","open":true},{"name":"a","values":["x"],"open":false}],"series":["up_total"],"declarations":[{"file":"a.ts","line":1,"column":1}]}]}',
    )
    expect(told).toEqual([])
    expect(content.families[0]).toMatchObject({
      labels: [
        { name: 'a', values: ['x'], open: false },
        { name: 'b', values: [], open: true },
      ],
      labelsOpen: false,
      recorded: 'unknown',
      origin: { kind: 'registry-file', file: 'registry.json' },
    })
  })
})

describe('a faulty registry file', () => {
  test.each([
    ['{ "version": 1, "families": [', ['1:30 "" unexpected end of file']],
    ['[]', ['1:1 "[" this file must be an object, not a list']],
    ['{ "families": [] }', ['1:1 "{" this file lacks "version"']],
    ['{ "version": 2, "families": [] }', ['1:14 "2" "version" must be 1']],
    ['{ "version": 1, "families": {} }', ['1:29 "{}" "families" must be a list, not an object']],
    ['{ "version": 1, "family": [], "families": [] }', ['1:17 "\\"family\\"" unknown key "family" in this file. Did you mean "families"?']],
  ])('%s', (text, expected) => {
    const { content, told } = read(text)
    expect(content).toEqual({ families: [], patterns: [] })
    if (expected[0]!.includes('end of file')) expect(told).toHaveLength(1)
    else expect(told).toEqual(expected)
  })

  test('gives what is sound in it', () => {
    const { content, told } = read(`{
  "version": 1,
  "families": [
    { "name": "a", "type": "counter", "labels": [], "series": ["a"], "declarations": [] },
    { "name": "b", "type": "conter", "labels": [], "series": ["b"], "declarations": [] },
    { "name": "c", "type": "gauge", "lables": [], "labels": [{ "name": "x" }], "series": [7], "declarations": [
      { "file": "a.ts", "line": 0, "column": 1 }
    ] },
    { "name": "d", "type": "gauge", "labels": [], "series": [], "declarations": [], "origin": { "kind": "cod" } }
  ]
}`)
    expect(content.families.map(({ name }) => name)).toEqual(['a'])
    expect(told).toEqual([
      '5:28 "\\"conter\\"" "type" must be one of "counter", "gauge", "histogram", "summary", "info", "stateset", "untyped", "unknown". Did you mean "counter"?',
      '6:37 "\\"lables\\"" unknown key "lables" in "families[2]". Did you mean "labels"?',
      '6:62 "{ \\"name\\": \\"x\\" }" "labels[0]" lacks "open"',
      '6:91 "7" "series[0]" must be a string, not a number',
      '7:33 "0" "line" must be >= 1',
      '9:105 "\\"cod\\"" "kind" must be one of "code", "catalog", "recording-rule", "built-in". Did you mean "code"?',
    ])
  })
})
