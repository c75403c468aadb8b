import type { Context } from '../engine/engine.js'
import { perhaps } from '../engine/flow.js'
import { evaluate } from '../engine/follow.js'
import { assign } from '../objects/assignment.js'
import type { ComprehensionExpression } from '../syntax/ast.js'
import { addItems, itemsOf } from '../values/containers.js'
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
  /** @param isSure whether it is there for sure what this adds */
  const follow = (depth: number, isSure: boolean): void => {
    const clause = comprehension.clauses[depth]
    if (!clause) {
      const value = evaluate(inner, comprehension.value)
      if (comprehension.key) dictionary.entries.push({ key: evaluate(inner, comprehension.key), value, perhaps: !isSure })
      else if (list.items.length < maximumRounds) addItems(list, [value], !isSure)
      else list.open = true
      return
    }
    const { items, open, others, lacks } = itemsOf(evaluate(inner, clause.iterable))
    if (items.length > maximumRounds) list.open = dictionary.open = true
    for (const item of items.slice(0, maximumRounds)) {
      assign(inner, clause.target, item)
      const tests = clause.conditions.map((condition) => {
        const test = evaluate(inner, condition)
        return dependsOnlyOnLocals(inner, condition) ? truth(test) : undefined
      })
      if (!tests.includes(false)) follow(depth + 1, isSure && !lacks && !tests.includes(undefined))
    }
    if (!open) return
    list.open = dictionary.open = true
    assign(inner, clause.target, others)
    follow(depth + 1, false)
  }
  // `[found.append(one) for one in all]`
  if (comprehension.value.kind === 'call') perhaps(context, () => follow(0, true))
  else follow(0, true)
  if (comprehension.key) return dictionary
  return list
}
