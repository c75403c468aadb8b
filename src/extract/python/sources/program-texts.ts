import type { SourceText } from '../../../text/source.js'
import type { Expression, Statement } from '../syntax/ast.js'
import { literalShape } from '../syntax/string-literal.js'
import type { EmbeddedPiece, EmbeddedProgram } from './embedded-program.js'
import { isPythonProgram } from './embedded-program.js'

/** The strings of a module that are Python programs themselves, docstrings aside. */
export function findProgramTexts(source: SourceText, body: readonly Statement[]): EmbeddedProgram[] {
  const found: EmbeddedProgram[] = []
  const visit = (node: object): void => {
    if ('kind' in node) {
      const { kind, value } = node as { kind: string; value?: Expression }
      if (kind === 'expression' && value?.kind === 'string') return
      const texts = textsOf(node as Expression)
      const pieces = texts.flatMap((text) => piecesOf(source.text, text))
      if (pieces.length > 0 && isPythonProgram(pieces.map(({ span }) => source.text.slice(span.start, span.end)).join('\n').replaceAll('\\n', '\n'))) {
        found.push({ source, pieces })
        return
      }
    }
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) visit(child as object)
  }
  if (isPythonProgram(source.text.replace(/\\n|["'(]/g, '\n'))) visit(body)
  return found
}

/** The literals of a text that is written as one, as several that are added, or as a list of lines. */
function textsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'string':
    case 'formatString':
      return [node]
    case 'binary':
      return node.op === '+' ? [...textsOf(node.left), ...textsOf(node.right)] : []
    case 'sequence': {
      const texts = node.items.flatMap(({ value }) => textsOf(value))
      return node.items.every(({ value }) => textsOf(value).length > 0) ? texts : []
    }
    default:
      return []
  }
}

/** The literals that stand side by side in a string expression. */
function piecesOf(text: string, expression: Expression): EmbeddedPiece[] {
  const fields = expression.kind === 'formatString' ? expression.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value])) : []
  const literals = text.slice(expression.start, expression.end).matchAll(/[a-zA-Z]*('''|"""|'|")(?:\\[^]|(?!\1)[^\\])*\1/g)
  return [...literals].map((literal) => {
    const { raw, open, close } = literalShape(literal[0])
    const start = expression.start + literal.index
    const inside = { start: start + open, end: start + close }
    const isFormat = /^[a-zA-Z]*f/i.test(literal[0])
    return {
      span: inside, isRaw: raw, doublesBraces: isFormat,
      holes: fields.filter((field) => isFormat && field.start >= inside.start && field.end <= inside.end).map((field) => ({
        start: text.lastIndexOf('{', field.start), end: text.indexOf('}', field.end) + 1,
      })),
    }
  })
}
