import { visible } from '../text/visible.js'

/** A message on one line: its line breaks become blanks, other control characters escapes. */
export function onOneLine(message: string): string {
  const lines = message.split(/[\r\n]+/).map((line) => line.trim())
  return visible(lines.join(' ').trim())
}
