import type { Place } from '../../text/source.js'
import { valueOfAnnotation } from './annotations.js'
import type { Argument, Expression, Parameter } from './ast.js'
import { callDictionaryMethod, callSequenceMethod } from './containers.js'
import type { Context, Results } from './engine.js'
import { createScope } from './engine.js'
import { evaluate, itemsOf } from './expressions.js'
import { attributeOfClass, externalBase, getAttribute } from './lookup.js'
import { callLibrary, callMadeObject } from './libraries.js'
import { callMetricMethod, escape, noteUnresolvedCall } from './recordings.js'
import { executeBlock } from './statements.js'
import { callTextMethod } from './text-values.js'
import type { Arguments, ClassValue, FunctionValue, InstanceValue, Scope, Value } from './values.js'
import { digest, digestArguments, external, instancesOf, noneValue, optionsOf, sequence, union, unknown } from './values.js'

const maximumDepth = 16
/** In characters: longer functions that neither declare nor record a metric are not followed for what they return. */
const maximumHelperLength = 2000

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

function escapeInto(context: Context, args: Arguments): Value {
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
  if (engine.stack.length >= maximumDepth || engine.budget < 0) return unknown('calls too deep to follow')
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

/** Makes an instance; one call with the same arguments makes one. */
export function instantiate(context: Context, owner: ClassValue, args: Arguments, place: Place | undefined): Value {
  const { engine } = context
  if (owner.enumKind !== 'none') return union([...owner.attributes.values()].filter((value) => value.kind === 'instance'))
  const at = place ? `${place.source.path}:${place.span.start}` : 'somewhere'
  const key = `${owner.id}@${at}(${digestArguments(args)})`
  const known = engine.instances.get(key)
  const made: InstanceValue = known ?? {
    kind: 'instance', id: engine.nextId++, class: owner, attributes: new Map(), earlier: new Map(), metric: undefined, member: undefined,
    generic: place === undefined && args.open,
  }
  engine.instances.set(key, made)
  noteInstance(owner, made)
  const created = attributeOfClass(owner, '__new__', undefined)
  if (created?.kind === 'function' && place) callFunction(context, created, { ...args, positional: [owner, ...args.positional] }, undefined, place)
  const initializer = attributeOfClass(owner, '__init__', made)
  if (initializer) callValue(context, initializer, args, place)
  else if (isRecordClass(owner)) bindFields(context, owner, made, args)
  else {
    const base = externalBase(owner)
    if (base !== undefined && place) callMadeObject(context, { ...external(base), made: true, args: { ...noArguments, positional: [made] } }, '__init__', args, place)
    else escapeInto(context, args)
  }
  for (const name of ['__post_init__', '__attrs_post_init__']) {
    const after = attributeOfClass(owner, name, made)
    if (after) callValue(context, after, noArguments, place)
  }
  return made
}

function noteInstance(owner: ClassValue, made: InstanceValue): void {
  if (owner.instances.has(made)) return
  owner.instances.add(made)
  for (const base of owner.bases.flatMap(optionsOf)) if (base.kind === 'class') noteInstance(base, made)
}

/** An instance of a class that nothing in the workspace is seen to make. */
export function genericInstance(context: Context, owner: ClassValue): Value {
  return instantiate(context, owner, { positional: [], keyword: new Map(), open: true }, undefined)
}

/** Classes whose fields are their constructor's parameters: dataclasses, attrs, NamedTuple, pydantic models. */
function isRecordClass(owner: ClassValue): boolean {
  const names = owner.definition.decorators.map(nameOf)
  if (names.some((name) => /^(dataclass|attrs|s|define|frozen|mutable|dataclass_transform)$/.test(name))) return true
  const base = externalBase(owner)?.split('.').at(-1)
  return base === 'NamedTuple' || base === 'BaseModel' || base === 'BaseSettings' ||
    owner.bases.some((each) => each.kind === 'class' && isRecordClass(each))
}

function nameOf(decorator: Expression): string {
  if (decorator.kind === 'call') return nameOf(decorator.callee)
  return decorator.kind === 'name' ? decorator.id : decorator.kind === 'attribute' ? decorator.name : ''
}

function fieldsOf(owner: ClassValue): Parameter[] {
  const inherited = owner.bases.flatMap((base) => (base.kind === 'class' ? fieldsOf(base) : []))
  const own = owner.definition.body.flatMap((statement): Parameter[] => {
    const target = statement.kind === 'assign' ? statement.targets[0] : undefined
    if (statement.kind !== 'assign' || target?.kind !== 'name' || !statement.annotation) return []
    return [{ name: target.id, star: '', annotation: statement.annotation, defaultValue: statement.value, keywordOnly: false }]
  })
  return [...inherited.filter((field) => !own.some((each) => each.name === field.name)), ...own]
}

function bindFields(context: Context, owner: ClassValue, made: InstanceValue, args: Arguments): void {
  const rest = [...args.positional]
  const scope: Scope = createScope(owner.scope.module, owner.scope)
  for (const field of fieldsOf(owner)) {
    const given = rest.shift() ?? args.keyword.get(field.name)
    const byDefault = field.defaultValue && fieldDefault({ ...context, scope, classBody: undefined }, field.defaultValue)
    const value = given ?? byDefault ?? unknown(`field "${field.name}" of ${owner.definition.name}`)
    made.attributes.set(field.name, value.kind === 'unknown' && field.annotation
      ? valueOfAnnotation({ ...context, scope, classBody: undefined }, field.annotation) ?? value
      : value)
  }
}

/** `field(default=…)`, `attr.ib(factory=list)`, or a plain value. */
function fieldDefault(context: Context, written: Expression): Value {
  if (written.kind !== 'call') return evaluate(context, written)
  for (const arg of written.args) {
    if (arg.name === 'default') return evaluate(context, arg.value)
    if (arg.name === 'default_factory' || arg.name === 'factory') return callValue(context, evaluate(context, arg.value), noArguments, undefined)
  }
  return evaluate(context, written)
}

/** Decorators that leave what they decorate to be called as it stands. */
const transparentDecorators = new Set((
  'staticmethod classmethod property cached_property lru_cache cache wraps contextmanager asynccontextmanager overload ' +
  'abstractmethod override final dataclass s attrs define frozen total_ordering singledispatch unique setter getter ' +
  'deprecated runtime_checkable no_type_check'
).split(' '))

export function applyDecorators(context: Context, decorated: FunctionValue | ClassValue, decorators: readonly Expression[]): Value {
  let value: Value = decorated
  for (const decorator of [...decorators].reverse()) {
    if (transparentDecorators.has(nameOf(decorator))) continue
    value = applyDecorator(context, evaluate(context, decorator), value, decorated)
  }
  return value
}

function applyDecorator(context: Context, decorator: Value, value: Value, decorated: FunctionValue | ClassValue): Value {
  const followed = optionsOf(decorator).filter((option) => ['function', 'method', 'class', 'partial'].includes(option.kind))
  const results = followed.map((option) => callValue(context, option, { positional: [value], keyword: new Map(), open: false }, undefined))
  // A decorator of a library may register the function and call it at any time.
  const isTimer = decorator.kind === 'metric' || (decorator.kind === 'constant' && decorator.value === null)
  if (followed.length === 0) {
    if (!isTimer && decorated.kind === 'function') context.engine.escaped.add(decorated.definition)
    return value
  }
  const kept = results.flatMap(optionsOf).filter((result) => !['unknown', 'constant'].includes(result.kind))
  if (kept.length === 0 && decorated.kind === 'function') context.engine.escaped.add(decorated.definition)
  return kept.length > 0 ? bindOwner(union(kept), decorated) : value
}

/** A wrapper made by a decorator stands in the class in place of the method. */
function bindOwner(value: Value, decorated: FunctionValue | ClassValue): Value {
  if (value.kind !== 'function' || decorated.kind !== 'function' || !decorated.owner || value.owner) return value
  return { ...value, owner: decorated.owner, binding: decorated.binding }
}
