import type { Place } from '../../../text/source.js'
import { incompletenessAt } from '../../incompleteness.js'
import type { Incompleteness } from '../../types.js'
import type { Definition, ModuleState } from '../values/types.js'

/** What is evaluated, and what may be. */
export interface Effort {
  /** What may still be evaluated here. */
  budget: number
  /** What has been evaluated since the program was last followed from its start. */
  spent: number
  readonly left: LeftFunctions
  readonly total: TotalBudget
}

/** Where functions were left before their end, because their share of a round was spent; the first place in each. */
export type LeftFunctions = Map<Definition, { readonly module: ModuleState; readonly from: number }>

/** How much an extraction may evaluate, told in work and not in time: the same code always ends at the same place. */
export interface TotalBudget {
  /** Expressions that may be evaluated in all. */
  readonly limit: number
  evaluated: number
  /** Functions that were called when all was spent, and not followed with these arguments. */
  readonly unfollowed: Map<Definition, ModuleState>
  /** Modules of which the top level was left before its end. */
  readonly cutModules: Set<ModuleState>
}

/** Evaluations for a budget of 1. */
const EVALUATIONS = 40_000_000

export function createEffort(factor: number): Effort {
  const total = { limit: EVALUATIONS * factor, evaluated: 0, unfollowed: new Map(), cutModules: new Set<ModuleState>() }
  return { budget: 0, spent: 0, left: new Map(), total }
}

export function isSpent({ evaluated, limit }: TotalBudget): boolean {
  return evaluated > limit
}

/** Forgets what was not followed, for the program is followed again; what that has cost in all stays. */
export function startEffortAgain(effort: Effort): void {
  effort.spent = 0
  effort.left.clear()
  effort.total.unfollowed.clear()
  effort.total.cutModules.clear()
}

/** What was not followed; `undefined` where all was but for functions that took more than their share (`followLeft`). */
export function incompletenessOf({ unfollowed, cutModules }: TotalBudget): Incompleteness | undefined {
  const places: Place[] = [...unfollowed].map(([{ start, end }, { source }]) => ({ source, span: { start, end } }))
  for (const { source } of cutModules) places.push({ source, span: { start: 0, end: 0 } })
  return incompletenessAt('Python', places)
}
