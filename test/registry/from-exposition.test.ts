import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import type { RegistryContentType } from 'prom-client'
import { expect, test } from 'vitest'
import { registryFromExposition } from '../../src/registry/from-exposition.js'
import { placeText } from '../../src/registry/recorded-place.js'
import { sourceText } from '../../src/text/source.js'

const familiesOf = (text: string) => {
  const { content, problems } = registryFromExposition(sourceText('metrics.txt', text))
  expect(problems).toEqual([])
  return content.families.map(({ declarations, ...family }) => ({ ...family, at: declarations.map(({ place }) => placeText(place)) }))
}

const python = `# HELP jobs_total Jobs done.
# TYPE jobs_total counter
jobs_total{queue="low"} 4.0
jobs_total{queue="high"} 3.0
# HELP jobs_created Jobs done.
# TYPE jobs_created gauge
jobs_created{queue="low"} 1.7e+09
jobs_created{queue="high"} 1.7e+09
# HELP wait_seconds Time waited.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.5",queue="low"} 1.0
wait_seconds_bucket{le="2.0",queue="low"} 2.0
wait_seconds_bucket{le="+Inf",queue="low"} 2.0
wait_seconds_count{queue="low"} 2.0
wait_seconds_sum{queue="low"} 1.5
# HELP wait_seconds_created Time waited.
# TYPE wait_seconds_created gauge
wait_seconds_created{queue="low"} 1.7e+09
# HELP user_created When.
# TYPE user_created gauge
user_created 5
# HELP labelled_total Never recorded.
# TYPE labelled_total counter
# HELP build_info Build.
# TYPE build_info gauge
build_info{version="1.2"} 1.0
`

test('the text format of prometheus_client: _created goes with what it dates', () => {
  const origin = { kind: 'registry-file', file: 'metrics.txt' }
  const seen = (name: string, ...values: string[]) => ({ name, values, open: true })
  expect(familiesOf(python)).toEqual([
    {
      origin, name: 'build_info', type: 'gauge', help: 'Build.', labels: [seen('version', '1.2')], labelsOpen: false,
      series: ['build_info'], recorded: 'yes', at: ['metrics.txt:24'],
    },
    {
      origin, name: 'jobs_total', type: 'counter', help: 'Jobs done.', labels: [seen('queue', 'high', 'low')], labelsOpen: false,
      series: ['jobs_created', 'jobs_total'], recorded: 'yes', at: ['metrics.txt:1'],
    },
    {
      origin, name: 'labelled_total', type: 'counter', help: 'Never recorded.', labels: [], labelsOpen: true,
      series: ['labelled_total'], recorded: 'unknown', at: ['metrics.txt:22'],
    },
    {
      origin, name: 'user_created', type: 'gauge', help: 'When.', labels: [], labelsOpen: false,
      series: ['user_created'], recorded: 'yes', at: ['metrics.txt:19'],
    },
    {
      origin, name: 'wait_seconds', type: 'histogram', help: 'Time waited.', labels: [seen('queue', 'low')], labelsOpen: false,
      series: ['wait_seconds_bucket', 'wait_seconds_count', 'wait_seconds_created', 'wait_seconds_sum'],
      buckets: [0.5, 2], recorded: 'yes', at: ['metrics.txt:9'],
    },
  ])
})

test('OpenMetrics: names are those that Prometheus keeps', () => {
  const text = `# TYPE jobs counter
# UNIT wait_seconds seconds
jobs_total 3.0
jobs_created 1.7e+09
# TYPE build info
build_info{version="1.2"} 1
# TYPE phase stateset
phase{phase="up"} 1
# TYPE size gaugehistogram
size_bucket{le="1.0"} 1
size_bucket{le="+Inf"} 1
size_gcount 1
size_gsum 1
# TYPE wait_seconds summary
wait_seconds{quantile="0.9"} 1
wait_seconds_count 1
wait_seconds_sum 1
# EOF
`
  expect(familiesOf(text).map(({ name, type, series, buckets, quantiles }) => [name, type, series, buckets ?? quantiles])).toEqual([
    ['build_info', 'info', ['build_info'], undefined],
    ['jobs_total', 'counter', ['jobs_created', 'jobs_total'], undefined],
    ['phase', 'stateset', ['phase'], undefined],
    ['size', 'histogram', ['size_bucket', 'size_gcount', 'size_gsum'], [1]],
    ['wait_seconds', 'summary', ['wait_seconds', 'wait_seconds_count', 'wait_seconds_sum'], [0.9]],
  ])
})

test('what prom-client exposes, in both formats', async () => {
  const registry = new Registry<RegistryContentType>()
  const registers = [registry]
  new Counter({ name: 'sent_total', help: 'Sent.', labelNames: ['type'], registers }).inc({ type: 'mail' })
  new Gauge({ name: 'load', help: 'Load.', registers }).set(1)
  new Histogram({ name: 'wait', help: 'Wait.', buckets: [1, 2], registers }).observe(1)
  new Summary({ name: 'size', help: 'Size.', percentiles: [0.5], registers }).observe(1)
  const text = familiesOf(await registry.metrics())
  expect(text.map(({ name, type, series }) => [name, type, series])).toEqual([
    ['load', 'gauge', ['load']],
    ['sent_total', 'counter', ['sent_total']],
    ['size', 'summary', ['size', 'size_count', 'size_sum']],
    ['wait', 'histogram', ['wait_bucket', 'wait_count', 'wait_sum']],
  ])
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const openMetrics = familiesOf(await registry.metrics())
  expect(openMetrics.map((family) => ({ ...family, at: [] }))).toEqual(text.map((family) => ({ ...family, at: [] })))
})

test('values beyond the limit are left out: the label is open all the same', () => {
  const text = Array.from({ length: 150 }, (_, i) => `x{path="/${i}"} 1\n`).join('')
  const { content } = registryFromExposition(sourceText('m.txt', text), { valuesLimit: 3 })
  expect(content.families[0]?.labels).toEqual([{ name: 'path', values: ['/0', '/1', '/10'], open: true }])
})

test('faults are told with their places', () => {
  const { content, problems } = registryFromExposition(sourceText('m.txt', 'a 1\nb{ 1\n'))
  expect(content.families.map(({ name }) => name)).toEqual(['a'])
  expect(problems.map(({ span }) => span.start >= 4)).toEqual([true])
})
