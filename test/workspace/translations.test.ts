import { expect, test } from 'vitest'
import type { LoadOptions } from '../../src/workspace/load.js'
import type { Files } from '../cli/repository.js'
import { loadFiles } from './load-files.js'

const instruments = `import { metrics } from '@opentelemetry/api'

const meter = metrics.getMeter('shop')
export const wait = meter.createHistogram('pay.wait', { unit: 'ms' })
export const paid = meter.createCounter('paid')
`
const scraped = `import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
export const exporter = new PrometheusExporter({ port: 9464 })
`
const pushed = `import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
export const exporter = new OTLPMetricExporter()
`
const prometheusWith = (otlp: string) => `global:
  scrape_interval: 15s
otlp:
${otlp}`

async function names(files: Files, options?: Partial<LoadOptions>): Promise<string[]> {
  const { workspace } = await loadFiles({ 'src/instruments.ts': instruments, ...files }, options)
  return workspace.registry.families.filter(({ origin }) => origin.kind === 'code').map(({ name }) => name)
}

test('OpenTelemetry metrics have the names that their way to Prometheus gives them', async () => {
  expect(await names({ 'src/exporter.ts': scraped })).toEqual(['paid_total', 'pay_wait'])
  expect(await names({ 'src/exporter.ts': pushed })).toEqual(['paid_total', 'pay_wait_milliseconds'])
  expect(await names({ 'src/scraped.ts': scraped, 'src/pushed.ts': pushed })).toEqual(['paid_total', 'pay_wait', 'pay_wait_milliseconds'])
})

test('where no exporter is at hand, both names are right', async () => {
  expect(await names({})).toEqual(['paid_total', 'pay_wait', 'pay_wait_milliseconds'])
})

test('the strategy of prometheus.yml and that of the configuration count', async () => {
  const configured = { 'src/exporter.ts': pushed, 'prometheus.yml': prometheusWith('  translation_strategy: UnderscoreEscapingWithoutSuffixes\n') }
  expect(await names(configured)).toEqual(['paid', 'pay_wait'])
  expect(await names({ 'prometheus.yml': prometheusWith('  promote_resource_attributes: [service.name]\n') }))
    .toEqual(['paid_total', 'pay_wait_milliseconds'])
  expect(await names(configured, { translationStrategy: 'NoTranslation' })).toEqual(['paid', 'pay.wait'])
})

const collector = (exporters: string) => `exporters:
${exporters}
service:
  pipelines:
    metrics:
      receivers: [otlp]
      exporters: [prometheus]
`

test('a collector puts its namespace before the names, and gives them the suffixes that it is set to', async () => {
  const pushing = { 'src/exporter.ts': pushed }
  expect(await names({ ...pushing, 'collector.yaml': collector('  prometheus: { namespace: shop }') })).toEqual(['shop_paid_total', 'shop_pay_wait_milliseconds'])
  expect(await names({ ...pushing, 'collector.yaml': collector('  prometheus: { add_metric_suffixes: false }') })).toEqual(['paid', 'pay_wait'])
  expect(await names({ ...pushing, 'collector.yaml': collector('  prometheus: { namespace: shop }') }, { translationStrategy: 'UnderscoreEscapingWithoutSuffixes' }))
    .toEqual(['shop_paid', 'shop_pay_wait'])
  expect(await names({
    ...pushing,
    'one/collector.yaml': collector('  prometheus: { namespace: shop }'),
    'two/collector.yaml': collector('  prometheus: { endpoint: 0.0.0.0:8889 }'),
  })).toEqual(['paid_total', 'pay_wait_milliseconds', 'shop_paid_total', 'shop_pay_wait_milliseconds'])
})

test('a namespace that is only known when the collector runs makes patterns of the names', async () => {
  const { workspace } = await loadFiles({
    'src/instruments.ts': instruments, 'src/exporter.ts': pushed, 'collector.yaml': collector('  prometheus: { namespace: "${env:NAMESPACE}" }'),
  })
  expect(workspace.registry.patterns.map(({ name }) => name.parts)).toEqual([['', '_paid_total'], ['', '_pay_wait_milliseconds']])
})

test('labels that a collector adds are labels of the metrics, and those made of resources open them', async () => {
  const recorded = `import { metrics } from '@opentelemetry/api'

const paid = metrics.getMeter('shop').createCounter('paid')
paid.add(1, { method: 'card' })
`
  const labels = async (settings?: string) => {
    const { workspace } = await loadFiles({ 'src/instruments.ts': recorded, 'src/exporter.ts': pushed, ...(settings && { 'collector.yaml': collector(settings) }) })
    const [paid] = workspace.registry.familiesNamed('paid_total')
    return { labels: paid!.labels.filter(({ name }) => !name.startsWith('otel_')), labelsOpen: paid!.labelsOpen }
  }
  expect(await labels('  prometheus: { const_labels: { region: eu, stage: "${env:STAGE}" } }')).toEqual({
    labels: [
      { name: 'instance', values: [], open: true },
      { name: 'job', values: [], open: true },
      { name: 'method', values: ['card'], open: false },
      { name: 'region', values: ['eu'], open: false },
      { name: 'stage', values: [], open: true },
    ],
    labelsOpen: false,
  })
  expect(await labels('  prometheus: { resource_to_telemetry_conversion: { enabled: true } }')).toMatchObject({ labelsOpen: true })
  expect(await labels()).toEqual({ labels: [{ name: 'method', values: ['card'], open: false }], labelsOpen: true })
})
