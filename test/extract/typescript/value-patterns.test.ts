import { expect, test } from 'vitest'
import { lines } from './tree.js'

const METRIC = `import { Counter } from 'prom-client'
const orders = new Counter({ name: 'orders_total', help: 'Orders', labelNames: ['kind'] })
`

async function kind(code: string): Promise<string> {
  const [only, ...more] = await lines({ 'src/orders.ts': METRIC + code })
  expect(more).toEqual([])
  return /\{kind=(.*?)\}/.exec(only!)![1]!
}

test.each([
  ['a number by its type', `export const f = (n: number) => orders.inc({ kind: n })`, '#'],
  ['a number as a text', `export const f = (n: number) => orders.inc({ kind: String(n) })`, '#'],
  ['a number beside a text', `export const f = (n: number, ok: boolean) => orders.inc({ kind: ok ? String(n) : 'none' })`, 'none|#'],
  ['what is calculated', `export const f = (a: any) => orders.inc({ kind: String(a.x / 2) })`, '#'],
  ['a class of status codes', 'export const f = (n: number) => orders.inc({ kind: `${Math.floor(n / 100)}xx` })', '#xx'],
  ['the status of a response', `export const f = (req: any, res: any) => orders.inc({ kind: res.statusCode })`, '#'],
  ['the status of a response that is held', `export const f = (e: any) => orders.inc({ kind: e.response?.statusCode })`, '#'],
  ['a path that begins in a known way', 'export const f = (id: string) => orders.inc({ kind: `/orders/${id}` })', '/orders/*'],
  ['texts of several forms', 'export const f = (id: string, isNew: boolean) => orders.inc({ kind: isNew ? `new-${id}` : `${id}-old` })', '*-old|new-*'],
])('%s is known by what it is like', async (_, code, expected) => {
  expect(await kind(code)).toBe(expected)
})

test.each([
  ['a status of something else', `export const f = (job: any) => orders.inc({ kind: job.statusCode })`],
  ['a status that the code itself gives', `const res = { statusCode: process.env.X }\norders.inc({ kind: res.statusCode })`],
  ['a part of a text', 'export const f = (id: string) => orders.inc({ kind: `order-${id}`.slice(2) })'],
  ['a text without a known part', 'export const f = (id: string) => orders.inc({ kind: `${id}` })'],
  ['one of several that may be anything', 'export const f = (id: string, ok: boolean) => orders.inc({ kind: ok ? `a-${id}` : id })'],
  ['what a method makes of a number', 'export const f = (n: number) => orders.inc({ kind: n.toLocaleString() })'],
])('%s may be anything', async (_, code) => {
  expect(await kind(code)).toBe('…')
})

test('more forms than a few are not told', async () => {
  const forms = (count: number) => `export const f = (id: string) => { ${Array.from({ length: count }, (_, i) => `orders.inc({ kind: \`k${i}-\${id}\` })`).join(';')} }`
  expect((await kind(forms(16))).split('|')).toHaveLength(16)
  expect(await kind(forms(17))).toBe('…')
})

test('a variable that a file which is not followed changes at its top level', async () => {
  const [only] = await lines({
    'src/orders.ts': `${METRIC}import { kind } from './kind'\norders.inc({ kind })\n`,
    'src/kind.ts': `let count: any = 'red'\ncount++\nfor (count of ['blue']) {}\nexport const kind = count\n`,
  })
  expect(only).toContain('{kind=blue|')
})
