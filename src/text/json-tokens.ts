import { createScanner } from 'jsonc-parser'
import type { Span } from './source.js'

/** The tokens of a JSON text, well-formed or not, without white space. The first character of each tells its kind. */
export function* tokensOf(text: string, { comments = false } = {}): Generator<Span> {
  const scanner = createScanner(text, !comments)
  for (;;) {
    scanner.scan()
    const start = scanner.getTokenOffset()
    if (start >= text.length) return
    if (!/\s/.test(text[start]!)) yield { start, end: start + scanner.getTokenLength() }
  }
}
