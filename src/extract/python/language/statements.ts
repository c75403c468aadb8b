import { valueOfAnnotation } from './annotations.js'
import { assign, assignName } from './assignment.js'
import type { AssignStatement, Expression, Statement } from '../syntax/ast.js'
import { dependsOnlyOnLocals, narrow } from './conditions.js'
import { applyDecorators } from './decorators.js'
import { defineClass, defineFunction } from './definitions.js'
import type { Context } from '../engine/engine.js'
import { canRaise, executeTry, executeWith } from './exceptions.js'
import { evaluate } from './expressions.js'
import type { Flow } from './flow.js'
import { join, leave, mayRaise } from './flow.js'
import { bindImport, bindImportFrom } from './imports.js'
import { executeFor, executeWhile } from './loops.js'
import { addValues } from '../values/operators.js'
import type { Scope } from '../values/values.js'
import { noneValue, optionsOf, truth, unknown } from '../values/values.js'

export function executeBlock(context: Context, body: readonly Statement[]): Flow {
  for (const [index, statement] of body.entries()) {
    if (context.exits?.raise && canRaise(statement)) mayRaise(context)
    if (execute(context, statement, index === body.length - 1) === 'exit') return 'exit'
  }
  return 'next'
}

function execute(context: Context, statement: Statement, isLast: boolean): Flow {
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
      // A string alone is a docstring.
      if (statement.value.kind !== 'string') evaluate(context, statement.value)
      return 'next'
    case 'return':
      context.results?.returned.push(statement.value ? evaluate(context, statement.value) : noneValue)
      return leave(context, 'return')
    case 'raise':
      if (statement.value) evaluate(context, statement.value)
      return leave(context, 'raise')
    case 'break':
    case 'continue':
      return leave(context, statement.kind)
    case 'if':
      return executeIf(context, statement.branches, statement.otherwise)
    case 'for':
      return executeFor(context, statement)
    case 'while':
      return executeWhile(context, statement)
    case 'with':
      return executeWith(context, statement, isLast)
    case 'try':
      return executeTry(context, statement)
    case 'match': {
      evaluate(context, statement.subject)
      const cases = statement.cases.map(({ captures, body }) => () => {
        for (const name of captures) assignName(context, name, unknown('a matched value'))
        return executeBlock(context, body)
      })
      return join(context, statement.isTotal ? cases : [...cases, () => 'next'])
    }
    case 'function':
      assignName(context, statement.name, applyDecorators(context, defineFunction(context, statement), statement.decorators))
      return 'next'
    case 'class':
      assignName(context, statement.name, applyDecorators(context, defineClass(context, statement), statement.decorators))
      return 'next'
    case 'global':
    case 'nonlocal':
      context.scope.module.written.add(statement.start)
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
      if (possible.length === 1) return executeBlock(context, body)
      context.engine.branchDepth++
      const flow = executeBlock(context, body)
      context.engine.branchDepth--
      return flow
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
