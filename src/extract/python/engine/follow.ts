import type { Place } from '../../../text/source.js'
import type { Expression, Statement } from '../syntax/ast.js'
import { canRaise } from '../syntax/can-raise.js'
import type { Arguments, ClassValue, Value } from '../values/types.js'
import { anyArguments, mapOptions, unknown } from '../values/values.js'
import type { Context, Flow } from './engine.js'
import { escapeInto } from './escape.js'
import { mayRaise, perhaps } from './flow.js'
import { noteLeft } from './left.js'

/*
 * What is asked of a program, of whatever kind the expression, statement or value is: each kind has an answer of its own
 * (`Language`), which asks again for its parts.
 */

type Answer<Asked, Given extends unknown[], Result> = (context: Context, asked: Asked, ...given: Given) => Result

/** What an expression may be. */
export function evaluate(context: Context, expression: Expression): Value {
  const { effort, language } = context.engine
  effort.total.evaluated++
  if (--effort.budget < 0) {
    noteLeft(context, expression.start)
    return unknown('the program is too large to follow')
  }
  return (language.expressions[expression.kind] as Answer<Expression, [], Value>)(context, expression)
}

/** Follows the statements in their order; whether what stands behind the block is reached. */
export function executeBlock(context: Context, body: readonly Statement[]): Flow {
  const { statements } = context.engine.language
  for (let index = 0; index < body.length; index++) {
    const statement = body[index]!
    if (context.exits?.raise && canRaise(statement)) mayRaise(context)
    const flow = (statements[statement.kind] as Answer<Statement, [isLast: boolean], Flow>)(context, statement, index === body.length - 1)
    if (flow === 'exit') return 'exit'
  }
  return 'next'
}

/** Calls each of the things that `callee` may be. */
export function callValue(context: Context, callee: Value, args: Arguments, place: Place | undefined): Value {
  const { calls } = context.engine.language
  const call = (option: Value): Value => {
    const answer = calls[option.kind] as Answer<Value, [Arguments, Place | undefined], Value> | undefined
    return answer ? answer(context, option, args, place) : escapeInto(context.engine, args)
  }
  return callee.kind === 'union' ? perhaps(context, () => mapOptions(callee, call)) : call(callee)
}

/** The value of `object.name`. */
export function getAttribute(context: Context, object: Value, name: string): Value {
  const { attributes } = context.engine.language
  return mapOptions(object, (option) => {
    const answer = attributes[option.kind] as Answer<Value, [string], Value> | undefined
    return answer ? answer(context, option, name) : unknown(`attribute ${name}`)
  })
}

/** `receiver.name(…)`, for one possible receiver. */
export function callMethod(context: Context, receiver: Value, name: string, args: Arguments, place: Place): Value {
  const answer = context.engine.language.methods[receiver.kind] as Answer<Value, [string, Arguments, Place], Value> | undefined
  return answer ? answer(context, receiver, name, args, place) : callValue(context, getAttribute(context, receiver, name), args, place)
}

/** An instance of a class that nothing in the workspace is seen to make. */
export function genericInstance(context: Context, owner: ClassValue): Value {
  return callValue(context, owner, anyArguments, undefined)
}
