import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { mayBeDecided, reachedCases } from './cases.js'
import { defineClass } from './classes.js'
import { outcomeOf } from './conditions.js'
import { assign, evaluate } from './expressions.js'
import { declaredNames } from '../engine/modules.js'
import { DEFAULT_EXPORT } from '../objects/exports.js'
import { bindPattern } from './patterns.js'
import { allocate } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { Environment } from '../values/program.js'
import { isPlaced, itemsOf, keysOf, writeProperty } from '../objects/properties.js'
import { declareVariable, innerScope } from '../objects/scopes.js'
import { childrenOf, type Node } from '../syntax/syntax.js'
import { literal, NOTHING, NULLISH, union, unknown, type Value } from '../values/values.js'

/** How a statement surely ends: what follows it in its block is not reached unless it is `next`. */
type Completion = 'next' | 'continue' | 'break' | 'return'

/** Runs the statements of a block up to one that surely leaves it; what it hoists is there from the start. */
export function executeBlock(analysis: Analysis, statements: readonly TSESTree.Statement[], environment: Environment): Completion {
  for (const statement of statements) {
    if (statement.type === 'FunctionDeclaration') execute(analysis, statement, environment)
  }
  for (const statement of statements) {
    const completion = statement.type === 'FunctionDeclaration' ? 'next' : execute(analysis, statement, environment)
    if (completion !== 'next') return completion
  }
  return 'next'
}

/** How several ways end together: as the one that leaves the fewest statements behind. */
function joined(...completions: readonly Completion[]): Completion {
  return (['next', 'break', 'continue', 'return'] as const).find((each) => completions.includes(each))!
}

/** Runs a top-level statement, once in each pass. */
export function executeStatement(analysis: Analysis, statement: TSESTree.ProgramStatement, environment: Environment): void {
  if (analysis.facts.runs.executed.has(statement)) return
  analysis.facts.runs.executed.add(statement)
  execute(analysis, statement, environment)
}

function execute(analysis: Analysis, node: TSESTree.Statement, environment: Environment): Completion {
  const run = (statement: TSESTree.Statement, scope: Environment) => execute(analysis, statement, scope)
  const branch = (statement: TSESTree.Statement | null | undefined, isSure = false): Completion =>
    statement ? run(statement, innerScope(environment, String(statement.range[0]), !isSure)) : 'next'
  switch (node.type) {
    case 'ExpressionStatement': evaluate(analysis, node.expression, environment)
      break
    case 'VariableDeclaration': declareVariables(analysis, node, environment)
      break
    case 'FunctionDeclaration': declareFunction(analysis, node, environment)
      break
    case 'ClassDeclaration': defineClass(analysis, node, environment)
      break
    case 'TSEnumDeclaration': declareEnum(analysis, node, environment)
      break
    case 'TSModuleDeclaration': declareNamespace(analysis, node, environment)
      break
    case 'ReturnStatement':
      environment.frame.result = union(environment.frame.result, node.argument ? evaluate(analysis, node.argument, environment) : NULLISH)
      return 'return'
    case 'BreakStatement': return 'break'
    case 'ContinueStatement': return 'continue'
    case 'BlockStatement': return executeBlock(analysis, node.body, innerScope(environment, String(node.range[0]), false))
    case 'IfStatement': {
      evaluate(analysis, node.test, environment)
      const outcome = outcomeOf(analysis, node.test, environment)
      if (outcome !== undefined) return branch(outcome ? node.consequent : node.alternate, true)
      return joined(branch(node.consequent), branch(node.alternate))
    }
    case 'ForOfStatement': executeForOf(analysis, node, environment)
      break
    case 'ForInStatement': executeForIn(analysis, node, environment)
      break
    case 'ForStatement': {
      const scope = innerScope(environment, String(node.range[0]), true)
      if (node.init?.type === 'VariableDeclaration') declareVariables(analysis, node.init, scope)
      else if (node.init) evaluate(analysis, node.init, scope)
      if (node.test) evaluate(analysis, node.test, scope)
      if (node.update) evaluate(analysis, node.update, scope)
      for (let round = 0; round < roundsOf(node.body); round++) run(node.body, scope)
      break
    }
    case 'WhileStatement':
    case 'DoWhileStatement':
      evaluate(analysis, node.test, environment)
      for (let round = 0; round < roundsOf(node.body); round++) branch(node.body)
      break
    case 'TryStatement': {
      const ends = [branch(node.block)]
      if (node.handler) {
        const scope = innerScope(environment, String(node.handler.range[0]), true)
        if (node.handler.param) bindPattern(analysis, node.handler.param, unknown('it is what was thrown'), scope)
        ends.push(run(node.handler.body, scope))
      }
      const last = node.finalizer ? run(node.finalizer, environment) : 'next'
      return last === 'next' ? joined(...ends) : last
    }
    case 'SwitchStatement': {
      const given = evaluate(analysis, node.discriminant, environment)
      const scope = innerScope(environment, String(node.range[0]), true)
      const tests = node.cases.map(({ test }) => (test ? evaluate(analysis, test, scope) : undefined))
      const isDecided = mayBeDecided(node.discriminant, environment)
      const reached = isDecided ? reachedCases(node, given, tests) : node.cases
      for (const { consequent } of reached) executeBlock(analysis, consequent, scope)
      break
    }
    case 'ThrowStatement': evaluate(analysis, node.argument, environment)
      return 'return'
    case 'LabeledStatement': branch(node.body)
      break
    case 'ExportNamedDeclaration': if (node.declaration) run(node.declaration as TSESTree.Statement, environment)
      break
    case 'ExportDefaultDeclaration': exportDefault(analysis, node.declaration, environment)
      break
    case 'TSExportAssignment': environment.variables.set(DEFAULT_EXPORT, evaluate(analysis, node.expression, environment))
      break
    default: break
  }
  return 'next'
}

function declareVariables(analysis: Analysis, { declarations }: TSESTree.VariableDeclaration, environment: Environment): void {
  for (const { id, init } of declarations) {
    bindPattern(analysis, id, init ? evaluate(analysis, init, environment) : NULLISH, environment)
  }
}

function declareFunction(analysis: Analysis, node: TSESTree.FunctionDeclaration, environment: Environment): void {
  const atom = { kind: 'function', node, environment } as const
  analysis.facts.heap.functions.set(node, atom)
  if (node.id) declareVariable(analysis, environment, node.id.name, [atom])
}

function declareEnum(analysis: Analysis, node: TSESTree.TSEnumDeclaration, environment: Environment): void {
  const key = `${environment.key}@${node.range[0]}`
  allocate(analysis, key)
  const members: Value = [{ kind: 'object', key }]
  declareVariable(analysis, environment, node.id.name, members)
  const scope = innerScope(environment, String(node.range[0]), false)
  node.body.members.forEach((member, position) => {
    const name = member.id.type === 'Identifier' ? member.id.name : member.id.value
    const value: Value = member.initializer ? evaluate(analysis, member.initializer, scope) : [{ kind: 'number', number: position }]
    declareVariable(analysis, scope, name, value)
    writeProperty(analysis, members, name, value, true)
  })
}

/** `namespace Metrics { export const … }`: an object with what the block exports. Modules that are only typed have no code. */
function declareNamespace(analysis: Analysis, node: TSESTree.TSModuleDeclaration, environment: Environment): void {
  if (node.declare || node.id.type !== 'Identifier') return
  const key = `${environment.key}@${node.range[0]}`
  allocate(analysis, key)
  const members: Value = [{ kind: 'object', key }]
  // A class, an enum or a function may have the same name, and so may another block of the namespace.
  const namesakes = environment.variables.get(node.id.name) ?? NOTHING
  declareVariable(analysis, environment, node.id.name, union(namesakes, members))
  const scope = innerScope(environment, String(node.range[0]), false)
  executeBlock(analysis, node.body.body, scope)
  for (const statement of node.body.body) {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue
    for (const name of declaredNames(statement.declaration)) {
      writeProperty(analysis, members, name, scope.variables.get(name) ?? NOTHING, true)
    }
  }
}

function exportDefault(analysis: Analysis, declaration: TSESTree.ExportDefaultDeclaration['declaration'], environment: Environment): void {
  const isNamed = (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id !== null
  if (isNamed) {
    execute(analysis, declaration as TSESTree.Statement, environment)
    return
  }
  if (declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSEnumDeclaration') return
  if (declaration.type === 'FunctionDeclaration') {
    const atom = { kind: 'function', node: declaration, environment } as const
    analysis.facts.heap.functions.set(declaration, atom)
    environment.variables.set(DEFAULT_EXPORT, [atom])
    return
  }
  const value = declaration.type === 'ClassDeclaration'
    ? defineClass(analysis, declaration, environment)
    : evaluate(analysis, declaration as TSESTree.Expression, environment)
  environment.variables.set(DEFAULT_EXPORT, value)
}

const loopBodies = new WeakMap<Node, number>()

/** How often the body of a loop is run: again, where it assigns to variables, as the next round finds them changed. */
function roundsOf(body: Node): number {
  let rounds = loopBodies.get(body)
  if (rounds === undefined) loopBodies.set(body, (rounds = assignsVariables(body) ? 2 : 1))
  return rounds
}

function assignsVariables(node: Node): boolean {
  return (node.type === 'AssignmentExpression' && node.left.type !== 'MemberExpression') || childrenOf(node).some(assignsVariables)
}

/** How many rounds of one loop are run before the items that are left are taken together. */
const MAXIMUM_ROUNDS = 1500
/** How many rounds are run of a loop that has made no metric in them, before the rest are taken together. */
const FEW_ROUNDS = 16
/** A loop that runs inside many calls is not a table of metrics. */
const SHORT_ROUNDS = 60

/** Runs the body once for each item that is known, and once for those that are not. */
function executeForOf(analysis: Analysis, node: TSESTree.ForOfStatement, environment: Environment): void {
  const list = itemsOf(analysis, evaluate(analysis, node.right, environment))
  executeRounds(analysis, node, list.rest.length > 0 ? [...list.items, list.rest] : list.items, isPlaced(list), environment)
}

function executeForIn(analysis: Analysis, node: TSESTree.ForInStatement, environment: Environment): void {
  const { names, open } = keysOf(analysis, evaluate(analysis, node.right, environment))
  const keys = names.map((name) => literal(name))
  executeRounds(analysis, node, open ? [...keys, unknown('it is a key of an object that is not known')] : keys, !open, environment)
}

function executeRounds(
  analysis: Analysis, node: TSESTree.ForOfStatement | TSESTree.ForInStatement, items: readonly Value[], isOrdered: boolean, environment: Environment,
): void {
  const { rounds } = analysis.facts.runs
  const done = rounds.get(node) ?? 0
  const left = Math.max(0, (done > SHORT_ROUNDS ? SHORT_ROUNDS * 4 : MAXIMUM_ROUNDS) - done)
  // Where nothing has been seen to be put in a list, something that has not been seen may put it there.
  const all = items.length > 0 ? items : [unknown('what the loop goes over is not known')]
  const taken = all.length <= left ? all : [...all.slice(0, left), union(...all.slice(left))]
  rounds.set(node, done + taken.length)
  for (const [index, item] of taken.entries()) {
    const isLast = index === FEW_ROUNDS && !mayMakeMetrics(analysis, environment)
    const scope = innerScope(environment, `${node.range[0]}#${index}`, true)
    const value = isLast ? union(...taken.slice(index)) : item
    if (node.left.type === 'VariableDeclaration') bindPattern(analysis, node.left.declarations[0].id, value, scope)
    else assign(analysis, node.left, value, scope)
    const completion = execute(analysis, node.body, scope)
    if (index === taken.length - 1 && roundsOf(node.body) > 1) execute(analysis, node.body, scope)
    if (isLast || (isOrdered && (completion === 'break' || completion === 'return'))) break
  }
}

/** Whether the code that runs has made metrics, or is a top level. */
function mayMakeMetrics({ facts, previous }: Analysis, { frame }: Environment): boolean {
  return !frame.function || facts.runs.creators.has(frame.function) || previous.runs.creators.has(frame.function)
}
