import { placeOf, type Context } from '../engine/engine.js'
import { callValue, evaluate, executeBlock } from '../engine/follow.js'
import { enumKindOf } from '../objects/enums.js'
import type { ClassDefinition } from '../syntax/ast.js'
import { attributeBehind } from '../values/classes.js'
import { createScope } from '../values/scope.js'
import type { ClassValue, Definition, FunctionValue, Scope, Value } from '../values/types.js'
import { noArguments, optionsOf, union } from '../values/values.js'
import { nameOf } from '../syntax/definitions.js'

export function defineFunction(context: Context, definition: Definition): FunctionValue {
  const { engine, scope } = context
  // A function in a class body sees the scope around the class.
  const enclosing = context.classBody ? scope.parent! : scope
  const known = engine.objects.functions.get(scope)?.get(definition)
  if (known) {
    engine.functions.met.add(known)
    return known
  }
  const decorators = definition.kind === 'function' ? definition.decorators.map(nameOf) : []
  const isOfClass = decorators.includes('classmethod') || (definition.kind === 'function' && definition.name === '__init_subclass__')
  const binding = decorators.includes('staticmethod') ? 'static'
    : isOfClass ? 'class'
      : decorators.some((name) => name === 'property' || name === 'cached_property') ? 'property' : 'plain'
  const made: FunctionValue = {
    kind: 'function', id: engine.objects.nextId++, definition, scope: enclosing, owner: context.classBody, binding, via: [...engine.course.calls],
  }
  const inScope = engine.objects.functions.get(scope) ?? new Map<Definition, FunctionValue>()
  engine.objects.functions.set(scope, inScope.set(definition, made))
  engine.functions.met.add(made)
  if (definition.kind === 'function') {
    addByName(engine.objects.functionsByName, definition.name, made)
    if (made.owner) addByName(engine.objects.methodsByName, definition.name, made)
  }
  return made
}

function addByName(functions: Map<string, Set<FunctionValue>>, name: string, added: FunctionValue): void {
  const sharing = functions.get(name)
  if (sharing) sharing.add(added)
  else functions.set(name, new Set([added]))
}

export function defineClass(context: Context, definition: ClassDefinition): ClassValue {
  const { engine, scope } = context
  const written = definition.bases.filter((base) => base.name === undefined).map((base) => evaluate(context, base.value))
  let made = engine.objects.classes.get(scope)?.get(definition)
  if (!made) {
    made = {
      kind: 'class', id: engine.objects.nextId++, definition, scope, bases: [], lineage: undefined, attributes: new Map(),
      instances: new Set(), derived: new Set(), enumKind: 'none',
    }
    const inScope = engine.objects.classes.get(scope) ?? new Map<ClassDefinition, ClassValue>()
    engine.objects.classes.set(scope, inScope.set(definition, made))
  }
  made.bases = basesWithout(made, written)
  made.lineage = undefined
  for (const base of made.bases.flatMap(optionsOf)) if (base.kind === 'class') base.derived.add(made)
  made.enumKind = enumKindOf(made)
  executeBlock({ engine, scope: bodyScope(scope, made), results: undefined, classBody: made }, definition.body)
  const initializer = attributeBehind(made, '__init_subclass__', made)
  const given = definition.bases.flatMap(({ name, value }): [string, Value][] => (name === undefined || name === 'metaclass' ? [] : [[name, evaluate(context, value)]]))
  if (initializer) callValue(context, initializer, { ...noArguments, keyword: new Map(given) }, placeOf(context, definition))
  return made
}

/** What replaces the class that it inherits from (`flask.Flask = Instrumented`) seems to be its own base. */
function basesWithout(owner: ClassValue, bases: readonly Value[]): Value[] {
  const inherits = (value: Value): boolean => value.kind === 'class' && (value === owner || value.bases.flatMap(optionsOf).some(inherits))
  return bases.map((base) => union(optionsOf(base).filter((option) => !inherits(option))))
}

const bodyScopes = new WeakMap<ClassValue, Scope>()

/** One scope for each class, so that its methods stay the same when its body is followed again. */
function bodyScope(scope: Scope, owner: ClassValue): Scope {
  const known = bodyScopes.get(owner)
  if (known) return known
  const made = createScope(scope.module, scope)
  bodyScopes.set(owner, made)
  return made
}
