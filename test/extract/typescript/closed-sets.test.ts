import { expect, test } from 'vitest'
import { lines } from './tree.js'

const METRIC = `import { Counter } from 'prom-client'
const orders = new Counter({ name: 'orders_total', help: 'Orders', labelNames: ['channel'] })
`

/** How the label of the metric above comes out, recorded by some code in the same file. */
async function channel(code: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const [only, ...more] = await lines({ 'src/orders.ts': METRIC + code, ...others })
  expect(more).toEqual([])
  return /\{channel=(.*?)\}/.exec(only!)![1]!
}

test.each([
  ['an optional parameter', `export const f = (c?: 'web' | 'app', other = process.env.C ?? '') => orders.inc({ channel: c ?? other })`, '|app|web|…'],
  ['an optional property', `export const f = (o: { c?: 'web' }, other: string) => orders.inc({ channel: o.c || other })`, 'web|…'],
  ['an optional field', `export class Shop { c?: 'web'; f(other: string) { orders.inc({ channel: this.c ?? other }) } }`, 'web|…'],
  ['an unknown key of a table', `const T: Record<string, string> = { w: 'web' }\nexport const f = (key: string) => orders.inc({ channel: T[key] ?? 'none' })`, 'none|web'],
  ['a computed key', `const T: Record<string, string> = { 1: 'web' }\nexport const f = (n: bigint) => orders.inc({ channel: T[n.toString()] || '' })`, '|web'],
  ['a known key that is missing', `const T: Record<string, string> = { w: 'web' }\norders.inc({ channel: T.a ?? 'none' })`, 'none'],
  ['a position that is not known', `const L = ['web', 'app']\nexport const f = (n: number) => orders.inc({ channel: L[n] ?? 'none' })`, 'app|none|web'],
  ['a type that is a table', `export const f = (t: Record<string, 'web'>) => orders.inc({ channel: t.x ?? 'none' })`, 'none|web'],
  ['a type that is a list', `export const f = (t: 'web'[]) => orders.inc({ channel: t[0] ?? 'none' })`, 'none|web'],
  ['an entry of the environment', `export const f = (name: string) => orders.inc({ channel: process.env[name] ?? 'none' })`, 'none|…'],
  ['what is assigned in a branch', `const o: { c?: string } = {}\nif (process.env.W) o.c = 'web'\norders.inc({ channel: o.c ?? 'none' })`, 'none|web'],
  ['a default of a pattern', `export const f = ({ c = 'none' }: { c?: 'web' }) => orders.inc({ channel: c })`, 'none|web'],
])('%s may be missing', async (_, code, expected) => {
  expect(await channel(code)).toBe(expected)
})

test.each([
  ['behind a spread list', `export const f = (l: string[]) => orders.inc({ channel: [...l, 'end'][0] })`, 'end|…'],
  ['before a spread list', `export const f = (l: string[]) => orders.inc({ channel: ['web', ...l][0] })`, 'web'],
  ['taken apart', `export const f = (l: string[]) => { const [c] = [...l, 'end']; orders.inc({ channel: c }) }`, 'end|…'],
  ['of a filtered list', `orders.inc({ channel: ['web', 'app'].filter((c) => c !== process.env.C)[0] })`, 'app|web'],
  ['of a list filled in a branch', `const l: string[] = []\nif (process.env.W) l.push('web')\nl.push('app')\norders.inc({ channel: l[0] })`, 'app|web'],
  ['put there by splice', `const l = ['web']\nl.splice(0, 1, 'app')\norders.inc({ channel: l[0] })`, 'app|web'],
  ['given by a spread argument', `const f = (a: string, b: string) => orders.inc({ channel: b })\nexport const g = (l: string[]) => f('web', ...l)`, '…'],
  ['of a character', `export const f = () => orders.inc({ channel: 'web'[Number(process.env.N)] })`, '…'],
])('an item %s', async (_, code, expected) => {
  expect(await channel(code)).toBe(expected)
})

test.each([
  ['over a known one', `const base = { c: 'web' }\nexport const f = (o: Partial<{ c: 'app' }>) => orders.inc({ channel: { ...base, ...o }.c })`, 'app|web'],
  ['under a known one', `export const f = (o: object) => orders.inc({ channel: { ...o, c: 'web' }.c })`, 'web'],
  ['that is not known', `import { o } from 'elsewhere'\norders.inc({ channel: { c: 'web', ...o }.c })`, 'web|…'],
])('a spread object %s', async (_, code, expected) => {
  expect(await channel(code)).toBe(expected)
})

test('a rejected promise may give something else', async () => {
  expect(await channel(`const load = async () => 'web'\norders.inc({ channel: await load().catch(() => 'none') })`)).toBe('none|web')
})

test.each([
  ['apply', `const f = (c: string) => orders.inc({ channel: c })\nf.apply(null, ['web'])`, 'web'],
  ['call', `const f = (c: string) => orders.inc({ channel: c })\nf.call(null, 'web')`, 'web'],
  ['an unread method of the function', `import { wrap } from 'elsewhere'\nconst f = (c: string) => orders.inc({ channel: c })\nf('web')\nwrap(f)`, 'web|…'],
])('a function called by %s', async (_, code, expected) => {
  expect(await channel(code)).toBe(expected)
})

const RPC = {
  'src/rpc.ts': `${METRIC}
export class Rpc {
  async fetch(options: { route: string }): Promise<string[]> { return this.send(options) }
  private async send(options: { route: string }): Promise<string[]> { orders.inc({ channel: options.route }); return [] }
}`,
  'src/provider.ts': `import { Rpc } from './rpc'
export class Provider {
  private rpc = new Rpc()
  async height() { return this.rpc.fetch({ route: 'height' }) }
  async logs() { return this.rpc.fetch({ route: 'logs' }) }
}`,
  'src/main.ts': `import { Provider } from './provider'
const provider = new Provider()
export async function start() { return provider.logs() }
export async function stop() { return (await provider.height()).length > 1 }`,
}

test('a value is followed back through the calls that led to the recording', async () => {
  expect(await lines(RPC)).toEqual(['counter orders_total{channel=height|logs} yes src/rpc.ts:2:36'])
})

test('a value that has come through many calls may not be the only one', async () => {
  const further = RPC['src/rpc.ts'].replace('orders.inc({ channel: options.route }); return []', 'return this.attempt(options)')
    .replace(/}$/, `  private async attempt(options: { route: string }) { return this.one(options) }
  private async one(options: { route: string }) { orders.inc({ channel: options.route }); return [] }\n}`)
  const [only] = await lines({ ...RPC, 'src/rpc.ts': further })
  expect(only).toMatch(/…} yes/)
})

test('a method of that name, called on something unknown, may be the same one', async () => {
  expect(await lines({ ...RPC, 'src/other.js': `require('./provider')\nmodule.exports = (ctx, route) => ctx.rpc.fetch({ route })` }))
    .toEqual(['counter orders_total{channel=height|logs|…} yes src/rpc.ts:2:36'])
})

test('a field is followed to the methods that assign to it', async () => {
  expect(await lines({
    'src/metrics.ts': `${METRIC}export { orders }`,
    'src/connection.ts': `import { orders } from './metrics'
export class Connection {
  private state = 'new'
  open() { this.state = 'open' }
  close(why: 'lost' | 'done') { this.state = why }
  report() { orders.inc({ channel: this.state }) }
}`,
    'src/main.ts': `import { Connection } from './connection'
const connection = new Connection()
export function run() { connection.open(); connection.report(); connection.close('lost') }`,
  })).toEqual(['counter orders_total{channel=lost|new|open} yes src/metrics.ts:2:36'])
})

test('a variable of a module is followed to the functions that assign to it', async () => {
  expect(await channel(`let mode = 'idle'
export function setMode(next: string) { mode = next }
setInterval(() => orders.inc({ channel: mode }), 1000)`, {
    'src/main.ts': `import { setMode } from './orders'\nexport function go() { setMode('busy') }`,
  })).toBe('busy|idle')
})

test('what a class is made with is followed to where it is made', async () => {
  expect(await lines({
    'src/worker.ts': `${METRIC}
export class Worker {
  constructor(private readonly channel: string) {}
  work() { orders.inc({ channel: this.channel }) }
}`,
    'src/a.ts': `import { Worker } from './worker'\nexport function web() { return new Worker('web') }`,
    'src/main.ts': `import { Worker } from './worker'\nnew Worker('app').work()`,
  })).toEqual(['counter orders_total{channel=app|web} yes src/worker.ts:2:36'])
})

test('a method runs on every instance', async () => {
  expect(await lines({
    'src/queue.ts': `import { Counter } from 'prom-client'
export class Queue {
  private done: Counter
  constructor(private readonly name: string) { this.done = new Counter({ name: 'done_total', help: 'D', labelNames: ['queue'] }) }
  flush() { this.done.inc({ queue: this.name }) }
}`,
    'src/main.ts': `import { Queue } from './queue'
const mails = new Queue('mails')
const orders = new Queue('orders')
mails.flush()
export function later() { return [orders] }`,
  })).toEqual(['counter done_total{queue=mails|orders} yes src/queue.ts:4:80'])
})

test('a loop over a list that nothing is seen to fill runs all the same', async () => {
  expect(await channel(`const found: string[] = []\nexport function report() { for (const c of found) orders.inc({ channel: c }) }`)).toBe('…')
})

test.each([
  ['by name', `const shared = globalThis as unknown as { orders?: Counter<'channel'> }
const kept = shared.orders ?? (shared.orders = orders)
export const f = (channel: 'web') => kept.inc({ channel })`],
  ['in a table', `function once<T>(name: string, make: () => T): T {
  const holder = globalThis as any
  holder.__kept ??= {}
  holder.__kept[name] ??= make()
  return holder.__kept[name]
}
const kept = once('orders', () => orders)
export const f = (channel: 'web') => kept.inc({ channel })`],
])('a metric kept on the global object %s is recorded', async (_, code) => {
  expect(await lines({ 'src/orders.ts': METRIC + code })).toEqual(['counter orders_total{channel=web} yes src/orders.ts:2:36'])
})

test.each([
  ['that counts', 'for (let i = 0; i < 3; i++) orders.inc({ channel: String(i) })', '#'],
  ['that waits', `let c = 'web'\nwhile (Math.random() > 0.5) { orders.inc({ channel: c }); c = 'app' }`, 'app|web'],
  ['over one item', `let c = 'web'\nfor (const next of ['app']) { orders.inc({ channel: c }); c = next }`, 'app|web'],
])('a loop %s goes on with what it has assigned', async (_, code, expected) => {
  expect(await channel(code)).toBe(expected)
})

test('a function for each item of a list that nothing is seen to fill records every metric it is for', async () => {
  expect(await lines({
    'a.ts': `import { Gauge } from 'prom-client'
const size = new Gauge({ name: 'size', help: 'S', labelNames: ['shop'] })
const rank = new Gauge({ name: 'rank', help: 'R', labelNames: ['shop'] })
const shops: string[] = []
const each = (gauge: Gauge) => { shops.forEach((shop) => { gauge.set({ shop }, 1) }) }
each(size)
each(rank)`,
  })).toEqual(['gauge size{shop=…} yes a.ts:2:32', 'gauge rank{shop=…} yes a.ts:3:32'])
})

test('a function that a list calls for each item gives another value for each', async () => {
  const states = (way: string) => `
import { metrics } from '@opentelemetry/api'
const meter = metrics.getMeter('x')
function stateOf(cache: string) {
  return { requests: { hit: { attributes: { cache, outcome: 'hit' } }, miss: { attributes: { cache, outcome: 'miss' } } } }
}
const states = Object.values({ a: stateOf('a'), b: stateOf('b') })
const list = states.${way}
const requests = meter.createObservableCounter('requests')
meter.addBatchObservableCallback((observer) => {
  for (const each of list) observer.observe(requests, 1, each.attributes)
}, [requests])
export const other = () => list.length
`
  expect(await lines({ 'a.ts': states('map((state) => state.requests.hit)') })).toEqual([expect.stringContaining('{cache=a|b, outcome=hit}')])
  expect(await lines({ 'a.ts': states('flatMap((state) => [state.requests.hit, state.requests.miss])') }))
    .toEqual([expect.stringContaining('{cache=a|b, outcome=hit|miss}')])
})

test('what a function gives a variable of the module later on is known where it is read', async () => {
  expect(await lines({
    'errors.ts': `
import { Counter } from 'prom-client'
let counter: Counter | undefined
export class Failure { constructor(readonly code: 'a' | 'b') { if (counter) counter.inc({ code: this.code }) } }
export const failure = (code: 'a' | 'b') => new Failure(code)
export function register(): void { counter = new Counter({ name: 'errors_total', help: 'Errors', labelNames: ['code'] }) }
`,
    'use.ts': `
import { failure } from './errors.js'
export const first = () => failure('a')
export const second = () => failure('b')
`,
  })).toEqual([expect.stringContaining('errors_total{code=a|b} yes')])
})

test('an instance that a class makes of itself is no end of instances, and loses no value', async () => {
  expect(await lines({
    'db.ts': `
import { Counter } from 'prom-client'
const queries = new Counter({ name: 'queries_total', help: 'Queries', labelNames: ['role'] })
export class Db {
  constructor(private readonly role: string) {}
  as(role: 'admin' | 'guest') { return new Db(role) }
  run() { queries.inc({ role: this.role }) }
}
const db = new Db('user')
db.run()
db.as('admin').as('guest').run()
`,
  })).toEqual([expect.stringMatching(/queries_total\{role=(?=.*admin)(?=.*guest)(?=.*user)/)])
})

test('where not all calls of a function are followed, the labels that none of its arguments gives are known', async () => {
  const files = (recording: string) => ({
    'src/orders.ts': `import { Counter } from 'prom-client'
const orders = new Counter({ name: 'orders_total', help: 'Orders', labelNames: ['channel', 'kind'] })
export class Shop { sell(kind: string) { ${recording} } }
new Shop().sell('book')
export const later = (shop: any) => shop.sell('pen')`,
  })
  const labels = async (recording: string) => /\{.*?\}/.exec((await lines(files(recording)))[0]!)![0]
  expect(await labels(`orders.inc({ channel: 'web', kind })`)).toBe('{channel=web, kind=book|…}')
  expect(await labels(`orders.labels({ channel: 'web', kind }).inc()`)).toBe('{channel=web, kind=book|…}')
  expect(await labels(`orders.labels('web', kind).inc()`)).toBe('{channel=web, kind=book|…}')
  expect(await labels(`orders.labels(...['web', kind]).inc()`)).toBe('{channel=web|…, kind=book|…}')
  expect(await labels(`orders.inc({ labels: { channel: 'web', kind }, value: 1 })`)).toBe('{channel=web|…, kind=book|…}')
  expect(await labels(`const given = { channel: 'web', kind }; orders.inc(given)`)).toBe('{channel=web|…, kind=book|…}')
  expect(await labels(`orders.inc({ ...{ channel: 'web' }, kind })`)).toBe('{channel=web, kind=book|…}')
  expect(await labels(`orders.inc({ channel: 'web', ...{ kind } })`)).toBe('{channel=web|…, kind=book|…}')
})

test('what fills a list of labels is run although the file is found late', async () => {
  expect(await lines({
    'src/metrics.ts': `import { Counter } from 'prom-client'\nexport class Metrics { static sales = new Counter({ name: 'sales_total', help: 'Sales', labelNames: ['side'] }) }\n`,
    'src/given.ts': `import { Metrics } from './metrics'\nconst pick = ({ k }: { k: any }) => k\nexport const shown = pick({ k: Metrics.sales })\nexport function first() { shown.labels('left').inc() }\n`,
    'src/late.ts': `import { shown } from './given'
const sides = ['left']
const record = () => { for (const side of sides) shown.labels({ side }).inc() }
const more = (side: string) => sides.push(side)
more('right')
record()
`,
  })).toEqual(['counter sales_total{side=left|right} yes src/metrics.ts:2:59'])
})
