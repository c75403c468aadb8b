import { expect, test } from 'vitest'
import { lines } from './tree.js'

const factories = [
  { name: 'incr', type: 'counter', nameArgument: 0, labelsArgument: 1 },
  { name: 'metrics.gauge', type: 'gauge', nameArgument: 0, labelsArgument: 2 },
] as const

test('functions that record by a name: one metric for a name, with the labels of the objects at all calls', async () => {
  expect(await lines({
    'metrics.ts': `
const series = new Map<string, number>()
export function incr(name: string, labels: Record<string, string> = {}) {
  const key = name + JSON.stringify(labels)
  series.set(key, (series.get(key) ?? 0) + 1)
}
`,
    'mail.ts': `
import { incr } from './metrics.js'
export function send(kind: 'welcome' | 'invoice') {
  incr('mails_total', { kind, result: 'sent' })
}
`,
    'retry.ts': `
import { incr as count } from './metrics.js'
export const retry = () => count('mails_total', { kind: 'welcome', result: 'retried' })
export function tick() { count('ticks_total') }
`,
    'worker.ts': `
export class Worker {
  constructor(private readonly metrics, private readonly host: string) {}
  run(depth: number) { this.metrics.gauge('queue_depth', depth, { queue: 'mail', host: this.host }) }
}
`,
  }, { factories })).toEqual([
    'counter mails_total{kind=invoice|welcome, result=retried|sent} yes mail.ts:4:8',
    'counter ticks_total{} unknown retry.ts:4:32',
    'gauge queue_depth{host=…, queue=mail} yes worker.ts:4:43',
  ])
})

test('labels that are put together elsewhere are open', async () => {
  expect(await lines({
    'm.ts': `
import { incr } from 'own-metrics'
export function handle(labels: Record<string, string>) { incr('requests_total', { ...labels, method: 'GET' }) }
`,
  }, { factories })).toEqual(['counter requests_total{method=GET|…, …} yes m.ts:3:63'])
})

test('a table of pairs, of objects, and an object by name', async () => {
  expect(await lines({
    'src/metrics.ts': `
const METRICS = [
  ['jobs_total', { help: 'Jobs', type: 'counter', labels: ['queue'] }],
  ['jobs_waiting', { help: 'Jobs that wait', type: 'gauge', labels: [] }],
] as const
export function render(values: Map<string, number>) {
  return METRICS.map(([name]) => \`\${name} \${values.get(name)}\`).join('\\n')
}
`,
    'src/other.ts': `
export class Exporter {
  static readonly DEFINITIONS = { build_seconds: { help: 'Builds', kind: 'Histogram' }, builds: 'How many builds ran' }
}
export const METRICS = ['not_a_metric']
`,
    'src/names.ts': `export const NAMES = new Map([['users', { name: 'users_online', help: 'Users' }]])`,
  }, {
    factories: [
      { table: 'METRICS', module: 'src/metrics.ts' },
      { table: 'Exporter.DEFINITIONS', type: 'counter' },
      { table: 'NAMES', type: 'gauge' },
    ],
  })).toEqual([
    'counter jobs_total{queue=…} unknown src/metrics.ts:3:4',
    'gauge jobs_waiting{} unknown src/metrics.ts:4:4',
    'gauge users_online{…} unknown src/names.ts:1:49 // the table NAMES does not tell all labels',
    'histogram build_seconds{…} unknown src/other.ts:3:35 // the table Exporter.DEFINITIONS does not tell all labels',
    'counter builds{…} unknown src/other.ts:3:89 // the table Exporter.DEFINITIONS does not tell all labels',
  ])
})
