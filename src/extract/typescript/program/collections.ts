import { objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { HeapObject } from '../values/program.js'
import type { Value } from '../values/values.js'

/**
 * The exported variables of the walked files that keep metrics under keys or at positions: `export const gauges = new Map()`.
 * Nothing that gets at such a metric names what holds it.
 */
export function namesOfCollections(analysis: Analysis): string[] {
  return [...analysis.code.walked].flatMap((path) => {
    const module = analysis.code.modules.get(path)
    const variables = module && analysis.facts.heap.environments.get(module)?.variables
    if (!variables) return []
    return [...module.exports].flatMap(([name, binding]) => {
      if (binding.kind !== 'local') return []
      return isCollection(analysis, variables.get(binding.name) ?? []) ? [name, binding.name] : []
    })
  })
}

function isCollection(analysis: Analysis, value: Value): boolean {
  return value.some((atom) => objectVersions(analysis, atom).some((object) => entriesOf(object).some(holdsMetric)))
}

/** What is in an object and has no name there that tells what it is. */
function entriesOf({ shape, items, rest, properties }: HeapObject): Value[] {
  return [...items, rest, ...(shape === 'map' ? properties.values() : [])]
}

function holdsMetric(value: Value): boolean {
  return value.some(({ kind }) => kind === 'metric')
}
