import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { parseExposition, type ExposedSample } from '../../src/prometheus/exposition.js'
import { sourceText } from '../../src/text/source.js'

const parse = (text: string) => parseExposition(sourceText('metrics.txt', text))

/** What a sample says, without its place. */
const spoken = ({ name, labels, value, timestamp, exemplar }: ExposedSample) => ({ name, labels, value, timestamp, exemplar })

test('the text format', () => {
  const text = `# HELP http_requests_total Requests by \\\\ and \\n
# TYPE http_requests_total counter
http_requests_total{method="post",path="C:\\\\DIR\\"\\n"} 1027 1395066363000
http_requests_total { code = "400" , } 3e0

# just a comment
# TYPE rpc_seconds summary
rpc_seconds{quantile="0.5"} NaN
rpc_seconds_sum 1.7560473e+07
rpc_seconds_count 2693
# TYPE size_bytes histogram
size_bytes_bucket{le="+Inf"} 4
size_bytes_sum -Inf
size_bytes_count 4
untyped_thing -.5`
  const { families, problems, format } = parse(text)
  expect(problems).toEqual([])
  expect(format).toBe('text')
  expect(families.map(({ name, type, help, samples, span }) => [name, type, help, text.slice(span.start, span.end), samples.map(spoken)])).toEqual([
    ['http_requests_total', 'counter', 'Requests by \\ and \n', 'http_requests_total', [
      { name: 'http_requests_total', labels: { method: 'post', path: 'C:\\DIR"\n' }, value: 1027, timestamp: 1395066363000 },
      { name: 'http_requests_total', labels: { code: '400' }, value: 3 },
    ]],
    ['rpc_seconds', 'summary', undefined, 'rpc_seconds', [
      { name: 'rpc_seconds', labels: { quantile: '0.5' }, value: NaN },
      { name: 'rpc_seconds_sum', labels: {}, value: 17560473 },
      { name: 'rpc_seconds_count', labels: {}, value: 2693 },
    ]],
    ['size_bytes', 'histogram', undefined, 'size_bytes', [
      { name: 'size_bytes_bucket', labels: { le: '+Inf' }, value: 4 },
      { name: 'size_bytes_sum', labels: {}, value: -Infinity },
      { name: 'size_bytes_count', labels: {}, value: 4 },
    ]],
    ['untyped_thing', 'unknown', undefined, 'untyped_thing', [{ name: 'untyped_thing', labels: {}, value: -0.5 }]],
  ])
})

test('OpenMetrics', () => {
  const { families, problems, format } = parse(`# TYPE jobs counter
# UNIT jobs seconds
# HELP jobs Jobs done.
jobs_total{queue="a"} 5 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.7
jobs_created{queue="a"} 1520430000.123
# TYPE build info
build_info{version="1"} 1
# TYPE "http.size" gauge
{"http.size", "a.b"="c"} 1
# EOF
`)
  expect(problems).toEqual([])
  expect(format).toBe('openmetrics')
  expect(families.map(({ name, type, unit, help, samples }) => ({ name, type, unit, help, samples: samples.map(spoken) }))).toEqual([
    {
      name: 'jobs', type: 'counter', unit: 'seconds', help: 'Jobs done.',
      samples: [
        { name: 'jobs_total', labels: { queue: 'a' }, value: 5, timestamp: 1520879607.789, exemplar: { labels: { trace_id: 'KOO5S4vxi0o' }, value: 0.67, timestamp: 1520879607.7 } },
        { name: 'jobs_created', labels: { queue: 'a' }, value: 1520430000.123 },
      ],
    },
    { name: 'build', type: 'info', unit: undefined, help: undefined, samples: [{ name: 'build_info', labels: { version: '1' }, value: 1 }] },
    { name: 'http.size', type: 'gauge', unit: undefined, help: undefined, samples: [{ name: 'http.size', labels: { 'a.b': 'c' }, value: 1 }] },
  ])
})

test('what prom-client exposes, in both formats', async () => {
  const registry = new Registry()
  new Counter({ name: 'jobs_total', help: 'Jobs "done"', labelNames: ['queue'], registers: [registry] }).inc({ queue: 'a\\b"c"\n' })
  new Gauge({ name: 'state', help: 'State', registers: [registry] }).set(NaN)
  new Histogram({ name: 'size_bytes', help: 'Size', buckets: [1, 10], registers: [registry] }).observe(4)
  new Summary({ name: 'wait_seconds', help: 'Wait', percentiles: [0.5], registers: [registry] }).observe(4)
  const shape = ({ families, problems }: ReturnType<typeof parse>) => ({
    problems,
    families: families.map(({ name, type, help, samples }) => [name, type, help, samples.map((sample) => sample.name + JSON.stringify(sample.labels))]),
  })
  const text = shape(parse(await registry.metrics()))
  expect(text).toEqual({
    problems: [],
    families: [
      ['jobs_total', 'counter', 'Jobs "done"', ['jobs_total{"queue":"a\\\\b\\"c\\"\\n"}']],
      ['state', 'gauge', 'State', ['state{}']],
      ['size_bytes', 'histogram', 'Size', ['size_bytes_bucket{"le":"1"}', 'size_bytes_bucket{"le":"10"}', 'size_bytes_bucket{"le":"+Inf"}', 'size_bytes_sum{}', 'size_bytes_count{}']],
      ['wait_seconds', 'summary', 'Wait', ['wait_seconds{"quantile":"0.5"}', 'wait_seconds_sum{}', 'wait_seconds_count{}']],
    ],
  })
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never)
  const openMetrics = parse(await registry.metrics())
  expect([openMetrics.format, openMetrics.problems]).toEqual(['openmetrics', []])
  expect(openMetrics.families.map(({ name, type }) => `${name} ${type}`)).toEqual(['jobs counter', 'state gauge', 'size_bytes histogram', 'wait_seconds summary'])
})

describe('problems', () => {
  test.each([
    ['a{b="c"', 'Expected "," or "}" after a label', 7],
    ['a{b="c} 1', 'The value of label "b" is not a string in double quotes', 4],
    ['a{b} 1', 'Expected "=" after the label "b"', 3],
    ['a{b="1",b="2"} 1', 'The label "b" is there twice', 10],
    ['a', 'Expected a value', 1],
    ['a one', '"one" is not a value', 2],
    ['a 0x10', '"0x10" is not a value', 2],
    ['a 1 soon', '"soon" is not a timestamp', 4],
    ['a 1 2 3', 'Expected the end of the line', 6],
    ['{b="c"} 1', 'Expected the name of a metric', 0],
    ['<html>', 'Expected a value', 6],
    ['# TYPE a number', '"number" is not a type of metric', 9],
    ['# TYPE', undefined, 0],
    ['a 1\n# TYPE a gauge', 'The type of "a" is told after its first sample', 13],
    ['# TYPE a gauge\n# TYPE a counter', 'The type of "a" is already told', 24],
  ])('%j', (text, message, start) => {
    expect(parse(text).problems.map((problem) => [problem.message, problem.span.start])).toEqual(message === undefined ? [] : [[message, start]])
  })

  test('leave the other lines, with CRLF and a byte order mark too', () => {
    const { families, problems } = parse('\uFEFF# TYPE a gauge\r\na{} x\r\na 1\r\n')
    expect(problems).toHaveLength(1)
    expect(families.map(({ name, type, samples }) => [name, type, samples.length])).toEqual([['a', 'gauge', 1]])
  })
})
