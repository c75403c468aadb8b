import type { Context } from '../engine/engine.js'
import { evaluate } from '../engine/follow.js'
import { assign } from '../objects/assignment.js'
import type { ComprehensionExpression } from '../syntax/ast.js'
import { itemsOf } from '../values/containers.js'
import { createScope } from '../values/scope.js'
import type { Value } from '../values/types.js'
import { sequence, truth } from '../values/values.js'
import { dependsOnlyOnLocals } from './conditions.js'

/** How many items of each loop are followed, and how many there may be in all. */
const maximumRounds = 500

export function evaluateComprehension(context: Context, comprehension: ComprehensionExpression): Value {
  const scope = createScope(context.scope.module, context.scope, { function: context.scope.function, self: context.scope.self })
  const inner: Context = { ...context, scope, classBody: undefined, enclosing: context, results: context.results ?? { returned: [], yielded: [] } }
  const list = sequence([])
  const dictionary: Value = { kind: 'dictionary', entries: [], open: false }
  const follow = (depth: number): void => {
    const clause = comprehension.clauses[depth]
    if (!clause) {
      const value = evaluate(inner, comprehension.value)
      if (comprehension.key) dictionary.entries.push({ key: evaluate(inner, comprehension.key), value })
      else if (list.items.length < maximumRounds) list.items.push(value)
      else list.open = true
      return
    }
    const { items, open, others } = itemsOf(evaluate(inner, clause.iterable))
    if (items.length > maximumRounds) list.open = dictionary.open = true
    for (const item of items.slice(0, maximumRounds)) {
      assign(inner, clause.target, item)
      const kept = clause.conditions.every((condition) => {
        const test = evaluate(inner, condition)
        return !dependsOnlyOnLocals(inner, condition) || truth(test) !== false
      })
      if (kept) follow(depth + 1)
    }
    if (!open) return
    list.open = dictionary.open = true
    assign(inner, clause.target, others)
    follow(depth + 1)
  }
  follow(0)
  if (comprehension.key) return dictionary
  return list
}
