import { contentsOf, doubtAdded, type Contents } from '../values/containers.js'
import type { Scope, Value } from '../values/types.js'
import { union } from '../values/values.js'
import type { Context, Exits, Flow, Landing, State } from './engine.js'

export function landing(): Landing {
  return { state: undefined }
}

/** A way arrives with this state. */
export function land(at: Landing | undefined, state: State | undefined): void {
  if (!at || !state) return
  if (at.state) joinInto(at.state, state)
  else at.state = new Map(state)
}

/** The block is left here. */
export function leave(context: Context, way: keyof Exits): Flow {
  land(context.exits?.[way], context.scope.variables)
  return 'exit'
}

/** An exception may be raised here. */
export function mayRaise(context: Context): void {
  land(context.exits?.raise, context.scope.variables)
}

/** Goes on with what any of the ways that got here may have left behind. */
export function arrive(scope: Scope, states: readonly (State | undefined)[]): Flow {
  const [first, ...others] = states.filter((state) => state !== undefined)
  if (!first) return 'exit'
  for (const other of others) joinInto(first, other)
  scope.variables = first
  return 'next'
}

/** Follows each of several ways from here and goes on with what any of them may have left behind. */
export function join(context: Context, ways: readonly (() => Flow)[]): Flow {
  if (ways.length === 1) return ways[0]!()
  const { scope } = context
  const contents = contentsIn(scope)
  const before = scope.variables
  const after = ways.map((way, index) => {
    scope.variables = index === ways.length - 1 ? before : new Map(before)
    return way() === 'next' ? scope.variables : undefined
  })
  doubtAdded(contents)
  return arrive(scope, after)
}

/** Follows what may not be gone through, or not to its end: what it puts in containers may not be there. */
export function perhaps<Result>({ scope }: Context, follow: () => Result): Result {
  const contents = contentsIn(scope)
  const result = follow()
  doubtAdded(contents)
  return result
}

/** What stands in the containers that a function and those around it have in variables. */
function contentsIn(scope: Scope): Contents {
  const values: Value[] = []
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    if (each.function || each === scope) values.push(...each.variables.values())
  }
  return contentsOf(values)
}

function joinInto(state: State, other: State): void {
  if (state === other) return
  for (const [name, value] of other) {
    const present = state.get(name)
    if (present !== value) state.set(name, present ? union([present, value]) : value)
  }
}
