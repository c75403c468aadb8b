import type { Context, Flow, Language } from '../engine/engine.js'
import { placeOf } from '../engine/engine.js'
import { join, leave } from '../engine/flow.js'
import { evaluate, executeBlock } from '../engine/follow.js'
import { assign, assignName } from '../objects/assignment.js'
import { bindImport, bindImportFrom } from '../objects/imports.js'
import type { AssignStatement, Expression, GlobalStatement, IfStatement, MatchStatement, Statement } from '../syntax/ast.js'
import { addValues } from '../values/operators.js'
import type { Scope } from '../values/types.js'
import { noneValue, optionsOf, truth, unknown } from '../values/values.js'
import { valueOfAnnotation } from './annotations.js'
import { dependsOnlyOnLocals, narrow } from './conditions.js'
import { applyDecorators } from './decorators.js'
import { defineClass, defineFunction } from './definitions.js'
import { executeTry, executeWith } from './exceptions.js'
import { executeFor, executeWhile } from './loops.js'

export const statements: Language['statements'] = {
  import: passing((context, { names }) => {
    for (const { module, as } of names) bindImport(context, module, as)
  }),
  importFrom: passing((context, { level, module, names }) => bindImportFrom(context, level, module, names)),
  assign: passing(executeAssign),
  augmentedAssign: passing((context, statement) => {
    const before = evaluate(context, statement.target)
    const added = evaluate(context, statement.value)
    const after = statement.op === '+' ? addValues(before, added, placeOf(context, statement)) : unknown('computed at run time')
    assign(context, statement.target, after)
  }),
  expression: passing((context, { value }) => {
    // A string alone is a docstring.
    if (value.kind !== 'string') evaluate(context, value)
  }),
  return(context, { value }) {
    context.results?.returned.push(value ? evaluate(context, value) : noneValue)
    return leave(context, 'return')
  },
  raise(context, { value }) {
    if (value) evaluate(context, value)
    return leave(context, 'raise')
  },
  break: (context) => leave(context, 'break'),
  continue: (context) => leave(context, 'continue'),
  if: executeIf,
  for: executeFor,
  while: executeWhile,
  with: executeWith,
  try: executeTry,
  match: executeMatch,
  function: passing((context, statement) =>
    assignName(context, statement.name, applyDecorators(context, defineFunction(context, statement), statement.decorators))),
  class: passing((context, statement) =>
    assignName(context, statement.name, applyDecorators(context, defineClass(context, statement), statement.decorators))),
  global: passing((context, statement) => bindOuter(context, statement, () => context.scope.module.scope)),
  nonlocal: passing((context, statement) => bindOuter(context, statement, (name) => scopeThatHas(context.scope.parent, name))),
}

/** A statement that always goes on to the next. */
function passing<Kind extends Statement>(execute: (context: Context, statement: Kind) => void): (context: Context, statement: Kind) => Flow {
  return (context, statement) => {
    execute(context, statement)
    return 'next'
  }
}

function bindOuter({ scope }: Context, { start, names }: GlobalStatement, find: (name: string) => Scope | undefined): void {
  scope.module.written.add(start)
  for (const name of names) {
    const outer = find(name)
    if (outer) scope.outer.set(name, outer)
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

function executeMatch(context: Context, { subject, cases, isTotal }: MatchStatement): Flow {
  evaluate(context, subject)
  const ways = cases.map(({ captures, body }) => () => {
    for (const name of captures) assignName(context, name, unknown('a matched value'))
    return executeBlock(context, body)
  })
  return join(context, isTotal ? ways : [...ways, () => 'next'])
}

function executeIf(context: Context, { branches, otherwise }: IfStatement): Flow {
  const possible: (() => Flow)[] = []
  const refuted: Expression[] = []
  const way = (body: readonly Statement[], test: Expression | undefined) => {
    const before = [...refuted]
    possible.push(() => {
      for (const each of before) narrow(context, each, false)
      if (test) narrow(context, test, true)
      if (possible.length === 1) return executeBlock(context, body)
      context.engine.course.branchDepth++
      const flow = executeBlock(context, body)
      context.engine.course.branchDepth--
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
