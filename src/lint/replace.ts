import type { Edit } from '../text/edit.js'
import type { SourceText } from '../text/source.js'
import type { Safety, Suggestion } from './diagnostic.js'

export interface ReplaceOptions {
  /** What people are told to do; `Replace with "…"` when absent. */
  readonly message?: string
  readonly safety?: Safety | undefined
}

/**
 * The suggestion to write `text` instead of what is there. Without an edit it has to be written by hand: what stands
 * there is spelt in a way that leaves no place for it.
 */
export function replaceWith(text: string, source: SourceText, edit: Edit | undefined, { message = `Replace with "${text}"`, safety }: ReplaceOptions = {}): readonly Suggestion[] {
  if (edit === undefined) return [{ message }]
  return [{ message, replacement: { place: { source, span: edit.span }, text: edit.text, edit, ...(safety && { safety }) } }]
}
