/**
 * What must not reach a terminal as it is: C0 and C1 controls and DEL (escape sequences), the line and paragraph
 * separators (a line break to some readers, and to `.` in regular expressions), and the bidirectional embeddings,
 * overrides and isolates, which make text read otherwise than it is (https://trojansource.codes).
 */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** The text with every unsafe character, line breaks and tabs included, written as an escape such as `\u001b`. */
export function visible(text: string): string {
  return text.replace(unsafe, escaped)
}

/** JSON text with the unsafe characters inside its strings escaped: it parses to the same value. */
export function visibleJson(text: string): string {
  return text.replace(unsafe, (character) => (character === '\n' ? character : escaped(character)))
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
