import type { Engine } from '../engine/engine.js'
import { writesAttributes } from '../objects/writes.js'
import type { Arguments, FunctionValue } from '../values/types.js'

/** In characters: longer functions that neither declare nor record a metric are not followed for what they return, unless a metric is handed to them. */
const maximumHelperLength = 800

/** Whether a function is followed for what it returns, or for what it does to metrics. */
export function isWorthFollowing({ functions, attention }: Engine, callee: FunctionValue): boolean {
  const { start, end } = callee.definition
  if (end - start <= maximumHelperLength || functions.touching.has(callee.definition)) return true
  return callee.scope.module.role !== 'support' && (attention.isFirstRound || attention.mentionsMetrics(callee))
}

/** What all runs of a function together may evaluate where a metric's name may depend on it. */
const evaluationsForNames = 5_000

/** The same for `__init__`, without which an object has no attributes. */
const evaluationsForObjects = 1_000

/**
 * Whether a function was followed with so many different arguments that from now on it is followed for any arguments at
 * all. Where metrics are declared only the cost counts, because a table of definitions may have hundreds of rows.
 */
export function hasRunEnough(engine: Engine, { definition }: FunctionValue, args: Arguments): boolean {
  const { count, spent } = engine.functions.runs.get(definition) ?? { count: 0, spent: 0 }
  if (engine.functions.touchingItself.has(definition)) return count >= 1000
  if (count < (engine.functions.touching.has(definition) ? 12 : 6)) return false
  const isInitializer = definition.kind === 'function' && definition.name === '__init__'
  return spent > (isForNames(engine, args) ? evaluationsForNames : isInitializer ? evaluationsForObjects : 0)
}

/**
 * Whether what is called now may become part of a metric's declaration: at the top level, decorators aside, where metrics
 * are declared, and all over a module that writes them itself.
 */
export function isForNames({ course, functions }: Engine, args: Arguments): boolean {
  const caller = course.stack.at(-1)
  return caller ? functions.declaring.has(caller.definition) || caller.scope.module.writesExposition : !args.positional.some((value) => value.kind === 'function')
}

/** Whether following a function may do more than give its result. */
export function hasEffect(engine: Engine, callee: FunctionValue, args: Arguments): boolean {
  const { definition } = callee
  return engine.functions.touching.has(definition) || isForNames(engine, args) ||
    (definition.kind === 'function' && definition.name !== '__init__' && writesAttributes(callee))
}

export function noteRun({ functions: { runs } }: Engine, { definition }: FunctionValue, spent: number): void {
  const known = runs.get(definition) ?? { count: 0, spent: 0 }
  runs.set(definition, { count: known.count + 1, spent: known.spent + spent })
}
