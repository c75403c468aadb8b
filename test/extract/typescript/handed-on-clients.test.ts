import { expect, test } from 'vitest'
import { lines } from './tree.js'

test('CommonJS modules that hand on the client', async () => {
  expect(await lines({
    'a.js': `const client = require('prom-client')\nconst register = new client.Registry()\nmodule.exports = { client, register }`,
    'b.js': `const { client, register } = require('./a')
const jobs = new client.Counter({ name: 'jobs_total', help: 'J', labelNames: ['kind'], registers: [register] })
exports.run = () => jobs.inc({ kind: 'mail' })`,
    'whole.js': `module.exports = require('prom-client')`,
    'c.js': `const { Gauge } = require('./whole')\nnew Gauge({ name: 'size', help: 'S' }).set(1)`,
  })).toEqual([
    'counter jobs_total{kind=mail} yes b.js:2:41',
    'gauge size{} yes c.js:2:19',
  ])
})

test('ES modules that hand on the client, under other names too', async () => {
  expect(await lines({
    'src/prom.ts': `export { Gauge, Histogram as Timing } from 'prom-client'\nexport * as prom from 'prom-client'`,
    'src/all.ts': `export * from 'prom-client'`,
    'src/index.ts': `export * from './prom'`,
    'src/metrics.ts': `import { Gauge, prom } from './index'
export const size = new Gauge({ name: 'size', help: 'S' })
export const all = new prom.Summary({ name: 'all_seconds', help: 'A' })`,
    'src/waits.ts': `import { Timing } from './prom'\nexport const wait = new Timing({ name: 'wait_seconds', help: 'W' })`,
    'src/jobs.ts': `import { Counter } from './all'\nexport const jobs = new Counter({ name: 'jobs_total', help: 'J' })`,
  })).toEqual([
    'counter jobs_total{} never src/jobs.ts:2:41',
    'gauge size{} never src/metrics.ts:2:39',
    'summary all_seconds{} never src/metrics.ts:3:45',
    'histogram wait_seconds{} never src/waits.ts:2:40',
  ])
})

test('meters that come from a module of the workspace', async () => {
  const found = await lines({
    'src/tracing.ts': `import { metrics, type Meter } from '@opentelemetry/api'
export function getTheMeter(name: string): Meter { return metrics.getMeter(name) }
export const theMeter = metrics.getMeter('app')`,
    'src/types.ts': `export type { Meter } from '@opentelemetry/api'`,
    'src/jobs.ts': `import { getTheMeter } from './tracing'\ngetTheMeter('jobs').createCounter('jobs.done').add(1, { path: 'a' })`,
    'src/mails.ts': `import { theMeter } from './tracing'\nexport const sent = theMeter.createCounter('mails.sent')`,
    'src/queue.ts': `import type { Meter } from './types'\nexport class Queue { constructor(meter: Meter) { meter.createHistogram('queue.wait') } }`,
  })
  expect(found.map((line) => line.split('{')[0])).toEqual(['counter jobs.done', 'counter mails.sent', 'histogram queue.wait'])
})

test('files that only look as if they made metrics are left alone', async () => {
  expect(await lines({
    'src/prom.ts': `export { register } from 'prom-client'`,
    'src/page.tsx': `import { register } from './prom'\nimport { Summary } from './ui'\nexport const page = () => <Summary onClick={() => register} />`,
    'src/ui.tsx': `export class Counter { constructor(options: { name: string }) {} }\nexport const Summary = () => new Counter({ name: 'clicks' })`,
  })).toEqual([])
})

test('getOrCreateMetric of nestjs-prometheus', async () => {
  expect(await lines({
    'metrics.service.ts': `import { Metrics, getOrCreateMetric } from '@willsoto/nestjs-prometheus'
import * as client from 'prom-client'
export class MetricsService {
  private prefix = 'shop_'
  private make<T extends Metrics>(type: T, options: client.GaugeConfiguration<string>) {
    return getOrCreateMetric(type, { ...options, name: this.prefix + options.name })
  }
  public orders = this.make('Counter', { name: 'orders_total', help: 'Orders', labelNames: ['status'] })
  public wait = getOrCreateMetric('Histogram', { name: 'wait_seconds', help: 'Waiting', labelNames: [] })
}`,
  })).toEqual([
    'counter shop_orders_total{status=} never metrics.service.ts:8:48',
    'histogram wait_seconds{} never metrics.service.ts:9:56',
  ])
})

test.each([
  ['handed to a package', `Discovery.create({ registry })`, ['unknown *{…} unknown app.ts:5:1 // a package that is not read gets the registry here and may add metrics to it']],
  ['read by the workspace', `const show = async (from: Registry) => from.metrics()\nvoid show(registry)`, []],
])('a registry that is %s', async (_, code, others) => {
  expect(await lines({
    'app.ts': `import { Counter, Registry } from 'prom-client'
import { Discovery } from '@vendor/discovery'
const registry = new Registry()
new Counter({ name: 'peers_total', help: 'P', registers: [registry] }).inc()
${code}`,
  })).toEqual(['counter peers_total{} yes app.ts:4:21', ...others])
})
