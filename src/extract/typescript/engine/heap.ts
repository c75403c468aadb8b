import type { Analysis } from './analysis.js'
import type { HeapObject } from '../values/program.js'
import { isPrimitive, union, type Atom, type Value } from '../values/values.js'

/** Makes an object, or finds the one that the same code has made before in this pass. */
export function allocate(analysis: Analysis, key: string, shape: HeapObject['shape'] = 'object'): HeapObject {
  const existing = analysis.facts.heap.objects.get(key)
  if (existing) return existing
  const made: HeapObject = { key, shape, properties: new Map(), rewritten: new Set(), items: [], rest: [], metric: [] }
  analysis.facts.heap.objects.set(key, made)
  return made
}

const NO_VERSIONS: readonly HeapObject[] = []

/** The object that an atom stands for, as this pass knows it and as the pass before did. */
export function objectVersions(analysis: Analysis, atom: Atom): readonly HeapObject[] {
  if (atom.kind !== 'object') return NO_VERSIONS
  const current = analysis.facts.heap.objects.get(atom.key)
  const before = analysis.previous.heap.objects.get(atom.key)
  if (current) return before ? [current, before] : [current]
  return before ? [before] : NO_VERSIONS
}

/** The metrics that a value may be, or that a function is called with: an instance of a class that extends a client's is one too. */
export function metricsIn(analysis: Analysis, value: Value): string[] {
  return value.flatMap((atom) => {
    if (atom.kind === 'metric') return [atom.metric]
    if (atom.kind === 'function') return atom.bound?.flatMap((given) => metricsIn(analysis, given)) ?? []
    return objectVersions(analysis, atom).flatMap((object) => metricsIn(analysis, object.metric))
  })
}

/** How deep in objects metrics are looked for. */
const MAXIMUM_DEPTH = 3

/** Whether an object keeps metrics, under keys or at positions, or in others that it has. */
export function keepsMetrics(analysis: Analysis, value: Value, depth = 0): boolean {
  return value.some((atom) => objectVersions(analysis, atom).some((object) => !object.class && entriesOf(object)
    .some((entry) => metricsIn(analysis, entry).length > 0 || (depth < MAXIMUM_DEPTH && keepsMetrics(analysis, entry, depth + 1)))))
}

function entriesOf({ items, rest, properties }: HeapObject): Value[] {
  return [...items, rest, ...properties.values()]
}

/** How many items a list keeps one by one. */
const MAXIMUM_ITEMS = 2000

/** A list of values in an object of its own; `placed` as in `HeapObject`. */
export function listOf(analysis: Analysis, key: string, items: readonly Value[], rest: Value = [], placed?: number): Value {
  const list = allocate(analysis, key, 'list')
  setItems(list, items, rest)
  if (placed === undefined) delete list.placed
  else list.placed = placed
  return [{ kind: 'object', key }]
}

/** Puts a value somewhere in an object: it may be any of the plain values that it has, too. */
export function addAnywhere(object: HeapObject, value: Value): void {
  object.rest = union(object.rest, value)
  for (const [name, old] of object.properties) if (old.every(isPrimitive)) object.properties.set(name, union(old, value))
  object.items.forEach((old, index) => {
    if (old.every(isPrimitive)) object.items[index] = union(old, value)
  })
}

/** Gives a list or set its items; more than can be kept are taken together. */
export function setItems(list: HeapObject, items: readonly Value[], rest: Value): void {
  const kept = items.slice(0, MAXIMUM_ITEMS)
  list.items.length = 0
  for (const item of kept) list.items.push(item)
  list.rest = items.length > kept.length ? union(rest, ...items.slice(kept.length)) : rest
}
