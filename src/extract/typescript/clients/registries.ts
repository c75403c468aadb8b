import type { Label } from '../../../registry/types.js'
import type { Analysis } from '../engine/analysis.js'
import { forced, NOTHING, union, knownTexts, type Value } from '../values/values.js'
import { readProperty, keysOf } from '../objects/properties.js'

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
  facts.metrics.defaultLabels.set(registry, union(facts.metrics.defaultLabels.get(registry) ?? NOTHING, labels))
}

/** The labels that registries put on all of their metrics. */
export function defaultLabels(analysis: Analysis, registries: Iterable<string>): Label[] {
  return [...registries].flatMap((key) => {
    const value = analysis.facts.metrics.defaultLabels.get(key)
    return value ? labelsFrom(analysis, value) : []
  })
}

/** Labels that an object gives by name, sorted. */
export function labelsFrom(analysis: Analysis, value: Value): Label[] {
  return [...keysOf(analysis, value).names].sort().map((name) => {
    const { texts, open } = knownTexts(readProperty(analysis, value, name).filter((atom) => atom.kind !== 'nullish'))
    return { name, values: [...new Set(texts)].sort(), open }
  })
}
