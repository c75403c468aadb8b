import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { childrenOf, type FunctionNode, type Node } from './syntax.js'

/** Methods that put something in a list, set or map. */
export const FILLING_METHODS: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'fill', 'add', 'set'])

const writes = new WeakMap<Node, ReadonlyMap<string, readonly FunctionNode[]>>()

/** The functions in a module or class that write to a variable (`name`) or to a property (`.name`), or put something in it. */
export function writesIn(root: Node): ReadonlyMap<string, readonly FunctionNode[]> {
  const known = writes.get(root)
  if (known) return known
  const found = new Map<string, FunctionNode[]>()
  const visit = (node: Node, within: FunctionNode | undefined): void => {
    for (const name of within ? namesWrittenTo(writtenIn(node)) : []) found.set(name, [...(found.get(name) ?? []), within!])
    for (const child of childrenOf(node)) visit(child, isFunction(node) ? node : within)
  }
  visit(root, undefined)
  writes.set(root, found)
  return found
}

/** The statements at the top level of a module that write to a variable after its declaration. */
export function statementsWriting(program: TSESTree.Program, name: string): readonly TSESTree.ProgramStatement[] {
  return program.body.filter((statement) => topLevelWrites(statement).has(name))
}

/** The functions of a module that give a variable of it another value, or put something in it. */
export function writersOf(program: TSESTree.Program, name: string): readonly FunctionNode[] {
  return writesIn(program).get(name) ?? []
}

const writesOfStatements = new WeakMap<Node, ReadonlySet<string>>()

/** The variables that a statement other than a declaration writes to, or puts something in, outside functions that are only made there. */
export function topLevelWrites(statement: Node): ReadonlySet<string> {
  const known = writesOfStatements.get(statement)
  if (known) return known
  const names = new Set<string>()
  const visit = (node: Node): void => {
    for (const name of namesWrittenTo(writtenIn(node))) names.add(name)
    if (!isFunction(node) || isOfCall(node)) for (const child of childrenOf(node)) visit(child)
  }
  if (!/Declaration$/.test(statement.type)) visit(statement)
  writesOfStatements.set(statement, names)
  return names
}

/** What a function changes that is there when it has ended: variables around it, objects that it is given. */
export interface Changes {
  /** By their names: whether one is given another value, and not only something put in it. */
  readonly variables: ReadonlyMap<string, boolean>
  readonly parameters: boolean
  /** Whether its body names nothing else than these variables: `() => { status = 'failed' }`. */
  readonly isAll: boolean
}

const changes = new WeakMap<FunctionNode, Changes>()

/** Methods that take something out of a list, set or map, or put it elsewhere. */
const TAKING_METHODS: ReadonlySet<string> = new Set(['pop', 'shift', 'splice', 'delete', 'clear', 'sort', 'reverse'])

/** What a function, or one that stands in it, changes outside itself, going by names. */
export function changesOf(root: FunctionNode): Changes {
  const known = changes.get(root)
  if (known) return known
  const own = new Set<string>()
  const given = new Set(root.params.flatMap(namesIn))
  const written: { name: string; isWhole: boolean }[] = []
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclarator') for (const name of namesIn(node.id)) own.add(name)
    if (isFunction(node) && node !== root) for (const name of node.params.flatMap(namesIn)) own.add(name)
    const target = writtenIn(node) ?? takenFrom(node)
    const [name] = namesWrittenTo(target).filter((each) => !each.startsWith('.'))
    if (name !== undefined) written.push({ name, isWhole: target!.type === 'Identifier' && node.type !== 'CallExpression' })
    for (const child of childrenOf(node)) visit(child)
  }
  visit(root)
  const variables = new Map(written.filter(({ name }) => !own.has(name) && !given.has(name))
    .map(({ name }) => [name, written.some((each) => each.name === name && each.isWhole)]))
  const found = {
    variables,
    parameters: written.some(({ name, isWhole }) => given.has(name) && !isWhole),
    isAll: namesIn(root.body).every((name) => variables.has(name)),
  }
  changes.set(root, found)
  return found
}

const used = new WeakMap<FunctionNode, ReadonlySet<string>>()

/** The names that stand in a function. */
export function namesUsedIn(root: FunctionNode): ReadonlySet<string> {
  let names = used.get(root)
  if (!names) used.set(root, (names = new Set(namesIn(root))))
  return names
}

function namesIn(pattern: Node): string[] {
  return pattern.type === 'Identifier' ? [pattern.name] : childrenOf(pattern).flatMap(namesIn)
}

/** What a node takes something out of. */
function takenFrom(node: Node): Node | undefined {
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return node.argument
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  return TAKING_METHODS.has(propertyOf(node.callee)) ? node.callee.object : undefined
}

/** Whether a function is called where it stands, or handed to what is: `list.forEach(() => …)`. */
function isOfCall({ parent }: FunctionNode): boolean {
  return parent.type === 'CallExpression'
}

/** What a node assigns to, or puts something in. */
function writtenIn(node: Node): Node | undefined {
  if (node.type === 'AssignmentExpression' || node.type === 'ForOfStatement' || node.type === 'ForInStatement') return node.left
  if (node.type === 'UpdateExpression') return node.argument
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  return FILLING_METHODS.has(propertyOf(node.callee)) ? node.callee.object : undefined
}

/** A variable, and the properties on the way from it to what is written; of a pattern, those in it. */
function namesWrittenTo(target: Node | undefined): string[] {
  switch (target?.type) {
    case 'Identifier': return [target.name]
    case 'MemberExpression': {
      const property = propertyOf(target)
      return [...(property === '' ? [] : [`.${property}`]), ...namesWrittenTo(target.object)]
    }
    case 'ArrayPattern': return target.elements.flatMap((element) => namesWrittenTo(element ?? undefined))
    case 'ObjectPattern': return target.properties.flatMap((property) => namesWrittenTo(property.type === 'Property' ? property.value : property.argument))
    case 'AssignmentPattern': return namesWrittenTo(target.left)
    default: return []
  }
}

/** The property that a member expression names; nothing, where it is computed. */
export function propertyOf(node: Node): string {
  if (node.type !== 'MemberExpression') return ''
  const { property } = node
  return property.type === 'PrivateIdentifier' ? `#${property.name}` : property.type === 'Identifier' && !node.computed ? property.name : ''
}

/** Whether a node is a function of any form. */
export function isFunction(node: Node): node is FunctionNode {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
}
