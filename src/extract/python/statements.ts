import type { AssignStatement, ClassDefinition, Expression, FunctionDefinition, Statement, TryStatement } from './ast.js'
import { valueOfAnnotation } from './annotations.js'
import { applyDecorators, callValue } from './calls.js'
import type { Context } from './engine.js'
import { createScope } from './engine.js'
import { enumKindOf, makeEnumMember } from './enums.js'
import { evaluate, itemsOf } from './expressions.js'
import { memberOfModule, noteHolder } from './lookup.js'
import { addValues } from './operators.js'
import { setSubscript } from './containers.js'
import type { ClassValue, FunctionValue, Scope, Value } from './values.js'
import { external, optionsOf, sequence, truth, union, unknown } from './values.js'

/** `exit`: what follows in the block is not reached. */
type Flow = 'next' | 'exit'

export function executeBlock(context: Context, body: readonly Statement[]): Flow {
  for (const statement of body) {
    if (execute(context, statement) === 'exit') return 'exit'
  }
  return 'next'
}

function execute(context: Context, statement: Statement): Flow {
  switch (statement.kind) {
    case 'import':
      for (const { module, as } of statement.names) bindImport(context, module, as)
      return 'next'
    case 'importFrom':
      bindImportFrom(context, statement.level, statement.module, statement.names)
      return 'next'
    case 'assign':
      executeAssign(context, statement)
      return 'next'
    case 'augmentedAssign': {
      const before = evaluate(context, statement.target)
      const added = evaluate(context, statement.value)
      const after = statement.op === '+' ? addValues(context, before, added, statement) : unknown('computed at run time')
      assign(context, statement.target, after)
      return 'next'
    }
    case 'expression':
      evaluate(context, statement.value)
      return 'next'
    case 'return':
      context.results?.returned.push(statement.value ? evaluate(context, statement.value) : { kind: 'constant', value: null })
      return 'exit'
    case 'raise':
      if (statement.value) evaluate(context, statement.value)
      return 'exit'
    case 'break':
    case 'continue':
      return 'exit'
    case 'if':
      return executeIf(context, statement.branches, statement.otherwise)
    case 'for':
      executeLoop(context, statement.target, evaluate(context, statement.iterable), () => executeBlock(context, statement.body))
      return executeBlock(context, statement.otherwise)
    case 'while':
      evaluate(context, statement.test)
      join(context, [() => executeBlock(context, statement.body), () => 'next'])
      return executeBlock(context, statement.otherwise)
    case 'with':
      for (const { value, target } of statement.items) {
        const entered = evaluate(context, value)
        if (target) assign(context, target, enteredValue(context, entered))
      }
      return executeBlock(context, statement.body)
    case 'try':
      return executeTry(context, statement)
    case 'match':
      evaluate(context, statement.subject)
      return join(context, [
        ...statement.cases.map(({ captures, body }) => () => {
          for (const name of captures) assignName(context, name, unknown('a matched value'))
          return executeBlock(context, body)
        }),
        () => 'next',
      ])
    case 'function':
      assignName(context, statement.name, applyDecorators(context, defineFunction(context, statement), statement.decorators))
      return 'next'
    case 'class':
      assignName(context, statement.name, applyDecorators(context, defineClass(context, statement), statement.decorators))
      return 'next'
    case 'global':
    case 'nonlocal':
      for (const name of statement.names) {
        const scope = statement.kind === 'global' ? context.scope.module.scope : scopeThatHas(context.scope.parent, name)
        if (scope) context.scope.outer.set(name, scope)
      }
      return 'next'
  }
}

function scopeThatHas(from: Scope | undefined, name: string): Scope | undefined {
  for (let scope = from; scope; scope = scope.parent) if (scope.variables.has(name)) return scope
  return undefined
}

function executeAssign(context: Context, statement: AssignStatement): void {
  if (!statement.value) return
  let value = evaluate(context, statement.value)
  if (statement.annotation && optionsOf(value).every((option) => option.kind === 'unknown')) {
    value = valueOfAnnotation(context, statement.annotation) ?? value
  }
  for (const target of statement.targets) assign(context, target, value)
}

/** Binds a target to a value: a name, an attribute, an item, or several of them. */
export function assign(context: Context, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(context, target.id, value)
      return
    case 'attribute':
      for (const object of optionsOf(evaluate(context, target.object))) setAttribute(context, object, target.name, value)
      return
    case 'subscript': {
      const key = target.index ? evaluate(context, target.index) : unknown('a slice')
      for (const object of optionsOf(evaluate(context, target.object))) setSubscript(object, key, value)
      return
    }
    case 'sequence':
      assignItems(context, target.items, value)
      return
    default:
  }
}

function assignItems(context: Context, targets: readonly { value: Expression; starred: boolean }[], value: Value): void {
  const options = optionsOf(value)
  targets.forEach((target, index) => {
    const parts = options.map((option): Value => {
      if (target.starred) return sequence([], true)
      if (option.kind !== 'sequence') return unknown('part of an unknown value')
      return option.items[index] ?? unknown('part of an unknown value')
    })
    assign(context, target.value, union(parts))
  })
}

export function assignName(context: Context, name: string, value: Value): void {
  const scope = context.scope.outer.get(name)
  if (scope && scope !== context.scope) {
    const before = scope.variables.get(name)
    scope.variables.set(name, before ? widened(before, value) : value)
    noteHolder(context.engine, name, value)
    return
  }
  if (context.classBody && context.classBody.enumKind !== 'none' && value.kind !== 'function' && !name.startsWith('_')) {
    value = makeEnumMember(context, context.classBody, name, value)
  }
  if (context.engine.handlerDepth === 0) context.scope.imports.delete(name)
  context.scope.variables.set(name, value)
  context.classBody?.attributes.set(name, value)
  if (!context.results) noteHolder(context.engine, name, value)
}

function setAttribute(context: Context, object: Value, name: string, value: Value): void {
  noteHolder(context.engine, name, value)
  if (object.kind === 'instance' || object.kind === 'class') {
    const before = object.attributes.get(name)
    object.attributes.set(name, before ? widened(before, value) : value)
  } else if (object.kind === 'module' && object.path !== undefined) {
    const variables = context.engine.modules.get(object.path)?.scope.variables
    const before = variables?.get(name)
    variables?.set(name, before ? widened(before, value) : value)
  }
}

/** A place that several functions write: `None` until one of them has. */
function widened(before: Value, value: Value): Value {
  const known = optionsOf(before).filter((option) => option.kind !== 'unknown' && !(option.kind === 'constant' && option.value === null))
  return known.length > 0 ? union([...known, value]) : value
}

function executeIf(
  context: Context,
  branches: readonly { test: Expression; body: readonly Statement[] }[],
  otherwise: readonly Statement[],
): Flow {
  const possible: (() => Flow)[] = []
  const refuted: Expression[] = []
  const way = (body: readonly Statement[], test: Expression | undefined) => {
    const before = [...refuted]
    possible.push(() => {
      for (const each of before) narrow(context, each, false)
      if (test) narrow(context, test, true)
      return executeBlock(context, body)
    })
  }
  for (const { test, body } of branches) {
    const value = evaluate(context, test)
    const known = dependsOnlyOnLocals(context, test) ? truth(value) : undefined
    if (known === false) continue
    way(body, test)
    if (known === true) return join(context, possible)
    refuted.push(test)
  }
  way(otherwise, undefined)
  return join(context, possible)
}

/** Takes from a local variable what it cannot be where `test` came out as `outcome`. */
function narrow(context: Context, test: Expression, outcome: boolean): void {
  if (test.kind === 'unary' && test.op === 'not') return narrow(context, test.operand, !outcome)
  if (test.kind === 'binary' && (test.op === 'and' ? outcome : test.op === 'or' && !outcome)) {
    narrow(context, test.left, outcome)
    narrow(context, test.right, outcome)
    return
  }
  const isNoneTest = test.kind === 'binary' && (test.op === 'is' || test.op === 'is not') &&
    test.right.kind === 'constant' && test.right.value === null
  const subject = isNoneTest ? test.left : test
  if (subject.kind !== 'name') return
  const value = context.scope.variables.get(subject.id)
  if (value?.kind !== 'union') return
  const wantsNone = isNoneTest && (test.op === 'is') === outcome
  const kept = value.options.filter((option) => {
    const none = option.kind === 'constant' && option.value === null
    if (isNoneTest) return wantsNone ? none || option.kind === 'unknown' : !none
    return truth(option) !== !outcome
  })
  if (kept.length > 0) context.scope.variables.set(subject.id, union(kept))
}

/** A global or an attribute may change before this is reached; a parameter or local variable may not. */
export function dependsOnlyOnLocals(context: Context, test: Expression): boolean {
  switch (test.kind) {
    case 'name':
      return context.scope.function !== undefined && context.scope.variables.has(test.id)
    case 'constant':
      return test.value === null
    case 'string':
      return true
    case 'binary':
      return dependsOnlyOnLocals(context, test.left) && dependsOnlyOnLocals(context, test.right)
    case 'unary':
      return dependsOnlyOnLocals(context, test.operand)
    case 'sequence':
      return test.items.every((item) => dependsOnlyOnLocals(context, item.value))
    case 'call':
      return test.callee.kind === 'attribute' && dependsOnlyOnLocals(context, test.callee.object) &&
        test.args.every((arg) => dependsOnlyOnLocals(context, arg.value))
    default:
      return false
  }
}

/** Follows each of several ways and goes on with what any of them may have left behind. */
function join(context: Context, ways: readonly (() => Flow)[]): Flow {
  if (ways.length === 1) return ways[0]!()
  const { variables } = context.scope
  const before = new Map(variables)
  const after: Map<string, Value>[] = []
  for (const way of ways) {
    if (way() === 'next') after.push(new Map(variables))
    restore(variables, before)
  }
  if (after.length === 0) return 'exit'
  restore(variables, after[0]!)
  for (const other of after.slice(1)) {
    for (const [name, value] of other) {
      const present = variables.get(name)
      if (present !== value) variables.set(name, present ? union([present, value]) : value)
    }
  }
  return 'next'
}

function restore(variables: Map<string, Value>, saved: ReadonlyMap<string, Value>): void {
  variables.clear()
  for (const [name, value] of saved) variables.set(name, value)
}

const maximumRounds = 500

/** Once for each known item; once more for those that are not known. */
export function executeLoop(context: Context, target: Expression, iterable: Value, body: () => unknown): void {
  const { items, open } = itemsOf(context, iterable)
  for (const item of items.slice(0, maximumRounds)) {
    assign(context, target, item)
    body()
  }
  if (!open && items.length <= maximumRounds) return
  join(context, [
    () => {
      assign(context, target, unknown('an item of an unknown collection'))
      body()
      return 'next'
    },
    () => 'next',
  ])
}

function executeTry(context: Context, statement: TryStatement): Flow {
  const flow = join(context, [
    () => executeBlock(context, statement.body),
    ...statement.handlers.map((handler) => () => {
      context.engine.handlerDepth++
      const result = executeBlock(context, handler)
      context.engine.handlerDepth--
      return result
    }),
  ])
  return executeBlock(context, statement.after) === 'exit' ? 'exit' : flow
}

function enteredValue(context: Context, manager: Value): Value {
  return union(optionsOf(manager).map((option) => {
    if (option.kind === 'sequence' && option.items.length > 0) return union(option.items)
    if (option.kind === 'instance') {
      const enter = option.class.attributes.get('__enter__')
      if (enter?.kind === 'function') {
        return callValue(context, { kind: 'method', self: option, callee: enter }, { positional: [], keyword: new Map(), open: false }, undefined)
      }
    }
    return option
  }))
}

export function defineFunction(context: Context, definition: FunctionValue['definition']): FunctionValue {
  const { engine, scope } = context
  // A function in a class body sees the scope around the class.
  const enclosing = context.classBody ? scope.parent! : scope
  const known = engine.functions.get(scope)?.get(definition)
  if (known) {
    engine.met.add(known)
    return known
  }
  const decorators = definition.kind === 'function' ? definition.decorators.map(lastName) : []
  const binding = decorators.includes('staticmethod') ? 'static'
    : decorators.includes('classmethod') ? 'class'
      : decorators.some((name) => name === 'property' || name === 'cached_property') ? 'property' : 'plain'
  const made: FunctionValue = {
    kind: 'function', id: engine.nextId++, definition, scope: enclosing, owner: context.classBody, binding, via: [...engine.calls],
  }
  const inScope = engine.functions.get(scope) ?? new Map<FunctionValue['definition'], FunctionValue>()
  engine.functions.set(scope, inScope.set(definition, made))
  engine.met.add(made)
  if (definition.kind === 'function') {
    const sharing = engine.methodsByName.get(definition.name) ?? new Set<FunctionValue>()
    engine.methodsByName.set(definition.name, sharing.add(made))
  }
  return made
}

function lastName(expression: Expression): string {
  if (expression.kind === 'call') return lastName(expression.callee)
  return expression.kind === 'name' ? expression.id : expression.kind === 'attribute' ? expression.name : ''
}

function defineClass(context: Context, definition: ClassDefinition): ClassValue {
  const { engine, scope } = context
  const bases = definition.bases.filter((base) => base.name === undefined).map((base) => evaluate(context, base.value))
  let made = engine.classes.get(scope)?.get(definition)
  if (!made) {
    made = {
      kind: 'class', id: engine.nextId++, definition, scope, bases, attributes: new Map(), instances: new Set(), enumKind: 'none',
    }
    const inScope = engine.classes.get(scope) ?? new Map<ClassDefinition, ClassValue>()
    engine.classes.set(scope, inScope.set(definition, made))
  }
  made.bases = bases
  made.enumKind = enumKindOf(made)
  executeBlock({ engine, scope: bodyScope(engine, scope, made), results: undefined, classBody: made }, definition.body)
  return made
}

const bodyScopes = new WeakMap<ClassValue, Scope>()

/** One scope for each class, so that its methods stay the same when its body is followed again. */
function bodyScope(engine: Context['engine'], scope: Scope, owner: ClassValue): Scope {
  const known = bodyScopes.get(owner)
  if (known) return known
  const made = createScope(scope.module, scope)
  bodyScopes.set(owner, made)
  return made
}

function bindImport(context: Context, module: string, as: string | undefined): void {
  const { engine, scope } = context
  const head = module.split('.')[0]!
  const dotted = as === undefined ? head : module
  addImport(context, as ?? head, () => engine.paths.resolve(scope.module.path, 0, dotted) ?? external(dotted))
}

function bindImportFrom(context: Context, level: number, module: string, names: readonly { name: string; as: string }[]): void {
  const { engine, scope } = context
  const from = (): Value => engine.paths.resolve(scope.module.path, level, module) ?? external(module)
  for (const { name, as } of names) {
    if (name === '*') {
      scope.module.starImports.push(from())
      continue
    }
    addImport(context, as, () => {
      const source = from()
      if (source.kind === 'module') {
        return memberOfModule(engine, source, name) ?? unknown(`${name} is not found in ${source.path ?? source.directory ?? ''}`)
      }
      return external(`${module}.${name}`)
    })
  }
}

function addImport(context: Context, name: string, find: () => Value): void {
  const { scope, engine, classBody } = context
  const resolve = resolveOnce(find, name)
  if (engine.handlerDepth === 0) {
    scope.variables.delete(name)
    scope.imports.set(name, [resolve])
  } else scope.imports.set(name, [...(scope.imports.get(name) ?? []), resolve])
  if (classBody) classBody.attributes.set(name, resolve())
}

/** Modules that import a name from each other in a circle never get it. */
function resolveOnce(find: () => Value, name: string): () => Value {
  let resolving = false
  return () => {
    if (resolving) return unknown(`${name} is imported in a circle`)
    resolving = true
    const found = find()
    resolving = false
    return found
  }
}
