import { CST, Lexer } from 'yaml'
import { foundComment, type Commenting, type FoundComment } from './comments.js'
import type { Span } from './source.js'

/** The comments of a YAML text, however broken that is, and its texts of several lines, each from the line that it begins on. */
export function yamlComments(text: string): Commenting {
  const comments: FoundComment[] = []
  const texts: Span[] = []
  let at = 0
  /** Where the text that comes next has begun already: a block scalar by its header. */
  let begun: number | undefined
  let isScalar = false
  // What the lexer yields is the whole text, piece by piece, with marks between that stand for nothing.
  for (const piece of new Lexer().lex(text)) {
    if (piece === CST.DOCUMENT || piece === CST.FLOW_END) continue
    if (piece === CST.SCALAR) {
      isScalar = true
      continue
    }
    const start = at
    at += piece.length
    const type = isScalar ? 'scalar' : CST.tokenType(piece)
    isScalar = false
    if (type === 'block-scalar-header') begun = start
    if (type === 'comment') comments.push(foundComment(text, { start, end: start + piece.trimEnd().length }, /^#+/))
    if (type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar') {
      if (piece.includes('\n')) texts.push({ start: begun ?? start, end: start + piece.trimEnd().length })
      begun = undefined
    }
  }
  return { comments, texts }
}
