import type { Move } from '../../movement.js'
import type { Analysis } from './analysis.js'
import { metricsIn } from './heap.js'
import type { Value } from '../values/values.js'

/** Notes what is done to a metric. */
export function addMove({ facts }: Analysis, metric: string, move: Move): void {
  facts.metrics.moves.set(metric, (facts.metrics.moves.get(metric) ?? new Set()).add(move))
}

/** Remembers under which names a metric is kept: a use that cannot be followed is told by them. */
export function noteHolder(analysis: Analysis, name: string, value: Value): void {
  const { ends, metrics: { holders } } = analysis.facts
  for (const metric of metricsIn(analysis, value)) {
    const names = holders.get(metric)
    if (names) names.add(name)
    else holders.set(metric, new Set([name]))
    if (value.some(({ kind }) => kind === 'function')) ends.wrapperNames.add(name)
  }
}
