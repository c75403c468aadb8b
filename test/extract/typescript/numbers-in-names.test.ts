import { expect, test } from 'vitest'
import { lines } from './tree.js'

const namesIn = async (text: string, client = 'prom-client') =>
  (await lines({ 'm.ts': `import { Counter, Gauge } from '${client}'\nimport { metrics } from '@opentelemetry/api'\n${text}\n` })).map((line) => line.split(/[ {]/)[1])

test.each([
  ['a parameter that is a number', 'export const make = (i: number) => new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_#_total'],
  ['a bigint', 'export const make = (i: bigint) => new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_#_total'],
  ['a property that is a number', 'export const make = (s: { id: number }) => new Counter({ name: `shard_${s.id}_total`, help: "S" })', 'shard_#_total'],
  ['a number that may be missing', 'export const make = (i?: number) => new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_#_total'],
  ['the index of a loop', 'for (let i = 0; i < Number(process.env.N); i++) new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_#_total'],
  ['arithmetic', 'export const make = (i: unknown) => new Counter({ name: `shard_${Number(i) + 1}_total`, help: "S" })', 'shard_#_total'],
  ['a counter', 'let next = 0\nexport const make = () => new Counter({ name: `shard_${next++}_total`, help: "S" })', 'shard_#_total'],
  ['a length', 'export const make = (all: string[]) => new Counter({ name: "shard_" + all.length + "_total", help: "S" })', 'shard_#_total'],
  ['the position in forEach()', 'export const make = (all: string[]) => all.forEach((one, i) => new Counter({ name: `shard_${i}_total`, help: one }))', 'shard_#_total'],
  ['the position in entries()', 'export const make = (all: string[]) => { for (const [i, one] of all.entries()) new Counter({ name: `shard_${i}_total`, help: one }) }', 'shard_#_total'],
  ['the position in Array.from()', 'export const make = (n: number) => Array.from({ length: n }, (_, i) => new Counter({ name: `shard_${i}_total`, help: "S" }))', 'shard_#_total'],
  ['String() and toString()', 'export const make = (i: number) => new Counter({ name: "shard_" + String(i) + i.toString() + "_total", help: "S" })', 'shard_#_total'],
  ['a rounded number', 'export const make = (i: any) => new Counter({ name: `shard_${Math.floor(i)}_total`, help: "S" })', 'shard_#_total'],
  // Any text where it may be one.
  ['a string', 'export const make = (i: string) => new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_*_total'],
  ['a number or a string', 'export const make = (i: string | number) => new Counter({ name: `shard_${i}_total`, help: "S" })', 'shard_*_total'],
  ['a number to another base', 'export const make = (i: number) => new Counter({ name: `shard_${i.toString(16)}_total`, help: "S" })', 'shard_*_total'],
  ['a question about a number', 'export const make = (i: number) => new Counter({ name: `shard_${Number.isInteger(i)}_total`, help: "S" })', 'shard_*_total'],
  ['text beside a number', 'export const make = (i: number, s: string) => new Counter({ name: `shard_${i}${s}_total`, help: "S" })', 'shard_*_total'],
  ['what may be a sum', 'export const make = (i) => new Counter({ name: "shard_" + (i + 1), help: "S" })', 'shard_*'],
  ['OpenTelemetry, which takes signs and points', 'export const make = (i: number) => metrics.getMeter("m").createCounter(`shard_${i}`)', 'shard_*'],
])('%s in a name', async (_, code, expected) => {
  expect(await namesIn(code)).toEqual([expected])
})

test('one name that is digits in one way and any text in another is any text', async () => {
  expect(await namesIn(`const make = (id: unknown) => new Counter({ name: \`shard_\${id}_total\`, help: 'S' })
export const a = (i: number) => make(i)
export const b = (s: string) => make(s)`)).toEqual(['shard_*_total'])
})

test('a position is known as far as the items before it are', async () => {
  expect(await namesIn(`export const make = (more: string[]) => ['a', ...more].forEach((one, i) => new Gauge({ name: \`slot_\${i}\`, help: one }))`))
    .toEqual(['slot_#', 'slot_0'])
})

test('arithmetic with each of several numbers', async () => {
  expect(await namesIn(`const first = process.argv.length > 2 ? 1 : 5\nnew Gauge({ name: \`slot_\${first + 1}\`, help: 'S' })`)).toEqual(['slot_2', 'slot_6'])
})
