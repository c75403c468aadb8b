import type { YamlSyntaxError } from './yaml-error.js'

/** A text in which some lines are indented deeper than in the file, and the way back. */
export interface IndentedText {
  readonly text: string
  /** The offset in the file of an offset in `text`. */
  offsetInFile(offset: number): number
}

/** Each error costs a walk to the end of what it is about: a file with more of them is broken in another way. */
const maxErrors = 100

/**
 * Go's yaml.v3 takes quoted strings and flow collections whose further lines are indented no deeper than the key that
 * holds them; the YAML specification and the `yaml` package do not. The white space there means nothing, so the lines
 * that the parser objected to are given more of it. Returns the offsets in the file of those lines with the number of
 * spaces that each gets, and adds to those `known` before.
 */
export function missingIndentation(
  current: IndentedText,
  fileText: string,
  errors: readonly YamlSyntaxError[],
  known: ReadonlyMap<number, number>,
): Map<number, number> {
  const lines = new Map(known)
  if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return lines
  for (const error of errors.slice(0, maxErrors)) {
    const quote = /^Missing closing (["'])/.exec(error.message)?.[1]
    const isFlow = /^Flow (?:map|sequence) .* must be sufficiently indented/.test(error.message)
    if (quote === undefined && !isFlow) continue
    const start = quote === undefined ? lastOpenBracket(current.text, error.pos[0]) : current.text.lastIndexOf(quote, error.pos[0] - 1)
    if (start === -1) continue
    const from = current.offsetInFile(start)
    const column = from - lineStart(fileText, from) + 1
    for (const line of linesAfter(fileText, from, endOfFlow(fileText, from))) lines.set(line, column)
  }
  return lines
}

export function indented(fileText: string, lines: ReadonlyMap<number, number>): IndentedText {
  const insertions = [...lines].sort(([a], [b]) => a - b)
  let text = ''
  let at = 0
  for (const [line, spaces] of insertions) {
    text += fileText.slice(at, line) + ' '.repeat(spaces)
    at = line
  }
  return {
    text: text + fileText.slice(at),
    offsetInFile(offset) {
      let inserted = 0
      for (const [line, spaces] of insertions) {
        if (line + inserted >= offset) break
        inserted = Math.min(inserted + spaces, offset - line)
      }
      return offset - inserted
    },
  }
}

/** The bracket that is open at an offset, looked for backwards: the parser has closed all others. */
function lastOpenBracket(text: string, offset: number): number {
  let closed = 0
  for (let at = offset - 1; at >= 0; at--) {
    const character = text[at]!
    if (character === ']' || character === '}') closed++
    else if ((character === '[' || character === '{') && closed-- === 0) return at
  }
  return -1
}

/** Where a quoted string or flow collection that begins at an offset ends. */
function endOfFlow(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'|[[\]{}]|[ \t]#[^\r\n]*/g
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match
    if (found === '[' || found === '{') depth++
    else if (found === ']' || found === '}') depth--
    if (depth <= 0) return token.lastIndex
  }
  return text.length
}

function* linesAfter(text: string, start: number, end: number): Generator<number> {
  for (let newline = text.indexOf('\n', start); newline !== -1 && newline + 1 < end; newline = text.indexOf('\n', newline + 1)) {
    yield newline + 1
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}
