import { createHash } from 'node:crypto'
import type { Diagnostic } from './diagnostic.js'

/** What tells a finding again after lines have moved: what it is about, not where it stands nor its message, which may name lines. */
export interface Identity {
  readonly rule: string
  readonly file: string
  readonly metric?: string
  readonly label?: string
  readonly value?: string
  /** The text that it marks, where it is about no metric, label or value, and that is short. */
  readonly text?: string
  /** Where it stands, for people: `panel "Total Cost" in dashboard "Costs"`. */
  readonly context?: string
}

/** A longer text is no name of anything, and changes with whatever stands in it. */
const maxText = 100

export function identityOf({ rule, place: { source, span }, data: { metric, label, value }, context }: Diagnostic): Identity {
  const isNamed = metric !== undefined || label !== undefined || value !== undefined
  const text = isNamed || span.end - span.start > 2 * maxText ? '' : source.text.slice(span.start, span.end).replace(/\s+/g, ' ').trim()
  return {
    rule,
    file: source.path,
    ...(metric !== undefined && { metric }),
    ...(label !== undefined && { label }),
    ...(value !== undefined && { value }),
    ...(text !== '' && text.length <= maxText && { text }),
    ...(context !== undefined && { context }),
  }
}

/** What tells each diagnostic again, in their order. Those that are alike in all that are numbered. */
export function fingerprintsOf(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>()
  return diagnostics.map((diagnostic) => {
    const { rule, file, metric, label, value, text, context } = identityOf(diagnostic)
    const hash = createHash('sha256').update(JSON.stringify([rule, file, text, metric, label, value, context])).digest('hex').slice(0, 32)
    const count = (seen.get(hash) ?? 0) + 1
    seen.set(hash, count)
    return `${hash}:${count}`
  })
}
