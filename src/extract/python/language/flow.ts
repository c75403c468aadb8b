import type { Context } from '../engine/engine.js'
import type { Scope, Value } from '../values/values.js'
import { union } from '../values/values.js'

/** `exit`: what follows in the block is not reached. */
export type Flow = 'next' | 'exit'

/** What the local variables may be at one point of a program. */
export type State = Map<string, Value>

/** Where several ways arrive; without a state, none does. */
export interface Landing {
  state: State | undefined
}

/**
 * Where the ways arrive that leave a block before its end: at the end of the loop, at its head, at a `finally`, at the
 * handlers. Where nothing waits for them, nobody in this function sees what they leave behind.
 */
export type Exits = { readonly [Way in 'break' | 'continue' | 'return' | 'raise']?: Landing | undefined }

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
  const before = scope.variables
  const after = ways.map((way) => {
    scope.variables = new Map(before)
    return way() === 'next' ? scope.variables : undefined
  })
  return arrive(scope, after)
}

function joinInto(state: State, other: State): void {
  if (state === other) return
  for (const [name, value] of other) {
    const present = state.get(name)
    if (present !== value) state.set(name, present ? union([present, value]) : value)
  }
}
