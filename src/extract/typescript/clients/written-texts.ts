import type { Analysis } from '../engine/analysis.js'
import type { Environment } from '../values/program.js'
import { forced, type Value } from '../values/values.js'

/** Keeps the texts of a file that writes the exposition format itself; gives the value back. */
export function noteWritten(analysis: Analysis, value: Value, { frame }: Environment): Value {
  if (!analysis.code.writers.has(frame.module.source.path)) return value
  for (const atom of forced(value)) {
    if (atom.kind !== 'string' || atom.parts.join('') === '') continue
    const places = atom.pieces ?? (atom.origin ? [atom.origin] : [])
    const key = `${atom.parts.join('\u0000')}${atom.parts.length}`
    if (!analysis.facts.finds.writtenTexts.has(key)) analysis.facts.finds.writtenTexts.set(key, { parts: atom.parts, places })
  }
  return value
}
