import { digest } from '../values/digest.js'
import type { Context, Engine } from '../engine/engine.js'
import { createScope } from '../engine/engine.js'
import { parsePython } from '../syntax/parse.js'
import { takeMetricMethod } from '../clients/recordings.js'
import { executeBlock } from './statements.js'
import type { ClassValue, FunctionValue, InstanceValue, ModuleState, ModuleValue, Scope, Value } from '../values/values.js'
import { mayWriteExposition } from '../../written-exposition.js'
import { external, mapOptions, optionsOf, union, unknown } from '../values/values.js'
import { callFunction } from './calls.js'
import { findWrites, isPlain, withOthers, withUnseenWrites } from './writes.js'

/** What the top level of a module may evaluate. */
const evaluationsPerModule = 1_000_000

/** The module in a file, its top level executed; `undefined` when the file cannot be read. */
export function loadModule(engine: Engine, path: string): ModuleState | undefined {
  let module = engine.modules.get(path)
  if (!module) {
    const created = readModule(engine, path)
    if (!created) return undefined
    engine.modules.set(path, (module = created))
  }
  if (module.state === 'new') {
    module.state = 'running'
    module.starImports.length = 0
    // Who asks first does not pay for all.
    const { budget } = engine
    engine.budget = evaluationsPerModule
    executeBlock({ engine, scope: module.scope, results: undefined, classBody: undefined }, module.body)
    if (engine.budget < 0 && module.role !== 'support') engine.total.cutModules.add(module)
    engine.budget = budget
    module.state = 'done'
  }
  return module
}

function readModule(engine: Engine, path: string): ModuleState | undefined {
  const source = engine.tree.read(path)
  if (!source) return undefined
  const { body, problems } = parsePython(source.text)
  for (const problem of problems) engine.problems.push({ source, problem })
  const module: ModuleState = {
    path, source, body, writesExposition: mayWriteExposition(source.text), starImports: [], role: 'support', evaluated: new Set(),
    writes: findWrites(source.text), written: new Set(), state: 'new',
    get scope() {
      return scope
    },
  }
  const scope = createScope(module, undefined)
  for (const name of module.writes.foreign.keys()) {
    const writers = engine.foreignWriters.get(name)
    if (writers) writers.add(module)
    else engine.foreignWriters.set(name, new Set([module]))
  }
  return module
}

/** What a name means in a scope; `undefined` when it is not bound. */
export function lookUp(context: Context, name: string): Value | undefined {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.parent) {
    const found = inScope(scope, name)
    if (found) return found
  }
  return inStarImports(context.engine, context.scope.module, name)
}

function inScope(scope: Scope, name: string): Value | undefined {
  const elsewhere = scope.outer.get(name)
  if (elsewhere && elsewhere !== scope) return inScope(elsewhere, name)
  const assigned = scope.variables.get(name)
  const imports = scope.imports.get(name)
  if (!imports) return assigned
  const imported = union(imports.map((resolve) => resolve()))
  return assigned && !isNone(assigned) ? union([imported, assigned]) : imported
}

function inStarImports(engine: Engine, module: ModuleState, name: string): Value | undefined {
  for (const from of module.starImports) {
    if (from.kind === 'external' && /^(prometheus_client|aioprometheus|opentelemetry)\b/.test(from.name) && /^[A-Z]|_/.test(name)) {
      return external(`${from.name}.${name}`)
    }
    if (from.kind === 'module') {
      const found = memberOfModule(engine, from, name)
      if (found) return found
    }
  }
  return undefined
}

export function memberOfModule(engine: Engine, value: ModuleValue, name: string): Value | undefined {
  const module = value.path === undefined ? undefined : loadModule(engine, value.path)
  const found = module && (inScope(module.scope, name) ?? inStarImports(engine, module, name))
  if (found) return found
  return value.directory === undefined ? undefined : engine.paths.submodule(value.directory, name)
}

/** The value of `object.name`. */
export function getAttribute(context: Context, object: Value, name: string): Value {
  return mapOptions(object, (option) => attributeOf(context, option, name))
}

function attributeOf(context: Context, object: Value, name: string): Value {
  switch (object.kind) {
    case 'module':
      return memberOfModule(context.engine, object, name) ?? unknown(`${name} is not found in ${object.path ?? object.directory ?? ''}`)
    case 'external':
      return { ...external(`${object.name}.${name}`), made: object.made, place: object.place, args: object.args }
    case 'instance':
      return attributeOfInstance(context, object, name)
    case 'class':
      if (name === '__name__' || name === '__qualname__') return nameOf(object)
      return attributeOfClass(object, name, undefined) ?? heldElsewhere(context.engine, name)
    case 'super':
      return attributeOfClass(object.owner, name, object.self, true) ?? baseMethod(object.owner, name, object.self) ??
        unknown(`${name} is not found in a base class`)
    case 'method':
    case 'function':
      if (name === '__name__' || name === '__qualname__') return nameOf(object.kind === 'method' ? object.callee : object)
      return unknown('an attribute of a function')
    case 'unknown':
      return heldElsewhere(context.engine, name)
    case 'metric':
      return takeMetricMethod(context, object, name)
    default:
      return unknown(`attribute ${name}`)
  }
}

function nameOf({ definition }: ClassValue | FunctionValue): Value {
  return definition.kind === 'lambda' ? unknown('the name of a lambda') : { kind: 'text', parts: [definition.name], places: [] }
}

/** An attribute of something unknown: a metric that is held under this name, if there is one. */
function heldElsewhere(engine: Engine, name: string): Value {
  const held = engine.metricsByHolder.get(name)
  return held ? union([unknown(`attribute ${name}`), ...held.values()]) : unknown(`attribute ${name}`)
}

function attributeOfInstance(context: Context, object: InstanceValue, name: string): Value {
  if (object.member && (name === 'value' || name === '_value_')) return object.member.value
  if (object.member && (name === 'name' || name === '_name_')) {
    return { kind: 'text', parts: [object.member.name], places: [] }
  }
  if (name === '__class__') return object.class
  const now = object.attributes.get(name)
  const earlier = object.earlier.get(name)
  const both = now && earlier ? union([now, earlier]) : now ?? earlier
  if (both) {
    // `None` is what stands there until the attribute is set.
    const set = both.kind === 'union' ? both.options.filter((option) => !isNone(option)) : []
    const value = both.kind !== 'union' || set.length === both.options.length ? both
      : set.some(isPlain) ? withOthers(union(set), `attribute ${name} may not be set`) : union(set)
    return withUnseenWrites(context.engine, object, name, value)
  }
  const inherited = attributeOfClass(object.class, name, object)
  if (inherited?.kind === 'method' && inherited.callee.binding === 'property') {
    return callFunction(context, inherited.callee, { positional: [], keyword: new Map(), open: false }, inherited.self, undefined)
  }
  if (inherited) return withUnseenWrites(context.engine, object, name, inherited)
  if (object.metric) return getAttribute(context, object.metric, name)
  if (object.class.bases.some((base) => base.kind === 'external' || base.kind === 'unknown')) {
    return baseMethod(object.class, name, object) ?? heldElsewhere(context.engine, name)
  }
  return heldElsewhere(context.engine, name)
}

/** The first attribute in the order of the bases, bound to `self`. */
export function attributeOfClass(owner: ClassValue, name: string, self: InstanceValue | undefined, skipOwn = false): Value | undefined {
  for (const each of lineageOf(owner)) {
    const own = skipOwn && each === owner ? undefined : each.attributes.get(name)
    if (own) return mapOptions(own, (option) => bind(option, self ?? each, self))
  }
  return undefined
}

/** A class and those that it inherits from, in the order in which attributes are looked for. */
export function lineageOf(owner: ClassValue): readonly ClassValue[] {
  if (owner.lineage) return owner.lineage
  const found = new Set<ClassValue>()
  const add = (each: ClassValue): void => {
    if (found.has(each)) return
    found.add(each)
    for (const base of each.bases.flatMap(optionsOf)) if (base.kind === 'class') add(base)
  }
  add(owner)
  return (owner.lineage = [...found])
}

function bind(value: Value, receiver: Value, self: InstanceValue | undefined): Value {
  if (value.kind !== 'function' || value.binding === 'static' || !value.owner) return value
  if (value.binding === 'class') return { kind: 'method', self: receiver.kind === 'instance' ? receiver.class : receiver, callee: value }
  return self ? { kind: 'method', self, callee: value } : value
}

/** A method of a base class outside the workspace, as `external('prometheus_client.Gauge.__init__')`. */
function baseMethod(owner: ClassValue, name: string, self: InstanceValue): Value | undefined {
  const base = externalBase(owner)
  return base === undefined ? undefined : { ...external(`${base}.${name}`), made: true, args: { positional: [self], keyword: new Map(), open: false } }
}

/** The name of the first base class outside the workspace. */
export function externalBase(owner: ClassValue): string | undefined {
  for (const base of owner.bases.flatMap(optionsOf)) {
    if (base.kind === 'external') return base.name
    const inherited = base.kind === 'class' ? externalBase(base) : undefined
    if (inherited !== undefined) return inherited
  }
  return undefined
}

export function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null
}

/** Remembers that a metric is held by an attribute or variable of this name. */
export function noteHolder(engine: Engine, name: string, value: Value): void {
  for (const option of optionsOf(value)) {
    if (option.kind === 'dictionary' && option.entries.length > 0) noteContainer(engine, name, option.entries[0]!.value)
    if (option.kind === 'sequence' && option.items.length > 0) noteContainer(engine, name, option.items[0]!)
    const metric = option.kind === 'instance' ? option.metric : option
    if (metric?.kind !== 'metric' || metric.child) continue
    const held = engine.metricsByHolder.get(name) ?? new Map<string, Value>()
    engine.metricsByHolder.set(name, held.set(digest(option), option))
  }
}

/** Remembers that metrics are items of what an attribute or variable of this name holds. */
export function noteContainer(engine: Engine, name: string, item: Value): void {
  const metric = optionsOf(item).find((option) => option.kind === 'metric')
  if (metric) engine.containerHolders.set(name, metric.metric.constructorPlace.source.path)
}
