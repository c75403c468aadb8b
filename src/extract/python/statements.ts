import { valueOfAnnotation } from './annotations.js'
import { assign, assignName } from './assignment.js'
import type { AssignStatement, Expression, Statement, TryStatement } from './ast.js'
import { callValue, noArguments } from './calls.js'
import { dependsOnlyOnLocals, narrow } from './conditions.js'
import { applyDecorators } from './decorators.js'
import { defineClass, defineFunction } from './definitions.js'
import type { Context } from './engine.js'
import { evaluate, itemsOf } from './expressions.js'
import { bindImport, bindImportFrom } from './imports.js'
import { addValues } from './operators.js'
import type { Scope, Value } from './values.js'
import { optionsOf, truth, union, unknown } from './values.js'

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
        return callValue(context, { kind: 'method', self: option, callee: enter }, noArguments, undefined)
      }
    }
    return option
  }))
}
