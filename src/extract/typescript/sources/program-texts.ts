import type { SourceText, Span } from '../../../text/source.js'
import type { EmbeddedPiece, EmbeddedProgram } from '../../python/sources/embedded-program.js'
import { childrenOf, type Node, type Parser } from '../syntax/syntax.js'

/** Whether a text names Python's client: only then a string in it can be a program that uses it. */
export function mayHoldProgram(text: string): boolean {
  return text.includes('prometheus_client')
}

/** The strings of a source that are Python programs themselves: templates, strings, those that are added, and lists of lines. */
export function findProgramTexts(source: SourceText, parse: Parser, isProgram: (text: string) => boolean): EmbeddedProgram[] {
  const found: EmbeddedProgram[] = []
  const waiting: Node[] = [parse(source).program]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const pieces = literalsOf(node).map((literal) => pieceOf(source, literal))
    const text = pieces.map(({ span }) => source.text.slice(span.start, span.end)).join('\n').replaceAll('\\n', '\n')
    if (pieces.length > 0 && mayHoldProgram(text) && isProgram(text)) found.push({ source, pieces })
    else waiting.push(...childrenOf(node))
  }
  return found.sort((a, b) => a.pieces[0]!.span.start - b.pieces[0]!.span.start)
}

/** The literals of a text that is written as one, as several that are added, or as a list of lines, in order. */
function literalsOf(node: Node): readonly Node[] {
  const literals: Node[] = []
  // Not by recursion: a sum of thousands of strings nests as deep.
  const waiting: Node[] = [node]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'TemplateLiteral' || (next.type === 'Literal' && typeof next.value === 'string')) literals.push(next)
    else if (next.type === 'BinaryExpression' && next.operator === '+') waiting.push(next.right, next.left)
    else if (next.type === 'ArrayExpression' && !next.elements.includes(null)) waiting.push(...(next.elements as Node[]).toReversed())
    else return []
  }
  return literals
}

function pieceOf({ text }: SourceText, literal: Node): EmbeddedPiece {
  const [start, end] = literal.range
  const isRaw = literal.parent?.type === 'TaggedTemplateExpression' && text.slice(...literal.parent.tag.range) === 'String.raw'
  return { span: { start: start + 1, end: end - 1 }, holes: holesOf(literal, text), isRaw }
}

/** `${…}` of a template, between the ends of its texts. */
function holesOf(literal: Node, text: string): Span[] {
  if (literal.type !== 'TemplateLiteral') return []
  return literal.expressions.map(({ range: [from, to] }) => ({ start: text.lastIndexOf('${', from), end: text.indexOf('}', to) + 1 }))
}
