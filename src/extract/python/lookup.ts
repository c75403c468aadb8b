import type { Context, Engine } from './engine.js'
import { createScope } from './engine.js'
import { parsePython } from './parse.js'
import { executeBlock } from './statements.js'
import type { ClassValue, FunctionValue, InstanceValue, ModuleState, ModuleValue, Scope, Value } from './values.js'
import { digest, external, mapOptions, optionsOf, union, unknown } from './values.js'
import { callFunction } from './calls.js'

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
    executeBlock({ engine, scope: module.scope, results: undefined, classBody: undefined }, module.body)
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
    path, body, starImports: [], role: 'support', state: 'new',
    get scope() {
      return scope
    },
  }
  const scope = createScope(module, undefined)
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
  const imported = imports.map((resolve) => resolve())
  return assigned && !isNone(assigned) ? union([...imported, assigned]) : union(imported)
}

function inStarImports(engine: Engine, module: ModuleState, name: string): Value | undefined {
  for (const from of module.starImports) {
    if (from.kind === 'external' && /^(prometheus_client|opentelemetry)\b/.test(from.name) && /^[A-Z]|_/.test(name)) {
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
  if (now || earlier) {
    const options = [...(now ? optionsOf(now) : []), ...(earlier ? optionsOf(earlier) : [])]
    // `None` is what stands there until the attribute is set.
    const set = options.filter((option) => !isNone(option))
    return union(set.length > 0 ? set : options)
  }
  const inherited = attributeOfClass(object.class, name, object)
  if (inherited?.kind === 'method' && inherited.callee.binding === 'property') {
    return callFunction(context, inherited.callee, { positional: [], keyword: new Map(), open: false }, inherited.self, undefined)
  }
  if (inherited) return inherited
  if (object.metric) return getAttribute(context, object.metric, name)
  if (object.class.bases.some((base) => base.kind === 'external' || base.kind === 'unknown')) {
    return baseMethod(object.class, name, object) ?? heldElsewhere(context.engine, name)
  }
  return heldElsewhere(context.engine, name)
}

/** The first attribute in the order of the bases, bound to `self`. */
export function attributeOfClass(owner: ClassValue, name: string, self: InstanceValue | undefined, skipOwn = false): Value | undefined {
  const own = skipOwn ? undefined : owner.attributes.get(name)
  if (own) return mapOptions(own, (option) => bind(option, self ?? owner, self))
  for (const base of owner.bases.flatMap(optionsOf)) {
    if (base.kind === 'class') {
      const found = attributeOfClass(base, name, self)
      if (found) return found
    }
  }
  return undefined
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
    const metric = option.kind === 'instance' ? option.metric : option
    if (metric?.kind !== 'metric' || metric.child) continue
    const held = engine.metricsByHolder.get(name) ?? new Map<string, Value>()
    engine.metricsByHolder.set(name, held.set(digest(option), option))
  }
}
