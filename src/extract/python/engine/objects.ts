import type { ClassDefinition } from '../syntax/ast.js'
import type { ClassValue, Definition, FunctionValue, InstanceValue, Scope, Value } from '../values/types.js'

/** The functions, classes and objects of the program: what stands in one place, or is made in one, is one however often that is followed. */
export interface ObjectTable {
  readonly functions: WeakMap<Scope, Map<Definition, FunctionValue>>
  readonly functionsByName: Map<string, Set<FunctionValue>>
  /** Those of them that stand in a class. */
  readonly methodsByName: Map<string, Set<FunctionValue>>
  readonly classes: WeakMap<Scope, Map<ClassDefinition, ClassValue>>
  readonly instances: Map<string, InstanceValue>
  /** How many of them each call of a class has made. */
  readonly madeAt: Map<string, number>
  /** Classes that annotations name. */
  readonly annotated: Set<ClassValue>
  /** Those of them of which other objects may be made than those that were seen. */
  readonly madeUnseen: Set<ClassValue>
  /** The variables and attributes that were seen to keep values, as `module name` with the words by which the module is imported. */
  readonly kept: Set<string>
  /** Classes that code has got which cannot be followed, or instances of them. */
  readonly givenAway: Set<ClassValue>
  /** What the program keeps in attributes of things of libraries, by their names. */
  readonly keptOutside: Map<string, Value>
  /** The names of those of them in which files that are not followed put something. */
  readonly filledUnseen: Set<string>
  nextId: number
}

export function createObjectTable(): ObjectTable {
  return {
    functions: new WeakMap(), functionsByName: new Map(), methodsByName: new Map(), classes: new WeakMap(), instances: new Map(), madeAt: new Map(),
    annotated: new Set(), madeUnseen: new Set(), kept: new Set(), givenAway: new Set(), keptOutside: new Map(), filledUnseen: new Set(), nextId: 0,
  }
}

/** What objects hold is what they held earlier; nothing is seen to make those of unseen calls. */
export function emptyObjects({ instances }: ObjectTable): void {
  for (const instance of instances.values()) {
    if (instance.attributes.size > 0) instance.earlier = new Map(instance.attributes)
    instance.attributes.clear()
    if (instance.isOfUnseenCall) instance.generic = true
  }
}
