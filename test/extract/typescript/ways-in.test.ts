import { expect, test } from 'vitest'
import { wayNames, waysInFinder, waysOf } from '../../../src/extract/typescript/sources/ways-in.js'
import { extractTypeScript } from '../../../src/extract/typescript/index.js'
import { line, lines, treeOf } from './tree.js'

const ways = waysOf(['length', 'status', 'loader()', 'record()', 'Engine()', '#own', 'kinds='])

/** What the finder finds, each with the rest of its line. */
function found(text: string, own = false): string[] {
  return waysInFinder(ways, own)(text).map((place) => text.slice(place).split('\n')[0]!)
}

test('names and their marks are one list', () => {
  expect(wayNames(waysOf(['b', 'a()', 'a', 'b=']))).toEqual(['a', 'a()', 'b', 'b='])
})

test.each([
  ['recorded', 'metrics.status.inc()'],
  ['recorded on a line of its own', 'metrics\n  .status\n  .labels({ code }).inc()'],
  ['recorded where it may be missing', 'this.metrics?.status?.set(1)'],
  ['recorded under a key', `metrics['length'].observe(1)`],
  ['recorded by an item of it', 'metrics.status[code]?.inc()'],
  ['recorded alone', 'status.inc()'],
  ['observed', 'metrics.status.addCallback((result) => result.observe(1))'],
  ['recorded where its method may be missing', 'metrics.status.inc?.()'],
  ['its method handed on', 'retry({ onError: metrics.status.inc })'],
  ['handed on', 'wrap(metrics.status)'],
  ['returned', 'return this.status;'],
  ['returned without a semicolon', 'const end = this.status\nend()'],
  ['or another one', 'const gauge = metrics.status ?? none'],
  ['of the class alone', 'this.#own.inc()'],
  ['called', 'emitter.record(1)'],
  ['called with types', 'emitter.record<string>(1)'],
  ['called where it may be missing', 'emitter.record?.(1)'],
  ['bound', 'const send = emitter.record.bind(emitter)'],
  ['handed on as a function', 'list.forEach(emitter.record)'],
  ['taken from an object', 'const { status } = metrics'],
  ['taken under another name', 'const { status: gauge, other } = metrics'],
  ['taken from deep in an object', 'const { metrics: { status }, other } = this'],
  ['a parameter', 'export const run = ({ status, other }, next) => next(other)'],
  ['a parameter with a type', 'function run({ status }: Deps) {}'],
  ['imported', `import { loader } from './loader'`],
  ['imported with others', `import {\n  a,\n  type Engine,\n  b,\n} from './engine'`],
  ['imported as a whole', `import Engine from './engine'`],
  ['imported by another name', `import { record as note } from './record'`],
  ['required', `const record = require('./record')`],
  ['put in', `kinds.push('mail')`],
  ['put in, of an object', `this.kinds?.add(kind)`],
  ['put under a key', `kinds[kind] = true`],
  ['put in deep', `kinds.of[kind].name = 'mail'`],
  ['handed on from a file', `export { loader } from './loader'`],
])('a name that is got at: %s', (_, text) => {
  expect(found(text)).not.toEqual([])
})

test.each([
  ['a count that is compared', 'if (list.length > 0) run()'],
  ['a count that is handed on', 'send(list.length)'],
  ['a state that is compared', `if (job.status === 'done') run()`],
  ['a state that is assigned', `job.status = 'done'`],
  ['a property of it', 'job.status.text'],
  ['called, and no function', 'response.status(200)'],
  ['in a text', 'const line = `${response.status} ${job.status}`'],
  ['a key', `send({ status: 200, length: 1 })`],
  ['a variable', `const status = 'done'\nsend({ status })`],
  ['a key of a type', 'interface Job { status: string; length: number }'],
  ['a member of the type of a parameter', 'const run = (job: { status: string }) => job'],
  ['in a comment', '// the status of the loader and its length'],
  ['in a string', `log('loader')`],
  ['a function of the same name', 'export const loader = async () => { return load() }'],
  ['a method of the same name', 'class Own { record(value) { this.last = value } }'],
  ['a list that is read', 'for (const kind of kinds) kinds.map(run)'],
  ['a list that is made', 'let kinds = []\nthis.kinds = kinds'],
  ['a list that is compared', 'if (kinds.length === 0 || kinds[0] == kind) run()'],
  ['a part of a word', 'metrics.statusCodes.inc(); preloader.record2()'],
])('a name that is not: %s', (_, text) => {
  expect(found(text)).toEqual([])
})

test('a name that a followed text declares counts wherever it stands in it', () => {
  const text = 'const status = make()\nexport const run = () => wrap(status)'
  expect(found(text)).toEqual([])
  expect(found(text, true)).toEqual(['status = make()', 'status)'])
  expect(found(`import { record } from './x'\nconst run = () => record`)).toEqual([`record } from './x'`, 'record'])
})

/** A client, a file that records by a name that many files have, and such files. */
const service = {
  'src/metrics.ts': `import { Gauge } from 'prom-client'
export const metrics = { status: new Gauge({ name: 'jobs', help: 'J', labelNames: ['state'] }) }
export const loader = (state: string) => metrics.status.set({ state }, 1)`,
  'src/jobs.ts': `import { metrics } from './metrics'\nexport const done = () => metrics.status.inc({ state: 'done' })`,
  ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`src/route-${index}.ts`, `import { log } from './log'
export const loader = (job: { status: string }) => log(\`status \${job.status}\`, { status: 200 })`])),
  'src/log.ts': `import './metrics'\nexport const log = (...all: unknown[]) => console.log(all)`,
}

test('files that only have the same names are not read', async () => {
  const tree = treeOf(service)
  const read = new Set<string>()
  const { declarations } = await extractTypeScript({ ...tree, read: (path) => (read.add(path), tree.read(path)) })
  expect(declarations.map(line)).toEqual(['gauge jobs{state=done|…} yes src/metrics.ts:2:52'])
  expect([...read].sort()).toEqual(['src/jobs.ts', 'src/metrics.ts'])
})

test('an abstract class that makes metrics is found by the classes that extend it', async () => {
  expect(await lines({
    'src/service.ts': `import { Counter } from 'prom-client'
export abstract class Service {
  protected runs
  constructor(name: string) { this.runs = new Counter({ name: name + '_runs_total', help: 'R' }) }
}`,
    'src/mail.ts': `import { Service } from './service'
export class Mail extends Service {
  constructor() { super('mail') }
  run() { this.runs.inc() }
}`,
  })).toEqual(['counter mail_runs_total{} yes src/mail.ts:3:25'])
})

test('a method of an object that nothing is seen to call records on that object', async () => {
  expect(await lines({
    'src/metrics.ts': `import { Counter } from 'prom-client'
export function getMetrics() {
  return {
    jobs: new Counter({ name: 'jobs_total', help: 'J', labelNames: ['state'] }),
    onDone() { this.jobs.inc({ state: 'done' }) },
  }
}`,
  })).toEqual(['counter jobs_total{state=done} yes src/metrics.ts:4:31'])
})
