import type { Context } from '../engine/engine.js'
import { callValue, evaluate } from '../engine/follow.js'
import type { Expression } from '../syntax/ast.js'
import { nameOf } from '../syntax/definitions.js'
import type { ClassValue, FunctionValue, Value } from '../values/types.js'
import { optionsOf, union } from '../values/values.js'

/** Decorators that leave what they decorate to be called as it stands. */
const transparentDecorators = new Set((
  'staticmethod classmethod property cached_property lru_cache cache wraps contextmanager asynccontextmanager overload ' +
  'abstractmethod override final dataclass s attrs define frozen total_ordering singledispatch unique setter getter ' +
  'deprecated runtime_checkable no_type_check'
).split(' '))

export function applyDecorators(context: Context, decorated: FunctionValue | ClassValue, decorators: readonly Expression[]): Value {
  let value: Value = decorated
  for (const decorator of [...decorators].reverse()) {
    if (transparentDecorators.has(nameOf(decorator))) continue
    value = applyDecorator(context, evaluate(context, decorator), value, decorated)
  }
  return value
}

function applyDecorator(context: Context, decorator: Value, value: Value, decorated: FunctionValue | ClassValue): Value {
  const followed = optionsOf(decorator).filter((option) => ['function', 'method', 'class', 'partial'].includes(option.kind))
  const results = followed.map((option) => callValue(context, option, { positional: [value], keyword: new Map(), open: false }, undefined))
  // A decorator of a library may register the function and call it at any time.
  const isTimer = decorator.kind === 'metric' || (decorator.kind === 'constant' && decorator.value === null)
  if (followed.length === 0) {
    if (!isTimer && decorated.kind === 'function') context.engine.functions.escaped.add(decorated.definition)
    return value
  }
  const kept = results.flatMap(optionsOf).filter((result) => !['unknown', 'constant'].includes(result.kind))
  if (kept.length === 0 && decorated.kind === 'function') context.engine.functions.escaped.add(decorated.definition)
  return kept.length > 0 ? bindOwner(union(kept), decorated) : value
}

/** A wrapper made by a decorator stands in the class in place of the method. */
function bindOwner(value: Value, decorated: FunctionValue | ClassValue): Value {
  if (value.kind !== 'function' || decorated.kind !== 'function' || !decorated.owner || value.owner) return value
  return { ...value, owner: decorated.owner, binding: decorated.binding }
}
