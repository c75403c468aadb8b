import { expect, test } from 'vitest'
import { lines } from './tree.js'

const METRIC = `
import { Counter } from 'prom-client'
export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs', labelNames: ['kind'] })
`

/** The one declaration of a workspace with the metric above. */
async function recorded(files: Readonly<Record<string, string>>): Promise<string> {
  const [only, ...others] = await lines({ 'src/metrics.ts': METRIC, ...files })
  expect(others).toEqual([])
  return only!.replace(/ src\/.*/, '')
}

test.each([
  ['a literal', `jobs.inc({ kind: 'a' })`, 'counter jobs_total{kind=a} yes'],
  ['both branches', `jobs.inc({ kind: Math.random() > 0.5 ? 'a' : 'b' })`, 'counter jobs_total{kind=a|b} yes'],
  ['labels by position', `jobs.labels('a').inc()`, 'counter jobs_total{kind=a} yes'],
  ['a union parameter of an exported function', `export const f = (kind: 'a' | 'b') => jobs.inc({ kind })`, 'counter jobs_total{kind=a|b} yes'],
  ['a parameter whose callers are all known', `const f = (kind: string) => jobs.inc({ kind })\nf('a'); f('b')`, 'counter jobs_total{kind=a|b} yes'],
  ['a parameter that anyone may give', `export const f = (kind: string) => jobs.inc({ kind })`, 'counter jobs_total{kind=…} yes'],
  ['a value from outside', `jobs.inc({ kind: process.env.KIND ?? 'none' })`, 'counter jobs_total{kind=none|…} yes'],
  ['nothing', `console.log('no jobs')`, 'counter jobs_total{kind=} never'],
  ['reading it only', `jobs.reset()`, 'counter jobs_total{kind=} never'],
  ['giving it away', `import { watch } from 'somewhere'\nwatch(jobs)`, 'counter jobs_total{kind=…} unknown'],
  ['a switch', `function of(n: number) { switch (n) { case 1: return 'one'; default: return 'many' } }\njobs.inc({ kind: of(2) })`, 'counter jobs_total{kind=many|one} yes'],
])('%s', async (_, code, expected) => {
  expect(await recorded({ 'src/use.ts': `import { jobs } from './metrics.js'\n${code}\n` })).toBe(expected)
})

test('a receiver that cannot be followed leaves the set open', async () => {
  expect(await recorded({
    'src/use.ts': `import { jobs } from './metrics.js'\njobs.inc({ kind: 'a' })`,
    'src/other.js': `import './metrics.js'\nmodule.exports = (app) => app.locals.metrics.jobs.inc({ kind: app.kind() })`,
  })).toBe('counter jobs_total{kind=a|…} yes')
})

test.each([
  ['taken from an object that is not known', `const { jobs } = app.locals.metrics\n  jobs.inc({ kind: 'a' })`],
  ['by its quoted name', `app.locals.metrics['jobs'].inc({ kind: 'a' })`],
])('a file that imports nothing may record a metric %s', async (_, code) => {
  expect(await recorded({ 'src/other.js': `module.exports = (app) => {\n  ${code}\n}` })).toBe('counter jobs_total{kind=…} unknown')
})

test('a computed receiver may be any metric', async () => {
  expect(await recorded({
    'src/use.ts': `import './metrics.js'\nexport const count = (metrics: any, name: string) => metrics[name].inc()`,
  })).toBe('counter jobs_total{kind=…} unknown')
})

test('values of generic label types', async () => {
  expect(await lines({
    'm.ts': `
import { Gauge, Registry, type GaugeConfiguration } from 'prom-client'
enum Topic { Block = 'block', Vote = 'vote' }
class Metrics extends Registry {
  gauge<L extends Record<string, string>>(config: GaugeConfiguration<string>) { return new Gauge(config) }
}
const peers = new Metrics().gauge<{ topic: Topic }>({ name: 'peers', help: 'P', labelNames: ['topic'] })
export function on(topic: any) { peers.set({ topic }, 1) }
`,
  })).toEqual(['gauge peers{topic=block|vote} yes m.ts:7:61'])
})

test('follows a metric that another file takes out of a table', async () => {
  expect(await lines({
    'src/metrics.ts': `import { Gauge } from 'prom-client'
export const waiting: Map<string, Gauge> = new Map()
for (const queue of ['mail', 'sms']) waiting.set(queue, new Gauge({ name: \`\${queue}_waiting\`, help: 'Waiting', labelNames: ['kind'] }))
`,
    'src/queue.ts': `import { waiting } from './metrics'
export const note = (queue: string, size: number) => waiting.get(queue)?.set({ kind: 'new' }, size)
`,
  })).toEqual([
    expect.stringMatching(/^gauge mail_waiting\{kind=new\} yes /),
    expect.stringMatching(/^gauge sms_waiting\{kind=new\} yes /),
  ])
})

test('knows what a function assigns that is called before the file has been read to the declaration', async () => {
  expect(await lines({
    'src/a.ts': "import { start } from './metrics'\nstart()\n",
    'src/metrics.ts': `import { Summary } from 'prom-client'
import { events } from 'somewhere'
let took: Summary | null = null
let started = false
export function start() {
  if (started) return
  started = true
  took = new Summary({ name: 'took_seconds', help: 'Took' })
  events.on('done', (seconds) => { if (took) took.observe(seconds) })
}
`,
  })).toEqual([expect.stringMatching(/^summary took_seconds\{\} yes /)])
})

test('takes an argument that a computed key declares for one that is not known', async () => {
  expect(await lines({
    'src/metrics.ts': `import { Counter } from 'prom-client'
enum Event { left = 'left', joined = 'joined' }
type Events = { [Event.left]: { code: bigint }; [Event.joined]: { code: string } }
const REASONS: Record<string, string> = { 1: 'closed', 2: 'banned' }
const left = new Counter({ name: 'left_total', help: 'Left', labelNames: ['reason'] })
export class Peers {
  private onLeft = ({ code }: Events[Event.left]): void => { this.note(code) }
  private note(code: bigint): void {
    const reason = REASONS[code.toString()] || ''
    left.inc({ reason })
  }
}
`,
  })).toEqual([expect.stringMatching(/^counter left_total\{reason=\|banned\|closed\} yes /)])
})

test('metrics of an exported object that another file goes through', async () => {
  const metrics = `import { Gauge } from 'prom-client'
export const metrics = { pool: { size: new Gauge({ name: 'pool_size', help: 'P', labelNames: ['kind'] }) } }`
  const use = (text: string) => lines({ 'src/metrics.ts': metrics, 'src/use.ts': `import { metrics } from './metrics'\n${text}` })
  expect(await use(`export const start = () => { for (const each of Object.values(metrics.pool)) each.set({ kind: 'idle' }, 0) }`))
    .toEqual(['gauge pool_size{kind=idle} yes src/metrics.ts:2:58'])
  expect(await use(`export const start = (name: string) => metrics.pool[name].set({ kind: 'idle' }, 0)`))
    .toEqual(['gauge pool_size{kind=idle} yes src/metrics.ts:2:58'])
  expect(await use('export const size = () => 0')).toEqual(['gauge pool_size{kind=} never src/metrics.ts:2:58'])
})
