import type { Context, Exits, Flow, State } from '../engine/engine.js'
import { arrive, land, landing, mayRaise, perhaps } from '../engine/flow.js'
import { callValue, evaluate, executeBlock } from '../engine/follow.js'
import { assign, assignName } from '../objects/assignment.js'
import { isOfClient } from '../sources/client-modules.js'
import type { Expression, TryStatement, WithStatement } from '../syntax/ast.js'
import { attributeOfClass } from '../values/classes.js'
import type { Value } from '../values/types.js'
import { anyArguments, noArguments, optionsOf, truth, union, unknown } from '../values/values.js'

const ways = ['break', 'continue', 'return', 'raise'] as const

/** `finally` is followed for each of the ways that lead there; each goes on from its end to where it was going. */
export function executeTry(context: Context, statement: TryStatement): Flow {
  if (statement.finalizer.length === 0) return executeHandled(context, statement)
  const { scope } = context
  const waiting = { break: landing(), continue: landing(), return: landing(), raise: landing() } satisfies Exits
  const flow = executeHandled({ ...context, exits: waiting }, statement)
  const through = flow === 'next' ? scope.variables : undefined
  for (const way of ways) {
    const { state } = waiting[way]
    if (!state) continue
    scope.variables = state
    if (executeBlock(context, statement.finalizer) === 'next') land(context.exits?.[way], scope.variables)
  }
  if (!through) return 'exit'
  scope.variables = through
  return executeBlock(context, statement.finalizer)
}

/** `try`, `except` and `else`. A handler may find what stood there before any statement of the body that raises. */
function executeHandled(context: Context, statement: TryStatement): Flow {
  return statement.handlers.length > 0 ? perhaps(context, () => executeWithHandlers(context, statement)) : executeWithHandlers(context, statement)
}

function executeWithHandlers(context: Context, statement: TryStatement): Flow {
  const { engine, scope } = context
  const before = new Map(scope.variables)
  const raised = landing()
  let flow = executeBlock({ ...context, exits: { ...context.exits, raise: raised } }, statement.body)
  if (flow === 'next') flow = executeBlock(context, statement.otherwise)
  const ends: (State | undefined)[] = [flow === 'next' ? scope.variables : undefined]
  engine.course.handlerDepth++
  for (const { name, body } of statement.handlers) {
    scope.variables = new Map(raised.state ?? before)
    if (name !== undefined) assignName(context, name, unknown('an exception'))
    ends.push(executeBlock(context, body) === 'next' ? scope.variables : undefined)
  }
  engine.course.handlerDepth--
  if (!statement.handlers.some(({ catchesAll }) => catchesAll)) land(context.exits?.raise, raised.state)
  return arrive(scope, ends)
}

/**
 * A context manager may swallow the exceptions of the body: then what follows finds what stood there before any
 * statement that raises. @param isLast whether nothing follows in the block
 */
export function executeWith(context: Context, statement: WithStatement, isLast: boolean): Flow {
  const { scope } = context
  let swallows: Swallows = 'no'
  for (const { value, target } of statement.items) {
    const manager = evaluate(context, value)
    const each = swallowing(context, value, manager)
    if (each === 'yes' || swallows === 'no') swallows = each
    if (target) assign(context, target, enteredValue(context, manager))
  }
  const raised = landing()
  const follow = () => executeBlock({ ...context, exits: { ...context.exits, raise: raised } }, statement.body)
  const flow = swallows === 'yes' ? perhaps(context, follow) : follow()
  land(context.exits?.raise, raised.state)
  if (flow === 'next') mayRaise(context)
  // Where the body always leaves, something that follows shows that the author knows of a way there.
  const goesOn = swallows === 'yes' || (swallows === 'perhaps' && (flow === 'next' || !isLast))
  return arrive(scope, [flow === 'next' ? scope.variables : undefined, goesOn ? raised.state : undefined])
}

type Swallows = 'yes' | 'no' | 'perhaps'

const neverSwallows = /^((threading|multiprocessing|asyncio|tempfile|requests|httpx|aiohttp|socket)\b|(builtins\.open|contextlib\.(closing|nullcontext|redirect_\w+|aclosing|chdir))$)/

function swallowing(context: Context, written: Expression, manager: Value): Swallows {
  const answers = optionsOf(manager).map((option): Swallows => {
    switch (option.kind) {
      case 'metric':
        return 'no'
      case 'external':
        if (/^contextlib\.(suppress|(Async)?ExitStack)$/.test(option.name)) return 'yes'
        return neverSwallows.test(option.name) || isOfClient(option.name) ? 'no' : 'perhaps'
      case 'instance': {
        const exit = attributeOfClass(option.class, '__exit__', option) ?? attributeOfClass(option.class, '__aexit__', option)
        if (!exit) return option.metric ? 'no' : 'perhaps'
        const result = truth(callValue(context, exit, anyArguments, undefined))
        return result === false ? 'no' : result ? 'yes' : 'perhaps'
      }
      case 'sequence':
        return generatorCatches(context, written) ? 'yes' : 'no'
      default:
        return 'perhaps'
    }
  })
  return answers.includes('yes') ? 'yes' : answers.includes('perhaps') ? 'perhaps' : 'no'
}

/** Whether a generator that serves as a context manager may keep the exception that it is sent. */
function generatorCatches(context: Context, written: Expression): boolean {
  if (written.kind !== 'call') return true
  return optionsOf(evaluate(context, written.callee)).some((option) => {
    const callee = option.kind === 'method' ? option.callee : option
    if (callee.kind !== 'function') return true
    const { start, end } = callee.definition
    return /\b(except|suppress)\b/.test(callee.scope.module.source.text.slice(start, end))
  })
}

function enteredValue(context: Context, manager: Value): Value {
  return union(optionsOf(manager).map((option) => {
    if (option.kind === 'sequence' && option.items.length > 0) return union(option.items)
    if (option.kind === 'instance') {
      const enter = option.class.attributes.get('__enter__')
      if (enter?.kind === 'function') {
        return callValue(context, { kind: 'method', self: option, callee: enter }, noArguments, undefined)
      }
    }
    return option
  }))
}
