import type { FunctionNode } from '../syntax/syntax.js'
import { addInhabitants, refine, typeValue } from '../objects/annotations.js'
import type { Call, ClassNode, Environment, Frame } from '../values/program.js'
import { constructLibrary } from '../clients/libraries.js'
import { injectedValue, invoke, shortKey, siteOf, unknownArguments } from './invocations.js'
import { noteTable } from '../objects/metric-tables.js'
import { isStatic, memberName, superclasses, writeProperty } from '../objects/properties.js'
import { allocate } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { functionScope } from '../objects/scopes.js'
import { NOTHING, union, valueKey, type ClassAtom, type FunctionAtom, type Value } from '../values/values.js'
import { evaluate } from '../engine/engine.js'

/** Makes an instance of a class of the workspace; without a call, as something unknown would. */
export function instantiate(analysis: Analysis, owner: ClassAtom, givenArguments: readonly Value[], call: Call | undefined): Value {
  const { constructing } = analysis.facts.heap
  const nesting = constructing.get(owner.node) ?? 0
  // An instance that makes others of its class has no end: those further down are taken together.
  if (call && nesting >= MAXIMUM_NESTING) return instantiateUnknown(analysis, owner)
  const isShared = call !== undefined && isMadeByOwn(analysis, owner, call)
  const object = allocate(analysis, `instance:${owner.environment.key}@${owner.node.range[0]}${keyOfMaking(analysis, givenArguments, call, isShared)}`)
  const instance: Value = [{ kind: 'object', key: object.key }]
  if (object.class && !isShared) return instance
  if (!object.class) noteInstance(analysis, owner, instance)
  object.class = owner
  object.isShared = isShared
  if (call) noteConstruction(analysis, owner, call)
  constructing.set(owner.node, nesting + 1)
  initialize(analysis, owner, instance, givenArguments, call)
  constructing.set(owner.node, nesting)
  return instance
}

/** Tells apart the instances of a class that calls with other arguments make; all that share a place are one. */
function keyOfMaking(analysis: Analysis, given: readonly Value[], call: Call | undefined, isShared: boolean): string {
  if (!call) return INJECTED
  const { environment, node } = call
  if (isShared) return `@${environment.frame.module.source.path}@${node.range[0]}`
  return shortKey(analysis, `${environment.key}@${node.range[0]}(${given.map(valueKey).join(';')})`)
}

/**
 * Whether an instance makes another one of its class, as `asSuperUser()` does: there is no end of those, so that all of one
 * place are taken together, unless they make metrics.
 */
function isMadeByOwn({ facts, previous }: Analysis, { node: owner }: ClassAtom, { environment: { frame } }: Call): boolean {
  if (frame.class?.node !== owner || owner.superClass || !frame.receiver.some(({ kind }) => kind === 'object')) return false
  const node = constructorOf(owner)
  return node === undefined || !(facts.runs.creators.has(node) || previous.runs.creators.has(node))
}

/** The constructor that a class itself has. */
function constructorOf({ body }: ClassNode): FunctionNode | undefined {
  const definition = body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor')
  return definition?.type === 'MethodDefinition' && definition.value.type === 'FunctionExpression' ? definition.value : undefined
}

function noteConstruction({ facts }: Analysis, owner: ClassAtom, { node, environment }: Call): void {
  const known = facts.heap.constructions.get(owner.node)
  if (known) known.push({ node, environment })
  else facts.heap.constructions.set(owner.node, [{ node, environment }])
}

/** How many instances of one class are made inside one another. */
const MAXIMUM_NESTING = 3

/** Ends the keys of instances that something unknown makes. */
const INJECTED = ':injected'

function noteInstance(analysis: Analysis, owner: ClassAtom, instance: Value): void {
  const { instances } = analysis.facts.heap
  instances.set(owner.node, union(instances.get(owner.node) ?? NOTHING, instance))
  for (const type of owner.node.implements) {
    for (const atom of typeValue(analysis, type, owner.environment.frame.module)) {
      if (atom.kind === 'typed') addInhabitants(analysis, atom, instance)
    }
  }
  for (const parent of superclasses(analysis, owner)) {
    if (parent.kind === 'class') noteInstance(analysis, parent, instance)
  }
}

/** Runs the field initializers and the constructor of a class. */
function initialize(analysis: Analysis, owner: ClassAtom, instance: Value, givenArguments: readonly Value[], call: Call | undefined): void {
  const hasParent = owner.node.superClass !== null
  const node = constructorOf(owner.node)
  if (node) {
    const method: FunctionAtom = { kind: 'function', node, environment: owner.environment, receiver: instance }
    invoke(analysis, method, givenArguments, call, {
      class: owner,
      beforeBody: (scope) => {
        if (!hasParent) initializeFields(analysis, owner, instance, scope)
      },
    })
    return
  }
  const scope = call?.environment ?? owner.environment
  const frame: Frame = {
    module: owner.environment.frame.module, class: owner, receiver: instance,
    ...(call && { caller: scope.frame }), calls: call ? [...scope.frame.calls, siteOf(call)] : [], result: NOTHING,
  }
  const fieldScope = functionScope(owner.environment, frame, shortKey(analysis, `fields:${instance.map((atom) => valueKey([atom])).join('')}`))
  if (hasParent) superConstruct(analysis, owner, instance, givenArguments, { node: owner.node, environment: fieldScope, name: 'super' }, call)
  initializeFields(analysis, owner, instance, fieldScope)
}

function initializeFields(analysis: Analysis, owner: ClassAtom, instance: Value, scope: Environment): void {
  for (const member of owner.node.body.body) {
    if ((member.type !== 'PropertyDefinition' && member.type !== 'AccessorProperty') || isStatic(member)) continue
    const name = memberName(member)
    const injected = injectedValue(analysis, member, scope)
    if (!member.value && !injected) continue
    const assigned = injected ?? evaluate(analysis, member.value!, scope)
    const value = refine(analysis, assigned, member.typeAnnotation?.typeAnnotation, scope.frame.module)
    if (name !== undefined) noteTable(analysis, name, value, scope)
    if (name !== undefined) writeProperty(analysis, instance, name, value, true)
  }
}

/** `super(…)` in a constructor. */
export function constructSuper(analysis: Analysis, call: Call, givenArguments: readonly Value[]): void {
  const { frame } = call.environment
  if (!frame.class) return
  superConstruct(analysis, frame.class, frame.receiver, givenArguments, call, call)
  initializeFields(analysis, frame.class, frame.receiver, call.environment)
}

function superConstruct(analysis: Analysis, owner: ClassAtom, instance: Value, givenArguments: readonly Value[], call: Call, site: Call | undefined): void {
  for (const parent of superclasses(analysis, owner)) {
    if (parent.kind === 'class') {
      initialize(analysis, parent, instance, givenArguments, site)
      continue
    }
    const made = constructLibrary(analysis, parent, givenArguments, call)
    for (const atom of instance) {
      if (atom.kind !== 'object') continue
      const object = allocate(analysis, atom.key)
      object.library = parent
      object.metric = union(object.metric, made.filter((part) => part.kind === 'metric'))
    }
  }
}

/** Whether the pass before has seen a class instantiated, and not by something unknown alone. */
export function wasMade({ previous }: Analysis, { node }: ClassAtom): boolean {
  return (previous.heap.instances.get(node) ?? NOTHING).some((atom) => !(atom.kind === 'object' && atom.key.endsWith(INJECTED)))
}

/** The objects that a class-typed value may be. */
export function instancesOf(analysis: Analysis, owner: ClassAtom): Value {
  const current = analysis.facts.heap.instances.get(owner.node) ?? NOTHING
  const before = analysis.previous.heap.instances.get(owner.node) ?? NOTHING
  return current.length === 0 && !wasMade(analysis, owner) ? instantiateUnknown(analysis, owner) : union(current, before)
}

/** An instance that something unknown makes, as dependency injection does. */
export function instantiateUnknown(analysis: Analysis, owner: ClassAtom): Value {
  const constructor = constructorOf(owner.node)
  const { module } = owner.environment.frame
  const given = constructor ? unknownArguments(analysis, constructor, module, `new ${owner.node.id?.name ?? 'class'}`) : []
  return instantiate(analysis, owner, given, undefined)
}
