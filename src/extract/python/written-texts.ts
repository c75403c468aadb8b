import { digest } from './digest.js'
import type { Context } from './engine.js'
import { touch } from './engine.js'
import type { Value } from './values.js'
import { optionsOf } from './values.js'

/** Keeps the texts of a module that writes the exposition format itself; gives the value back. */
export function noteWritten(context: Context, value: Value): Value {
  const { engine, scope } = context
  if (!scope.module.writesExposition) return value
  for (const option of optionsOf(value)) {
    if (option.kind !== 'text') continue
    const key = digest(option)
    if (!engine.writtenTexts.has(key)) engine.writtenTexts.set(key, option)
    if (!option.parts.some((part) => part.includes('# TYPE ') || part.includes('# HELP '))) continue
    touch(engine)
    for (const { definition } of engine.stack.slice(-5)) engine.declaring.add(definition)
  }
  return value
}
