/** A half-open stretch of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as people read it: 1-based line and column, the column counted in characters (Unicode code points). */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Two positions, `end` exclusive. */
export interface Range {
  readonly start: Position
  readonly end: Position
}

/** A text with the path that names it, and the way from offsets to positions. */
export interface SourceText {
  /** Relative to the workspace root, with `/`. */
  readonly path: string
  readonly text: string
  /** The position of a UTF-16 offset; an offset past the end is the end of the text. */
  positionAt(offset: number): Position
  rangeOf(span: Span): Range
  /** The text of a 1-based line, without its line break; `undefined` past the last line. */
  line(number: number): string | undefined
}

/** Something that can be pointed at: a stretch of one file. */
export interface Place {
  readonly source: SourceText
  readonly span: Span
}

/** A fault in a file, told with the stretch of the file that it is about. */
export interface Problem {
  readonly message: string
  readonly span: Span
}

/** Wraps a text; line starts are found when first asked for. Line breaks are `\n`, `\r\n` and `\r`. */
export function sourceText(path: string, text: string): SourceText {
  let starts: number[] | undefined
  const lineStarts = () => (starts ??= findLineStarts(text))

  function positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, text.length))
    const all = lineStarts()
    let low = 0
    let high = all.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (all[middle]! <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: codePointsIn(text, all[low]!, at) + 1 }
  }

  return {
    path,
    text,
    positionAt,
    rangeOf: (span) => ({ start: positionAt(span.start), end: positionAt(span.end) }),
    line(number) {
      const all = lineStarts()
      const start = all[number - 1]
      if (start === undefined) return undefined
      return text.slice(start, all[number] ?? text.length).replace(/[\r\n]+$/, '')
    },
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

function codePointsIn(text: string, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    const isLowSurrogate = code >= 0xdc00 && code <= 0xdfff
    if (!isLowSurrogate || i === start) count++
  }
  return count
}
