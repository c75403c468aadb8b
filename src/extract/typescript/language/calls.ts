import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { inhabitantsOf, propertyTypes, typedResult, typeValue } from '../objects/annotations.js'
import { callBuiltIn, constructBuiltIn, ITERATING } from '../objects/built-ins.js'
import { callFactory } from '../clients/factories.js'
import { callLibrary, constructLibrary } from '../clients/libraries.js'
import { callByShape, constructByShape, mayMakeByShape } from '../clients/prom-client.js'
import { callMetric, endTimer, isRecordingMethod } from '../clients/recordings.js'
import { propertyNames } from '../objects/property-names.js'
import { constructSuper, instancesOf, instantiate } from './instances.js'
import { invoke, isOfRun } from './invocations.js'
import { loadModule } from '../engine/modules.js'
import { namespaceOf } from '../objects/exports.js'
import { isPlaced, itemsOf, readKey, readMember, readMethod, superclasses } from '../objects/properties.js'
import { allocate, metricsIn, objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { Environment, Module, Call } from '../values/program.js'
import { isRelevant, isRelevantName } from '../engine/relevance.js'
import {
  atomKey, EXTERNAL, forced, isCarried, NOTHING, NULLISH, union, unionOver, unknown, withoutNullish,
  type Atom, type FunctionAtom, type LibraryAtom, type Value,
} from '../values/values.js'
import { changedLocals, isShort, openLocals } from '../engine/changes.js'
import { deferred } from '../engine/deferred.js'
import { unwrapped, writtenName, holderName } from '../objects/written-names.js'
import { letEscape } from '../engine/escape.js'
import { evaluate } from '../engine/engine.js'
import { isClientPackage, MAKING_NAMES } from '../files.js'
import { changesOf } from '../syntax/writes.js'

export function evaluateCall(analysis: Analysis, node: TSESTree.CallExpression, environment: Environment): Value {
  const callee = unwrapped(node.callee)
  const typeArguments = node.typeArguments?.params ?? []
  if (callee.type === 'Super') {
    constructSuper(analysis, { node, environment, name: 'super' }, evaluateArguments(analysis, node.arguments, environment))
    return NOTHING
  }
  if (callee.type === 'MemberExpression') {
    const isSuper = callee.object.type === 'Super'
    const receiver = isSuper ? environment.frame.receiver : evaluate(analysis, callee.object, environment)
    const names = propertyNames(analysis, callee, environment)
    const call = { node, environment, receiver, name: names?.length === 1 ? names[0] : undefined, typeArguments }
    const givenArguments = evaluateArguments(analysis, node.arguments, environment)
    const made = callFactory(analysis, callee, givenArguments, call)
    if (made) return made
    if (isSuper) return union(...(names ?? []).map((name) => callSuperMethod(analysis, call, name, givenArguments)))
    const result = names
      ? union(...names.map((name) => callMethod(analysis, receiver, name, givenArguments, call)))
      : callFunction(analysis, readKey(analysis, receiver, unknown('it is computed')), givenArguments, call)
    return withLabelTypes(analysis, result, call)
  }
  const name = callee.type === 'Identifier' ? callee.name : undefined
  if (name === 'require' || node.callee.type === 'Import' as string) {
    const required = requireModule(analysis, node, environment.frame.module)
    if (required) return required
  }
  const called = evaluate(analysis, callee as TSESTree.Expression, environment)
  const call = { node, environment, name, typeArguments }
  const givenArguments = evaluateArguments(analysis, node.arguments, environment)
  return callFactory(analysis, callee, givenArguments, call)
    ?? withLabelTypes(analysis, callFunction(analysis, called, givenArguments, call), call)
}

function requireModule(analysis: Analysis, node: TSESTree.CallExpression, module: Module): Value | undefined {
  const [argument] = node.arguments
  return argument?.type === 'Literal' && typeof argument.value === 'string'
    ? importWhole(analysis, argument.value, module)
    : undefined
}

/** What `require(specifier)` or `import(specifier)` gives. */
export function importWhole(analysis: Analysis, specifier: string, importer: Module): Value {
  const path = analysis.code.resolve(specifier, importer.source.path)
  if (path === undefined) {
    return specifier.startsWith('.')
      ? unknown(`the module "${specifier}" was not found`)
      : [{ kind: 'library', module: specifier.replace(/^node:/, ''), path: '' }]
  }
  const read = () => {
    const module = loadModule(analysis, path)
    return module ? namespaceOf(analysis, module) : unknown(`the module "${specifier}" could not be read`)
  }
  return analysis.code.walked.has(path) ? read() : deferred(analysis, `${path}#*`, read)
}

export function evaluateArguments(analysis: Analysis, nodes: readonly TSESTree.CallExpressionArgument[], environment: Environment): Value[] {
  const values: Value[] = []
  // What may stand at any of the positions that follow.
  let loose: Value | undefined
  for (const node of nodes) {
    const given = node.type === 'SpreadElement' ? itemsOf(analysis, evaluate(analysis, node.argument, environment))
      : { items: [evaluate(analysis, node, environment)], rest: NOTHING, placed: 1 }
    const placed = loose ? 0 : given.placed
    for (const item of given.items.slice(0, placed)) values.push(item)
    if (loose || !isPlaced(given)) loose = union(loose ?? NOTHING, ...given.items.slice(placed), given.rest)
  }
  return loose ? [...values, ...looseArguments(loose)] : values
}

/** How many arguments a list of which the length is not known is taken for. */
const LOOSE_ARGUMENTS = 8

function looseArguments(value: Value): Value[] {
  return Array.from({ length: LOOSE_ARGUMENTS }, () => union(value, NULLISH))
}

/** Calls `receiver.name(…)`. */
export function callMethod(analysis: Analysis, receiver: Value, name: string, givenArguments: readonly Value[], call: Call): Value {
  // Nothing has been seen to be put where the receiver comes from.
  const isMissing = receiver.every((atom) => atom.kind === 'nullish')
  return (isMissing && callByShape(analysis, givenArguments, call)) || unionOver(receiver, (atom) => callAtomMethod(analysis, atom, name, givenArguments, call))
}

function callAtomMethod(analysis: Analysis, atom: Atom, name: string, givenArguments: readonly Value[], call: Call): Value {
  switch (atom.kind) {
    case 'deferred': {
      const work = () => callMethod(analysis, forced([atom]), name, givenArguments, call)
      return mustRun(analysis, name, givenArguments, call)
        ? work()
        : deferred(analysis, `${atom.key}.${name}(${call.environment.key}@${call.node.range[0]})`, work)
    }
    case 'metric': return callMetric(analysis, atom, name, givenArguments, call)
    case 'library':
      // What records for a client is known to it.
      if (isCarried(atom, call.receiver ?? [atom]) && !isClientPackage(atom.module) && !atom.module.startsWith('@opentelemetry/')) {
        analysis.facts.ends.callsOnGiven.add(name)
        noteUnattributed(analysis, name, call)
      }
      return callPackage(analysis, { ...atom, path: atom.path === '' ? name : `${atom.path}.${name}` }, givenArguments, call)
    case 'function': return callFunctionMethod(analysis, atom, name, givenArguments, call)
    case 'unknown': return callUnknown(analysis, [atom], name, givenArguments, call)
    case 'nullish': return NOTHING
    default: break
  }
  const method = readMethod(analysis, atom, name)
  const versions = objectVersions(analysis, atom)
  const metric = union(...versions.map((object) => object.metric))
  const callable = method.filter((candidate) =>
    candidate.kind !== 'unknown' && candidate.kind !== 'nullish' && !(metric.length > 0 && candidate.kind === 'library'))
  if (callable.length > 0) return callFunction(analysis, callable, givenArguments, call)
  if (metric.length > 0) return callMethod(analysis, metric, name, givenArguments, call)
  const builtIn = callBuiltIn(analysis, atom, name, givenArguments, call)
  if (builtIn) return builtIn
  const library = versions.find((object) => object.library)?.library
  if (library) return callLibrary(analysis, { ...library, path: `${library.path}#.${name}` }, givenArguments, call)
  return callUnknown(analysis, withoutNullish(method), name, givenArguments, call)
}

function callFunctionMethod(analysis: Analysis, atom: FunctionAtom, name: string, givenArguments: readonly Value[], call: Call): Value {
  if (name === 'bind') {
    const [receiver = NOTHING, ...others] = givenArguments
    return [{ ...atom, receiver: atom.receiver ?? receiver, ...(others.length > 0 && { bound: [...(atom.bound ?? []), ...others] }) }]
  }
  if (name === 'call') return callFunction(analysis, [{ ...atom, receiver: givenArguments[0] ?? NOTHING }], givenArguments.slice(1), call)
  if (name === 'apply') return callFunction(analysis, [{ ...atom, receiver: givenArguments[0] ?? NOTHING }], spread(analysis, givenArguments[1] ?? NULLISH), call)
  letEscape(analysis, [[atom]])
  return callUnknown(analysis, NOTHING, name, givenArguments, call)
}

/** The items of a list as arguments. */
function spread(analysis: Analysis, list: Value): Value[] {
  const { items, rest, placed } = itemsOf(analysis, list)
  const others = union(...items.slice(placed), rest)
  return others.length > 0 ? [...items.slice(0, placed), ...looseArguments(others)] : [...items]
}

/** Whether a call matters although its receiver or function stands in a file that is not read whole. */
function mustRun(analysis: Analysis, name: string | undefined, givenArguments: readonly Value[], call: Call): boolean {
  if (name !== undefined && (isRecordingMethod(analysis, name, holderName(call)) || analysis.previous.ends.wrapperNames.has(name))) return true
  if (name !== undefined && (MAKING_NAMES.has(name) || (call.node.type === 'NewExpression' && isRelevantName(analysis, name)))) return true
  if (name !== undefined && mayMakeByShape(analysis, name, givenArguments)) return true
  const isLoop = name !== undefined && (ITERATING.has(name) || name === 'reduce')
  return givenArguments.some((argument) => metricsIn(analysis, argument).length > 0 || argument.some((atom) => atom.kind === 'timer' || isOfClient(atom)
    || (isLoop && atom.kind === 'function' && isRelevant(analysis, atom.node, atom.environment.frame.module))))
}

/** Whether metrics can be made with something that a client library has: one of its classes. */
function isOfClient(atom: Atom): boolean {
  return atom.kind === 'library' && isClientPackage(atom.module)
}

/** Whether a function is run where it is called, and not only for its result. */
function runs(analysis: Analysis, atom: FunctionAtom, givenArguments: readonly Value[], call: Call): boolean {
  const { node, environment } = atom
  return isRelevant(analysis, node, environment.frame.module) || mustRun(analysis, call.name, givenArguments, call)
    || givenArguments.some((argument) => argument.some(({ kind }) => kind === 'function'))
    || (changesOf(node).parameters && givenArguments.some((argument) => argument.some((given) => given.kind === 'object' && isOfRun(given.key))))
    || (isShort(atom) && changedLocals(analysis, atom).length > 0)
}

/** Puts a call off. The variables around the function that it changes may be anything from now on; one that is short would run. */
function putOff(analysis: Analysis, atom: FunctionAtom, givenArguments: readonly Value[], call: Call): Value {
  if (!isShort(atom)) openLocals(analysis, changedLocals(analysis, atom))
  return deferred(analysis, `${atomKey(atom)}(${call.environment.key}@${call.node.range[0]})`, () => invoke(analysis, atom, givenArguments, call))
}

/** Calls whatever a value may be. */
export function callFunction(analysis: Analysis, called: Value, givenArguments: readonly Value[], call: Call): Value {
  for (const given of givenArguments) for (const metric of metricsIn(analysis, given)) analysis.facts.metrics.passed.add(metric)
  return unionOver(called, (atom) => {
    switch (atom.kind) {
      case 'function': return runs(analysis, atom, [...(atom.bound ?? []), ...givenArguments], call)
        ? invoke(analysis, atom, givenArguments, call)
        : putOff(analysis, atom, givenArguments, call)
      case 'deferred': {
        const work = () => callFunction(analysis, forced([atom]), givenArguments, call)
        return mustRun(analysis, call.name, givenArguments, call)
          ? work()
          : deferred(analysis, `${atom.key}(${call.environment.key}@${call.node.range[0]})`, work)
      }
      case 'library': return callPackage(analysis, atom, givenArguments, call)
      case 'timer': return endTimer(analysis, atom, givenArguments, call)
      case 'typed': {
        const functions = inhabitantsOf(analysis, atom).filter((candidate) => candidate.kind === 'function')
        if (functions.length > 0) return callFunction(analysis, functions, givenArguments, call)
        const made = call.receiver && callByShape(analysis, givenArguments, call)
        if (made) return made
        if (call.name !== undefined) analysis.facts.ends.unfollowedCalls.add(call.name)
        letEscape(analysis, givenArguments)
        return typedResult(analysis, atom)
      }
      case 'nullish': return NOTHING
      default: return callUnknown(analysis, [atom], call.name, givenArguments, call)
    }
  })
}

function callUnknown(analysis: Analysis, called: Value, name: string | undefined, givenArguments: readonly Value[], call: Call): Value {
  const made = call.receiver && callByShape(analysis, givenArguments, call)
  if (made) return made
  const isExternal = called.length > 0 && called.every((atom) => atom.kind !== 'unknown' || atom.external)
  if (!isExternal && name !== undefined && call.receiver) {
    analysis.facts.ends.unfollowedCalls.add(name)
    noteUnattributed(analysis, name, call)
  }
  letEscape(analysis, givenArguments)
  return isExternal ? EXTERNAL : unknown(`the result of ${name ?? 'a call'}() is not known`)
}

/** Calls what a package has. What gives dependencies out gives an instance of the class that it is asked for, or of the type. */
function callPackage(analysis: Analysis, atom: LibraryAtom, givenArguments: readonly Value[], call: Call): Value {
  const reflected = atom.module === 'global' ? callReflected(analysis, atom.path, givenArguments, call) : undefined
  if (reflected) return reflected
  const result = callLibrary(analysis, atom, givenArguments, call)
  if (!INJECTORS.test(atom.path)) return result
  const [asked = NOTHING] = givenArguments
  const [type] = call.typeArguments ?? []
  const declared = type ? typeValue(analysis, type, call.environment.frame.module).filter(({ kind }) => kind === 'typed') : NOTHING
  return union(result, declared, ...asked.map((owner) => owner.kind === 'class' ? instancesOf(analysis, owner) : NOTHING))
}

/** `Reflect.construct(called, given)` and `Reflect.apply(called, receiver, given)` */
function callReflected(analysis: Analysis, path: string, [called = NOTHING, second = NOTHING, third = NOTHING]: readonly Value[], call: Call): Value | undefined {
  switch (path) {
    case 'Reflect.construct': return constructValue(analysis, called, spread(analysis, second), call)
    case 'Reflect.apply': {
      const functions = called.filter((atom) => atom.kind === 'function')
      return functions.length === 0 || functions.length < called.length ? undefined : callFunction(analysis, functions.map((atom) => ({ ...atom, receiver: second })), spread(analysis, third), call)
    }
    default: return undefined
  }
}

/** Functions and methods of packages that give out what a class or a token stands for (`app.get(Metrics)`, `inject(Metrics)`). */
const INJECTORS = /(^|\.)(get|resolve|inject|make)[A-Za-z]*$/

function noteUnattributed(analysis: Analysis, name: string, call: Call): void {
  const holder = holderName(call)
  if (isRecordingMethod(analysis, name, holder)) analysis.facts.metrics.unattributed.add(holder ?? '')
}

/** `new callee(…)`. */
export function construct(analysis: Analysis, node: TSESTree.NewExpression, environment: Environment): Value {
  const called = evaluate(analysis, node.callee, environment)
  const givenArguments = evaluateArguments(analysis, node.arguments, environment)
  const name = writtenName(node.callee).split('.').at(-1)
  const call: Call = { node, environment, name, typeArguments: node.typeArguments?.params ?? [] }
  return withLabelTypes(analysis, constructValue(analysis, called, givenArguments, call), call)
}

function constructValue(analysis: Analysis, called: Value, givenArguments: readonly Value[], call: Call): Value {
  return union(...called.map((atom) => {
    switch (atom.kind) {
      case 'class': return instantiate(analysis, atom, givenArguments, call)
      case 'function': return constructByFunction(analysis, atom, givenArguments, call)
      case 'library': return constructBuiltIn(analysis, atom, givenArguments, call) ?? constructLibrary(analysis, atom, givenArguments, call)
      case 'deferred': {
        const work = () => constructValue(analysis, forced([atom]), givenArguments, call)
        return mustRun(analysis, call.name, givenArguments, call)
          ? work()
          : deferred(analysis, `new ${atom.key}(${call.environment.key}@${call.node.range[0]})`, work)
      }
      case 'unknown':
      case 'typed': return constructByShape(analysis, givenArguments, call) ?? callUnknown(analysis, [atom], undefined, givenArguments, call)
      default: return callUnknown(analysis, [atom], undefined, givenArguments, call)
    }
  }))
}

/** `new Metrics()` with a function that gives `this` its properties. */
function constructByFunction(analysis: Analysis, atom: FunctionAtom, givenArguments: readonly Value[], call: Call): Value {
  const object = allocate(analysis, `${call.environment.key}@${call.node.range[0]}new`)
  const made: Value = [{ kind: 'object', key: object.key }]
  return union(made, invoke(analysis, { ...atom, receiver: made }, givenArguments, call).filter(({ kind }) => kind === 'object'))
}

function callSuperMethod(analysis: Analysis, call: Call, name: string, givenArguments: readonly Value[]): Value {
  const { frame } = call.environment
  if (!frame.class) return NOTHING
  return union(...superclasses(analysis, frame.class).map((parent) => {
    if (parent.kind === 'class') return callFunction(analysis, readMember(analysis, parent, frame.receiver, name), givenArguments, call)
    const metric = union(...frame.receiver.map((atom) => union(...objectVersions(analysis, atom).map((object) => object.metric))))
    if (metric.length > 0) return callMethod(analysis, metric, name, givenArguments, call)
    return callLibrary(analysis, { ...parent, path: `${parent.path}#.${name}` }, givenArguments, call)
  }))
}

/** Takes over what the type arguments of a call say about the labels of the metric it makes. */
function withLabelTypes(analysis: Analysis, result: Value, call: Call): Value {
  const [type] = call.typeArguments ?? []
  const types = type && result.some((atom) => atom.kind === 'metric' || atom.kind === 'object')
    ? propertyTypes(analysis, type, call.environment.frame.module)
    : undefined
  if (!types) return result
  for (const key of metricsIn(analysis, result)) {
    const metric = analysis.facts.metrics.made.get(key)
    for (const [name, value] of types) metric?.labelTypes.set(name, value)
  }
  return result
}
