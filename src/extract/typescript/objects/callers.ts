import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Call, Environment, Frame } from '../values/program.js'
import { functionName } from './names.js'
import { filledName } from '../sources/ways-in.js'
import type { Analysis } from '../engine/analysis.js'
import { isFunction, propertyOf, writersOf, writesIn } from '../syntax/writes.js'
import { childrenOf, type Node, type FunctionNode } from '../syntax/syntax.js'
import type { ClassAtom } from '../values/values.js'

/** What the value of an expression depends on, going by the names in it. */
interface Sources {
  /** The functions of which parameters are in it. */
  readonly parametersOf: ReadonlySet<FunctionNode>
  /** The properties of `this` that are in it; the empty name, where `this` itself is. */
  readonly ownProperties: ReadonlySet<string>
  /** The functions that write to a variable of the module that is in it. */
  readonly writers: ReadonlySet<FunctionNode>
  /** The variables of the module, and what it imports, that are in it. */
  readonly variables: ReadonlySet<string>
}

const sourcesOfNodes = new WeakMap<Node, Sources>()

/** A piece of code, and the scope that it runs in. */
export type Site = Pick<Call, 'node' | 'environment'>

/** How many expressions a value is followed back through. */
const MAXIMUM_STEPS = 100
/** Stands for the names of functions that have not been looked for: no function is called so. */
const NOT_FOLLOWED = ' '
/** How many calls away from a recording the files that use its functions are looked for. */
const MAXIMUM_DISTANCE = 2

/**
 * The names of all functions and classes through which the value of an expression may have come: what it may be is known only
 * where all calls of these have been followed. Those that are near are noted as wrappers, so that they are. And the
 * names of what has kept it, as `filledName`s: whatever is put in these has to be followed too.
 */
export function namesOnTheWay(analysis: Analysis, from: Site): ReadonlySet<string> {
  const { wrapperNames, filledNames } = analysis.facts.ends
  const all = new Set<string>()
  const seen = new Set<string>()
  let open = [from]
  for (let distance = 1; open.length > 0; distance++) {
    const names = new Set<string>()
    const others = new Set<string>()
    const next: Site[] = []
    for (const site of open) {
      const key = `${site.environment.key}@${site.node.range.join('-')}`
      if (seen.has(key) || seen.size > MAXIMUM_STEPS) continue
      seen.add(key)
      for (const way of waysTo(analysis, site, names, others)) next.push(way)
      for (const name of keepersOf(site)) {
        filledNames.add(name)
        all.add(filledName(name))
      }
    }
    for (const name of names) all.add(name)
    for (const name of distance <= MAXIMUM_DISTANCE ? [...names, ...others] : []) wrapperNames.add(name)
    if (seen.size > MAXIMUM_STEPS) return all.add(NOT_FOLLOWED)
    open = next
  }
  return all
}

/** The expressions that an expression got its value from outside its function, and the names of what it came through. */
function waysTo(analysis: Analysis, { node, environment }: Site, names: Set<string>, others: Set<string>): Site[] {
  const { parametersOf, ownProperties, writers } = sourcesOf(node)
  for (const writer of writers) noteName(writer, undefined, names)
  return framesAround(environment).flatMap((frame) => {
    const own = ownProperties.size > 0 && frame.class ? waysToOwn(analysis, frame.class, ownProperties, names) : []
    if (!frame.function || !parametersOf.has(frame.function)) return own
    // A run without a caller is one for all callers, whose parameters are what their types say: to find some says more.
    noteName(frame.function, frame, frame.site ? names : others)
    if (!frame.site) return own
    return [...own, ...(isArgument(frame.function) ? [frame.site] : argumentsOf(frame.site))]
  })
}

/** The names of what keeps a value: any file that gets at it may put something in it. */
function keepersOf({ node, environment }: Site): string[] {
  const { ownProperties, variables } = sourcesOf(node)
  const { imports } = environment.frame.module
  const imported = [...variables].flatMap((name) => imports.get(name)?.name ?? [])
  return [...ownProperties, ...variables, ...imported].filter((name) => /^[\w$#]+$/.test(name) && name !== 'default')
}

/** Notes what gives an instance its properties: its methods, and where it is made. */
function waysToOwn(
  { facts }: Analysis, { node }: ClassAtom, properties: ReadonlySet<string>, names: Set<string>,
): readonly Site[] {
  for (const property of properties) {
    for (const writer of writesIn(node).get(`.${property}`) ?? []) noteName(writer, undefined, names)
  }
  const hasParameters = node.body.body.some((member) =>
    member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.params.length > 0)
  // Another class may extend it, and give its properties other values.
  if (node.id) names.add(node.id.name)
  if (!hasParameters) return []
  return (facts.heap.constructions.get(node) ?? []).flatMap(argumentsOf)
}

function argumentsOf({ node, environment }: Site): Site[] {
  return 'arguments' in node ? node.arguments.map((argument) => ({ node: argument, environment })) : [{ node, environment }]
}

/** The runs that the code in a scope can see the variables of. */
function framesAround(environment: Environment): readonly Frame[] {
  const frames = new Set<Frame>()
  for (let scope: Environment | undefined = environment; scope; scope = scope.parent) frames.add(scope.frame)
  return [...frames]
}

function noteName(node: FunctionNode, frame: Frame | undefined, names: Set<string>): void {
  // A function written among the arguments of a call is called from there only; a constructor, by the name of its class.
  if (isArgument(node)) return
  for (const name of [functionName(node, frame?.class), frame?.calls.at(-1)?.name]) {
    if (name !== undefined && name !== 'super') names.add(name)
  }
}

/** Whether a function is written among the arguments of a call. */
export function isArgument(node: FunctionNode): boolean {
  const { parent } = node
  return (parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== node
}

function sourcesOf(node: Node): Sources {
  let sources = sourcesOfNodes.get(node)
  if (!sources) sourcesOfNodes.set(node, (sources = findSources(node)))
  return sources
}

/** What is being noted. */
type Noted<T> = { readonly [K in keyof T]: T[K] extends ReadonlySet<infer Item> ? Set<Item> : T[K] }

function findSources(node: Node): Sources {
  const sources: Noted<Sources> = { parametersOf: new Set(), ownProperties: new Set(), writers: new Set(), variables: new Set() }
  const seen = new Set<Node>()
  const open: Node[] = [node]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (next.type === 'ThisExpression') sources.ownProperties.add(propertyOf(next.parent))
    if (next.type === 'Identifier') open.push(...bindingOf(next, sources))
    else open.push(...childrenOf(next).filter((child) => !isNameOfMember(child) && !isCondition(child)))
  }
  return sources
}

/** Whether a part of an expression only tells which of its values it has. */
function isCondition(node: Node): boolean {
  const { parent } = node
  if (node.type === 'UnaryExpression') return node.operator === '!'
  if (node.type === 'BinaryExpression') return /^([=!<>]|in)/.test(node.operator)
  return parent?.type === 'ConditionalExpression' && parent.test === node
}

function isNameOfMember(node: Node): boolean {
  const { parent } = node
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed
  return parent?.type === 'Property' && parent.key === node && !parent.computed && parent.value !== node
}

/** Notes the function that a name is a parameter of, and those that write to it; gives what a variable has been given. */
function bindingOf(node: TSESTree.Identifier, sources: Noted<Sources>): readonly Node[] {
  let program: Node = node
  for (let scope: Node | undefined = node.parent; scope; scope = scope.parent) {
    program = scope
    if (!isFunction(scope)) continue
    const { parameters, variables } = bindingsOf(scope)
    const given = variables.get(node.name)
    if (given) return given
    if (!parameters.has(node.name)) continue
    sources.parametersOf.add(scope)
    return []
  }
  if (program.type !== 'Program') return []
  sources.variables.add(node.name)
  for (const writer of writersOf(program, node.name)) sources.writers.add(writer)
  return topLevelVariables(program).get(node.name) ?? []
}

/**
 * The names that a function declares: its parameters, and its variables with all that they are given. Those of a module
 * are what the blocks at its top level declare.
 */
interface Bindings {
  readonly parameters: ReadonlySet<string>
  readonly variables: ReadonlyMap<string, readonly Node[]>
}

const bindingsOfScopes = new WeakMap<Node, Bindings>()

export function bindingsOf(node: FunctionNode | TSESTree.Program): Bindings {
  let bindings = bindingsOfScopes.get(node)
  if (!bindings) bindingsOfScopes.set(node, (bindings = findBindings(node)))
  return bindings
}

const variablesOfModules = new WeakMap<TSESTree.Program, Bindings['variables']>()

/** The variables of a module, in blocks or not, with all that its top level gives them. */
function topLevelVariables(program: TSESTree.Program): Bindings['variables'] {
  let variables = variablesOfModules.get(program)
  if (!variables) variablesOfModules.set(program, (variables = variablesIn(program.body)))
  return variables
}

function findBindings(node: FunctionNode | TSESTree.Program): Bindings {
  const own = node.type === 'Program' ? node.body.filter((statement) => !/Declaration$/.test(statement.type)) : [node.body]
  return { parameters: new Set(node.type === 'Program' ? [] : node.params.flatMap((parameter) => namesIn(parameter))), variables: variablesIn(own) }
}

function variablesIn(nodes: readonly Node[]): Map<string, Node[]> {
  const variables = new Map<string, Node[]>()
  const give = (pattern: Node, value: Node | null | undefined) => {
    for (const name of namesIn(pattern)) {
      const given = variables.get(name) ?? []
      if (value) given.push(value)
      variables.set(name, given)
    }
  }
  const assigned: [Node, Node][] = []
  const visit = (inner: Node): void => {
    if (inner.type === 'VariableDeclarator') give(inner.id, inner.init)
    if (inner.type === 'ForOfStatement' || inner.type === 'ForInStatement') {
      if (inner.left.type === 'VariableDeclaration') give(inner.left.declarations[0].id, inner.right)
      else assigned.push([inner.left, inner.right])
    }
    if (inner.type === 'AssignmentExpression') assigned.push([inner.left, inner.right])
    if (isFunction(inner)) return
    for (const child of childrenOf(inner)) visit(child)
  }
  nodes.forEach(visit)
  for (const [target, value] of assigned) {
    const name = nameWrittenTo(target)
    for (const each of name === undefined ? namesIn(target) : [name]) variables.get(each)?.push(value)
  }
  return variables
}

/** The variable that is assigned to, or whose property is. */
function nameWrittenTo(target: Node): string | undefined {
  if (target.type === 'MemberExpression') return nameWrittenTo(target.object)
  return target.type === 'Identifier' ? target.name : undefined
}

function namesIn(pattern: Node): readonly string[] {
  switch (pattern.type) {
    case 'Identifier': return [pattern.name]
    case 'AssignmentPattern': return namesIn(pattern.left)
    case 'RestElement': return namesIn(pattern.argument)
    case 'TSParameterProperty': return namesIn(pattern.parameter)
    case 'ArrayPattern': return pattern.elements.flatMap((element) => (element ? namesIn(element) : []))
    case 'ObjectPattern': return pattern.properties.flatMap((property) => namesIn(property.type === 'Property' ? property.value : property.argument))
    default: return []
  }
}
