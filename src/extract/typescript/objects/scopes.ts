import type { Analysis } from '../engine/analysis.js'
import { isAnyUnrun } from '../engine/changes.js'
import type { Environment, Frame } from '../values/program.js'
import { assignedIn } from '../syntax/assigned.js'
import { writersOf } from '../syntax/writes.js'
import { readTopLevel } from './exports.js'
import { NOTHING, union, unknown, type Value } from '../values/values.js'
import { noteHolder } from '../engine/notes.js'

/** Names of the language that are followed; what else is global is a library of its own. */
const GLOBALS = new Set([
  'Array', 'Boolean', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Reflect', 'Set', 'String', 'Symbol', 'WeakMap', 'WeakSet',
  'console', 'globalThis', 'global', 'process', 'window', 'setInterval', 'setTimeout', 'setImmediate', 'Date', 'Error', 'RegExp', 'Buffer', 'require',
])

/** A scope inside another one: a block, a branch, one round of a loop. */
export function innerScope(parent: Environment, suffix: string, conditional: boolean): Environment {
  return { key: suffix === '' ? parent.key : `${parent.key}/${suffix}`, parent, frame: parent.frame, variables: new Map(), conditional }
}

/** The scope of a function's run. */
export function functionScope(parent: Environment, frame: Frame, key: string): Environment {
  return { key, parent, frame, variables: new Map(), conditional: true }
}

/** Whether code runs surely and once for each object of a key: it stands in the run that makes it, outside branches and loops. */
export function runsOnceWith(environment: Environment, key: string): boolean {
  let scope = environment
  while (scope.parent?.frame === environment.frame) {
    if (scope.conditional) return false
    scope = scope.parent
  }
  return key.startsWith(`${scope.key}@`) || key.startsWith(`${scope.key}/`)
}

export function declareVariable(analysis: Analysis, environment: Environment, name: string, value: Value): void {
  environment.variables.set(name, value)
  noteHolder(analysis, name, value)
}

/** Gives a variable a new value; it keeps the old one too where the assignment may not have run. */
export function assignVariable(analysis: Analysis, environment: Environment, name: string, value: Value): void {
  let conditional = false
  for (let scope: Environment | undefined = environment; scope; scope = scope.parent) {
    // A function of another file may be called before the file's top level has been read as far as the declaration.
    const old = scope.variables.get(name) ?? (scope.parent ? undefined : readTopLevel(analysis, scope.frame.module, name))
    if (old) {
      scope.variables.set(name, conditional || scope.changedLater?.has(name) ? union(old, value) : value)
      break
    }
    conditional ||= scope.conditional
    if (!scope.parent) scope.variables.set(name, value)
  }
  noteHolder(analysis, name, value)
}

/** The value of a name; `undefined` where nothing declares it. */
export function lookUp(analysis: Analysis, environment: Environment, name: string): Value | undefined {
  let scope = environment
  for (;;) {
    const value = scope.variables.get(name)
    if (value) return scope.parent ? value : withUnseenWrites(analysis, scope, name, environment.frame.function ? withLater(analysis, scope, name, value) : value)
    if (!scope.parent) break
    scope = scope.parent
  }
  const topLevel = readTopLevel(analysis, scope.frame.module, name)
  if (topLevel) return topLevel
  return GLOBALS.has(name) ? [{ kind: 'library', module: 'global', path: name }] : undefined
}

/** What a text in a variable of a module may be besides, where a function that nothing has run gives it another value. */
function withUnseenWrites(analysis: Analysis, { frame: { module } }: Environment, name: string, value: Value): Value {
  if (!value.some(({ kind }) => kind === 'string')) return value
  return isAnyUnrun(analysis, writersOf(module.program, name)) ? union(value, unknown(`a function gives "${name}" another value`)) : value
}

/** What a variable of a module that has no value yet is for a function, when others run before it: the pass before has seen them. */
function withLater({ previous }: Analysis, { frame: { module } }: Environment, name: string, value: Value): Value {
  if (!value.every(({ kind }) => kind === 'nullish') || !assignedIn(module.program).has(name)) return value
  return union(value, previous.heap.environments.get(module)?.variables.get(name) ?? NOTHING)
}
