import type { Context } from '../engine/engine.js'
import { evaluate } from '../engine/follow.js'
import type { Argument } from '../syntax/ast.js'
import { itemsOf } from '../values/containers.js'
import type { Arguments, Value } from '../values/types.js'
import { noArguments, optionsOf, union } from '../values/values.js'

/** What is handed over to a call. */
export function evaluateArguments(context: Context, args: readonly Argument[]): Arguments {
  const positional: Value[] = []
  let keyword: Map<string, Value> | undefined
  let open = false
  for (const arg of args) {
    const value = evaluate(context, arg.value)
    if (arg.star === '*') {
      const { items, open: mayHaveMore, lacks } = itemsOf(value)
      // Where one may not be there, none has a position.
      if (!lacks) positional.push(...items)
      open ||= mayHaveMore || lacks
    } else if (arg.star === '**') {
      for (const option of optionsOf(value)) {
        if (option.kind !== 'dictionary' || option.open) open = true
        if (option.kind !== 'dictionary') continue
        for (const entry of option.entries) {
          if (entry.key.kind !== 'text' || entry.key.parts.length > 1) {
            open = true
            continue
          }
          const [name] = entry.key.parts as [string]
          keyword ??= new Map<string, Value>()
          const before = entry.perhaps ? keyword.get(name) : undefined
          keyword.set(name, before ? union([before, entry.value]) : entry.value)
        }
      }
    } else {
      const isOfCall = arg.value.kind === 'dictionary' && arg.value.entries.length > 0 && value.kind === 'dictionary'
      const given: Value = isOfCall ? { ...value, isOfCall } : value
      if (arg.name !== undefined) (keyword ??= new Map<string, Value>()).set(arg.name, given)
      else positional.push(given)
    }
  }
  return { positional, keyword: keyword ?? noArguments.keyword, open }
}
