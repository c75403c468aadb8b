import type { MetricType } from '../../../registry/types.js'
import { isTable, type MetricDeclaration } from '../../types.js'
import { objectVersions } from '../engine/heap.js'
import { placeOf, type Environment } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import type { KeptTable } from '../engine/facts.js'
import { itemsOf, keysOf, readProperty } from './properties.js'
import { forced, knownText, knownTexts, NOTHING, union, withoutNullish, type StringAtom, type Value } from '../values/values.js'

/** Keeps the value of a variable or property that the configuration names as a table (`extract.factories`). */
export function noteTable(analysis: Analysis, name: string, value: Value, { frame }: Environment): void {
  for (const table of analysis.options.factories?.filter(isTable) ?? []) {
    const { path } = frame.module.source
    if (table.table.split('.').at(-1) !== name || (table.module ?? path) !== path) continue
    const key = `${path}#${name}`
    const known = analysis.facts.finds.tables.get(key)?.value ?? NOTHING
    analysis.facts.finds.tables.set(key, { table, module: frame.module, value: union(known, value) })
  }
}

/** An entry of a table: the name as it is written, and what else stands beside it. */
interface Entry {
  readonly name: StringAtom
  readonly others: readonly Value[]
}

/**
 * The metrics of tables: `[[name, { help, type, labels }]]`, `[{ name, help, type }]`, `{ name: { help, type } }`,
 * `{ name: 'help' }`, `{ key: 'name' }`, maps and lists of names. That they are recorded is not known: something else reads the table.
 */
export function declarationsOfTables(analysis: Analysis): MetricDeclaration[] {
  const found = new Map<string, MetricDeclaration>()
  for (const kept of analysis.facts.finds.tables.values()) {
    for (const entry of entriesOf(analysis, kept)) {
      const text = knownText(entry.name)
      if (text !== undefined && isName.test(text)) found.set(`${kept.module.source.path} ${text}`, declare(analysis, kept, entry, text))
    }
  }
  return [...found.values()]
}

const isName = /^[a-zA-Z_:][\w:]*$/
const types: ReadonlySet<string> = new Set<MetricType>(['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'untyped', 'unknown'])
const isType = (text: string) => types.has(text.toLowerCase())

function declare(analysis: Analysis, { table, module }: KeptTable, { name, others }: Entry, text: string): MetricDeclaration {
  const property = (...names: readonly string[]) => withoutNullish(forced(union(...names.flatMap((each) => others.map((value) => readOwn(analysis, value, each))))))
  const texts = [...knownTexts(property('type', 'kind')).texts, ...others.flatMap(textsIn)]
  const type = texts.find(isType)?.toLowerCase() as MetricType | undefined
  const help = knownTexts(property('help', 'description')).texts[0] ?? others.flatMap(textsIn).find((each) => !isType(each))
  const listed = union(property('labels', 'labelNames'), ...others.filter((value) => value.some((atom) => isList(analysis, atom))))
  const { items, rest } = itemsOf(analysis, listed)
  const labels = items.map((item) => knownTexts(item))
  const labelsOpen = listed.length === 0 || rest.length > 0 || labels.some(({ open }) => open)
  return {
    client: analysis.code.homeMadeClient,
    name: { parts: [text] },
    type: type ?? table.type ?? 'unknown',
    ...(help !== undefined && { help }),
    labels: [...new Set(labels.flatMap((label) => label.texts))].sort().map((label) => ({ name: label, values: [], open: true })),
    labelsOpen,
    recorded: 'unknown',
    place: name.origin ?? placeOf(module, module.program),
    via: [],
    ...(labelsOpen && { reason: `the table ${table.table} does not tell all labels` }),
  }
}

function entriesOf(analysis: Analysis, kept: KeptTable): Entry[] {
  return withoutNullish(forced(kept.value)).flatMap((atom) => {
    const versions = objectVersions(analysis, atom)
    if (versions.some(({ shape }) => shape === 'list' || shape === 'set')) {
      return itemsOf(analysis, [atom]).items.flatMap((item) => entryOfItem(analysis, item))
    }
    const ofMap = (key: string) => union(...versions.map(({ properties }) => properties.get(key) ?? NOTHING))
    const isMap = versions.some(({ shape }) => shape === 'map')
    return keysOf(analysis, [atom]).names.flatMap((key) => entryOfProperty(analysis, kept, key, isMap ? ofMap(key) : readProperty(analysis, [atom], key)))
  })
}

/** `[name, { help, type }]`, `{ name, help, type }` or the name alone. */
function entryOfItem(analysis: Analysis, item: Value): Entry[] {
  return forced(item).flatMap((atom): Entry[] => {
    if (atom.kind === 'string') return [{ name: atom, others: [] }]
    if (isList(analysis, atom)) {
      const [name = NOTHING, ...others] = itemsOf(analysis, [atom]).items
      return stringsIn(name).map((text) => ({ name: text, others }))
    }
    return stringsIn(readOwn(analysis, [atom], 'name')).map((name) => ({ name, others: [[atom]] }))
  })
}

/** `key: { name, help }`, `name: { help, type }`, `name: 'counter'`, `name: 'A text'` or `key: 'name'`. */
function entryOfProperty(analysis: Analysis, { module, table }: KeptTable, key: string, value: Value): Entry[] {
  const named = forced(value).flatMap((atom) => (atom.kind === 'object' && !isList(analysis, atom) ? stringsIn(readOwn(analysis, [atom], 'name')) : []))
  const alone = stringsIn(value).filter((atom) => isName.test(knownText(atom) ?? ' ') && !isType(knownText(atom)!))
  if (named.length > 0) return named.map((name) => ({ name, others: [value] }))
  if (alone.length > 0) return alone.map((name) => ({ name, others: [] }))
  return [{ name: { kind: 'string', parts: [key], ...keyPlace(module.source.text, key, table.table, module) }, others: [value] }]
}

/** Where a key stands: the first time after the table's own name. */
function keyPlace(text: string, key: string, table: string, module: KeptTable['module']): Pick<StringAtom, 'origin'> {
  const from = Math.max(text.search(new RegExp(`\\b${table.split('.').at(-1)!.replaceAll('$', '\\$')}\\b`)), 0)
  const found = new RegExp(`(?<![\\w$])${key.replace(/[^\w]/g, '\\$&')}(?=['"\`]?\\]?\\s*[:,])`).exec(text.slice(from))
  if (!found) return {}
  const start = from + found.index
  return { origin: { source: module.source, span: { start, end: start + key.length } } }
}

function isList(analysis: Analysis, atom: Value[number]): boolean {
  return objectVersions(analysis, atom).some(({ shape }) => shape === 'list' || shape === 'set')
}

/** A property that an object itself has. */
function readOwn(analysis: Analysis, value: Value, name: string): Value {
  return union(...forced(value).filter((atom) => atom.kind === 'object' && !isList(analysis, atom)).map((atom) => readProperty(analysis, [atom], name)))
}

function stringsIn(value: Value): StringAtom[] {
  return forced(value).filter((atom) => atom.kind === 'string')
}

function textsIn(value: Value): string[] {
  return stringsIn(value).flatMap((atom) => knownText(atom) ?? [])
}
