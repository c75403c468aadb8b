import type { Engine } from '../engine/engine.js'
import type { SharedVariables } from '../engine/modules.js'
import { moduleWords } from '../sources/sources.js'
import { lineageOf } from '../values/classes.js'
import type { Definition, FunctionValue, InstanceValue, ModuleState, Scope, Value } from '../values/types.js'
import { isPlain, optionsOf, union, withOthers } from '../values/values.js'

function isUnseen(module: ModuleState, places: readonly number[] | undefined, from = 0, to = Infinity): boolean {
  return places?.some((at) => at >= from && at <= to && !module.written.has(at)) ?? false
}

/** Whether a method or another module that was never followed assigns this attribute. */
function isAttributeWrittenUnseen(engine: Engine, object: InstanceValue, name: string): boolean {
  for (const { definition: { start, end }, scope: { module } } of lineageOf(object.class)) {
    if (isUnseen(module, module.writes.own.get(name), start, end)) return true
  }
  for (const module of engine.modules.foreignWriters.get(name) ?? []) if (isUnseen(module, module.writes.foreign.get(name))) return true
  return false
}

/** Whether something is put in what an attribute keeps where nobody looked. */
function isAttributeFilledUnseen(engine: Engine, object: InstanceValue, name: string): boolean {
  for (const { definition: { start, end }, scope: { module } } of lineageOf(object.class)) {
    if (isUnseen(module, module.writes.filled.own.get(name), start, end)) return true
  }
  return isFilledByOthers(engine, object.class.scope.module, name)
}

/** What is kept under this name in a module is looked for in all files, also those that are not followed. */
function isFilledByOthers(engine: Engine, keeper: ModuleState, name: string): boolean {
  const { kept, filledUnseen } = engine.objects
  for (const word of moduleWords(keeper.path)) kept.add(`${word} ${name}`)
  if (filledUnseen.has(name)) return true
  for (const module of engine.modules.foreignWriters.get(name) ?? []) if (isUnseen(module, module.writes.filled.foreign.get(name))) return true
  return false
}

/** Whether values that may stand in labels are kept in a list, set or dictionary, or nothing is yet, which declares no metric. */
function keepsPlain({ course, functions }: Engine, value: Value): boolean {
  if (value.kind !== 'sequence' && value.kind !== 'dictionary') return false
  const kept = value.kind === 'sequence' ? value.items : value.entries.map((entry) => entry.value)
  const innermost = course.stack.at(-1)
  return kept.length > 0 ? kept.every((each) => optionsOf(each).every(isPlain)) : innermost !== undefined && !functions.declaring.has(innermost.definition)
}

/** A variable of a module that keeps values, of which others may have been put there where nobody looked. */
export function withUnseenItems(engine: Engine, module: ModuleState, name: string, value: Value): Value {
  if (!optionsOf(value).some((option) => keepsPlain(engine, option))) return value
  const isFilled = isUnseen(module, module.writes.filled.variables.get(name)) || isFilledByOthers(engine, module, name)
  return isFilled ? withOthers(value, `something is put in ${name} elsewhere`) : value
}

/** An attribute of which other values may have been assigned where nobody looked. */
export function withUnseenWrites(engine: Engine, object: InstanceValue, name: string, value: Value): Value {
  const keeps = optionsOf(value).some((option) => keepsPlain(engine, option))
  if (!keeps && !optionsOf(value).some(isPlain)) return value
  if (!isAttributeWrittenUnseen(engine, object, name) && !(keeps && isAttributeFilledUnseen(engine, object, name))) return value
  return withOthers(value, `attribute ${name} is assigned elsewhere`)
}

const writers = new WeakMap<Definition, boolean>()

/** Whether following a function has an effect beyond its result. */
export function writesAttributes({ definition, scope: { module: { writes } } }: FunctionValue): boolean {
  let answer = writers.get(definition)
  if (answer === undefined) {
    const { start, end } = definition
    answer = [...writes.own.values(), ...writes.foreign.values(), ...writes.global.values()].some((places) => places.some((at) => at >= start && at <= end))
    writers.set(definition, answer)
  }
  return answer
}

function sharedIn(engine: Engine, scope: Scope): SharedVariables | undefined {
  return engine.modules.sharedVariables.get(scope.function?.definition ?? scope.module)
}

/** A function assigns a variable that is not its own. */
export function noteSharedWrite(engine: Engine, scope: Scope, name: string, value: Value): void {
  const key = scope.function?.definition ?? scope.module
  let shared = engine.modules.sharedVariables.get(key)
  if (!shared) engine.modules.sharedVariables.set(key, (shared = { now: new Map(), earlier: new Map() }))
  const before = shared.now.get(name)
  shared.now.set(name, before ? union([before, value]) : value)
}

/** What a variable may be beside the value that its own scope gives it: functions within may run at any time. */
export function withSharedWrites(engine: Engine, scope: Scope, name: string, value: Value): Value {
  const { module } = scope
  const statements = (scope.function ? module.writes.nonlocal : module.writes.global).get(name)
  if (!statements) return value
  const shared = sharedIn(engine, scope)
  const all = [value, shared?.now.get(name), shared?.earlier.get(name)].filter((each) => each !== undefined)
  const known = union(all)
  return isUnseen(module, statements) && optionsOf(known).some(isPlain) ? withOthers(known, `${name} is assigned elsewhere`) : known
}
