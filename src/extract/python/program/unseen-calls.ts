import { isConstructor } from '../clients/prometheus-client.js'
import type { Engine } from '../engine/engine.js'
import { genericInstance } from '../engine/follow.js'
import { isMetricClass } from '../language/instances.js'
import { commonNames } from '../sources/common-names.js'
import type { References } from '../syntax/references.js'
import { findReferences } from '../syntax/references.js'
import { externalBase } from '../values/classes.js'
import type { ClassValue, FunctionValue, ModuleState } from '../values/types.js'
import { optionsOf } from '../values/values.js'
import { evaluationsPerFunction, isInner, runUntilStable } from './rounds.js'

/** Follows for any arguments what may be called from places that were not reached. */
export function followUnseenCalls(engine: Engine): void {
  engine.effort.spent = 0
  const references = findProgramReferences(engine)
  const unseenInstances = makeUnseenInstances(engine, references)
  runUntilStable(engine, (callee) => (callee.owner && unseenInstances.has(callee.owner)) || isUsedUnseen(engine, references, callee))
}

/** Of a class that is called in a place that was not reached there is an instance made with any arguments. */
function makeUnseenInstances(engine: Engine, references: ProgramReferences): Set<ClassValue> {
  const owners = new Set<ClassValue>()
  const scopes = new Map([...engine.functions.met].flatMap(({ owner, scope }) => (owner && isMetricClass(engine, owner) ? [[owner, scope] as const] : [])))
  for (const [owner, scope] of scopes) {
    const names = new Set([owner.definition.name, ...[...owner.instances].map((instance) => instance.class.definition.name)])
    if (!hasUnseen(references, names, 'calls')) continue
    engine.effort.budget = evaluationsPerFunction
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
  if (!engine.functions.touching.has(definition)) return true
  // Other files may call it, and were not looked for by so common a name; whoever makes metrics is mostly called nearby.
  const isSeen = (engine.functions.called.has(definition) && engine.functions.declaring.has(definition)) || (owner && isConstructor(externalBase(owner) ?? ''))
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
  for (const module of engine.modules.byPath.values()) {
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
