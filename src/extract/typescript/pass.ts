import { instantiateUnknown, invoke, unknownArguments } from './calls.js'
import { functionName } from './names.js'
import { loadModule, moduleEnvironment } from './modules.js'
import { emptyFacts, type Analysis } from './program.js'
import { isStatic } from './properties.js'
import { executeStatement } from './statements.js'
import type { Node } from './syntax.js'
import { NOTHING, union, type ClassAtom, type FunctionAtom, type Value } from './values.js'

/** How often the code is read until nothing new is found: each pass knows what the one before has learned. */
const MAXIMUM_PASSES = 6

/** Reads the walked files again and again until two passes agree. */
export function readUntilStable(analysis: Analysis): void {
  let before: string | undefined
  for (let pass = 0; pass < MAXIMUM_PASSES; pass++) {
    analysis.previous = analysis.facts
    analysis.facts = emptyFacts()
    analysis.holderNames = new Set([...analysis.previous.holders.values()].flatMap((names) => [...names]))
    readAll(analysis)
    const now = signature(analysis)
    console.error('PASS', pass, analysis.walked.size, 'loaded', analysis.modules.size, 'runs', analysis.facts.work, 'metrics', analysis.facts.metrics.size, 'rec', analysis.facts.recordings.size, process.uptime())
    if (now === before) return
    before = now
  }
}

function signature({ facts }: Analysis): string {
  const instances = [...facts.instances.values()].map((value) => value.length)
  return [
    ...[...facts.metrics.keys()].sort(), ...[...facts.recordings.keys()].sort(), ...[...facts.escapedMetrics].sort(),
    ...[...facts.unattributed].sort(), facts.called.size, facts.inhabitants.size, ...instances,
  ].join('\n')
}

/** One pass: the top level of every walked file, then each function and class that nothing known has run. */
function readAll(analysis: Analysis): void {
  for (const path of [...analysis.walked].sort()) {
    const module = loadModule(analysis, path)
    if (!module) continue
    const environment = moduleEnvironment(analysis, module)
    if (process.env.TRACE) console.error(path, analysis.facts.work, process.uptime())
    for (const statement of module.program.body) {
      if (statement.type === 'FunctionDeclaration') executeStatement(analysis, statement, environment)
    }
    for (const statement of module.program.body) executeStatement(analysis, statement, environment)
  }
  // Running one function may define others, and call some that were waiting.
  const done = new Set<Node>()
  while (runRoots(analysis, done, (node) => !analysis.previous.called.has(node))) continue
  while (runRoots(analysis, done, () => true)) continue
}

/** Runs what nothing has run; whether there was any. */
function runRoots(analysis: Analysis, done: Set<Node>, isDue: (node: Node) => boolean): boolean {
  let ran = false
  for (const owner of [...analysis.facts.classes.values()]) {
    if (!isWalked(analysis, owner)) continue
    if (!analysis.facts.instances.has(owner.node) && !owner.node.abstract) {
      instantiateUnknown(analysis, owner)
      ran = true
    }
    for (const method of methodsOf(analysis, owner)) ran = runRoot(analysis, method, done, isDue) || ran
  }
  for (const atom of [...analysis.facts.functions.values()]) {
    if (isWalked(analysis, atom)) ran = runRoot(analysis, atom, done, isDue) || ran
  }
  return ran
}

function isWalked(analysis: Analysis, atom: ClassAtom | FunctionAtom): boolean {
  return analysis.walked.has(atom.environment.frame.module.source.path)
}

function runRoot(analysis: Analysis, atom: FunctionAtom, done: Set<Node>, isDue: (node: Node) => boolean): boolean {
  const { node } = atom
  const isCalled = analysis.facts.called.has(node) && !analysis.facts.escapedFunctions.has(node)
  if (done.has(node) || isCalled || !isDue(node)) return false
  done.add(node)
  if (process.env.TRACE && process.uptime() > 30) process.exit(1)
  const t0 = process.uptime(), w0 = analysis.facts.work
  const { module } = atom.environment.frame
  const name = functionName({ module, function: node, receiver: NOTHING, calls: [], result: NOTHING })
  invoke(analysis, atom, unknownArguments(analysis, node, module, name), undefined)
  if (process.env.TRACE && process.uptime() - t0 > 0.5) console.error('ROOT', name, module.source.path, analysis.facts.work - w0, process.uptime() - t0)
  return true
}

function methodsOf(analysis: Analysis, owner: ClassAtom): FunctionAtom[] {
  const instances: Value = union(analysis.facts.instances.get(owner.node) ?? NOTHING)
  return owner.node.body.body.flatMap((member): FunctionAtom[] => {
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor' || member.value.type !== 'FunctionExpression') return []
    return [{ kind: 'function', node: member.value, environment: owner.environment, receiver: isStatic(member) ? [owner] : instances }]
  })
}
