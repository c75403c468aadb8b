import { startEffortAgain } from '../engine/effort.js'
import type { Context, Engine } from '../engine/engine.js'
import { escape } from '../engine/escape.js'
import { forgetExposition } from '../engine/exposition.js'
import { genericInstance } from '../engine/follow.js'
import { forgetCalls } from '../engine/functions.js'
import { forgetRecordings } from '../engine/metric-table.js'
import { startModulesAgain } from '../engine/modules.js'
import { emptyObjects } from '../engine/objects.js'
import { callFunction } from '../language/functions.js'
import { loadModule } from '../objects/lookup.js'
import { instancesOf, withDerived } from '../values/classes.js'
import type { ClassValue, FunctionValue, Value } from '../values/types.js'
import { anyArguments } from '../values/values.js'

export const evaluationsPerFunction = 8_000
/** For one that records a metric itself. */
const evaluationsPerRecording = 12_000
/** For one that leads to a declaration. */
const evaluationsPerDeclaring = 50_000
/** For all functions together, after which each has few left. */
const evaluationsPerRound = 100_000
const evaluationsInHaste = 1_500

/**
 * Follows the program once: every module from its top, then the functions that nothing in the workspace calls, which
 * may be called with anything. What objects hold at the end is known when the program is followed again.
 */
export function followProgram(engine: Engine, paths: readonly string[]): void {
  const calledBefore = new Set(engine.functions.called)
  runModules(engine, paths)
  const words = countWords(engine)
  // Nothing else bears its name, so nothing calls it.
  runAll(engine, (callee) => callee.definition.kind === 'function' && words.get(callee.definition.name) === 1 && !isInner(callee))
  const isReached = ({ definition }: FunctionValue) => engine.functions.called.has(definition) || calledBefore.has(definition)
  runUntilStable(engine, (callee) => !isReached(callee))
  runUntilStable(engine, (callee) => !engine.functions.called.has(callee.definition))
}

/** Follows the chosen functions, and what is handed to code that cannot be followed, until there are no more. */
export function runUntilStable(engine: Engine, choose: (callee: FunctionValue) => boolean): void {
  while (runAll(engine, (callee) => choose(callee) || engine.functions.escaped.has(callee.definition)) > 0);
}

/** Follows the chosen functions, and those followed before for which there are new objects; how many there were. */
function runAll(engine: Engine, choose: (callee: FunctionValue) => boolean): number {
  let count = 0
  for (const callee of engine.functions.met) {
    if (!isFollowed(engine, callee)) continue
    const objects = callee.owner ? instancesOf(callee.owner).length : 0
    const before = engine.functions.followed.get(callee)
    if (before === undefined ? !choose(callee) : before >= objects) continue
    runWithAnything(engine, callee)
    engine.functions.followed.set(callee, Math.max(objects, 1))
    count++
  }
  return count
}

/** Executes the top level of these modules, and of those that they import. */
export function runModules(engine: Engine, paths: readonly string[]): void {
  startAgain(engine)
  for (const path of paths) loadModule(engine, path)
}

function startAgain(engine: Engine): void {
  forgetRecordings(engine.metrics)
  forgetCalls(engine.functions)
  forgetExposition(engine.exposition)
  startEffortAgain(engine.effort)
  startModulesAgain(engine.modules)
  emptyObjects(engine.objects)
}

/** Whether a function stands in another one. */
export function isInner(callee: FunctionValue): boolean {
  return callee.scope.function !== undefined
}

function isFollowed(engine: Engine, callee: FunctionValue): boolean {
  return callee.scope.module.role !== 'support' && (engine.attention.isFirstRound || engine.attention.mentionsMetrics(callee))
}

function runWithAnything(engine: Engine, callee: FunctionValue): void {
  const context: Context = { engine, scope: callee.scope, results: undefined, classBody: undefined }
  const { declaring, touchingItself } = engine.functions
  const usual = declaring.has(callee.definition) ? evaluationsPerDeclaring
    : touchingItself.has(callee.definition) ? evaluationsPerRecording
    : engine.effort.spent > evaluationsPerRound ? evaluationsInHaste : evaluationsPerFunction
  const share = usual * Math.max(1, engine.workspace.options.budget ?? 1)
  engine.effort.budget = share
  for (const self of receiversOf(context, callee)) {
    engine.effort.budget = share
    const result = callFunction(context, callee, anyArguments, self, undefined)
    // Whoever asks a class for its metric by what is only known at run time records it, as does who got a function that gives one.
    if (callee.binding === 'class' || engine.functions.escaped.has(callee.definition)) escape(engine, result)
    engine.effort.spent += share - engine.effort.budget
  }
}

function receiversOf(context: Context, callee: FunctionValue): (Value | undefined)[] {
  const { owner } = callee
  if (!owner || callee.binding === 'static') return [undefined]
  if (callee.binding === 'class') return context.engine.functions.declaring.has(callee.definition) ? classesDeclaring(owner) : [owner]
  const name = callee.definition.kind === 'function' ? callee.definition.name : ''
  const made = instancesOf(owner)
  const receivers = made.length > 0 && !made[0]!.generic ? made : [genericInstance(context, owner)]
  return name === '__init__' || name === '__post_init__' ? [] : receivers.slice(0, context.engine.functions.touchingItself.has(callee.definition) || callee.scope.module.writesExposition ? 200 : 5)
}

/** A class method that declares a metric declares one for each class that inherits it, but for those that are only inherited from. */
function classesDeclaring(owner: ClassValue): ClassValue[] {
  const isMade = (each: ClassValue) => instancesOf(each).some((instance) => instance.class === each && !instance.generic)
  return [...withDerived(owner)].filter((each) => each.derived.size === 0 || isMade(each) || (each !== owner && each.attributes.size > 0))
}

/** Counts the words of the modules that are followed; those of each module once. */
function countWords({ modules: { byPath, words: { counted, counts } } }: Engine): ReadonlyMap<string, number> {
  for (const module of byPath.values()) {
    if (module.role === 'support' || counted.has(module)) continue
    counted.add(module)
    for (const word of module.source.text.match(/[A-Za-z_]\w*/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}
