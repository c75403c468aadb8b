import { describe, expect, test } from 'vitest'
import { digits } from '../../../src/registry/name-pattern.js'
import { extract, lines } from './tree.js'

test('nestjs-prometheus providers, recorded through injection', async () => {
  const files = {
    'src/metrics.module.ts': `
import { Module } from '@nestjs/common'
import { makeCounterProvider, makeHistogramProvider, PrometheusModule } from '@willsoto/nestjs-prometheus'
@Module({
  imports: [PrometheusModule.register({ defaultMetrics: { enabled: true, config: { prefix: 'api_' } } })],
  providers: [
    makeCounterProvider({ name: 'logins_total', help: 'L', labelNames: ['result'] }),
    makeHistogramProvider({ name: 'login_seconds', help: 'S' }),
  ],
})
export class MetricsModule {}
`,
    'src/login.service.ts': `
import { Injectable } from '@nestjs/common'
import { InjectMetric } from '@willsoto/nestjs-prometheus'
import { Counter } from 'prom-client'
@Injectable()
export class LoginService {
  constructor(@InjectMetric('logins_total') private readonly logins: Counter<string>) {}
  login(ok: boolean) { this.logins.inc({ result: ok ? 'ok' : 'denied' }) }
}
`,
  }
  expect(await lines(files)).toEqual([
    'counter logins_total{result=denied|ok} yes src/metrics.module.ts:7:33',
    'histogram login_seconds{} never src/metrics.module.ts:8:35',
  ])
  expect((await extract(files)).instrumentations.map(({ catalog, prefix }) => ({ catalog, prefix })))
    .toEqual([{ catalog: 'nodejs-default', prefix: 'api_' }])
})

test('OpenTelemetry instruments: labels come from the recordings', async () => {
  const files = {
    'src/telemetry.ts': `
import { metrics, type Meter } from '@opentelemetry/api'
const meter = metrics.getMeter('jobs')
export const jobs = meter.createCounter('jobs.done', { description: 'Jobs', unit: '{job}' })
export const duration = meter.createHistogram('jobs.duration', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } })
meter.createObservableGauge('jobs.queued').addCallback((result) => { result.observe(1, { queue: 'mail' }) })
export function later(given: Meter) { return given.createUpDownCounter('jobs.active') }
`,
    'src/worker.ts': `
import { jobs, duration } from './telemetry.js'
export function done(kind: 'a' | 'b', attributes: Record<string, string>) {
  jobs.add(1, { kind })
  duration.record(3, attributes)
}
`,
  }
  const { declarations } = await extract(files)
  expect(await lines(files)).toEqual([
    'counter jobs.done{kind=a|b} yes src/telemetry.ts:4:41',
    'histogram jobs.duration{…} yes src/telemetry.ts:5:47',
    'gauge jobs.queued{queue=mail} yes src/telemetry.ts:6:29',
    'gauge jobs.active{…} never src/telemetry.ts:7:72',
  ])
  expect(declarations.map(({ client, unit, help, buckets }) => ({ client, unit, help, buckets })).slice(0, 2)).toEqual([
    { client: 'opentelemetry-js', unit: '{job}', help: 'Jobs', buckets: undefined },
    { client: 'opentelemetry-js', unit: 's', help: undefined, buckets: [1, 2] },
  ])
})

test('express-prom-bundle', async () => {
  const { instrumentations } = await extract({
    'app.js': `const promBundle = require('express-prom-bundle')\napp.use(promBundle({ includeMethod: true, promClient: { collectDefaultMetrics: {} } }))`,
  })
  expect(instrumentations.map(({ catalog }) => catalog)).toEqual(['express-prom-bundle', 'nodejs-default'])
})

test.each([
  ['', [digits]],
  ['{ includeMethod: true }', [digits]],
  ['{ formatStatusCode: () => "2xx" }', undefined],
  ['{ transformLabels: (labels) => { labels.status_code = "ok" } }', undefined],
  ['require("./options")', undefined],
])('express-prom-bundle(%s) gives status codes, or something else', async (options, expected) => {
  const { instrumentations: [bundle] } = await extract({
    'app.js': `const promBundle = require('express-prom-bundle')\napp.use(promBundle(${options}))`,
  })
  expect(bundle!.known?.find(({ name }) => name === 'status_code')?.patterns).toEqual(expected)
})

test('express-prom-bundle gives what its user makes of status codes', async () => {
  const { instrumentations: [bundle] } = await extract({
    'app.js': `const promBundle = require('express-prom-bundle')\npromBundle.normalizeStatusCode = (res) => \`\${res.statusCode}\`[0]\napp.use(promBundle())`,
  })
  expect(bundle!.known).toBeUndefined()
})

test('factories named in the configuration', async () => {
  expect(await lines({
    'm.ts': `import { metrics } from 'our-metrics'\nconst a = metrics.make('a_total', ['kind'])\na.inc({ kind: 'x' })\nmetrics.build({ id: 'b' })`,
  }, {
    factories: [
      { name: 'metrics.make', type: 'counter', nameArgument: 0, labelsArgument: 1 },
      { name: 'build', type: 'gauge', nameArgument: 'id' },
    ],
  })).toEqual(['counter a_total{kind=x} yes m.ts:2:24', 'gauge b{} unknown m.ts:4:21'])
})

describe("the prefix of OpenTelemetry's exporter", () => {
  const exporter = (options: string) => `import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
export const provider = new MeterProvider({ readers: [new PrometheusExporter(${options})] })`
  const metrics = `import { metrics } from '@opentelemetry/api'
export const jobs = metrics.getMeter('a').createCounter('jobs.done')
export const run = () => jobs.add(1)`
  const names = async (options: string, more = '') => (await lines({ 'exporter.ts': `${exporter(options)}\n${more}`, 'metrics.ts': metrics })).map((line) => line.split('{')[0])

  test('stands before all names, and those that packages add', async () => {
    expect(await names(`{ prefix: 'app' }`)).toEqual(['counter app_jobs.done', 'unknown app_*'])
    expect(await names(`{ prefix: process.env.NAME || 'app', port: 9464 }`)).toEqual(['counter app_jobs.done', 'unknown app_*'])
    expect(await names(`{ prefix: process.env.NAME }`)).toEqual(['counter *_jobs.done', 'unknown *_*'])
  })

  test('is none where none is given', async () => {
    expect(await names('{ port: 9464 }')).toEqual(['counter jobs.done'])
    expect(await names(`{ prefix: '' }`)).toEqual(['counter jobs.done'])
    expect(await names('')).toEqual(['counter jobs.done'])
  })

  test('is not put there by another exporter', async () => {
    expect(await names(`{ prefix: 'app' }`, `import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'`))
      .toEqual(['counter app_jobs.done', 'counter jobs.done', 'unknown app_*'])
  })
})
