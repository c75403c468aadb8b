import { createHash } from 'node:crypto'
import type { Diagnostic } from './diagnostic.js'

/**
 * What tells each diagnostic again after lines have moved, in their order: made of what it is about, not of where it
 * stands nor of its message, which may name lines. Those that are alike in all that are numbered.
 */
export function fingerprintsOf(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>()
  return diagnostics.map(({ rule, place: { source, span }, data, context }) => {
    const { metric, label, value } = data
    const subject = [rule, source.path, source.text.slice(span.start, span.end), metric, label, value, context]
    const hash = createHash('sha256').update(JSON.stringify(subject)).digest('hex').slice(0, 32)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  })
}
