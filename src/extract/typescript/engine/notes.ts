import type { Move } from '../../movement.js'
import type { Analysis } from './analysis.js'
import { objectVersions } from './heap.js'
import type { Value } from '../values/values.js'

/** Notes what is done to a metric. */
export function addMove({ facts }: Analysis, metric: string, move: Move): void {
  facts.metrics.moves.set(metric, (facts.metrics.moves.get(metric) ?? new Set()).add(move))
}

/** Remembers under which names a metric is kept: a use that cannot be followed is told by them. */
export function noteHolder(analysis: Analysis, name: string, value: Value): void {
  for (const atom of value) {
    if (atom.kind === 'metric') {
      const names = analysis.facts.metrics.holders.get(atom.metric)
      if (names) names.add(name)
      else analysis.facts.metrics.holders.set(atom.metric, new Set([name]))
    }
    for (const object of objectVersions(analysis, atom)) noteHolder(analysis, name, object.metric)
  }
}
