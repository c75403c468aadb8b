import type { Label } from '../../../registry/types.js'
import type { Analysis } from '../program.js'
import { forced, type Value } from '../values.js'
import { labelsFrom } from './default-metrics.js'

/** Tells registries apart; `register` is the client's own, which is used where none is given. */
export function registryKeys(registries: Value): string[] {
  const keys = forced(registries).map((atom) => {
    if (atom.kind === 'object') return atom.key
    return atom.kind === 'library' && atom.path !== 'register' ? atom.path : 'register'
  })
  return keys.length > 0 ? [...new Set(keys)] : ['register']
}

/** The labels that registries put on all of their metrics. */
export function defaultLabels(analysis: Analysis, registries: Iterable<string>): Label[] {
  return [...registries].flatMap((key) => {
    const value = analysis.facts.defaultLabels.get(key)
    return value ? labelsFrom(analysis, value) : []
  })
}
