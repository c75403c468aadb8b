import { readFileSync } from 'node:fs'
import { globSync } from 'glob'
import { expect, test } from 'vitest'
import { loadRecoveringParser } from '../../../src/extract/typescript/syntax/recovering-parser.js'
import { loadParser } from '../../../src/extract/typescript/syntax/syntax.js'
import { sourceText } from '../../../src/text/source.js'
import { extract } from './tree.js'

const SYNTAX = `
@injectable() export abstract class Metrics<T extends string = 'a'> extends Base<T> implements Named {
  static { register() }
  declare readonly name: string
  #jobs?: Counter<'status' | 'queue'>
  accessor total = 0
  constructor(private readonly registry: Registry, @inject() public prefix = 'x_') { super() }
  get [Symbol.iterator]() { return this.#jobs!.labels({ status: 'ok' }) }
  static made() { return new.target }
  abstract record<K extends keyof T>(this: Metrics<T>, ...keys: readonly K[]): asserts keys is never
  async *all() { for await (const job of jobs()) yield* job }
}
export default (function ({ a = 1, ...rest }, [b, , c]) { return { a, b, c, ...rest, [\`n\${a}\`]: b ?? c?.[a]?.(b) } })
export { jobs as 'all jobs', type Job } from './jobs.js' with { type: 'json' }
import type { Label } from './label'
import fs = require('node:fs')
export import Namespaced = Outer.Inner
enum Status { Ok = 'ok', Failed = \`failed\` }
declare const enum Flags { A = 1 << 2 }
namespace Outer.Inner { export const x = <const T,>(value: T): T => value }
type Route<T> = T extends \`/\${infer Head}/\${string}\` ? Head : { -readonly [K in keyof T as Uppercase<K & string>]?: T[K] }
type Tuple = [first: string, second?: typeof import('./a').b, ...rest: unique symbol[]]
interface Callable { new (x: number): Date; (x: string): x is 'a'; readonly [key: string]: unknown }
declare module 'x' { global { var y: bigint } }
label: for (let i = 0, n = 1_000n; i < 3; i++) { if (i) continue label; else break }
try { using file = open(); await using other = await import('./x.js') } catch { debugger } finally { delete a.b, void 0 }
const tagged = tag\`a\${1}b\`, cast = <any>value as unknown as const satisfies object, re = /a(?<n>b)/giu, { meta } = import.meta
switch (x) { case 1: default: throw new Error('no', { cause }) }
function overloaded(a: string): void
function overloaded(a?: any) { a ||= !(typeof a in b instanceof C) ? (-a) ** 2 : a; (a as any).b!++ }
`

test('the parser that recovers gives the tree of the one that does not', () => {
  const files = globSync(['src/extract/**/*.ts', 'rules/*.ts', 'fixtures/ml-services/**/*.ts', 'bin/*.js', 'tools/**/*.js'])
  expect(files.length).toBeGreaterThan(80)
  const sources = [['syntax.ts', SYNTAX] as const, ...files.map((path) => [path, readFileSync(path, 'utf8')] as const)]
  const parse = loadParser()
  const recover = loadRecoveringParser()
  for (const [path, text] of sources) {
    const source = sourceText(path, text)
    const parsed = parse(source)
    // Only the parser that recovers tells lines and columns.
    expect(parsed.program, path).not.toHaveProperty('loc')
    expect(plain(parsed.program.body), path).toEqual(plain(recover(source).program.body))
  }
})

/** A tree with what means the same written the same: absent, null and empty; and without what no one asks for. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'bigint' || value instanceof RegExp) return undefined
  if (typeof value !== 'object' || value === null) return value === null || value === false ? undefined : value
  const entries = Object.entries(value).filter(([key]) => !IGNORED.has(key)).map(([key, item]) => [key, plain(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0)))
}

const IGNORED = new Set(['parent', 'loc', 'start', 'end', 'comments', 'tokens', 'raw', 'sourceType', 'hashbang', 'directive', 'phase'])

test.each([['of a number', "import{m.5'prom-client'"], ['of nothing', "import { Counter } from\n'prom-client'.x"]])('a broken import %s costs no more than itself', async (_, broken) => {
  const { declarations, problems } = await extract({
    'a.ts': `${broken}\n`,
    'b.ts': "import { Counter } from 'prom-client'\nnew Counter({ name: 'jobs_total', help: 'Jobs' }).inc()\n",
  })
  expect(declarations).toHaveLength(1)
  expect(problems.map(({ problem }) => problem.message)).not.toContainEqual(expect.stringContaining('could not be followed'))
})
