import { anyArguments, callFunction, commonNames } from './calls.js'
import { genericInstance } from './instances.js'
import type { Context, Engine } from './engine.js'
import { externalBase, loadModule } from './lookup.js'
import { forgetRecordings } from './metrics.js'
import { constructorNamed } from './prometheus-client.js'
import { mentionsWord } from './sources.js'
import type { InterestingName } from './sources.js'
import type { FunctionValue, ModuleState, Value } from './values.js'
import { instancesOf, optionsOf } from './values.js'

const evaluationsPerModule = 1_000_000
const evaluationsPerFunction = 6_000
/** For all functions together, after which each has few left. */
const evaluationsPerRound = 150_000
const evaluationsInHaste = 1_500

/**
 * Follows the program once: every module from its top, then the functions that nothing in the workspace calls, which
 * may be called with anything. What objects hold at the end is known when the program is followed again.
 */
export function followProgram(engine: Engine, paths: readonly string[]): void {
  const calledBefore = new Set(engine.called)
  startAgain(engine)
  for (const path of paths) {
    engine.budget = evaluationsPerModule
    loadModule(engine, path)
    engine.exhausted ||= engine.budget < 0
  }
  const words = countWords(engine)
  const run = new Set<FunctionValue>()
  const eligible = (callee: FunctionValue) => !run.has(callee) && isFollowed(engine, callee)
  const runAll = (choose: (callee: FunctionValue) => boolean) => {
    for (const callee of engine.met) {
      if (!eligible(callee) || !choose(callee)) continue
      run.add(callee)
      runWithAnything(engine, callee)
    }
  }
  // Nothing else bears its name, so nothing calls it.
  runAll((callee) => callee.definition.kind === 'function' && words.get(callee.definition.name) === 1 && !isInner(callee))
  const isReached = (callee: FunctionValue) => engine.called.has(callee.definition) || calledBefore.has(callee.definition)
  for (let before = -1; before !== run.size;) {
    before = run.size
    runAll((callee) => !isReached(callee) || engine.escaped.has(callee.definition))
    // What was not reached for lack of time is followed by itself: for any arguments, but no recording is missed.
    if (engine.exhausted) {
      engine.exhausted = false
      engine.spent = 0
      runAll((callee) => engine.touchingItself.has(callee.definition))
    }
  }
}

function startAgain(engine: Engine): void {
  forgetRecordings(engine.metrics)
  engine.memo.clear()
  engine.met.clear()
  engine.called.clear()
  engine.escaped.clear()
  engine.unresolvedLabels.clear()
  engine.instrumentations.clear()
  engine.runs.clear()
  engine.evaluatedCalls.clear()
  engine.exhausted = false
  engine.spent = 0
  for (const module of engine.modules.values()) module.state = 'new'
  for (const instance of engine.instances.values()) {
    for (const [name, value] of instance.attributes) instance.earlier.set(name, value)
    instance.attributes.clear()
  }
}

function isInner(callee: FunctionValue): boolean {
  return callee.scope.function !== undefined
}

function isFollowed(engine: Engine, callee: FunctionValue): boolean {
  return callee.scope.module.role !== 'support' && (engine.isFirstRound || engine.mentionsMetrics(callee))
}

/** From now on only the functions that hold one of these names are followed for their own sake. */
export function attendTo(engine: Engine, names: readonly InterestingName[]): void {
  const matches = mentionsWord(names)
  const known = new Map<FunctionValue['definition'], boolean>()
  engine.isFirstRound = false
  engine.mentionsMetrics = ({ definition, scope }) => {
    let answer = known.get(definition)
    if (answer === undefined) {
      answer = matches(engine.tree.read(scope.module.path)?.text.slice(definition.start, definition.end) ?? '')
      known.set(definition, answer)
    }
    return answer
  }
}

function runWithAnything(engine: Engine, callee: FunctionValue): void {
  const context: Context = { engine, scope: callee.scope, results: undefined, classBody: undefined }
  const share = engine.spent > evaluationsPerRound ? evaluationsInHaste : evaluationsPerFunction
  engine.budget = share
  for (const self of receiversOf(context, callee)) {
    engine.budget = share
    callFunction(context, callee, anyArguments, self, undefined)
    engine.spent += share - engine.budget
    engine.exhausted ||= engine.budget < 0
  }
}

function receiversOf(context: Context, callee: FunctionValue): (Value | undefined)[] {
  const { owner } = callee
  if (!owner || callee.binding === 'static') return [undefined]
  if (callee.binding === 'class') return [owner]
  const name = callee.definition.kind === 'function' ? callee.definition.name : ''
  const made = instancesOf(owner)
  const receivers = made.length > 0 && !made[0]!.generic ? made : [genericInstance(context, owner)]
  return name === '__init__' || name === '__post_init__' ? [] : receivers.slice(0, context.engine.touchingItself.has(callee.definition) ? 200 : 5)
}

/** How often each word stands in the modules that are followed. */
function countWords(engine: Engine): Map<string, number> {
  const words = new Map<string, number>()
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    for (const [word] of engine.tree.read(module.path)!.text.matchAll(/[A-Za-z_]\w*/g)) words.set(word, (words.get(word) ?? 0) + 1)
  }
  return words
}

/** The names by which other files can reach what declares or records a metric. */
export function interestingNames(engine: Engine): InterestingName[] {
  const found = new Map<string, { modules: Set<string>; telling: boolean }>()
  const add = (name: string, path: string, attribute: boolean) => {
    if (!/^[A-Za-z_]\w*$/.test(name) || name.startsWith('__')) return
    const entry = found.get(name) ?? { modules: new Set<string>(), telling: false }
    found.set(name, entry)
    for (const segment of path.replace(/(\/__init__)?\.py$/, '').split('/').slice(-2)) entry.modules.add(segment.replace(/\W/g, '_'))
    entry.telling ||= attribute && name.length > 4 && !commonNames.has(name)
  }
  const touches = (value: Value): boolean => optionsOf(value).some((option) => {
    if (option.kind === 'metric') return true
    if (option.kind === 'function') return engine.touching.has(option.definition)
    if (option.kind === 'class') return isMetricClass(option, engine)
    if (option.kind === 'instance') return option.metric !== undefined || isMetricClass(option.class, engine)
    return option.kind === 'sequence' ? option.items.some(touches)
      : option.kind === 'dictionary' && option.entries.some((entry) => touches(entry.value))
  })
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    for (const [name, value] of module.scope.variables) if (touches(value)) add(name, module.path, false)
  }
  for (const callees of engine.methodsByName.values()) {
    for (const { definition, owner, scope } of callees) {
      if (definition.kind === 'function' && engine.touching.has(definition)) add(definition.name, scope.module.path, owner !== undefined)
    }
  }
  for (const [name, held] of engine.metricsByHolder) {
    for (const value of held.values()) {
      if (value.kind === 'metric') add(name, value.metric.constructorPlace.source.path, true)
    }
  }
  return [...found].map(([name, { modules, telling }]) => ({ name, modules, telling }))
}

function isMetricClass(owner: Extract<Value, { kind: 'class' }>, engine: Engine): boolean {
  if (constructorNamed(externalBase(owner) ?? '')) return true
  return [...owner.attributes.values()].some((value) => optionsOf(value).some((option) =>
    option.kind === 'metric' || (option.kind === 'function' && engine.touching.has(option.definition))))
}

/** Makes a module one whose functions are followed. */
export function followModule(engine: Engine, path: string, role: ModuleState['role']): void {
  const module = loadModuleText(engine, path)
  if (module && (module.role === 'support' || role === 'metrics')) module.role = role
}

function loadModuleText(engine: Engine, path: string): ModuleState | undefined {
  return engine.modules.get(path) ?? (loadModule(engine, path), engine.modules.get(path))
}
