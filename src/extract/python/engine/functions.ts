import type { Definition, FunctionValue, Value } from '../values/types.js'

/** What became of the program's functions. Of `touching` and `declaring` all that is known is kept; the rest since the program was last followed from its start. */
export interface FunctionTable {
  readonly met: Set<FunctionValue>
  /** Those that a resolved call reached. */
  readonly called: Set<Definition>
  /** Those that were followed for any arguments, with for how many objects. */
  readonly followed: Map<FunctionValue, number>
  /** How often each has been followed, and what that has cost in evaluations. */
  readonly runs: Map<Definition, { readonly count: number; readonly spent: number }>
  /** Results of calls by function, object and arguments. */
  readonly memo: Map<number, Map<string | number, Map<string, Value>>>
  /** Handed to code that cannot be followed: it may call them with anything. */
  readonly escaped: Set<Definition>
  /** Names of which an unknown object's method was called, with how many functions that may have meant. */
  readonly escapedNames: Map<string, number>
  /** Those in whose course a metric was declared or recorded, and those that give one. */
  readonly touching: Set<Definition>
  /** Those of them that do so in their own body. */
  readonly touchingItself: Set<Definition>
  /** Those that declare a metric, and those that call them. */
  readonly declaring: Set<Definition>
}

export function createFunctionTable(): FunctionTable {
  return {
    met: new Set(), called: new Set(), followed: new Map(), runs: new Map(), memo: new Map(), escaped: new Set(), escapedNames: new Map(),
    touching: new Set(), touchingItself: new Set(), declaring: new Set(),
  }
}

export function forgetCalls({ met, called, followed, runs, memo, escaped, escapedNames }: FunctionTable): void {
  for (const each of [met, called, followed, runs, memo, escaped, escapedNames]) each.clear()
}
