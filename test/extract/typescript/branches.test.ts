import { expect, test } from 'vitest'
import { lines } from './tree.js'

const HELPER = `
import { Counter, Gauge } from 'prom-client'
export function make(name: string, options: { kind?: string, prefix?: string, labels?: string[] } = {}) {
  BODY
}
make('jobs_total')
make('depth', { kind: 'gauge', prefix: 'queue', labels: ['queue'] })
`

test.each([
  ['if and else', `
  if (options.kind === 'gauge') new Gauge({ name: options.prefix + '_' + name, help: 'H' })
  else new Counter({ name, help: 'H' })`],
  ['a return before the rest', `
  if (!options.prefix) return new Counter({ name, help: 'H' })
  return new Gauge({ name: \`\${options.prefix}_\${name}\`, help: 'H' })`],
  ['a throw before the rest', `
  const { kind, prefix } = options
  if (kind !== undefined && kind !== 'gauge') throw new Error(kind)
  if (kind === undefined) { new Counter({ name, help: 'H' }); return }
  new Gauge({ name: \`\${prefix}_\${name}\`, help: 'H' })`],
  ['? and :', `
  const full = options.prefix ? \`\${options.prefix}_\${name}\` : name
  return options.kind ? new Gauge({ name: full, help: 'H' }) : new Counter({ name: full, help: 'H' })`],
  ['&& and ||', `
  options.kind || new Counter({ name, help: 'H' })
  options.kind && options.prefix && new Gauge({ name: options.prefix + '_' + name, help: 'H' })`],
  ['a variable that a branch changes', `
  let full = name
  if (options.prefix) { full = options.prefix + '_' + full }
  if (name.endsWith('_total')) { new Counter({ name: full, help: 'H' }) } else { new Gauge({ name: full, help: 'H' }) }`],
  ['a helper that makes the name', `
  const metric = join(options.prefix, name)
  if (Array.isArray(options.labels)) new Gauge({ name: metric, help: 'H' })
  else new Counter({ name: metric, help: 'H' })
  function join(first: string | undefined, second: string) {
    if (typeof first !== 'string') return second
    return first + '_' + second
  }`],
])('a known argument takes one branch only: %s', async (_, body) => {
  expect((await lines({ 'm.ts': HELPER.replace('BODY', body) })).map((line) => line.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
    'counter jobs_total{}',
    'gauge queue_depth{}',
  ])
})

test('an item of a loop takes one branch only', async () => {
  expect(await lines({
    'table.ts': `export const TABLE = [
  { name: 'jobs_total', type: 'counter' },
  { name: 'skipped', type: 'none' },
  { name: 'depth', type: 'gauge', labels: ['queue'] },
] as const`,
    'm.ts': `
import { Counter, Gauge } from 'prom-client'
import { TABLE } from './table.js'
for (const spec of TABLE) {
  if (spec.type === 'none') continue
  if (spec.type === 'counter') new Counter({ name: spec.name, help: 'H' })
  else new Gauge({ name: spec.name, help: 'H', labelNames: spec.labels })
}
`,
  })).toEqual([
    'counter jobs_total{} never table.ts:2:11',
    'gauge depth{queue=} never table.ts:4:11',
  ])
})

test('what an argument does not decide alone takes both branches', async () => {
  expect(await lines({
    'm.ts': `
import { Counter, Gauge, register } from 'prom-client'
let isGauge = false
const cache: Record<string, any> = {}
const kept: Record<string, any> = {}
export function configure() { isGauge = true }
export function make(name: string, store: Record<string, any>) {
  const known = register.getSingleMetric(name)
  if (known) return known
  if (store[name]) return store[name]
  store[name] = { metric: new Counter({ name: name + '_total', help: 'H' }) }
  if (isGauge) new Gauge({ name, help: 'H' })
  return store[name]
}
make('jobs', cache)
export function lazily(store: { depth?: Gauge }) {
  if (!store.depth) store.depth = new Gauge({ name: 'depth', help: 'H' })
  return store.depth
}
lazily(kept)
`,
  })).toEqual([
    'gauge jobs{} never m.ts:15:6',
    'counter jobs_total{} never m.ts:15:6',
    'gauge depth{} never m.ts:17:53',
  ])
})

test('what is recorded in a branch stays, for callers that are not seen', async () => {
  expect(await lines({
    'm.ts': `
import { Counter } from 'prom-client'
const runs = new Counter({ name: 'runs_total', help: 'R', labelNames: ['result'] })
export function done(isGood: boolean) {
  if (isGood) runs.inc({ result: 'good' })
  else runs.inc({ result: 'bad' })
}
done(true)
`,
  })).toEqual(['counter runs_total{result=bad|good} yes m.ts:3:34'])
})

/** The values of `kind` that code in a file of its own comes to. */
async function kinds(body: string): Promise<string> {
  const [line] = await lines({
    'metrics.ts': "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'done_total', help: 'D', labelNames: ['kind'] })",
    'kind.ts': `import { outside } from 'elsewhere'\nexport function kindOf(far: boolean, count: number, many: string[]) { ${body} }`,
    'use.ts': "import { done } from './metrics.js'\nimport { kindOf } from './kind.js'\nexport function use(far: boolean, count: number, many: string[]) { done.inc({ kind: kindOf(far, count, many) }) }",
  })
  return /\{kind=(.*)\}/.exec(line!)![1]!
}

test.each([
  ["return (many.length && 'some') || 'none'", 'none|some'],
  ["return count && 'some'", '0|some'],
  ["return far && 'some' || 'none'", 'none|some'],
  ["return (outside(far) && 'some') || 'none'", 'none|some'],
  ["const found: string[] = []; far && found.push('x'); return found[0] ?? 'none'", 'none|x'],
  ["const found: string[] = []; far ? found.push('x') : undefined; return found[0] ?? 'none'", 'none|x'],
  ["const found = ['x']; if (far) found.pop(); return found[0] ?? 'none'", 'none|x'],
  ["const found = ['x']; if (far) found.length = 0; return found[0] ?? 'none'", 'none|x'],
  ["const found: string[] = []; found.push(...(far ? ['x'] : [])); return found.length ? 'some' : 'none'", 'none|some'],
  ["const found: string[] = []; const add = () => { if (far) found.push('x') }; add(); return found.length ? 'some' : 'none'", 'none|some'],
  ["let kind = 'none'; const tell = () => { kind = 'some' }; try { outside() } catch { tell() } return kind", 'none|some'],
  [`let kind = 'none'; const tell = () => { kind = 'some'; outside('${'x'.repeat(300)}') }; try { outside() } catch { tell() } return kind`, 'none|…'],
  ["const fill = (given: string[]) => { if (far) given.push('x') }; const found: string[] = []; fill(found); return found.length ? 'some' : 'none'", 'none|some'],
])('what counts as false, and what a function changes: %s', async (body, expected) => {
  expect(await kinds(body)).toBe(expected)
})

test.each([
  ["let kind = 'ok'; await work.catch(() => { kind = 'failed' })", 'failed|ok'],
  ["let kind = 'ok'; const tell = (error: Error) => { kind = 'failed' }; await new Promise((resolve) => { work.on('error', tell) })", 'ok|…'],
  ["let kind = 'pending'; work.on('error', () => { kind = 'failed' }); kind = 'started'; await work", 'failed|pending|started'],
  ["let kind = 'ok'; await work.catch((error: Error) => { kind = error.name })", 'ok|…'],
  ["const state = { kind: 'ok' }; function tell() { state.kind = 'failed' } work.on('error', tell); const { kind } = state", 'ok|…'],
  ["const found: string[] = []; work.on('error', (error: Error) => found.push(error.name)); const kind = found.length ? 'failed' : 'ok'", 'failed|ok'],
  ["class Made { constructor(readonly kind: string) {} } let made = new Made('ok'); work.on('error', (error: Error) => { made = new Made(error.name) }); const { kind } = made", 'ok|…'],
  ["let kind = 'ok'; try { await work } catch { const tell = () => { kind = 'failed' }; tell() }", 'failed|ok'],
])('what is changed by a function that something unknown has: %s', async (code, expected) => {
  const [line] = await lines({
    'metrics.ts': "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'done_total', help: 'D', labelNames: ['kind'] })",
    'use.ts': `import { done } from './metrics.js'\nexport async function use(work: any) { ${code}; done.inc({ kind }) }`,
  })
  expect(/\{kind=(.*)\}/.exec(line!)![1]).toBe(expected)
})
