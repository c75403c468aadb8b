import type { Context, Flow, State } from '../engine/engine.js'
import { arrive, landing, mayRaise, perhaps } from '../engine/flow.js'
import { evaluate, executeBlock } from '../engine/follow.js'
import { assign } from '../objects/assignment.js'
import type { Expression, ForStatement, Statement, WhileStatement } from '../syntax/ast.js'
import { namesOfLoop } from '../syntax/loop-names.js'
import { itemsOf } from '../values/containers.js'
import { digest } from '../values/digest.js'
import type { Value } from '../values/types.js'
import { isInteger, optionsOf, union, unknown, unknownInteger } from '../values/values.js'
import { narrow } from './conditions.js'

const maximumItems = 500

/** How often a loop is followed for what one round leaves to the next; what still changes then is open. */
const maximumRounds = 3

export function executeFor(around: Context, statement: ForStatement): Flow {
  const context: Context = { ...around, items: new Set([...around.items ?? [], ...namesIn(statement.target)]) }
  const iterable = evaluate(context, statement.iterable)
  const { items, open, others } = itemsOf(iterable)
  const known: Value[] = items.slice(0, maximumItems)
  if (open || items.length > maximumItems) known.push(items.length > maximumItems ? unknown('an item of an unknown collection') : others)
  const { after, followBody } = bodyOf(context, statement.body)
  const isExact = statement.iterable.kind === 'sequence' && !statement.iterable.items.some((item) => item.starred)
  let ended: Flow = 'next'
  if (isExact) {
    for (const item of known) {
      assign(context, statement.target, item)
      ended = followBody()
      if (ended === 'exit') break
    }
  } else {
    perhaps(context, () => repeat(context, statement, () => {
      for (const item of known) {
        const before = new Map(context.scope.variables)
        assign(context, statement.target, item)
        const end = followBody() === 'next' ? context.scope.variables : undefined
        // It may not be there.
        arrive(context.scope, [before, end])
      }
    }))
  }
  return finish(context, ended, statement.otherwise, after)
}

export function executeWhile(context: Context, statement: WhileStatement): Flow {
  const { test } = statement
  const { after, followBody } = bodyOf(context, statement.body)
  perhaps(context, () => repeat(context, statement, () => {
    const before = new Map(context.scope.variables)
    evaluate(context, test)
    const skipped = new Map(context.scope.variables)
    narrow(context, test, true)
    const end = followBody() === 'next' ? context.scope.variables : undefined
    arrive(context.scope, [before, skipped, end])
  }))
  const isEndless = test.kind === 'constant' && Boolean(test.value)
  if (!isEndless) narrow(context, test, false)
  return finish(context, isEndless ? 'exit' : 'next', statement.otherwise, after)
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'name') return [target.id]
  return target.kind === 'sequence' ? target.items.flatMap(({ value }) => namesIn(value)) : []
}

/** One round: `continue` goes to its end, `break` to the end of the loop. */
function bodyOf(context: Context, body: readonly Statement[]): { after: { state: State | undefined }; followBody: () => Flow } {
  const after = landing()
  return {
    after,
    followBody() {
      const next = landing()
      const flow = executeBlock({ ...context, exits: { ...context.exits, break: after, continue: next } }, body)
      return arrive(context.scope, [flow === 'next' ? context.scope.variables : undefined, next.state])
    },
  }
}

/** The end of a loop: `else` where its items or its condition ended it, and what `break` left. */
function finish(context: Context, ended: Flow, otherwise: readonly Statement[], after: { state: State | undefined }): Flow {
  const flow = ended === 'next' ? executeBlock(context, otherwise) : 'exit'
  return arrive(context.scope, [flow === 'next' ? context.scope.variables : undefined, after.state])
}

/**
 * Follows a round, and follows it again while it finds a variable otherwise than any round before. The state at the
 * head of the loop holds what all rounds leave behind, and what was there before them.
 */
function repeat(context: Context, loop: ForStatement | WhileStatement, round: () => void): void {
  const { scope } = context
  const { carried, counted } = namesOfLoop(loop)
  for (let count = 1; ; count++) {
    const head = new Map(scope.variables)
    const containers = containersIn(head, carried)
    round()
    // The next item, or the next test, may raise an exception.
    mayRaise(context)
    const changed = [...carried].filter((name) => isNew(head.get(name), scope.variables.get(name)))
    const grown = count === 1 && containers.some(({ value, before }) => digest(value) !== before)
    if (count === maximumRounds || (changed.length === 0 && !grown) || context.engine.effort.budget < 0) break
    for (const name of changed) {
      if (counted.has(name) || count === maximumRounds - 1) {
        const known = scope.variables.get(name)!
        const isCount = counted.has(name) && optionsOf(known).every(isInteger)
        scope.variables.set(name, union([known, isCount ? unknownInteger('changed in a loop') : unknown('changed in a loop')]))
      }
    }
  }
}

function containersIn(state: State, names: ReadonlySet<string>): { value: Value; before: string }[] {
  return [...names].flatMap((name) => {
    const value = state.get(name)
    return value?.kind === 'dictionary' || value?.kind === 'sequence' ? [{ value, before: digest(value) }] : []
  })
}

/** Whether a variable may be something at the end of a round that it could not be at the start. */
function isNew(before: Value | undefined, after: Value | undefined): boolean {
  if (!after || before === after) return false
  if (!before) return true
  if (optionsOf(before).some((option) => option.kind === 'unknown')) return false
  const known = union([before, after])
  return known !== before && digest(known) !== digest(before)
}

