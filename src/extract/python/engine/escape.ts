import { hasWord } from '../sources/text-search.js'
import { addAnything } from '../values/containers.js'
import type { Arguments, Definition, FunctionValue, Value } from '../values/types.js'
import { optionsOf, unknown } from '../values/values.js'
import type { Engine } from './engine.js'

/**
 * A value is handed to code that cannot be followed: it may record a metric, and call a function, with anything. What is more
 * than three levels within it is left aside.
 */
export function escape(engine: Engine, value: Value, depth = 0): void {
  if (depth > 3) return
  for (const option of optionsOf(value)) {
    switch (option.kind) {
      case 'metric':
        // A child's labels are settled.
        if (option.child) option.metric.recorded = true
        else option.metric.escaped = true
        break
      case 'function':
        engine.functions.escaped.add(option.definition)
        handOnVariables(option)
        break
      case 'method':
        engine.functions.escaped.add(option.callee.definition)
        break
      case 'partial':
        escape(engine, option.callee, depth + 1)
        break
      case 'sequence':
        option.isHandedOn = true
        for (const item of option.items) escape(engine, item, depth + 1)
        break
      case 'dictionary':
        option.isHandedOn = true
        for (const entry of option.entries) escape(engine, entry.value, depth + 1)
        break
      case 'class':
        engine.objects.givenAway.add(option)
        break
      case 'instance':
        engine.objects.givenAway.add(option.class)
        if (option.metric) escape(engine, option.metric, depth + 1)
        break
      default:
    }
  }
}

/**
 * Whoever has a function may have it put something in the containers of the function that it stands in, or replace it there,
 * itself or by others that it names.
 */
function handOnVariables({ definition, scope }: FunctionValue, seen: Set<Definition> = new Set()): void {
  if (!scope.function || seen.has(definition)) return
  seen.add(definition)
  const text = scope.module.source.text.slice(definition.start, definition.end)
  for (const [name, value] of scope.variables) {
    if (!hasWord(text, name)) continue
    const isFilled = new RegExp(`(?<!\\w)${name}${FILLED}`).test(text)
    for (const option of optionsOf(value)) {
      if (option.kind === 'function') handOnVariables(option, seen)
      else if (isFilled && (option.kind === 'sequence' || option.kind === 'dictionary')) addAnything(option)
    }
  }
}

/** What is behind the name of a container that something is put in. */
const FILLED = String.raw`\s*(?:\[[^\n]*\]\s*[-+|]?=(?!=)|\.\s*(?:append|appendleft|add|extend|insert|update|setdefault)\b)`

/** Hands arguments to a call that cannot be followed. */
export function escapeInto(engine: Engine, args: Arguments): Value {
  for (const value of [...args.positional, ...args.keyword.values()]) escape(engine, value)
  return unknown('the result of a call that cannot be followed')
}
