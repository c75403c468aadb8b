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

test('samples without a comment, beside the media type of the format, declare families of no type', async () => {
  expect(await lines({
    'm.ts': `
export function serve(jobs: number, host: string, response: { setHeader(name: string, value: string): void; end(body: string): void }) {
  response.setHeader('Content-Type', 'text/plain; version=0.0.4')
  response.end(\`jobs_waiting{host="\${host}"} \${jobs}\\njobs_up 1\\n\`)
  log(\`dispatch_error: \${host}\`)
}
`,
  })).toEqual(['untyped jobs_waiting{host=…} yes m.ts:4:17', 'untyped jobs_up{} yes m.ts:4:55'])
})

test('labels that a function of the writer puts together are open, whatever else it gives', async () => {
  expect(await lines({
    'm.ts': `
function formatLabels(labels: Record<string, string>): string {
  const entries = Object.entries(labels)
  if (entries.length === 0) return ''
  const parts = entries.map(([k, v]) => \`\${k}="\${escapeLabel(v)}"\`)
  return \`{\${parts.join(',')}}\`
}
function escapeLabel(v: string): string {
  return v.replace(/"/g, '\\\\"')
}
export class Counter {
  readonly name: string
  private data = new Map<string, number>()
  constructor(name: string, readonly help: string) {
    this.name = name
  }
  inc(labels: Record<string, string> = {}): void {
    this.data.set(JSON.stringify(labels), 1)
  }
  render(): string {
    const lines: string[] = [\`# TYPE \${this.name} counter\`]
    for (const [key, value] of this.data) {
      const labels = JSON.parse(key) as Record<string, string>
      lines.push(\`\${this.name}\${formatLabels(labels)} \${value}\`)
    }
    return lines.join('\\n')
  }
}
export const done = new Counter('jobs_done_total', 'Jobs done')
`,
  })).toEqual(['counter jobs_done_total{…} yes m.ts:29:34 // the labels are computed at run time'])
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

test('what code puts in exposition text may be something else another time', async () => {
  expect(await lines({
    'counts.ts': `
export const counts: Record<string, number> = { ok: 0 }
export function render() {
  const lines = ['# TYPE jobs_total counter', 'up_total{side="left"} 1', '# TYPE up_total counter']
  for (const [kind, count] of Object.entries(counts)) lines.push(\`jobs_total{kind="\${kind}"} \${count}\`)
  return lines.join('\\n')
}
`,
    'other.ts': `
import { counts } from './counts.js'
counts.late = 1
`,
  })).toEqual(['counter jobs_total{kind=ok|…} yes counts.ts:4:26', 'counter up_total{side=left} yes counts.ts:4:82'])
})
