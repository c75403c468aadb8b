import { instantiateUnknown } from './instances.js'
import { invoke, unknownArguments } from './invocations.js'
import { functionName } from './names.js'
import { loadModule, moduleEnvironment } from './modules.js'
import { emptyFacts, type Analysis } from './program.js'
import { isRelevant } from './relevance.js'
import { isStatic } from './properties.js'
import { executeStatement } from './statements.js'
import type { Node } from './syntax.js'
import { NOTHING, union, type ClassAtom, type FunctionAtom, type Value } from './values.js'

/** Reads the walked files from the start, with what the pass before has learned; whether there was anything new in it. */
export function readAnew(analysis: Analysis): boolean {
  const before = signature(analysis)
  analysis.previous = analysis.facts
  analysis.facts = emptyFacts()
  analysis.holderNames = new Set([...analysis.previous.holders.values()].flatMap((names) => [...names]))
  analysis.recordedBefore = new Set([...analysis.previous.recordings.values()].map(({ metric }) => metric))
  readOn(analysis)
  return signature(analysis) !== before
}

function signature({ facts }: Analysis): string {
  const instances = [...facts.instances.values()].map((value) => value.length)
  return [
    ...[...facts.metrics.keys()].sort(), ...[...facts.recordings.keys()].sort(), ...[...facts.escapedMetrics].sort(),
    ...[...facts.unattributed].sort(), facts.called.size, facts.inhabitants.size, ...instances,
  ].join('\n')
}

/**
 * Goes on with a pass: the top level of every walked file that has not run, then each function and class that nothing
 * known has run.
 */
export function readOn(analysis: Analysis): void {
  for (const path of [...analysis.walked].sort()) {
    const module = loadModule(analysis, path)
    if (!module) continue
    const environment = moduleEnvironment(analysis, module)
    for (const statement of module.program.body) {
      if (statement.type === 'FunctionDeclaration') executeStatement(analysis, statement, environment)
    }
    for (const statement of module.program.body) executeStatement(analysis, statement, environment)
  }
  // Running one function may define others, and call some that were waiting.
  while (runRoots(analysis, (node) => !analysis.previous.called.has(node))) continue
  while (runRoots(analysis, () => true)) continue
}

/** Runs what nothing has run; whether there was any. */
function runRoots(analysis: Analysis, isDue: (node: Node) => boolean): boolean {
  let ran = false
  for (const owner of [...analysis.facts.classes.values()]) {
    if (!isWalked(analysis, owner)) continue
    if (!analysis.facts.instances.has(owner.node) && !owner.node.abstract && isRelevant(analysis, owner.node, owner.environment.frame.module)) {
      instantiateUnknown(analysis, owner)
      ran = true
    }
    for (const method of methodsOf(analysis, owner)) ran = runRoot(analysis, method, isDue) || ran
  }
  for (const atom of [...analysis.facts.functions.values()]) {
    if (isWalked(analysis, atom)) ran = runRoot(analysis, atom, isDue) || ran
  }
  return ran
}

function isWalked(analysis: Analysis, atom: ClassAtom | FunctionAtom): boolean {
  return analysis.walked.has(atom.environment.frame.module.source.path)
}

function runRoot(analysis: Analysis, atom: FunctionAtom, isDue: (node: Node) => boolean): boolean {
  const { node } = atom
  const { roots } = analysis.facts
  const isCalled = analysis.facts.called.has(node) && !analysis.facts.escapedFunctions.has(node)
  const { module } = atom.environment.frame
  if (roots.has(node) || isCalled || !isDue(node) || !isRelevant(analysis, node, module)) return false
  roots.add(node)
  const name = functionName({ module, function: node, receiver: NOTHING, calls: [], result: NOTHING })
  invoke(analysis, atom, unknownArguments(analysis, node, module, name), undefined)
  return true
}

function methodsOf(analysis: Analysis, owner: ClassAtom): FunctionAtom[] {
  const instances: Value = union(analysis.facts.instances.get(owner.node) ?? NOTHING)
  return owner.node.body.body.flatMap((member): FunctionAtom[] => {
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor' || member.value.type !== 'FunctionExpression') return []
    return [{ kind: 'function', node: member.value, environment: owner.environment, receiver: isStatic(member) ? [owner] : instances }]
  })
}
