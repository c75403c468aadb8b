import type { Engine } from '../engine/engine.js'
import { lineageOf } from './lookup.js'
import type { FunctionValue, InstanceValue, ModuleState, Scope, Value } from '../values/values.js'
import { optionsOf, union, unknown } from '../values/values.js'

/** Where a module's text writes what other functions read: by name, where `x.name` ends or the statement begins. */
export interface Writes {
  /** `self.name = …` */
  readonly own: ReadonlyMap<string, readonly number[]>
  /** `other.name = …` */
  readonly foreign: ReadonlyMap<string, readonly number[]>
  /** `global name` */
  readonly global: ReadonlyMap<string, readonly number[]>
  /** `nonlocal name` */
  readonly nonlocal: ReadonlyMap<string, readonly number[]>
}

const targets = /^[ \t]*[\w.()[\]'"*, \t]{0,200}\.\w[\w.()[\]'"*, \t]{0,200}(?::[^=\n]*)?(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])?=(?!=)/gm
const declared = /^[ \t]*(global|nonlocal)[ \t]+([\w, \t]+)/gm

export function findWrites(text: string): Writes {
  const found = { own: new Map<string, number[]>(), foreign: new Map<string, number[]>(), global: new Map<string, number[]>(), nonlocal: new Map<string, number[]>() }
  const note = (kind: keyof typeof found, name: string, at: number) => {
    const known = found[kind].get(name)
    if (known) known.push(at)
    else found[kind].set(name, [at])
  }
  for (const statement of text.matchAll(targets)) {
    // `f(self.a, b=1)` over several lines
    if (statement[0].includes(',') && !/\s\S?=$/.test(statement[0])) continue
    for (const target of statement[0].matchAll(/([\w)\]]+)\.([A-Za-z_]\w*)(?=[ \t]*[,:=)\-+*/%@&|^<>]|[ \t]*$)/g)) {
      note(target[1] === 'self' || target[1] === 'cls' ? 'own' : 'foreign', target[2]!, statement.index + target.index + target[0].length)
    }
  }
  for (const statement of text.matchAll(declared)) {
    const start = statement.index + statement[0].search(/\S/)
    for (const name of statement[2]!.match(/\w+/g) ?? []) note(statement[1] as 'global' | 'nonlocal', name, start)
  }
  return found
}

function isUnseen(module: ModuleState, places: readonly number[] | undefined, from = 0, to = Infinity): boolean {
  return places?.some((at) => at >= from && at <= to && !module.written.has(at)) ?? false
}

/** Whether a method or another module that was never followed assigns this attribute. */
function isAttributeWrittenUnseen(engine: Engine, object: InstanceValue, name: string): boolean {
  const inClass = lineageOf(object.class).some(({ definition, scope: { module } }) =>
    isUnseen(module, module.writes.own.get(name), definition.start, definition.end))
  return inClass || [...engine.foreignWriters.get(name) ?? []].some((module) => isUnseen(module, module.writes.foreign.get(name)))
}

/** An attribute of which other values may have been assigned where nobody looked. */
export function withUnseenWrites(engine: Engine, object: InstanceValue, name: string, value: Value): Value {
  if (!optionsOf(value).some(isPlain) || !isAttributeWrittenUnseen(engine, object, name)) return value
  return withOthers(value, `attribute ${name} is assigned elsewhere`)
}

export function withOthers(value: Value, reason: string): Value {
  return union([value, { ...unknown(reason), unlikely: true }])
}

/** What may stand in a label. */
export function isPlain(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'constant' || (value.kind === 'instance' && value.member !== undefined)
}

/** Whether following a function has an effect beyond its result. */
export function writesAttributes({ definition: { start, end }, scope: { module } }: FunctionValue): boolean {
  return [...module.writes.own.values(), ...module.writes.foreign.values(), ...module.writes.global.values()].some((places) =>
    places.some((at) => at >= start && at <= end))
}

/** What functions assign to the variables of an enclosing scope, now and when the program was followed before. */
export interface SharedVariables {
  now: Map<string, Value>
  earlier: Map<string, Value>
}

function sharedIn(engine: Engine, scope: Scope): SharedVariables | undefined {
  return engine.sharedVariables.get(scope.function?.definition ?? scope.module)
}

/** A function assigns a variable that is not its own. */
export function noteSharedWrite(engine: Engine, scope: Scope, name: string, value: Value): void {
  const key = scope.function?.definition ?? scope.module
  let shared = engine.sharedVariables.get(key)
  if (!shared) engine.sharedVariables.set(key, (shared = { now: new Map(), earlier: new Map() }))
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
