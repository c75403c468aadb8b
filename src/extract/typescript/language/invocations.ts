import { refine, typeValue } from '../objects/annotations.js'
import { isSpent } from '../engine/budget.js'
import { letEscape } from '../engine/escape.js'
import type { Call, CallSite, Environment, Frame, Module } from '../values/program.js'
import { bindPattern } from './patterns.js'
import { memberName, superclasses, writeProperty } from '../objects/properties.js'
import { functionName, isGetter } from '../objects/names.js'
import { allocate, listOf, metricsIn } from '../engine/heap.js'
import { noteHolder } from '../engine/notes.js'
import type { Analysis } from '../engine/analysis.js'
import type { Effort, Facts, Runs, Heap } from '../engine/facts.js'
import { declareVariable, functionScope } from '../objects/scopes.js'
import type { Node, FunctionNode } from '../syntax/syntax.js'
import { NOTHING, NULLISH, union, unknown, valueKey, type ClassAtom, type FunctionAtom, type Value } from '../values/values.js'
import { evaluate, executeBlock } from '../engine/engine.js'

/** How deep calls are followed. */
const MAXIMUM_DEPTH = 24
/**
 * How much work running one function with ever new arguments may be, in calls inside it, before it is run once more
 * for all other arguments together; more for those that make metrics, as each call may make another one.
 */
const MAXIMUM_WORK = 100
const MAXIMUM_CREATION_WORK = 40_000
const FREE_RUNS = 4
/** How often a function may be among the callers of its own run: data that tells something is not nested deeper. */
const MAXIMUM_RECURSION = 3

/** Runs a function with its arguments and gives what it may return. */
export function invoke(
  analysis: Analysis,
  atom: FunctionAtom,
  givenLast: readonly Value[],
  call: Call | undefined,
  construction?: { readonly class: ClassAtom; readonly beforeBody: (environment: Environment) => void },
): Value {
  const { node, environment } = atom
  const givenArguments = [...(atom.bound ?? []), ...givenLast]
  const { facts, previous } = analysis
  if (call) facts.runs.called.add(node)
  noteReceivers(facts.runs, node, atom.receiver ?? NOTHING)
  const calls = call ? [...call.environment.frame.calls, siteOf(call)] : []
  const receiver = node.type === 'ArrowFunctionExpression' ? environment.frame.receiver : (atom.receiver ?? NOTHING)
  const runKey = `${environment.key}@${node.range[0]}(${[receiver, ...givenArguments].map(valueKey).join(';')})`
  const known = facts.runs.results.get(runKey)
  if (known) return known
  if (facts.runs.running.has(runKey) || calls.length > MAXIMUM_DEPTH) return previous.runs.results.get(runKey) ?? NOTHING
  const effort = effortOf(facts, node)
  if (isSpent(analysis.budget) && (call || effort.runs > 0)) return leaveUnfollowed(analysis, atom, givenArguments, construction !== undefined)
  const maximumWork = facts.runs.creators.has(node) || previous.runs.creators.has(node) ? MAXIMUM_CREATION_WORK : MAXIMUM_WORK
  const isExhausted = effort.runs >= FREE_RUNS && effort.work > maximumWork
  if (call && (isExhausted || recursionOf(node, call.environment.frame) > MAXIMUM_RECURSION)) {
    letEscape(analysis, givenArguments)
    return invoke(analysis, { ...atom, bound: [] }, unknownArguments(analysis, node, environment.frame.module, call.name), undefined)
  }
  effort.runs++
  const workBefore = facts.runs.work
  facts.runs.work++
  facts.runs.running.add(runKey)

  const frame: Frame = {
    module: environment.frame.module,
    function: node,
    ...ownerOf(facts.heap, node, construction?.class, environment),
    receiver,
    ...(call && { caller: call.environment.frame, site: call }),
    calls,
    result: NOTHING,
  }
  const scope = functionScope(environment, frame, shortKey(analysis, runKey))
  if (node.id) declareVariable(analysis, scope, node.id.name, [atom])
  bindParameters(analysis, node, givenArguments.map((argument) => passed(argument, calls.length)), scope)
  construction?.beforeBody(scope)
  if (node.body.type !== 'BlockStatement') frame.result = evaluate(analysis, node.body, scope)
  else executeBlock(analysis, node.body.body, scope)

  const result = node.generator ? listOf(analysis, `${scope.key}@yielded`, [], frame.yielded ?? NOTHING, 0)
    : refine(analysis, frame.result, node.returnType?.typeAnnotation, frame.module)
  noteGiven(analysis, frame, node, result)
  facts.runs.running.delete(runKey)
  effort.work += facts.runs.work - workBefore
  facts.runs.results.set(runKey, result)
  facts.runs.returns.set(node, union(facts.runs.returns.get(node) ?? NOTHING, result))
  return result
}

/**
 * When the budget is spent, a function is followed by itself, for any arguments, and not from where it is called: each
 * once. A constructor is, so that what it makes has its properties.
 */
function leaveUnfollowed(analysis: Analysis, atom: FunctionAtom, givenArguments: readonly Value[], constructs: boolean): Value {
  const { facts, previous, budget } = analysis
  budget.unfollowed.set(atom.node, atom.environment.frame.module)
  letEscape(analysis, givenArguments)
  facts.ends.functions.add(atom.node)
  if (constructs || atom.environment.frame.function) letEscape(analysis, [[atom]])
  return union(previous.runs.returns.get(atom.node) ?? NOTHING, facts.runs.returns.get(atom.node) ?? NOTHING, unknown(TOO_LARGE))
}

const TOO_LARGE = 'the program is too large to follow'

function noteReceivers({ receivers }: Runs, node: FunctionNode, receiver: Value): void {
  let known = receivers.get(node)
  if (!known) receivers.set(node, (known = new Set<string>()))
  for (const atom of receiver) if (atom.kind === 'object') known.add(atom.key)
}

function recursionOf(node: FunctionNode, frame: Frame): number {
  let recursion = 0
  for (let caller: Frame | undefined = frame; caller; caller = caller.caller) if (caller.function === node) recursion++
  return recursion
}

function effortOf(facts: Facts, node: Node): Effort {
  let effort = facts.runs.efforts.get(node)
  if (!effort) facts.runs.efforts.set(node, (effort = { runs: 0, work: 0 }))
  return effort
}

/** The class that a method stands in: `super` is what that one extends. */
function ownerOf({ classes }: Heap, node: FunctionNode, constructed: ClassAtom | undefined, environment: Environment): { class?: ClassAtom } {
  const { parent } = node
  const declaring = parent.type === 'MethodDefinition' ? classes.get(parent.parent.parent) : environment.frame.class
  const owner = constructed ?? declaring
  return owner ? { class: owner } : {}
}

export function siteOf(call: Call): CallSite {
  return { node: call.node, module: call.environment.frame.module, name: call.name }
}

/** What gives a metric is a way to it: a getter as a property, another function where it is called. */
function noteGiven(analysis: Analysis, { class: owner }: Frame, node: FunctionNode, result: Value): void {
  const name = functionName(node, undefined)
  if (name === undefined || metricsIn(analysis, result).length === 0) return
  if (isGetter(node)) noteHolder(analysis, name, result)
  else if (name !== 'get') analysis.facts.ends.wrapperNames.add(name)
  else if (owner) for (const caller of callersOfGet(analysis, owner)) analysis.facts.ends.wrapperNames.add(caller)
}

/** The methods of a class and of those that it extends that call its `get`: everything has one, and no name tells it apart. */
function callersOfGet(analysis: Analysis, owner: ClassAtom): string[] {
  const { node, environment: { frame: { module: { source: { text } } } } } = owner
  const own = node.body.body.flatMap((member) => {
    const name = memberName(member)
    return name !== undefined && name !== 'get' && text.slice(...member.range).includes('this.get(') ? [name] : []
  })
  return [...own, ...superclasses(analysis, owner).flatMap((parent) => (parent.kind === 'class' ? callersOfGet(analysis, parent) : []))]
}

/** A short key for a long one, the same for the same text. */
export function shortKey({ constants: { keys } }: Analysis, text: string): string {
  let key = keys.get(text)
  if (key === undefined) keys.set(text, (key = `${RUN}${keys.size}`))
  return key
}

/** What the keys of runs begin with, and those of what is made in them. */
const RUN = '~'

/** Whether a key is of something that a run of a function has made. */
export function isOfRun(key: string): boolean {
  return key.startsWith(RUN)
}

/** Marks texts as arguments: the place of a metric's name is where it was passed in. */
function passed(value: Value, depth: number): Value {
  if (!value.some((atom) => atom.kind === 'string' && atom.argumentDepth === undefined)) return value
  return value.map((atom) => (atom.kind === 'string' && atom.argumentDepth === undefined ? { ...atom, argumentDepth: depth } : atom))
}

function bindParameters(analysis: Analysis, node: FunctionNode, givenArguments: readonly Value[], scope: Environment): void {
  node.params.forEach((parameter, index) => {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter
    if (pattern.type === 'RestElement') {
      const list = allocate(analysis, `${scope.key}@rest`, 'list')
      list.items.splice(0, list.items.length, ...givenArguments.slice(index))
      bindPattern(analysis, pattern.argument, [{ kind: 'object', key: list.key }], scope)
      return
    }
    const injected = injectedValue(analysis, parameter, scope)
    const value = injected ?? givenArguments[index] ?? NULLISH
    bindPattern(analysis, pattern, value, scope)
    if (parameter.type !== 'TSParameterProperty') return
    const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern
    if (target.type === 'Identifier') {
      writeProperty(analysis, scope.frame.receiver, target.name, scope.variables.get(target.name) ?? NOTHING, true)
    }
  })
}

/** What a decorator of a parameter or field puts there (`@InjectMetric('name')`). */
export function injectedValue(analysis: Analysis, node: Node, environment: Environment): Value | undefined {
  const decorators = 'decorators' in node ? node.decorators : []
  for (const { expression } of decorators) {
    const value = evaluate(analysis, expression, environment)
    if (value.some((atom) => atom.kind === 'metric')) return value
  }
  return undefined
}

/** What the parameters of a function may be when its callers are not known. */
export function unknownArguments(analysis: Analysis, node: FunctionNode, module: Module, name: string | undefined): Value[] {
  return node.params.map((parameter) => {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter
    const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern
    const isOptional = pattern.type === 'AssignmentPattern' || (target.type === 'Identifier' && target.optional)
    const label = target.type === 'Identifier' ? `the parameter "${target.name}"` : 'a parameter'
    const reason = `${label}${name === undefined ? '' : ` of ${name}()`} is not known`
    const annotation = 'typeAnnotation' in target ? target.typeAnnotation?.typeAnnotation : undefined
    const declared = annotation ? typeValue(analysis, annotation, module) : NOTHING
    const value = declared.length > 0 ? declared : unknown(reason)
    const explained = value.map((atom) => {
      if (atom.kind === 'string' && atom.parts.length > 1) return { ...atom, reason }
      return atom.kind === 'unknown' && !atom.external ? { ...atom, reason } : atom
    })
    return isOptional ? union(explained, NULLISH) : explained
  })
}
