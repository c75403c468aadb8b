import { expect, test } from 'vitest'
import { lines } from './tree.js'

const metrics = `import { Counter } from 'prom-client'
export const jobs = new Counter({ name: 'jobs_total', help: 'J', labelNames: ['kind'] })`

/** The values of the label, where a module keeps them and another one puts something in. */
async function kinds(keeper: string, user: string): Promise<string> {
  const [line] = await lines({ 'src/metrics.ts': metrics, 'src/keeper.ts': `import { jobs } from './metrics'\n${keeper}`, 'src/user.ts': user })
  return /\{kind=(.*)\}/.exec(line!)![1]!
}

test.each([
  ['pushed', 'this.kinds.push(kind)', 'this.kinds'],
  ['put at a position', 'this.kinds[this.kinds.length] = kind', 'this.kinds'],
  ['added', 'this.others.add(kind)', 'this.others'],
  ['joined', 'this.kinds = [...this.kinds, kind]', 'this.kinds'],
])('what a method has %s in what an instance keeps', async (_, write, kept) => {
  expect(await kinds(`export class Keeper {
  kinds = ['mail']
  others = new Set(['mail'])
  put(kind: string) { ${write} }
  note() { for (const kind of ${kept}) jobs.inc({ kind }) }
}
export const keeper = new Keeper()`, `import { keeper } from './keeper'\nexport function setUp() { keeper.put('report') }`)).toMatch(/^mail\|report/)
})

test('what a function puts in a list of its module', async () => {
  expect(await kinds(`const kinds = ['mail']
export function put(kind: string) { kinds.push(kind) }
export function note() { for (const kind of kinds) jobs.inc({ kind }) }`, `import { put } from './keeper'
export function setUp() { put('report') }`)).toMatch(/^mail\|report/)
})

test('what another file puts in a list or an object', async () => {
  expect(await kinds(`export const kinds = ['mail']
export function note() { for (const kind of kinds) jobs.inc({ kind }) }`, `import { kinds } from './keeper'
export function setUp() { kinds.push('report') }`)).toBe('mail|report')
  expect(await kinds(`export const options = { kind: 'mail' }
export function note() { jobs.inc({ kind: options.kind }) }`, `import { options } from './keeper'
export const setUp = (given) => { options.kind = given.name }`)).toBe('mail|…')
})

test('what nothing is put in is known', async () => {
  expect(await kinds(`export const kinds = ['mail', 'report']
export function note() { for (const kind of kinds) jobs.inc({ kind }) }`, `import { kinds } from './keeper'
export const all = () => kinds.map((kind) => kind.length)`)).toBe('mail|report')
})
