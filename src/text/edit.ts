import type { DocumentPath } from './document.js'
import type { Span } from './source.js'

/** What is to become of a value in a document. */
export type Change =
  /** Characters `start` to `end` (UTF-16 offsets, `end` exclusive) of a string become `text`. */
  | { readonly kind: 'characters'; readonly path: DocumentPath; readonly start: number; readonly end: number; readonly text: string }
  /** A number or a truth value becomes another. */
  | { readonly kind: 'value'; readonly path: DocumentPath; readonly value: number | boolean }
  /** An item of a list, not its first one, is left out. */
  | { readonly kind: 'without'; readonly path: DocumentPath }

/** A change as it has to be written into the file: `text` over `span`, spelt as what stands there is. */
export interface Edit {
  readonly span: Span
  readonly text: string
  /** What it does, told at the innermost document: what applies it can see whether it came to that. */
  readonly change: Change
  /** The string, number, truth value or list that it changes, as it was. */
  readonly before: unknown
  /** Where in the file that begins: tells edits of one value from those of another. */
  readonly at: number
}

/** A value after all of the changes to it. They do not overlap. */
export function changed(before: unknown, changes: readonly Change[]): unknown {
  const last = changes.at(-1)
  if (last?.kind === 'value') return last.value
  if (typeof before === 'string') {
    const characters = changes.filter((change) => change.kind === 'characters').sort((a, b) => b.start - a.start)
    return characters.reduce((text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end), before)
  }
  const left = new Set(changes.map(({ path }) => path.at(-1)))
  return Array.isArray(before) ? before.filter((_, index) => !left.has(index)) : before
}
