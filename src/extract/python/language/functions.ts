import type { Place } from '../../../text/source.js'
import { isSpent } from '../engine/effort.js'
import type { Context, Engine, Results } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { evaluate, executeBlock } from '../engine/follow.js'
import { digestArguments, digestKey } from '../values/digest.js'
import { createScope } from '../values/scope.js'
import type { Arguments, FunctionValue, Value } from '../values/types.js'
import { anyArguments, mayBeMetric, noneValue, optionsOf, sequence, union, unknown } from '../values/values.js'
import { bindParameters } from './parameters.js'
import { hasEffect, hasRunEnough, isWorthFollowing, noteRun } from './run-limits.js'

const maximumDepth = 12

/** Follows a call. The same function with the same arguments is followed once. */
export function callFunction(
  context: Context, callee: FunctionValue, args: Arguments, self: Value | undefined, place: Place | undefined,
): Value {
  const { engine } = context
  const { functions, effort, course } = engine
  if (place) functions.called.add(callee.definition)
  const [first] = args.positional
  if (!self && callee.owner && callee.binding === 'plain' && first?.kind === 'instance') {
    // `Base.method(self, …)`
    return callFunction(context, callee, { ...args, positional: args.positional.slice(1) }, first, place)
  }
  const isHandedMetric = handsMetric(args)
  if (!isHandedMetric && !isWorthFollowing(engine, callee)) return unknown('the result of a long function')
  const results = resultsOf(engine, callee, self)
  const asked = results.size > 0 ? digestArguments(args) : undefined
  const known = asked === undefined ? undefined : results.get(asked)
  if (known) return known
  if (effort.budget < 0 || course.stack.length >= maximumDepth || isRecursion(engine, callee)) {
    // It is followed by itself instead, for any arguments.
    functions.escaped.add(callee.definition)
    if (isHandedMetric) escapeInto(engine, args)
    return unknown('calls too deep to follow')
  }
  if (args !== anyArguments && hasRunEnough(engine, callee, args)) {
    if (isHandedMetric) escapeInto(engine, args)
    if (!hasEffect(engine, callee, args)) return unknown('the result of a function called often')
    return callFunction(context, callee, anyArguments, self, place)
  }
  if (args !== anyArguments && isSpent(effort.total)) {
    if (functions.touching.has(callee.definition)) effort.total.unfollowed.set(callee.definition, callee.scope.module)
    return callFunction(context, callee, anyArguments, self, place)
  }
  const key = asked ?? digestArguments(args)
  // What a recursive call finds.
  results.set(key, unknown('the result of a recursive call'))
  if (place) course.calls.push(place)
  course.stack.push(callee)
  const before = effort.budget
  const result = runBody(context, callee, args, self)
  noteRun(engine, callee, before - effort.budget)
  course.stack.pop()
  if (place) course.calls.pop()
  results.set(key, result)
  if (givesMetric(result)) functions.touching.add(callee.definition)
  return result
}

/** Whether a metric is among what a function gives, alone or in a list or dictionary. */
function givesMetric(result: Value, depth = 0): boolean {
  return optionsOf(result).some((option) => {
    if (mayBeMetric(option)) return true
    if (depth > 1) return false
    return option.kind === 'sequence' ? option.items.some((item) => givesMetric(item, depth + 1))
      : option.kind === 'dictionary' && option.entries.some(({ value }) => givesMetric(value, depth + 1))
  })
}

/** The results of a function for one object, by what the arguments were. */
function resultsOf({ functions: { memo } }: Engine, callee: FunctionValue, self: Value | undefined): Map<string, Value> {
  let byObject = memo.get(callee.id)
  if (!byObject) memo.set(callee.id, (byObject = new Map<string | number, Map<string, Value>>()))
  // What a function within another one finds depends on how far the other has come.
  const object = callee.scope.function ? `${self ? digestKey(self) : ''}@${callee.scope.version}` : self ? digestKey(self) : ''
  let results = byObject.get(object)
  if (!results) byObject.set(object, (results = new Map<string, Value>()))
  return results
}

function handsMetric({ positional, keyword }: Arguments): boolean {
  for (const value of positional) if (mayBeMetric(value)) return true
  for (const value of keyword.values()) if (mayBeMetric(value)) return true
  return false
}

function isRecursion({ course }: Engine, callee: FunctionValue): boolean {
  let running = 0
  for (const { definition } of course.stack) if (definition === callee.definition) running++
  return running > 1
}

function runBody(context: Context, callee: FunctionValue, args: Arguments, self: Value | undefined): Value {
  const { engine } = context
  const scope = createScope(callee.scope.module, callee.scope, { function: callee, self })
  const results: Results = { returned: [], yielded: [] }
  const inner: Context = { engine, scope, results, classBody: undefined }
  bindParameters(inner, callee, args, self)
  const { definition } = callee
  if (definition.kind === 'lambda') return evaluate(inner, definition.body)
  const flow = executeBlock(inner, definition.body)
  if (results.yielded.length > 0) return sequence(results.yielded)
  if (flow === 'next') return union([...results.returned, noneValue])
  return results.returned.length > 0 ? union(results.returned) : { ...unknown('a function that does not return'), unlikely: true }
}
