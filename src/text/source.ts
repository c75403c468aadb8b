import { once } from './once.js'

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
  /** The stretch of a 1-based line, without its line break; `undefined` past the last line. */
  lineSpan(number: number): Span | undefined
  /** The text of a 1-based line, without its line break; `undefined` past the last line. */
  line(number: number): string | undefined
}

/** Something that can be pointed at: a stretch of one file. */
export interface Place {
  readonly source: SourceText
  readonly span: Span
}

/** A place whose span is found once somebody asks for it: for that a file may have to be parsed anew. */
export function placeLater(source: SourceText, find: () => Span): Place {
  const span = once(find)
  return { source, get span() { return span() } }
}

/** A fault in a file, told with the stretch of the file that it is about. */
export interface Problem {
  readonly message: string
  readonly span: Span
}

/**
 * Wraps a text; line starts are found when first asked for. Line breaks are `\n`, `\r\n` and `\r`. After the first
 * question a position costs the same wherever it is, however long its line.
 */
export function sourceText(path: string, text: string): SourceText {
  let starts: number[] | undefined
  const lineStarts = () => (starts ??= findLineStarts(text))
  let counted: Uint32Array | undefined
  const lowSurrogatesBefore = (offset: number) => countUpTo(text, (counted ??= countLowSurrogates(text)), offset)

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
    const start = all[low]!
    const halves = lowSurrogatesBefore(at) - lowSurrogatesBefore(start)
    // A low surrogate that begins a line is a character of its own.
    const first = at > start && isLowSurrogate(text.charCodeAt(start)) ? 1 : 0
    return { line: low + 1, column: at - start - halves + first + 1 }
  }

  function lineSpan(number: number): Span | undefined {
    const all = lineStarts()
    const start = all[number - 1]
    if (start === undefined) return undefined
    const next = all[number]
    if (next === undefined) return { start, end: text.length }
    return { start, end: text.startsWith('\r\n', next - 2) ? next - 2 : next - 1 }
  }

  return {
    path,
    text,
    positionAt,
    rangeOf: (span) => ({ start: positionAt(span.start), end: positionAt(span.end) }),
    lineSpan,
    line(number) {
      const span = lineSpan(number)
      return span && text.slice(span.start, span.end)
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

/** A power of two: how many characters lie between two places whose low surrogates are counted beforehand. */
const stride = 1024

/** How many low surrogates stand before each multiple of `stride`. */
function countLowSurrogates(text: string): Uint32Array {
  const counts = new Uint32Array(Math.floor(text.length / stride) + 1)
  for (let i = 1; i < counts.length; i++) counts[i] = counts[i - 1]! + lowSurrogatesIn(text, (i - 1) * stride, i * stride)
  return counts
}

function countUpTo(text: string, counts: Uint32Array, offset: number): number {
  const known = Math.floor(offset / stride)
  return counts[known]! + lowSurrogatesIn(text, known * stride, offset)
}

function lowSurrogatesIn(text: string, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (isLowSurrogate(text.charCodeAt(i))) count++
  return count
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
