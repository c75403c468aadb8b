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
