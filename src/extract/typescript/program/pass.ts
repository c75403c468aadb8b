import { instantiateUnknown, wasMade } from '../language/instances.js'
import { invoke, unknownArguments } from '../language/invocations.js'
import { functionName } from '../objects/names.js'
import { letEscape } from '../engine/escape.js'
import { noteHolder } from '../engine/notes.js'
import { loadModule } from '../engine/modules.js'
import { moduleEnvironment, readImport } from '../objects/exports.js'
import { emptyFacts } from '../engine/facts.js'
import type { Analysis } from '../engine/analysis.js'
import type { Module } from '../values/program.js'
import { isRelevant } from '../engine/relevance.js'
import { isStatic, memberName, superclasses } from '../objects/properties.js'
import { executeStatement } from '../language/statements.js'
import type { Node } from '../syntax/syntax.js'
import { NOTHING, union, type ClassAtom, type FunctionAtom, type Value } from '../values/values.js'

/** Reads the walked files from the start, with what the pass before has learned; whether there was anything new in it. */
export function readAnew(analysis: Analysis): boolean {
  const before = signature(analysis)
  analysis.previous = analysis.facts
  analysis.facts = emptyFacts()
  analysis.names.places.clear()
  analysis.names.holders = new Set([...analysis.previous.metrics.holders.values()].flatMap((names) => [...names]))
  readOn(analysis)
  return signature(analysis) !== before
}

function signature({ facts }: Analysis): string {
  const instances = [...facts.heap.instances.values()].map((value) => value.length)
  return [
    ...[...facts.metrics.made.keys()].sort(), ...[...facts.metrics.recordings.keys()].sort(), ...[...facts.metrics.escaped].sort(),
    ...[...facts.metrics.unattributed].sort(), facts.runs.called.size, facts.heap.inhabitants.size, ...instances,
  ].join('\n')
}

/**
 * Goes on with a pass: the top level of every walked file that has not run, then each function and class that nothing
 * known has run.
 */
export function readOn(analysis: Analysis): void {
  for (const path of [...analysis.code.walked].sort()) {
    const module = loadModule(analysis, path)
    if (!module) continue
    const environment = moduleEnvironment(analysis, module)
    const functions = module.program.body.filter((statement) => statement.type === 'FunctionDeclaration')
    for (const statement of [...functions, ...module.program.body]) {
      guard(analysis, module, () => { executeStatement(analysis, statement, environment) })
    }
  }
  // Running one function may define others, and call some that were waiting.
  while (runRoots(analysis, (node) => !analysis.previous.runs.called.has(node))) continue
  while (runRoots(analysis, () => true)) continue
  for (const path of analysis.code.walked) noteAliases(analysis, path)
}

/** What holds a metric, or makes or records one, does so by the other name that a file exports it by too. */
function noteAliases(analysis: Analysis, path: string): void {
  const module = analysis.code.modules.get(path)
  const { ends: { wrapperNames }, heap: { environments } } = analysis.facts
  for (const [name, binding] of module?.exports ?? []) {
    if (binding.kind === 'expression' || name === 'default') continue
    const own = binding.kind === 'local' ? binding.name : binding.read.name
    if (own === name) continue
    if (wrapperNames.has(own)) wrapperNames.add(name)
    noteHolder(analysis, name, binding.kind === 'local' ? environments.get(module!)?.variables.get(own) ?? NOTHING : readImport(analysis, binding.read))
  }
}

/** Does work for a file: when it breaks off, that costs what the work would have told, and the file is named. */
export function guard({ facts }: Analysis, { source }: Module, work: () => void): void {
  try {
    work()
  } catch (error) {
    facts.runs.running.clear()
    facts.heap.constructing.clear()
    const message = error instanceof Error ? error.message : String(error)
    facts.ends.failures.set(source.path, { source, problem: { message: `the code could not be followed to the end: ${message}`, span: { start: 0, end: 0 } } })
  }
}

/** Runs what nothing has run; whether there was any. */
function runRoots(analysis: Analysis, isDue: (node: Node) => boolean): boolean {
  const classes = [...analysis.facts.heap.classes.values()].filter((owner) => isWalked(analysis, owner))
  // What code of the workspace makes is made when that code has run.
  const waiting = new Set(classes.filter((owner) => !analysis.facts.heap.instances.has(owner.node) && wasMade(analysis, owner)))
  let ran = runClasses(analysis, classes.filter((owner) => !waiting.has(owner)), isDue)
  for (const atom of [...analysis.facts.heap.functions.values()]) {
    if (isWalked(analysis, atom)) ran = runRoot(analysis, atom, isDue) || ran
  }
  // A function that is made anew in each run of another one has been run in one scope only.
  for (const [key, atom] of [...analysis.facts.ends.closures]) {
    const { module } = atom.environment.frame
    analysis.facts.ends.closures.delete(key)
    if (!atom.environment.frame.function || !isWalked(analysis, atom) || !isRelevant(analysis, atom.node, module)) continue
    guard(analysis, module, () => { invoke(analysis, atom, unknownArguments(analysis, atom.node, module, undefined), undefined) })
  }
  return ran || runClasses(analysis, [...waiting], isDue)
}

/** Makes an instance of each class that nothing has instantiated, and runs the methods of all. */
function runClasses(analysis: Analysis, classes: readonly ClassAtom[], isDue: (node: Node) => boolean): boolean {
  let ran = false
  for (const owner of classes) {
    const { node, environment: { frame: { module } } } = owner
    // Only classes that extend an abstract one run it.
    if (node.abstract && node.id && isRelevant(analysis, node, module)) analysis.facts.ends.wrapperNames.add(node.id.name)
    if (!analysis.facts.heap.instances.has(node) && !node.abstract && isRelevant(analysis, node, module)) {
      guard(analysis, module, () => { instantiateUnknown(analysis, owner) })
      ran = true
    }
    for (const method of methodsOf(analysis, owner)) ran = runRoot(analysis, method, isDue) || ran
  }
  return ran
}

function isWalked(analysis: Analysis, atom: ClassAtom | FunctionAtom): boolean {
  return analysis.code.walked.has(atom.environment.frame.module.source.path)
}

function runRoot(analysis: Analysis, atom: FunctionAtom, isDue: (node: Node) => boolean): boolean {
  const { node } = atom
  const { runs: { roots, called }, ends } = analysis.facts
  const { module } = atom.environment.frame
  const hasRun = roots.has(node) || (called.has(node) && !ends.functions.has(node))
  const receiver = hasRun ? untouched(analysis, atom) : atom.receiver
  if ((hasRun && !receiver) || !isDue(node) || !isRelevant(analysis, node, module)) return false
  roots.add(node)
  guard(analysis, module, () => {
    const given = unknownArguments(analysis, node, module, functionName(node, undefined))
    const result = invoke(analysis, { ...atom, ...(receiver && { receiver }) }, given, undefined)
    // Who got the function gets what it gives.
    if (ends.functions.has(node)) letEscape(analysis, [result])
  })
  return true
}

/**
 * The instances that have the method, and that it has not run on; `undefined` when there are none. A method that makes
 * metrics is left alone: on an instance that it is not called on, it makes none.
 */
function untouched(analysis: Analysis, { node, receiver = NOTHING }: FunctionAtom): Value | undefined {
  const { facts, previous } = analysis
  if (facts.runs.creators.has(node) || previous.runs.creators.has(node)) return undefined
  const ran = facts.runs.receivers.get(node)
  const left = receiver.filter((atom) => {
    const owner = atom.kind === 'object' && !ran?.has(atom.key) ? facts.heap.objects.get(atom.key)?.class : undefined
    return owner !== undefined && hasMethod(analysis, owner, node)
  })
  return left.length > 0 ? left : undefined
}

/** Whether a class has a method, its own or one that it inherits and does not override. */
function hasMethod(analysis: Analysis, owner: ClassAtom, method: FunctionAtom['node']): boolean {
  const name = functionName(method, undefined)
  const own = owner.node.body.body.filter((member) => member.type === 'MethodDefinition' && memberName(member) === name)
  if (own.length > 0) return own.some((member) => member.type === 'MethodDefinition' && member.value === method)
  return superclasses(analysis, owner).some((parent) => parent.kind === 'class' && hasMethod(analysis, parent, method))
}

function methodsOf(analysis: Analysis, owner: ClassAtom): FunctionAtom[] {
  const instances: Value = union(analysis.facts.heap.instances.get(owner.node) ?? NOTHING)
  return owner.node.body.body.flatMap((member): FunctionAtom[] => {
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor' || member.value.type !== 'FunctionExpression') return []
    return [{ kind: 'function', node: member.value, environment: owner.environment, receiver: isStatic(member) ? [owner] : instances }]
  })
}
