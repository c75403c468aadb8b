import { expect, test } from 'vitest'
import { extract, lines } from './tree.js'

test('names from constants, enums, objects, templates and concatenation across files', async () => {
  expect(await lines({
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@names/*": ["src/names/*"] } } }',
    'src/names/index.ts': `export * from './all.js'\nexport { default as PREFIX } from './prefix.js'`,
    'src/names/all.ts': `export enum Names { Jobs = 'jobs_total' }\nexport const NAMES = { hits: 'hits_total' } as const\nexport class Keys { static readonly depth = 'queue_depth' }`,
    'src/names/prefix.ts': `export default 'app'`,
    'src/metrics.ts': `
import client, { Counter as C } from 'prom-client'
import * as prom from 'prom-client'
import { Names, NAMES, Keys, PREFIX } from '@names/index'
const COMMON = ['service'] as const
new C({ name: Names.Jobs, help: 'J', labelNames: [...COMMON, 'kind'] })
new client.Counter({ name: NAMES.hits, help: 'H' })
new prom.Gauge({ name: Keys.depth, help: 'D' })
new client.Gauge({ name: \`\${PREFIX}_up\`, help: 'U' })
new client.Gauge({ name: PREFIX + '_down', help: 'U' })
`,
  })).toEqual([
    'counter jobs_total{kind=, service=} never src/names/all.ts:1:28',
    'counter hits_total{} never src/names/all.ts:2:30',
    'gauge queue_depth{} never src/names/all.ts:3:45',
    'gauge app_up{} never src/metrics.ts:9:26',
    'gauge app_down{} never src/metrics.ts:10:26',
  ].sort((a, b) => place(a) < place(b) ? -1 : 1))
})

function place(text: string): string {
  const [, path, row] = /(src\/\S+?):(\d+)/.exec(text)!
  return `${path} ${row!.padStart(4, '0')}`
}

test('loops over a table make one metric for each entry', async () => {
  expect(await lines({
    'm.js': `
const { Counter, Gauge } = require('prom-client')
const TABLE = { hits: 'Hits', misses: 'Misses' }
const metrics = {}
for (const [key, help] of Object.entries(TABLE)) metrics[key] = new Counter({ name: \`cache_\${key}_total\`, help })
;['a', 'b'].forEach((name) => new Gauge({ name: 'queue_' + name, help: name }))
metrics.hits.inc()
`,
  })).toEqual([
    'counter cache_hits_total{} yes m.js:5:85',
    'counter cache_misses_total{} never m.js:5:85',
    'gauge queue_a{} never m.js:6:3',
    'gauge queue_b{} never m.js:6:8',
  ])
})

test('both branches of a condition, and a parameter with a default', async () => {
  expect(await lines({
    'm.ts': `
import { Gauge } from 'prom-client'
const name = process.argv.length > 2 ? 'with_arguments' : 'without_arguments'
new Gauge({ name, help: 'N' }).set(1)
function make(prefix = 'celery_') { return new Gauge({ name: \`\${prefix}workers\`, help: 'W' }) }
make().set(1)
`,
  })).toEqual([
    'gauge with_arguments{} yes m.ts:3:40',
    'gauge without_arguments{} yes m.ts:3:59',
    'gauge celery_workers{} yes m.ts:5:62',
  ])
})

test('what cannot be told is a pattern with the reason', async () => {
  expect(await lines({
    'm.ts': `
import { Counter } from 'prom-client'
export function perQueue(queue: string) {
  return new Counter({ name: \`celery_\${queue}_seconds\`, help: 'Q' })
}
export function any(options: any) { return new Counter(options) }
`,
  })).toEqual([
    'counter celery_*_seconds{} never m.ts:4:30 // the parameter "queue" of perQueue() is not known',
    'counter *{…} unknown m.ts:6:44 // the parameter "options" of any() is not known; the label names are not all known',
  ])
})

test('wrappers across files, several levels deep', async () => {
  const { declarations } = await extract({
    'src/registry.ts': `
import { Registry, Counter, Gauge, type CounterConfiguration } from 'prom-client'
export class Metrics extends Registry {
  constructor(private readonly prefix: string) { super() }
  counter(config: CounterConfiguration<string>) { return new Counter({ ...config, registers: [this] }) }
  named(name: string, labelNames: string[] = []) { return this.counter({ name: \`\${this.prefix}_\${name}_total\`, help: name, labelNames }) }
}
export class LaterGauge extends Gauge { constructor(name: string) { super({ name, help: 'later' }) } }
`,
    'src/app.ts': `
import { LaterGauge, Metrics } from './registry.js'
const metrics = new Metrics('app')
const plain = metrics.counter({ name: 'plain_total', help: 'P' })
const jobs = metrics.named('jobs', ['kind'])
const later = new LaterGauge('later_value')
plain.inc()
jobs.labels('x').inc()
later.set(1)
`,
  })
  expect(declarations.map(({ name, type, labels, recorded, place, via }) => ({
    name: name.parts.join('*'), type, labels, recorded,
    written: place.source.text.slice(place.span.start, place.span.end),
    via: via.map((call) => call.source.text.slice(call.span.start, call.span.end).split('(')[0]),
  }))).toEqual([
    { name: 'plain_total', type: 'counter', labels: [], recorded: 'yes', written: `'plain_total'`, via: ['metrics.counter'] },
    {
      name: 'app_jobs_total', type: 'counter', labels: [{ name: 'kind', values: ['x'], open: false }], recorded: 'yes',
      written: `'jobs'`, via: ['metrics.named', 'this.counter'],
    },
    { name: 'later_value', type: 'gauge', labels: [], recorded: 'yes', written: `'later_value'`, via: ['new LaterGauge'] },
  ])
})

test('packages of the workspace', async () => {
  expect(await lines({
    'packages/metrics/package.json': '{ "name": "@acme/metrics", "exports": { ".": "./dist/index.js" } }',
    'packages/metrics/src/index.ts': `import { Counter } from 'prom-client'\nexport const make = (name: string) => new Counter({ name, help: name })`,
    'apps/api/src/main.ts': `import { make } from '@acme/metrics'\nmake('api_requests_total').inc()`,
  })).toEqual(['counter api_requests_total{} yes apps/api/src/main.ts:2:6'])
})

test('namespaces keep metrics, constants, enums and functions', async () => {
  expect(await lines({
    'metrics.ts': `
import { Counter, Histogram } from 'prom-client'
export namespace Metrics {
  const PREFIX = 'shop_'
  export enum Kind { card = 'card', cash = 'cash' }
  export const payments = new Counter({ name: \`\${PREFIX}payments_total\`, help: 'P', labelNames: ['kind'] })
  export namespace Http {
    export const duration = new Histogram({ name: PREFIX + 'http_seconds', help: 'D', labelNames: ['route'] })
  }
  export function paid(kind: Kind): void { payments.inc({ kind }) }
}`,
    'app.ts': `
import { Metrics } from './metrics'
export function pay(): void { Metrics.paid(Metrics.Kind.card) }
export function serve(): void { Metrics.Http.duration.observe({ route: '/pay' }, 1) }`,
  })).toEqual([
    'counter shop_payments_total{kind=card} yes metrics.ts:6:47',
    'histogram shop_http_seconds{route=/pay} yes metrics.ts:8:51',
  ])
})

test('a function that calls itself walks a nested table', async () => {
  expect(await lines({
    'metrics.ts': `
import { Gauge } from 'prom-client'
const TABLE = { queue: { length: 'Length', jobs: { failed: 'Failed' } }, up: 'Up' }
function declare(table: object, prefix: string): void {
  for (const [key, value] of Object.entries(table)) {
    if (typeof value === 'string') new Gauge({ name: \`\${prefix}_\${key}\`, help: value })
    else declare(value, \`\${prefix}_\${key}\`)
  }
}
declare(TABLE, 'app')`,
  }).then((all) => all.map((text) => text.split('{')[0]))).toEqual(expect.arrayContaining([
    'gauge app_queue_jobs_failed', 'gauge app_queue_length', 'gauge app_up',
  ]))
})

test('an import of nothing, in a source with syntax errors, ends nothing', async () => {
  const { declarations } = await extract({
    'src/broken.ts': "'prom-client'import type{T",
    'src/metrics.ts': "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done' })\n",
  })
  expect(declarations.map(({ name }) => name.parts)).toEqual([['jobs_done_total']])
})
