import type { FunctionNode } from '../syntax/syntax.js'
import { changesOf, namesUsedIn } from '../syntax/writes.js'
import { EXTERNAL, union, unknown, type FunctionAtom } from '../values/values.js'
import type { Environment } from '../values/program.js'
import type { Analysis } from './analysis.js'
import { invoke } from './engine.js'
import { addAnywhere, allocate, keepsMetrics, metricsIn } from './heap.js'

/** How long a function is, in characters, that is run for the variables around it that it changes. */
const LONGEST_CHANGE = 200

/** A variable of a function that runs, and the scope that it is declared in. */
export interface Local {
  readonly name: string
  readonly scope: Environment
}

/**
 * The variables of the functions around a function that it changes, itself or by functions around it that it names; but for
 * those that metrics are in: `metrics.jobs.set(1)` changes none.
 */
export function changedLocals(analysis: Analysis, { node, environment }: FunctionAtom, seen: Set<FunctionNode> = new Set()): Local[] {
  if (seen.has(node) || !environment.parent) return []
  seen.add(node)
  const own = [...changesOf(node).variables].flatMap(([name, isAssigned]) => {
    const scope = localScope(environment, name)
    if (!scope) return []
    const value = scope.variables.get(name)!
    const isPlain = isAssigned || value.some(({ kind }) => kind === 'object')
    return isPlain && metricsIn(analysis, value).length === 0 && !keepsMetrics(analysis, value) ? [{ name, scope }] : []
  })
  const named = [...namesUsedIn(node)].flatMap((name) => localScope(environment, name)?.variables.get(name)?.filter((atom) => atom.kind === 'function') ?? [])
  return [...own, ...named.flatMap((atom) => changedLocals(analysis, atom, seen))]
}

/** The scope of a function that has a variable; `undefined` for those of a module. */
function localScope(environment: Environment, name: string): Environment | undefined {
  let scope: Environment | undefined = environment
  while (scope && !scope.variables.has(name)) scope = scope.parent
  return scope?.parent ? scope : undefined
}

/** Whether a function is so short that what it changes is found by running it. */
export function isShort({ node: { range: [start, end] } }: FunctionAtom): boolean {
  return end - start <= LONGEST_CHANGE
}

/** Variables may be anything from now on, and so may what is in the lists and objects that they are. */
export function openLocals(analysis: Analysis, locals: readonly Local[]): void {
  for (const { name, scope } of locals) {
    const changed = unknown(`a function gives "${name}" another value`)
    const value = scope.variables.get(name)!
    const objects = value.flatMap((atom) => (atom.kind === 'object' ? [allocate(analysis, atom.key)] : []))
    if (objects.every((object) => object.class)) scope.variables.set(name, union(value, changed))
    for (const object of objects) if (!object.class) addAnywhere(object, changed)
  }
}

/** Whether one of some functions has run in neither this pass nor the one before: what it writes has not been seen. */
export function isAnyUnrun({ facts, previous }: Analysis, functions: readonly FunctionNode[]): boolean {
  return functions.some((each) => !facts.runs.returns.has(each) && !previous.runs.returns.has(each))
}

/** Something unknown has a function, and may call it at any time: what it changes has both values from now on. */
export function noteLaterChanges(analysis: Analysis, atom: FunctionAtom): void {
  const locals = changedLocals(analysis, atom)
  for (const { name, scope } of locals) (scope.changedLater ??= new Set()).add(name)
  if (locals.length > 0 && changesOf(atom.node).isAll) invoke(analysis, atom, atom.node.params.map(() => EXTERNAL), undefined)
  else openLocals(analysis, locals)
}
