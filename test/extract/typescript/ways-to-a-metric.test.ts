import { expect, test } from 'vitest'
import { lines } from './tree.js'

const METRICS = `
import { Counter } from 'prom-client'
export const done = new Counter({ name: 'done_total', help: 'D', labelNames: ['kind'] })
export class Holder { #done = done; get finished() { return this.#done } }
export const holder = new Holder()
export const literal = { get finished() { return done } }
export const list = [done]
export function give() { return done }
`

/** What is told of `done_total`, with what these files do; the first one is `use.ts`, the others are `a.ts`, `b.ts`. */
async function told(...files: readonly string[]): Promise<string> {
  const named = Object.fromEntries(files.map((text, index) => [`${['use', 'a', 'b'][index]}.ts`, text]))
  const [line] = await lines({ 'metrics.ts': METRICS, ...named })
  return line!.replace(/^counter done_total(.*) metrics.ts:\S+$/, '$1')
}

test.each([
  ['a getter of a class', "import { holder } from './metrics.js'\nholder.finished.inc({ kind: 'a' })"],
  ['a getter of an object', "import { literal } from './metrics.js'\nliteral.finished.inc({ kind: 'a' })"],
  ['a generator', "import { done } from './metrics.js'\nfunction* all() { yield done }\nfor (const each of all()) each.inc({ kind: 'a' })\nconst [first] = all()\nfirst.inc({ kind: 'a' })"],
  ['a function that gives it, by another name', "import { give as get } from './metrics.js'\nconst tell = (metric: any, kind: string) => { metric.inc({ kind }) }\nexport function run() { tell(get(), 'a') }"],
  ['what takes it from an object by another name', "import { done } from './metrics.js'\nconst { counter: mine } = { counter: done }\nconst tell = (metric: any, kind: string) => { metric.inc({ kind }) }\nexport function run() { tell(mine, 'a') }"],
  ['a function that makes an object of this', "import { done } from './metrics.js'\nfunction Kept(this: any) { this.metric = done }\nconst kept = new (Kept as any)()\nkept.metric.inc({ kind: 'a' })"],
  ['a getter that gives an item of a pattern', "import { kept } from './a.js'\nconst own = [kept.it, 1].at(0) as any\nown.inc({ kind: 'a' })", "import { done } from './metrics.js'\nconst [first] = Object.values({ done })\nexport const kept = { get it() { return first } }"],
  ['a function with bound arguments', "import { done } from './metrics.js'\nconst get = function (given: any) { return given }.bind(null, done)\nget().inc({ kind: 'a' })"],
  ['what is pushed in a list that a getter reads', "import { kept } from './a.js'\nkept.it.inc({ kind: 'a' })", "import { give } from './metrics.js'\nconst list: any[] = []\nlist.push(give())\nexport const kept = { get it() { return list[0] } }"],
  ['a map that a function reads', "import { done } from './metrics.js'\nconst kept = new Map([['it', done]])\nclass Teller { constructor(private metric: any) {} tell(kind: string) { this.metric.labels(kind).inc() } }\nexport function run() { new Teller(kept.get('it')).tell('a') }"],
  ['an item of a list of another file', "import * as metrics from './metrics.js'\nexport const first = metrics.list[0]\nfirst.inc({ kind: 'a' })"],
])('through %s', async (_, ...files) => {
  expect(await told(...files)).toBe('{kind=a} yes')
})

test.each([
  ['a proxy', "import { done } from './metrics.js'\nconst proxy: any = new Proxy({}, { get: () => done })\nproxy.any.inc({ kind: 'a' })"],
  ['a method that is taken', "import { done } from './metrics.js'\nconst { inc } = done\ninc.call(done, { kind: 'a' })"],
])('what cannot be followed is not said to be never: %s', async (_, use) => {
  expect(await told(use)).toMatch(/^\{kind=.*…\} (unknown|yes)$/)
})

test.each([
  ['what a function writes to a variable', "import { done } from './metrics.js'\nlet kind = 'other'\nfunction set() { kind = 'a' }\nset()\nconst given = { kind }\ndone.inc(given)", '{kind=a|other} yes'],
  ['a bound argument', "import { done } from './metrics.js'\nconst tell = (kind: string) => { done.inc({ kind }) }\nconst tellOne = tell.bind(null, 'a')\ntellOne()", '{kind=a} yes'],
  ['a field that a class inherits and changes', "import { done } from './metrics.js'\nclass Job { kind = 'other'\n run() { done.inc({ kind: this.kind }) } }\nclass Mail extends Job { kind = 'a' }\nexport function start() { new Mail().run() }", '{kind=a|other} yes'],
  ['the name of a class', "import { done } from './metrics.js'\nclass Mail {}\ndone.inc({ kind: Mail.name.toLowerCase() })", '{kind=mail} yes'],
])('a label has all its values: %s', async (_, use, expected) => {
  expect(await told(use)).toBe(expected)
})

test('what a file that is not followed puts in its variables', async () => {
  const use = "import { done } from './metrics.js'\nimport { kind, kept } from './a.js'\ndone.inc({ kind })\ndone.inc({ kind: kept.kind })"
  expect(await told(use, "export const kept = { kind: 'other' }\nkept.kind = 'a'\nconst list: string[] = []\nlist.push('b')\nexport const kind = list[0]")).toBe('{kind=a|b} yes')
  expect(await told(use, "export const kept = { kind: 'a' }\nexport let kind = 'b'\nexport function set(given: string) { kind = given }")).toBe('{kind=a|b|…} yes')
})

test.each([
  ['a class that is handed to a function', "const make = (Type: any, ...given: any[]) => new Type(...given)\nexport const done = make(Counter, { name: 'done_total', help: 'D', labelNames: ['kind'] })"],
  ['Reflect', "export const done = Reflect.construct(Counter, [{ name: 'done_total', help: 'D', labelNames: ['kind'] }])"],
  ['a function with bound arguments', "const make = function (help: string, name: string, labelNames: string[]) { return new Counter({ name, help, labelNames }) }.bind(undefined, 'D')\nexport const done = make('done_total', ['kind'])"],
  ['a class of its own', "class Own extends Counter { constructor(name: string, labelNames: string[]) { super({ name, help: 'D', labelNames }) } }\nlet kept: any\nfunction get() { return (kept ??= new Own('done_total', ['kind'])) }\nexport const done = get()"],
  ['a list without what is empty', "const within = (space: string) => (name: string) => new Counter({ name: [space, '', name].filter(Boolean).join('_'), help: 'D', labelNames: ['kind'] })\nexport const done = within('done')('total')"],
  ['a table with keys from another file', "import { name } from './names.js'\nconst made: any = {};\n[[name, ['kind']]].forEach(([each, labelNames]: any) => { made[each] = new Counter({ name: each, help: 'D', labelNames }) })\nlet kept: any\nfunction init() { kept = made[name] }\ninit()\nexport { kept as done }"],
])('made by %s', async (_, text) => {
  const files = {
    'metrics.ts': `import { Counter } from 'prom-client'\n${text}`,
    'names.ts': "export const name = ['done', 'total'].join('_')",
  }
  const made = (use: string) => lines({ ...files, 'use.ts': `import { done } from './metrics.js'\n${use}` })
  expect(await made("done.inc({ kind: 'a' })")).toEqual([expect.stringMatching(/^counter done_total\{kind=a\} yes (metrics|names).ts:/)])
  expect(await made('const tell = done.inc.bind(done)\ntell({ kind: process.title })')).toEqual([expect.stringMatching(/^counter done_total\{kind=.*…\} (unknown|yes) (metrics|names).ts:/)])
})

test.each([
  ['any text', 'readonly kind: string', '{kind=first|…} yes'],
  ['what its type lists', "readonly kind: 'first' | 'second'", '{kind=first|second} yes'],
  ['anything', 'readonly kind', '{kind=first|…} yes'],
])('objects of a class may be made elsewhere, with %s', async (_, parameter, expected) => {
  const use = "import { done } from './metrics.js'\nimport { Job } from './a.js'\ndone.inc({ kind: new Job('first').kind })\nexport function tell(job: Job) { done.inc({ kind: job.kind }) }"
  expect(await told(use, `export class Job { constructor(${parameter}) {} }\nexport function late() { return new Job(process.title as any) }`)).toBe(expected)
})

test('objects in objects of a class are what its declaration says', async () => {
  const use = "import { done } from './metrics.js'\nimport { Fault, Own } from './a.js'\ndone.inc({ kind: new Own({ code: 'first' }).type.code })\nexport function tell(error: unknown) { done.inc({ kind: (error as Fault<{ code: string }>).type.code }) }"
  const classes = (code: string) => `export class Fault<T extends { code: ${code} }> extends Error { type: T\nconstructor(type: T) { super(); this.type = type } }\nexport class Own extends Fault<{ code: ${code} }> {}`
  expect(await told(use, classes('string'))).toBe('{kind=first|…} yes')
  expect(await told(use, classes("'first' | 'second'"))).toBe('{kind=first|second} yes')
})

test('a value of which nothing is seen may be any', async () => {
  const use = "import { done } from './metrics.js'\nconst all = new Map<string, { kind: string }>()\nfunction put(job: { kind: string }) { all.set('x', job) }\nput({ kind: 'late' })\nfunction kindOf(of: Map<string, { kind: string }>) { return of.get('x')!.kind }\ndone.inc({ kind: 'early' })\ndone.inc({ kind: kindOf(all) })"
  expect(await told(use)).toMatch(/^\{kind=early\|(late|…)\} yes$/)
})

test('a method called get tells of a metric by what calls it in its class, and by no name of its own', async () => {
  expect(await lines({
    'metrics.ts': "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'done_total', help: 'D', labelNames: ['kind'] })",
    'keep.ts': "import { done } from './metrics.js'\nabstract class Keeper { protected abstract get(): any; own() { return this.get() } }\nclass Kept extends Keeper { protected get() { return done } }\nconst keeper: Keeper = new Kept()\nexport const kept: any = {}\nObject.defineProperty(kept, 'box', { value: keeper.own() })",
    'use.ts': "import { kept } from './keep.js'\nkept.box.inc({ kind: 'a' })",
  })).toEqual([expect.stringMatching(/^counter done_total\{kind=a\} yes /)])
})

test.each([
  ['a getter', "Object.defineProperty(kept, 'box', { get: () => done })"],
  ['a value', "Object.defineProperty(kept, 'box', { value: done, enumerable: true })"],
  ['Reflect', "Reflect.set(kept, 'box', done)"],
])('put in an object as a property that is defined by %s', async (_, text) => {
  expect(await lines({
    'metrics.ts': "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'done_total', help: 'D', labelNames: ['kind'] })",
    'keep.ts': `import { done } from './metrics.js'\nexport const kept: any = {}\n${text}`,
    'use.ts': "import * as all from './keep.js'\nall.kept.box.inc({ kind: 'a' })\nReflect.get(all.kept, 'box').inc({ kind: 'b' })",
  })).toEqual([expect.stringMatching(/^counter done_total\{kind=a\|b\} yes /)])
})
