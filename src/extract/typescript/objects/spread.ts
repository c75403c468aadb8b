import { allocate, objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { readAnyProperty, readProperty, writeProperty } from './properties.js'
import { forced, SPREAD, union, unknown, withoutNullish, type Value } from '../values/values.js'

/** `{ ...source }` and `Object.assign(target, source)`. @param certain whether it surely happens, and once */
export function copyProperties(analysis: Analysis, target: Value, source: Value, certain = true): void {
  const sources = forced(source)
  for (const atom of sources) {
    const versions = objectVersions(analysis, atom)
    for (const version of versions) {
      for (const [name, value] of version.properties) {
        const isSure = certain && sources.length === 1 && !value.some((part) => part.kind === 'nullish')
        writeProperty(analysis, target, name, value, isSure)
      }
      addRest(analysis, target, version.rest, () => version.rest)
    }
    if (atom.kind === 'unknown' || atom.kind === 'library') {
      const any = unknown(SPREAD)
      addRest(analysis, target, any, () => any)
    }
    if (atom.kind === 'typed') {
      addRest(analysis, target, readAnyProperty(analysis, [atom]), (name) => withoutNullish(readProperty(analysis, [atom], name)))
    }
  }
}

/** Adds properties whose names are not known; `over` tells what may have taken the place of those that are there. */
function addRest(analysis: Analysis, target: Value, rest: Value, over: (name: string) => Value): void {
  if (rest.length === 0) return
  for (const atom of target) {
    if (atom.kind !== 'object') continue
    const object = allocate(analysis, atom.key)
    object.rest = union(object.rest, rest)
    for (const [name, value] of object.properties) object.properties.set(name, union(value, over(name)))
  }
}
