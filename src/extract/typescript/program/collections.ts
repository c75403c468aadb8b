import { DEFAULT_EXPORT } from '../objects/exports.js'
import { keepsMetrics } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'

/**
 * The exported variables of the walked files that keep metrics: under keys or at positions, as `export const gauges = new Map()`,
 * or as properties, which may be gone through: `Object.values(metrics)`. Nothing that gets at such a metric has to name what
 * holds it.
 */
export function namesOfCollections(analysis: Analysis): string[] {
  return [...analysis.code.walked].flatMap((path) => {
    const module = analysis.code.modules.get(path)
    const variables = module && analysis.facts.heap.environments.get(module)?.variables
    if (!variables) return []
    return [...module.exports].flatMap(([name, binding]) => {
      const exported = binding.kind === 'local' ? binding.name : binding.kind === 'expression' ? DEFAULT_EXPORT : undefined
      if (exported === undefined || !keepsMetrics(analysis, variables.get(exported) ?? [])) return []
      return [name, exported].filter((each) => each !== 'default' && each !== DEFAULT_EXPORT)
    })
  })
}
