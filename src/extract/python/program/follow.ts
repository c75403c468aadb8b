import { isFunction } from '../../types.js'
import { forgetLeft } from '../engine/budget.js'
import { anyArguments, callFunction, commonNames } from '../language/calls.js'
import { genericInstance, isMetricClass } from '../language/instances.js'
import type { Context, Engine } from '../engine/engine.js'
import { isFromMetricsLibrary } from '../clients/libraries.js'
import { externalBase, loadModule } from '../language/lookup.js'
import { forgetRecordings } from '../values/metrics.js'
import { instrumentMethods } from '../clients/opentelemetry.js'
import { constructorNamed, constructorNames } from '../clients/prometheus-client.js'
import { moduleWords } from '../sources/sources.js'
import type { InterestingName } from '../sources/sources.js'
import { mentionsWord } from '../sources/text-search.js'
import { findReferences } from '../syntax/references.js'
import type { References } from '../syntax/references.js'
import type { ClassValue, FunctionValue, ModuleState, Value } from '../values/values.js'
import { instancesOf, optionsOf } from '../values/values.js'

const evaluationsPerFunction = 8_000
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
  const calledBefore = new Set(engine.called)
  runModules(engine, paths)
  const words = countWords(engine)
  // Nothing else bears its name, so nothing calls it.
  runAll(engine, (callee) => callee.definition.kind === 'function' && words.get(callee.definition.name) === 1 && !isInner(callee))
  const isReached = ({ definition }: FunctionValue) => engine.called.has(definition) || calledBefore.has(definition)
  runUntilStable(engine, (callee) => !isReached(callee))
  runUntilStable(engine, (callee) => !engine.called.has(callee.definition))
}

/** Follows for any arguments what may be called from places that were not reached. */
export function followUnseenCalls(engine: Engine): void {
  engine.spent = 0
  const references = findProgramReferences(engine)
  const unseenInstances = makeUnseenInstances(engine, references)
  runUntilStable(engine, (callee) => (callee.owner && unseenInstances.has(callee.owner)) || isUsedUnseen(engine, references, callee))
}

function runUntilStable(engine: Engine, choose: (callee: FunctionValue) => boolean): void {
  while (runAll(engine, (callee) => choose(callee) || engine.escaped.has(callee.definition)) > 0);
}

/** Follows the chosen functions, and those followed before for which there are new objects; how many there were. */
function runAll(engine: Engine, choose: (callee: FunctionValue) => boolean): number {
  let count = 0
  for (const callee of engine.met) {
    if (!isFollowed(engine, callee)) continue
    const objects = callee.owner ? instancesOf(callee.owner).length : 0
    const before = engine.followed.get(callee)
    if (before === undefined ? !choose(callee) : before >= objects) continue
    runWithAnything(engine, callee)
    engine.followed.set(callee, Math.max(objects, 1))
    count++
  }
  return count
}

/** Of a class that is called in a place that was not reached there is an instance made with any arguments. */
function makeUnseenInstances(engine: Engine, references: ProgramReferences): Set<ClassValue> {
  const owners = new Set<ClassValue>()
  const scopes = new Map([...engine.met].flatMap(({ owner, scope }) => (owner && isMetricClass(engine, owner) ? [[owner, scope] as const] : [])))
  for (const [owner, scope] of scopes) {
    const names = new Set([owner.definition.name, ...[...owner.instances].map((instance) => instance.class.definition.name)])
    if (!hasUnseen(references, names, 'calls')) continue
    engine.budget = evaluationsPerFunction
    const made = genericInstance({ engine, scope, results: undefined, classBody: undefined }, owner)
    if (made.kind === 'instance') made.generic = false
    for (const each of [owner, ...basesOf(owner)]) owners.add(each)
  }
  return owners
}

function basesOf(owner: ClassValue): ClassValue[] {
  return owner.bases.flatMap(optionsOf).flatMap((base) => (base.kind === 'class' ? [base, ...basesOf(base)] : []))
}

/** Whether a function may be called from a place that was not reached. */
function isUsedUnseen(engine: Engine, references: ProgramReferences, callee: FunctionValue): boolean {
  const { definition, owner } = callee
  if (definition.kind === 'lambda' || isInner(callee) || definition.name.startsWith('__')) return false
  if (!engine.touching.has(definition)) return true
  // Other files may call it, and were not looked for by so common a name; whoever makes metrics is mostly called nearby.
  const isSeen = (engine.called.has(definition) && engine.declaring.has(definition)) || (owner && constructorNamed(externalBase(owner) ?? ''))
  if (owner && commonNames.has(definition.name) && !isSeen) return true
  return hasUnseen(references, new Set([definition.name]), 'uses')
}

function hasUnseen(references: ProgramReferences, names: ReadonlySet<string>, how: keyof References): boolean {
  for (const name of names) {
    if (references[how].get(name)?.some(({ module, ends }) => ends.some((end) => !module.evaluated.has(end)))) return true
  }
  return false
}

/** Where names are used in all modules that are followed. */
type ProgramReferences = { readonly [How in keyof References]: Map<string, { readonly module: ModuleState; readonly ends: readonly number[] }[]> }

function findProgramReferences(engine: Engine): ProgramReferences {
  const found: ProgramReferences = { uses: new Map(), calls: new Map() }
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    const { uses, calls } = findReferences(module.body)
    for (const [all, inModule] of [[found.uses, uses], [found.calls, calls]] as const) {
      for (const [name, ends] of inModule) {
        const known = all.get(name)
        if (known) known.push({ module, ends })
        else all.set(name, [{ module, ends }])
      }
    }
  }
  return found
}

/** Executes the top level of these modules, and of those that they import. */
export function runModules(engine: Engine, paths: readonly string[]): void {
  startAgain(engine)
  for (const path of paths) loadModule(engine, path)
}

function startAgain(engine: Engine): void {
  forgetRecordings(engine.metrics)
  engine.memo.clear()
  engine.met.clear()
  engine.followed.clear()
  engine.called.clear()
  engine.escaped.clear()
  engine.unresolvedLabels.clear()
  engine.instrumentations.clear()
  engine.writtenTexts.clear()
  engine.runs.clear()
  engine.escapedNames.clear()
  engine.left.clear()
  engine.spent = 0
  forgetLeft(engine.total)
  for (const shared of engine.sharedVariables.values()) {
    shared.earlier = shared.now
    shared.now = new Map()
  }
  for (const module of engine.modules.values()) {
    module.state = 'new'
    module.evaluated.clear()
  }
  for (const instance of engine.instances.values()) {
    if (instance.attributes.size > 0) instance.earlier = new Map(instance.attributes)
    instance.attributes.clear()
    if (instance.isOfUnseenCall) instance.generic = true
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
  const matches = mentionsWord([...new Set([...names.map(({ name }) => name), ...libraryWords(engine)])])
  const known = new Map<FunctionValue['definition'], boolean>()
  engine.isFirstRound = false
  engine.mentionsMetrics = ({ definition, scope }) => {
    // What a function within one that has to do with metrics does with its variables shows no such name.
    if (scope.function && engine.touching.has(scope.function.definition)) return true
    let answer = known.get(definition)
    if (answer === undefined) {
      answer = matches(scope.module.source.text.slice(definition.start, definition.end))
      known.set(definition, answer)
    }
    return answer
  }
}

/** The words by which a function can get at a metrics library: what its module imports from one, above all. */
function libraryWords(engine: Engine): Set<string> {
  const words = new Set(['prometheus_client', 'aioprometheus', 'opentelemetry', ...instrumentMethods])
  for (const { name } of engine.options.factories?.filter(isFunction) ?? []) words.add(name.slice(name.lastIndexOf('.') + 1))
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    if (module.writesExposition) words.add('TYPE').add('HELP').add('version')
    if (module.starImports.some(isFromMetricsLibrary)) {
      for (const name of constructorNames) words.add(name)
    }
    for (const [name, resolvers] of module.scope.imports) {
      if (resolvers.some((resolve) => optionsOf(resolve()).some(isFromMetricsLibrary))) words.add(name)
    }
  }
  return words
}

function runWithAnything(engine: Engine, callee: FunctionValue): void {
  const context: Context = { engine, scope: callee.scope, results: undefined, classBody: undefined }
  const inHaste = engine.spent > evaluationsPerRound && !engine.touchingItself.has(callee.definition)
  const usual = engine.declaring.has(callee.definition) ? evaluationsPerDeclaring : inHaste ? evaluationsInHaste : evaluationsPerFunction
  const share = usual * Math.max(1, engine.options.budget ?? 1)
  engine.budget = share
  for (const self of receiversOf(context, callee)) {
    engine.budget = share
    callFunction(context, callee, anyArguments, self, undefined)
    engine.spent += share - engine.budget
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

/** Counts the words of the modules that are followed; those of each module once. */
function countWords({ modules, words: { counted, counts } }: Engine): ReadonlyMap<string, number> {
  for (const module of modules.values()) {
    if (module.role === 'support' || counted.has(module)) continue
    counted.add(module)
    for (const word of module.source.text.match(/[A-Za-z_]\w*/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** The names by which other files can reach what declares or records a metric. */
export function interestingNames(engine: Engine): InterestingName[] {
  const found = new Map<string, { modules: Set<string>; telling: boolean }>()
  const add = (name: string, path: string, attribute: boolean) => {
    if (!/^[A-Za-z_]\w*$/.test(name) || name.startsWith('__')) return
    const entry = found.get(name) ?? { modules: new Set<string>(), telling: false }
    found.set(name, entry)
    for (const word of moduleWords(path)) entry.modules.add(word)
    entry.telling ||= attribute && name.length > 4 && !commonNames.has(name)
  }
  const touches = (value: Value): boolean => optionsOf(value).some((option) => {
    if (option.kind === 'metric') return true
    if (option.kind === 'function') return engine.touching.has(option.definition)
    if (option.kind === 'class') return isMetricClass(engine, option)
    if (option.kind === 'instance') return option.metric !== undefined || isMetricClass(engine, option.class)
    return option.kind === 'sequence' ? option.items.some(touches)
      : option.kind === 'dictionary' && option.entries.some((entry) => touches(entry.value))
  })
  for (const module of engine.modules.values()) {
    if (module.role === 'support') continue
    for (const [name, value] of module.scope.variables) if (touches(value)) add(name, module.path, false)
  }
  for (const callees of engine.functionsByName.values()) {
    for (const { definition, owner, scope } of callees) {
      if (definition.kind === 'function' && engine.touching.has(definition)) add(definition.name, scope.module.path, owner !== undefined)
    }
  }
  for (const [name, held] of engine.metricsByHolder) {
    for (const value of held.values()) {
      if (value.kind === 'metric') add(name, value.metric.constructorPlace.source.path, true)
    }
  }
  for (const [name, path] of engine.containerHolders) add(name, path, true)
  return [...found].map(([name, { modules, telling }]) => ({ name, modules, telling }))
}

/** Makes a module one whose functions are followed. */
export function followModule(engine: Engine, path: string, role: ModuleState['role']): void {
  const module = loadModuleText(engine, path)
  if (module && (module.role === 'support' || role === 'metrics')) module.role = role
}

function loadModuleText(engine: Engine, path: string): ModuleState | undefined {
  return engine.modules.get(path) ?? (loadModule(engine, path), engine.modules.get(path))
}
