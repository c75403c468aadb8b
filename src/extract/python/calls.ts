import type { Place } from '../../text/source.js'
import { valueOfAnnotation } from './annotations.js'
import type { Argument, Expression, Parameter } from './ast.js'
import { callDictionaryMethod, callSequenceMethod } from './containers.js'
import type { Context, Engine, Results } from './engine.js'
import { createScope } from './engine.js'
import { evaluate, itemsOf } from './expressions.js'
import { genericInstance, instantiate } from './instances.js'
import { callLibrary, callMadeObject } from './libraries.js'
import { attributeOfClass, getAttribute } from './lookup.js'
import { callMetricMethod, escape, noteUnresolvedCall } from './recordings.js'
import { executeBlock } from './statements.js'
import { callTextMethod } from './text-values.js'
import type { Arguments, FunctionValue, Value } from './values.js'
import { digest, digestArguments, external, instancesOf, noneValue, optionsOf, sequence, union, unknown } from './values.js'

const maximumDepth = 12

/** In characters: longer functions that neither declare nor record a metric are not followed for what they return. */
const maximumHelperLength = 800

/** For a call of which nothing is known. */
export const anyArguments: Arguments = { positional: [], keyword: new Map(), open: true }

export const noArguments: Arguments = { positional: [], keyword: new Map(), open: false }

export function evaluateArguments(context: Context, args: readonly Argument[]): Arguments {
  const positional: Value[] = []
  const keyword = new Map<string, Value>()
  let open = false
  for (const arg of args) {
    const value = evaluate(context, arg.value)
    if (arg.star === '*') {
      const items = itemsOf(context, value)
      positional.push(...items.items)
      open ||= items.open
    } else if (arg.star === '**') {
      for (const option of optionsOf(value)) {
        if (option.kind !== 'dictionary' || option.open) open = true
        if (option.kind !== 'dictionary') continue
        for (const entry of option.entries) {
          if (entry.key.kind === 'text' && entry.key.parts.length === 1) keyword.set(entry.key.parts[0]!, entry.value)
          else open = true
        }
      }
    } else if (arg.name !== undefined) keyword.set(arg.name, value)
    else positional.push(value)
  }
  return { positional, keyword, open }
}

/** `receiver.name(…)`, for one possible receiver. */
export function callMethod(context: Context, receiver: Value, name: string, args: Arguments, place: Place): Value {
  switch (receiver.kind) {
    case 'text':
      return callTextMethod(receiver, name, args, place)
    case 'sequence':
      return callSequenceMethod(receiver, name, args) ?? escapeInto(context, args)
    case 'dictionary':
      return callDictionaryMethod(receiver, name, args) ?? escapeInto(context, args)
    case 'metric':
      return callMetricMethod(context, receiver, name, args)
    case 'external':
      if (receiver.made) return callMadeObject(context, receiver, name, args, place)
      return callLibrary(context, `${receiver.name}.${name}`, args, place)
    case 'unknown':
      return callUnknownMethod(context, name, args, place)
    case 'instance':
      if (receiver.metric && !attributeOfClass(receiver.class, name, receiver)) {
        return union(optionsOf(receiver.metric).map((metric) => callMethod(context, metric, name, args, place)))
      }
      return callValue(context, getAttribute(context, receiver, name), args, place)
    case 'function':
    case 'method':
      // `task.delay(…)`: the framework calls it later.
      context.engine.escaped.add((receiver.kind === 'method' ? receiver.callee : receiver).definition)
      return escapeInto(context, args)
    default:
      return callValue(context, getAttribute(context, receiver, name), args, place)
  }
}

/** Names so common that a call of them on an unknown object tells nothing. */
export const commonNames = new Set((
  'get set add update pop items keys values append extend insert remove clear copy join format split strip replace ' +
  'run start stop close open read write send recv call apply init setup execute process handle main delay submit put ' +
  'create delete save load dump dumps loads find count index sort reverse wait acquire release connect disconnect ' +
  'register unregister info debug warning error exception critical log collect observe inc dec labels time state ' +
  'match search group sub encode decode lower upper keys next iter reset flush __init__ __call__ __enter__ __exit__'
).split(' '))

/** A method of an object that nobody can tell: the methods of that name that the workspace has, if it is a telling one. */
function callUnknownMethod(context: Context, name: string, args: Arguments, place: Place): Value {
  const { engine } = context
  const made = callMadeObject(context, external('?'), name, args, place)
  if (made.kind !== 'unknown') return made
  noteUnresolvedCall(context, name, args)
  const candidates = [...(engine.methodsByName.get(name) ?? [])].filter((callee) => callee.owner)
  if (candidates.length === 0) return escapeInto(context, args)
  if (commonNames.has(name) || candidates.length > 4) {
    for (const callee of candidates) engine.escaped.add(callee.definition)
    return escapeInto(context, args)
  }
  return union([...candidates.flatMap((callee) => {
    const known = instancesOf(callee.owner!)
    const receivers = known.length > 0 ? known : [genericInstance(context, callee.owner!)]
    return receivers.slice(0, 20).map((self) => callFunction(context, callee, args, self, place))
  }), unknown(`the result of ${name}()`)])
}

/** Hands arguments to a call that cannot be followed. */
export function escapeInto(context: Context, args: Arguments): Value {
  for (const value of [...args.positional, ...args.keyword.values()]) escape(context, value)
  return unknown('the result of a call that cannot be followed')
}

/** Calls each of the things that `callee` may be. */
export function callValue(context: Context, callee: Value, args: Arguments, place: Place | undefined): Value {
  return union(optionsOf(callee).map((option) => callOption(context, option, args, place)))
}

function callOption(context: Context, callee: Value, args: Arguments, place: Place | undefined): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(context, callee, args, undefined, place)
    case 'method':
      return callFunction(context, callee.callee, args, callee.self, place)
    case 'partial':
      return callValue(context, callee.callee, {
        positional: [...callee.args.positional, ...args.positional],
        keyword: new Map([...callee.args.keyword, ...args.keyword]),
        open: callee.args.open || args.open,
      }, place)
    case 'class':
      return instantiate(context, callee, args, place)
    case 'external':
      if (callee.made && callee.name.includes('.')) {
        const dot = callee.name.lastIndexOf('.')
        const at = place ?? context.engine.calls.at(-1)
        if (!at) return escapeInto(context, args)
        return callMadeObject(context, { ...callee, name: callee.name.slice(0, dot) }, callee.name.slice(dot + 1), args, at)
      }
      return callee.made ? escapeInto(context, args) : callLibrary(context, callee.name, args, place)
    case 'instance': {
      const call = attributeOfClass(callee.class, '__call__', callee)
      return call ? callValue(context, call, args, place) : escapeInto(context, args)
    }
    case 'metric':
      return callMetricMethod(context, callee, '__call__', args)
    default:
      return escapeInto(context, args)
  }
}

/** Follows a call. The same function with the same arguments is followed once. */
export function callFunction(
  context: Context, callee: FunctionValue, args: Arguments, self: Value | undefined, place: Place | undefined,
): Value {
  const { engine } = context
  if (place) engine.called.add(callee.definition)
  const [first, ...others] = args.positional
  if (!self && callee.owner && callee.binding === 'plain' && first?.kind === 'instance') {
    // `Base.method(self, …)`
    return callFunction(context, callee, { ...args, positional: others }, first, place)
  }
  const key = `${callee.id}/${self ? digest(self) : ''}(${digestArguments(args)})`
  const known = engine.memo.get(key)
  if (known) return known
  if (!isWorthFollowing(context, callee)) return unknown('the result of a long function')
  if (engine.budget < 0 || engine.stack.length >= maximumDepth || isRecursion(engine, callee)) {
    // It is followed by itself instead, for any arguments.
    engine.escaped.add(callee.definition)
    return unknown('calls too deep to follow')
  }
  const runs = (engine.runs.get(callee.definition) ?? 0) + 1
  engine.runs.set(callee.definition, runs)
  if (runs > maximumRuns(engine, callee) && args !== anyArguments) {
    return engine.touching.has(callee.definition) ? callFunction(context, callee, anyArguments, self, place) : unknown('the result of a function called often')
  }
  // What a recursive call finds.
  engine.memo.set(key, unknown('the result of a recursive call'))
  if (place) engine.calls.push(place)
  engine.stack.push(callee)
  const result = runBody(context, callee, args, self)
  engine.stack.pop()
  if (place) engine.calls.pop()
  engine.memo.set(key, result)
  return result
}

function isWorthFollowing({ engine }: Context, callee: FunctionValue): boolean {
  const { start, end } = callee.definition
  if (end - start <= maximumHelperLength || engine.touching.has(callee.definition)) return true
  return callee.scope.module.role !== 'support' && (engine.isFirstRound || engine.mentionsMetrics(callee))
}

function isRecursion(engine: Engine, callee: FunctionValue): boolean {
  return engine.stack.filter(({ definition }) => definition === callee.definition).length > 1
}

/**
 * With how many different arguments a function is followed. Beyond that, one that has to do with metrics is followed
 * once more, for any arguments at all.
 */
function maximumRuns(engine: Engine, { definition }: FunctionValue): number {
  if (engine.touchingItself.has(definition)) return 1000
  return engine.touching.has(definition) ? 12 : 6
}

function runBody(context: Context, callee: FunctionValue, args: Arguments, self: Value | undefined): Value {
  const { engine } = context
  const scope = createScope(callee.scope.module, callee.scope, { function: callee, self })
  const results: Results = { returned: [], yielded: [] }
  const inner: Context = { engine, scope, results, classBody: undefined }
  bindParameters(inner, callee, args, self)
  const { definition } = callee
  if (definition.kind === 'lambda') return evaluate(inner, definition.body)
  executeBlock(inner, definition.body)
  if (results.yielded.length > 0) return sequence(results.yielded)
  return results.returned.length > 0 ? union(results.returned) : noneValue
}

function bindParameters(inner: Context, callee: FunctionValue, args: Arguments, self: Value | undefined): void {
  const { variables } = inner.scope
  const params = [...callee.definition.params]
  if (self && params[0]?.star === '') variables.set(params.shift()!.name, self)
  const rest = [...args.positional]
  const keyword = new Map(args.keyword)
  for (const param of params) {
    if (param.star === '*') variables.set(param.name, sequence(rest.splice(0), args.open))
    else if (param.star === '') {
      const given = param.keywordOnly ? undefined : rest.shift()
      const value = given ?? keyword.get(param.name)
      keyword.delete(param.name)
      variables.set(param.name, value ? refined(inner, param, value) : defaultOf(inner, callee, param, args.open))
    } else {
      const entries = [...keyword].map(([name, value]) => ({ key: { kind: 'text', parts: [name], places: [] } satisfies Value, value }))
      variables.set(param.name, { kind: 'dictionary', entries, open: args.open })
    }
  }
}

/** What the annotation says about an argument of which nothing else is known. */
function refined(inner: Context, param: Parameter, value: Value): Value {
  if (value.kind !== 'unknown' || !param.annotation) return value
  return valueOfAnnotation(outside(inner), param.annotation) ?? value
}

function outside(inner: Context): Context {
  return { ...inner, scope: inner.scope.parent! }
}

function defaultOf(inner: Context, callee: FunctionValue, param: Parameter, mayBeGiven: boolean): Value {
  const name = callee.definition.kind === 'function' ? callee.definition.name : 'a lambda'
  const given: Value = { kind: 'unknown', reason: `parameter "${param.name}" of ${name}`, unlikely: false }
  const byOption = callee.definition.kind === 'function' ? optionDefault(inner, callee.definition.decorators, param.name) : undefined
  if (!param.defaultValue) {
    if (byOption) return union([byOption, { ...given, unlikely: true }])
    return refined(inner, param, given)
  }
  const value = evaluate(outside(inner), param.defaultValue)
  if (!mayBeGiven) return value
  const annotated = param.annotation && valueOfAnnotation(outside(inner), param.annotation)
  return annotated ? union([value, annotated]) : union([value, { ...given, unlikely: true }])
}

/** The default of a command-line option: `@click.option('--metric-prefix', default='celery_')`. */
function optionDefault(inner: Context, decorators: readonly Expression[], name: string): Value | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== 'call' || decorator.callee.kind !== 'attribute' || decorator.callee.name !== 'option') continue
    const isThisOption = decorator.args.some(({ value }) =>
      value.kind === 'string' && value.value.replace(/^-+/, '').replaceAll('-', '_') === name)
    const written = decorator.args.find((arg) => arg.name === 'default')
    if (isThisOption && written) return evaluate(outside(inner), written.value)
  }
  return undefined
}
