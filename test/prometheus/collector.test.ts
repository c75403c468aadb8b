import { expect, test } from 'vitest'
import { looksLikeCollectorConfig, readCollectorExporters } from '../../src/prometheus/collector.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const ofResource = { job: undefined, instance: undefined }
const read = (text: string) => parseYaml(sourceText('collector.yaml', text)).flatMap(readCollectorExporters)

test('an exporter that is set no otherwise gives names their suffixes, and nothing else', () => {
  expect(read(`exporters:
  prometheus:
    endpoint: 0.0.0.0:8889
service:
  pipelines:
    metrics:
      receivers: [otlp]
      processors: [memory_limiter, filter/noise, batch]
      exporters: [prometheus]
`)).toEqual([{ strategy: 'UnderscoreEscapingWithSuffixes', namespace: [''], labels: ofResource, labelsOpen: false }])
})

test('the settings of both exporters to Prometheus, of every name', () => {
  expect(read(`exporters:
  prometheus/shop:
    namespace: shop
    add_metric_suffixes: false
    const_labels:
      region: eu
      stage: \${env:STAGE}
  prometheusremotewrite:
    endpoint: http://mimir:9009/api/v1/push
    namespace: acme_\${env:STAGE}
    translation_strategy: NoTranslation
    external_labels: { cluster: one }
    resource_to_telemetry_conversion: { enabled: true }
service:
  pipelines:
    metrics/shop: { receivers: [otlp], exporters: [prometheus/shop, prometheusremotewrite] }
`)).toEqual([
    { strategy: 'UnderscoreEscapingWithoutSuffixes', namespace: ['shop'], labels: { ...ofResource, region: 'eu', stage: undefined }, labelsOpen: false },
    { strategy: 'NoTranslation', namespace: ['acme_', ''], labels: { ...ofResource, cluster: 'one' }, labelsOpen: true },
  ])
})

test('a processor that may set attributes of points opens the labels', () => {
  expect(read(`exporters: { prometheus: }
processors:
  attributes:
    actions: [{ key: deployment, value: blue, action: insert }]
service:
  pipelines:
    metrics: { receivers: [otlp], processors: [attributes], exporters: [prometheus] }
`)).toEqual([{ strategy: 'UnderscoreEscapingWithSuffixes', namespace: [''], labels: ofResource, labelsOpen: true }])
})

test('exporters to elsewhere, and those that no pipeline of metrics has, hand nothing to Prometheus', () => {
  expect(read(`exporters:
  prometheus: { namespace: unused }
  otlp/tempo: { endpoint: tempo:4317 }
service:
  pipelines:
    traces: { receivers: [otlp], exporters: [otlp/tempo, prometheus] }
    metrics: { receivers: [otlp], exporters: [otlp/tempo] }
`)).toEqual([])
})

test('only what has exporters and pipelines is a collector\'s configuration', () => {
  const looks = (text: string) => parseYaml(sourceText('some.yaml', text)).map(({ value }) => looksLikeCollectorConfig(value))
  expect(looks('exporters: { prometheus: {} }\nservice: { pipelines: { metrics: { exporters: [prometheus] } } }\n')).toEqual([true])
  expect(looks('exporters: { prometheus: {} }\n')).toEqual([false])
  expect(looks('exporters: [prometheus]\nservice: { pipelines: {} }\n')).toEqual([false])
})
