import { incompletenessAt } from '../incompleteness.js'
import type { Incompleteness } from '../types.js'
import { placeOf, type Module } from './program.js'
import type { Node } from './syntax.js'
import { possibilitiesJoined } from './values.js'

/** How much an extraction may evaluate, told in work and not in time: the same code always ends at the same place. */
export interface Budget {
  /** What may be spent in all. */
  readonly limit: number
  /** What had been joined when this extraction began. */
  readonly joinedBefore: number
  /** Expressions evaluated so far. */
  evaluated: number
  /** Functions that were called when all was spent, and not followed with these arguments. */
  readonly unfollowed: Map<Node, Module>
}

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
