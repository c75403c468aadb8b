import { incompletenessAt } from '../../incompleteness.js'
import type { Incompleteness } from '../../types.js'
import { placeOf } from '../values/program.js'
import { possibilitiesJoined } from '../values/values.js'
import type { Budget } from './analysis.js'

/**
 * Evaluations for a budget of 1. ChainSafe/lodestar, with 660 files that have to do with its metrics, takes half of it.
 */
const EVALUATIONS = 4_000_000
/** How many possibilities are joined in the time that one evaluation takes: measured. */
const JOINED_PER_EVALUATION = 256

export function budgetOf(factor: number): Budget {
  return { limit: EVALUATIONS * factor, joinedBefore: possibilitiesJoined(), evaluated: 0, unfollowed: new Map() }
}

export function isSpent({ limit, joinedBefore, evaluated }: Budget): boolean {
  return evaluated + (possibilitiesJoined() - joinedBefore) / JOINED_PER_EVALUATION > limit
}

/** What was not followed; `undefined` where all was. */
export function incompletenessOf({ unfollowed }: Budget): Incompleteness | undefined {
  return incompletenessAt('TypeScript', [...unfollowed].map(([node, module]) => placeOf(module, node)))
}
