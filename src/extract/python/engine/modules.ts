import type { Extraction } from '../../types.js'
import type { Definition, ModuleState, Value } from '../values/types.js'

/** The modules that were read, and what their texts tell together. */
export interface ModuleTable {
  readonly byPath: Map<string, ModuleState>
  readonly problems: Extraction['problems'][number][]
  /** Those that assign an attribute of this name to something other than `self`, or put something in it. */
  readonly foreignWriters: Map<string, Set<ModuleState>>
  /** By function or module, what functions within assign to its variables. */
  readonly sharedVariables: Map<Definition | ModuleState, SharedVariables>
  /** How often each word stands in the modules that are followed. */
  readonly words: WordCount
}

/** What functions assign to the variables of an enclosing scope, now and when the program was followed before. */
export interface SharedVariables {
  now: Map<string, Value>
  earlier: Map<string, Value>
}

interface WordCount {
  /** The modules that are counted already. */
  readonly counted: Set<ModuleState>
  readonly counts: Map<string, number>
}

export function createModuleTable(): ModuleTable {
  return { byPath: new Map(), problems: [], foreignWriters: new Map(), sharedVariables: new Map(), words: { counted: new Set(), counts: new Map() } }
}

/** Every module is to be run again; what functions assigned to the variables of others was earlier. */
export function startModulesAgain({ byPath, sharedVariables }: ModuleTable): void {
  for (const shared of sharedVariables.values()) {
    shared.earlier = shared.now
    shared.now = new Map()
  }
  for (const module of byPath.values()) {
    module.state = 'new'
    module.evaluated.clear()
  }
}
