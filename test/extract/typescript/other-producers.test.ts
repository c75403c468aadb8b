import { expect, test } from 'vitest'
import { lines } from './tree.js'

test('classes of an unknown package make metrics where they are given a name and a help text', async () => {
  expect(await lines({
    'm.ts': `
import { metrics } from '@acme/telemetry'
const sent = new metrics.client.Counter({ name: 'mails_sent_total', help: 'Mails', labelNames: ['kind'] })
sent.inc({ kind: 'welcome' })
new metrics.client.Gauge({ name: 'no_help' })
`,
    'own.ts': `
class Gauge { constructor(readonly options: { name: string; help: string }) {} }
new Gauge({ name: 'fuel', help: 'Shown on the dashboard of a car' })
`,
  })).toEqual(['counter mails_sent_total{kind=welcome} yes m.ts:3:49'])
})

test('a switch on a kind that is known gives each name its own', async () => {
  expect(await lines({
    'catalog.ts': `export const CATALOG = { depth: { kind: 'gauge' }, jobs_total: { kind: 'counter' } } as const`,
    'm.ts': `
import { Counter, Gauge } from 'prom-client'
import { CATALOG } from './catalog.js'
function build(name: keyof typeof CATALOG) {
  const spec = CATALOG[name]
  switch (spec.kind) {
    case 'counter': return new Counter({ name, help: 'C' })
    case 'gauge': return new Gauge({ name, help: 'G' })
  }
}
build('depth')
build('jobs_total')
`,
  })).toEqual(['gauge depth{} never m.ts:11:7', 'counter jobs_total{} never m.ts:12:7'])
})

test('exposition text that is written by hand declares its families', async () => {
  expect(await lines({
    'm.ts': `
export function render(jobs: number, host: string) {
  return [
    '# HELP jobs_waiting Jobs that wait',
    '# TYPE jobs_waiting gauge',
    \`jobs_waiting{host="\${host}",queue="mail"} \${jobs}\`,
    '# TYPE runs_total counter',
    \`runs_total \${jobs}\`,
  ].join('\\n')
}
`,
  })).toEqual(['gauge jobs_waiting{host=…, queue=mail} yes m.ts:4:13', 'counter runs_total{} yes m.ts:7:13'])
})

test('a name that prom-client would throw on is none', async () => {
  expect(await lines({
    'm.ts': `
import { Counter } from 'prom-client'
new Counter({ name: 'jobs-done', help: 'J' })
new Counter({ name: 'jobs_done_total', help: 'J' })
`,
  })).toEqual(['counter jobs_done_total{} never m.ts:4:21'])
})
