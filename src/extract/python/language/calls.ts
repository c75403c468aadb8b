import type { Place } from '../../../text/source.js'
import { valueOfAnnotation } from './annotations.js'
import type { Argument, Expression, Parameter } from '../syntax/ast.js'
import { isSpent } from '../engine/budget.js'
import { callDictionaryMethod, callSequenceMethod } from '../values/containers.js'
import { digestArguments, digestKey } from '../values/digest.js'
import type { Context, Engine, Results } from '../engine/engine.js'
import { createScope } from '../engine/engine.js'
import { evaluate, itemsOf } from './expressions.js'
import { genericInstance, instantiate } from './instances.js'
import { noteHandedOver } from '../clients/instrumentation.js'
import { callLibrary, callMadeObject } from '../clients/libraries.js'
import { attributeOfClass, getAttribute } from './lookup.js'
import { createInstrument } from '../clients/opentelemetry.js'
import { callMetricMethod, escape, noteUnresolvedCall } from '../clients/recordings.js'
import { executeBlock } from './statements.js'
import { callTextMethod } from '../values/text-values.js'
import type { Arguments, FunctionValue, Value } from '../values/values.js'
import { instancesOf, noneValue, optionsOf, sequence, union, unknown } from '../values/values.js'
import { writesAttributes } from './writes.js'

const maximumDepth = 12

/** In characters: longer functions that neither declare nor record a metric are not followed for what they return, unless a metric is handed to them. */
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
    } else {
      const isOfCall = arg.value.kind === 'dictionary' && arg.value.entries.length > 0 && value.kind === 'dictionary'
      const given: Value = isOfCall ? { ...value, isOfCall } : value
      if (arg.name !== undefined) keyword.set(arg.name, given)
      else positional.push(given)
    }
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
      // `task.delay(…)`: the framework calls it later; `provider.get()` calls it now.
      context.engine.escaped.add((receiver.kind === 'method' ? receiver.callee : receiver).definition)
      return name === 'get' && args.positional.length === 0 ? callValue(context, receiver, args, place) : escapeInto(context, args)
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
  const instrument = createInstrument(context, name, args, place)
  if (instrument) return instrument
  noteUnresolvedCall(context, name, args)
  noteHandedOver(context, args, place)
  const candidates = engine.methodsByName.get(name)
  if (!candidates) return escapeInto(context, args)
  if (commonNames.has(name) || candidates.size > 4) {
    if (engine.escapedNames.get(name) !== candidates.size) {
      for (const callee of candidates) engine.escaped.add(callee.definition)
      engine.escapedNames.set(name, candidates.size)
    }
    return escapeInto(context, args)
  }
  return union([...[...candidates].flatMap((callee) => {
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
  const [first] = args.positional
  if (!self && callee.owner && callee.binding === 'plain' && first?.kind === 'instance') {
    // `Base.method(self, …)`
    return callFunction(context, callee, { ...args, positional: args.positional.slice(1) }, first, place)
  }
  const isHandedMetric = [...args.positional, ...args.keyword.values()].some((value) => optionsOf(value).some(({ kind }) => kind === 'metric'))
  if (!isHandedMetric && !isWorthFollowing(context, callee)) return unknown('the result of a long function')
  const results = resultsOf(engine, callee, self)
  const known = results.size > 0 ? results.get(digestArguments(args)) : undefined
  if (known) return known
  if (engine.budget < 0 || engine.stack.length >= maximumDepth || isRecursion(engine, callee)) {
    // It is followed by itself instead, for any arguments.
    engine.escaped.add(callee.definition)
    if (isHandedMetric) escapeInto(context, args)
    return unknown('calls too deep to follow')
  }
  if (args !== anyArguments && hasRunEnough(engine, callee, args)) {
    if (isHandedMetric) escapeInto(context, args)
    const hasEffect = engine.touching.has(callee.definition) || isForNames(engine, args) || (callee.definition.kind === 'function' && callee.definition.name !== '__init__' && writesAttributes(callee))
    if (!hasEffect) return unknown('the result of a function called often')
    return callFunction(context, callee, anyArguments, self, place)
  }
  if (args !== anyArguments && isSpent(engine.total)) {
    if (engine.touching.has(callee.definition)) engine.total.unfollowed.set(callee.definition, callee.scope.module)
    return callFunction(context, callee, anyArguments, self, place)
  }
  const key = digestArguments(args)
  // What a recursive call finds.
  results.set(key, unknown('the result of a recursive call'))
  if (place) engine.calls.push(place)
  engine.stack.push(callee)
  const before = engine.budget
  const result = runBody(context, callee, args, self)
  noteRun(engine, callee, before - engine.budget)
  engine.stack.pop()
  if (place) engine.calls.pop()
  results.set(key, result)
  return result
}

function noteRun(engine: Engine, { definition }: FunctionValue, spent: number): void {
  const known = engine.runs.get(definition) ?? { count: 0, spent: 0 }
  engine.runs.set(definition, { count: known.count + 1, spent: known.spent + spent })
}

/** The results of a function for one object, by what the arguments were. */
function resultsOf({ memo }: Engine, callee: FunctionValue, self: Value | undefined): Map<string, Value> {
  let byObject = memo.get(callee.id)
  if (!byObject) memo.set(callee.id, (byObject = new Map<string | number, Map<string, Value>>()))
  // What a function within another one finds depends on how far the other has come.
  const object = callee.scope.function ? `${self ? digestKey(self) : ''}@${callee.scope.version}` : self ? digestKey(self) : ''
  let results = byObject.get(object)
  if (!results) byObject.set(object, (results = new Map<string, Value>()))
  return results
}

function isWorthFollowing({ engine }: Context, callee: FunctionValue): boolean {
  const { start, end } = callee.definition
  if (end - start <= maximumHelperLength || engine.touching.has(callee.definition)) return true
  return callee.scope.module.role !== 'support' && (engine.isFirstRound || engine.mentionsMetrics(callee))
}

function isRecursion(engine: Engine, callee: FunctionValue): boolean {
  return engine.stack.filter(({ definition }) => definition === callee.definition).length > 1
}

/** What all runs of a function together may evaluate where a metric's name may depend on it. */
const evaluationsForNames = 5_000

/** The same for `__init__`, without which an object has no attributes. */
const evaluationsForObjects = 1_000

/**
 * Whether a function was followed with so many different arguments that from now on it is followed for any arguments at
 * all. Where metrics are declared only the cost counts, because a table of definitions may have hundreds of rows.
 */
function hasRunEnough(engine: Engine, { definition }: FunctionValue, args: Arguments): boolean {
  const { count, spent } = engine.runs.get(definition) ?? { count: 0, spent: 0 }
  if (engine.touchingItself.has(definition)) return count >= 1000
  if (count < (engine.touching.has(definition) ? 12 : 6)) return false
  const isInitializer = definition.kind === 'function' && definition.name === '__init__'
  return spent > (isForNames(engine, args) ? evaluationsForNames : isInitializer ? evaluationsForObjects : 0)
}

/**
 * Whether what is called now may become part of a metric's declaration: at the top level, decorators aside, and where
 * metrics are declared.
 */
export function isForNames({ stack, declaring }: Engine, args: Arguments): boolean {
  const caller = stack.at(-1)
  return caller ? declaring.has(caller.definition) : !args.positional.some((value) => value.kind === 'function')
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
      variables.set(param.name, { kind: 'dictionary', entries, open: args.open, isOfCall: true })
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
  // `client: Client = Provide[…]`
  const value = refined(inner, param, evaluate(outside(inner), param.defaultValue))
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
