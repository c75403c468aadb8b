import { callFactory } from '../clients/factories.js'
import type { Context } from '../engine/engine.js'
import { placeOf } from '../engine/engine.js'
import { callMethod, callValue, evaluate } from '../engine/follow.js'
import { noteEvaluated } from '../objects/lookup.js'
import type { CallExpression, Expression } from '../syntax/ast.js'
import type { Value } from '../values/types.js'
import { mapOptions, unknown } from '../values/values.js'
import { fillingMethods } from '../syntax/writes.js'
import { evaluateArguments } from './arguments.js'

export function evaluateCall(context: Context, call: CallExpression): Value {
  const place = placeOf(context, call)
  const { callee } = call
  if (callee.kind === 'name' && callee.id === 'super') return superOf(context)
  const args = evaluateArguments(context, call.args)
  const made = callFactory(context, callee, args, place)
  if (made) return made
  if (callee.kind !== 'attribute') return callValue(context, evaluate(context, callee), args, place)
  noteEvaluated(context, callee.end)
  if (fillingMethods.has(callee.name)) context.scope.module.written.add(callee.object.end)
  const receiver = likelyReceiver(evaluateReceiver(context, callee.object))
  return mapOptions(receiver, (option) => callMethod(context, option, callee.name, args, place))
}

/** What may still be evaluated to find what a name means. */
const evaluationsForName = 20

/** A name is looked up though nothing may be evaluated any more: else what is recorded there might be any metric. */
function evaluateReceiver(context: Context, receiver: Expression): Value {
  const { engine } = context
  const before = engine.effort.budget
  if (before < evaluationsForName && isDottedName(receiver)) engine.effort.budget = evaluationsForName
  const value = evaluate(context, receiver)
  engine.effort.budget = Math.min(engine.effort.budget, before)
  return value
}

function isDottedName(expression: Expression): boolean {
  return expression.kind === 'attribute' ? isDottedName(expression.object) : expression.kind === 'name'
}

/** Where one possibility is a metric, what else the receiver may be is left aside. */
function likelyReceiver(receiver: Value): Value {
  if (receiver.kind !== 'union' || !receiver.options.some((option) => option.kind === 'metric')) return receiver
  const options = receiver.options.filter(({ kind }) => kind !== 'unknown')
  return { kind: 'union', options: options.map((option) => (option.kind === 'metric' ? { ...option, maybe: true } : option)) }
}

function superOf(context: Context): Value {
  for (let scope: Context['scope'] | undefined = context.scope; scope; scope = scope.parent) {
    const owner = scope.function?.owner
    if (owner && (scope.self?.kind === 'instance' || scope.self?.kind === 'class')) return { kind: 'super', self: scope.self, owner }
  }
  return unknown('super() outside of a method')
}
