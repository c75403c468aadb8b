import { expect, test } from 'vitest'
import { lines } from './tree.js'

const TABLES = `
interface Table { name: string }
export const TABLE = [{ name: 'users' }, { name: 'jobs' }]
export const CONSTANT = [{ name: 'users' }, { name: 'jobs' }] as const
export const FROZEN = Object.freeze([{ name: 'users' }, { name: 'jobs' }])
export const TYPED: readonly Table[] = [{ name: 'users' }, { name: 'jobs' }]
export const KEYED: Record<string, Table> = { users: { name: 'users' }, jobs: { name: 'jobs' } }
export const MAP = new Map([['users', { name: 'users' }], ['jobs', { name: 'jobs' }]])
export default [{ name: 'users' }, { name: 'jobs' }]
`

test.each([
  'TABLE.forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'TABLE.forEach(({ name }) => { new Gauge({ name, help: name }) })',
  'renamed.forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'standard.forEach(function (t) { new Gauge({ name: t.name, help: t.name }) })',
  'tables.TABLE?.forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'CONSTANT.map((t) => new Gauge({ name: t.name, help: t.name }))',
  'FROZEN.forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'TYPED.filter((t) => t.name).flatMap((t) => [new Gauge({ name: t.name, help: t.name })])',
  'Object.entries(KEYED).forEach(([name]) => new Gauge({ name, help: name }))',
  'Object.values(KEYED).forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'MAP.forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'Array.from(TABLE).forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'Array.from(TABLE, (t) => new Gauge({ name: t.name, help: t.name }))',
  ';[...TABLE].forEach((t) => new Gauge({ name: t.name, help: t.name }))',
  'TABLE.slice().reduce((made, t) => ({ ...made, [t.name]: new Gauge({ name: t.name, help: t.name }) }), {})',
  'const make = (t: { name: string }) => new Gauge({ name: t.name, help: t.name })\nTABLE.forEach(make)',
  'function setup(list: readonly { name: string }[]) { list.forEach((t) => new Gauge({ name: t.name, help: t.name })) }\nsetup(TABLE)',
  'class M { list = TABLE; made: any = {}; constructor() { this.list.forEach((t) => { this.made[t.name] = new Gauge({ name: t.name, help: t.name }) }) } }\nnew M()',
])('a function for each item of an imported list: %s', async (loop) => {
  const found = await lines({
    'tables.ts': TABLES,
    'index.ts': `export * from './tables.js'\nexport { default as standard, TABLE as renamed } from './tables.js'`,
    'm.ts': `import { Gauge } from 'prom-client'\nimport { TABLE, CONSTANT, FROZEN, TYPED, KEYED, MAP, standard, renamed } from './index.js'\nimport * as tables from './index.js'\n${loop}\n`,
  })
  expect(found.map((line) => line.split(' ').slice(0, 3).join(' ')).sort()).toEqual(['gauge jobs{} never', 'gauge users{} never'])
})
