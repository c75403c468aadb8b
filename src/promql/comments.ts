/** A string, or a comment up to the end of its line. */
const stringOrComment = /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|`[^`]*`?|#[^\r\n]*/g

/** The comments of an expression, with their `#`: UTF-16 offsets, `end` exclusive. What looks like one in a string is none. */
export function commentsIn(text: string): { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(stringOrComment)]
    .filter(({ 0: found }) => found.startsWith('#'))
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
}
