import { noteLaterChanges } from './changes.js'
import { metricsIn, objectVersions } from './heap.js'
import type { Analysis } from './analysis.js'
import { atomKey, type Atom, type Value } from '../values/values.js'

/** Metrics that reach code that cannot be followed may be recorded there; functions may be called there. */
export function letEscape(analysis: Analysis, values: readonly Value[], depth = 0): void {
  for (const atom of values.flat()) {
    for (const metric of metricsIn(analysis, [atom])) analysis.facts.metrics.escaped.add(metric)
    if (atom.kind === 'function') {
      analysis.facts.ends.functions.add(atom.node)
      noteLaterChanges(analysis, atom)
      analysis.facts.ends.closures.set(atomKey(atom), atom)
    }
    giveAway(analysis, atom)
    if (atom.kind !== 'object' || depth > 1) continue
    for (const object of objectVersions(analysis, atom)) {
      const { properties, items, rest } = object
      const size = properties.size + items.length + rest.length
      if (object.class || (object.escaped?.size === size && object.escaped.depth <= depth)) continue
      object.escaped = { size, depth }
      letEscape(analysis, [...properties.values(), ...items, rest], depth + 1)
    }
  }
}

/** Notes that a class, or an instance of one, can be got at from where code cannot be followed. */
export function giveAway(analysis: Analysis, atom: Atom): void {
  const { givenAway } = analysis.facts.ends
  if (atom.kind === 'class') givenAway.add(atom.node)
  for (const { class: owner } of objectVersions(analysis, atom)) if (owner) givenAway.add(owner.node)
}
