import type { Label } from '../../../registry/types.js'
import type { Analysis } from '../program.js'
import { forced, NOTHING, union, type Value } from '../values.js'
import { labelsFrom } from './default-metrics.js'

/** Tells registries apart; `register` is the client's own, which is used where none is given. */
export function registryKeys(registries: Value): string[] {
  const keys = forced(registries).map((atom) => {
    if (atom.kind === 'object') return atom.key
    return atom.kind === 'library' && atom.path !== 'register' ? atom.path : 'register'
  })
  return keys.length > 0 ? [...new Set(keys)] : ['register']
}

/**
 * Notes labels that a registry puts on all of its metrics. The client's own is another one in each process, and which code
 * runs in which is not known: what is set there in several places may be any of it.
 */
export function noteDefaultLabels({ facts }: Analysis, registry: string, labels: Value): void {
  facts.defaultLabels.set(registry, union(facts.defaultLabels.get(registry) ?? NOTHING, labels))
}

/** The labels that registries put on all of their metrics. */
export function defaultLabels(analysis: Analysis, registries: Iterable<string>): Label[] {
  return [...registries].flatMap((key) => {
    const value = analysis.facts.defaultLabels.get(key)
    return value ? labelsFrom(analysis, value) : []
  })
}
