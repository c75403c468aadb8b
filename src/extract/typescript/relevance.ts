import type { Analysis, ClassNode, FunctionNode, Module } from './program.js'
import { mentions } from './words.js'

/**
 * Whether a function or class may make or record a metric: it stands in a file that imports a metrics library, or
 * mentions a name by which one can be got at. What else a file does is not followed until something asks for its result.
 */
export function isRelevant(analysis: Analysis, node: FunctionNode | ClassNode, module: Module): boolean {
  if (analysis.seeds.has(module.source.path)) return true
  let relevant = analysis.relevance.get(node)
  if (relevant === undefined) {
    relevant = mentions(module.source.text.slice(...node.range), analysis.relevantNames)
    analysis.relevance.set(node, relevant)
  }
  return relevant
}
