import { columnsOf } from './columns.js'
import { once } from './once.js'
import type { Place, SourceText, Span } from './source.js'
import { visible } from './visible.js'

/** One row of a code frame: a source line, the marks below it, or the gap where lines were left out. */
export interface FrameRow {
  readonly kind: 'source' | 'marks' | 'gap'
  /** The line number, right-aligned, or blanks of the same width. */
  readonly gutter: string
  readonly text: string
}

const defaultWidth = 160
const narrowestText = 20
const tabWidth = 4
/** A range over more lines than this shows its first lines and its last one. */
const mostLines = 5
const ellipsis = '…'

/**
 * The source lines that a place covers, each with `^` under the covered characters: under every column that they take
 * in a terminal, and one `^` for an empty range. Indentation that all the lines share is taken off. A row with its
 * gutter and the three columns between them takes at most `width` columns (160 unless told); a longer line is cut to
 * a stretch around the marks, with `…` where it was cut. No row contains a control character. Of a file that is empty, or
 * is not there, no row.
 */
export function codeFrame(place: Place, width = defaultWidth): FrameRow[] {
  const { source } = place
  if (source.text === '') return []
  const range = clampedTo(source.text, place.span)
  const firstNumber = source.positionAt(range.start).line
  const lastNumber = source.positionAt(range.end).line
  const gutterWidth = String(lastNumber).length
  const textWidth = Math.max(narrowestText, width - gutterWidth - 3)

  const lines = linesOf(source, firstNumber, lastNumber)
  const laidOut = withMarks(source.text, lines, range).map((line) => layOut(source.text, line, textWidth))
  const indentation = Math.min(...laidOut.map((line) => line.indentation))

  const blankGutter = ' '.repeat(gutterWidth)
  return laidOut.flatMap((line, i) => {
    const { text, marks } = fitted(line, indentation, textWidth)
    const rows: FrameRow[] = [{ kind: 'source', gutter: String(line.number).padStart(gutterWidth), text }]
    if (marks !== '') rows.push({ kind: 'marks', gutter: blankGutter, text: marks })
    const next = laidOut[i + 1]
    if (next !== undefined && next.number > line.number + 1) rows.push({ kind: 'gap', gutter: blankGutter, text: ellipsis })
    return rows
  })
}

/**
 * The span within the text, without line breaks at its end: they would cover nothing on one line more. A place between
 * the two halves of `\r\n` is the end of that line.
 */
function clampedTo(text: string, span: Span): Span {
  const within = Math.max(0, Math.min(span.start, text.length))
  const isInsideBreak = within > 0 && text.startsWith('\r\n', within - 1)
  const start = isInsideBreak ? within - 1 : within
  let end = Math.max(start, Math.min(span.end, text.length))
  while (end > start && isLineBreak(text, end - 1)) end--
  return { start, end }
}

function isLineBreak(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset)
  return code === 10 || code === 13
}

/** A line by its number and its offsets, without its line break. */
interface Line extends Span {
  readonly number: number
}

/** The lines to show of those from the first to the last. */
function linesOf(source: SourceText, firstNumber: number, lastNumber: number): Line[] {
  const tooMany = lastNumber - firstNumber + 1 > mostLines
  const lastFromTop = tooMany ? firstNumber + mostLines - 3 : lastNumber
  const lines: Line[] = []
  for (let number = firstNumber; number <= lastFromTop; number++) lines.push({ number, ...source.lineSpan(number)! })
  if (tooMany) lines.push({ number: lastNumber, ...source.lineSpan(lastNumber)! })
  return lines
}

interface MarkedLine extends Line {
  /** The covered characters of the line, absent where those are white space only. */
  readonly marked?: Span
}

/** Gives each line its part of the range; where no line has one, the place where the range starts is marked. */
function withMarks(text: string, lines: readonly Line[], range: Span): MarkedLine[] {
  const result = lines.map((line): MarkedLine => {
    let start = Math.max(line.start, range.start)
    let end = Math.min(line.end, range.end)
    if (lines.length > 1) {
      while (start < end && isBlank(text[start]!)) start++
      while (end > start && isBlank(text[end - 1]!)) end--
    }
    return start < end ? { ...line, marked: { start, end } } : line
  })
  if (result.every((line) => line.marked === undefined)) {
    result[0] = { ...result[0]!, marked: { start: range.start, end: range.start } }
  }
  return result
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

/** What a terminal shows as one: a letter with its combining marks, an emoji sequence, an escaped control character. */
interface Cell {
  readonly text: string
  readonly column: number
  readonly width: number
}

interface LaidOutLine {
  readonly number: number
  readonly cells: readonly Cell[]
  /** The columns to mark, `end` exclusive. */
  readonly marks: Span | undefined
  /** Columns before the first character that is marked or not white space; infinite where there is none. */
  readonly indentation: number
  /** Whether the line goes on before and after the cells. */
  readonly cutBefore: boolean
  readonly cutAfter: boolean
}

const graphemes = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }))

/** Puts a line into columns; of a very long one only the part near its marks, so that it costs what a short one does. */
function layOut(text: string, line: MarkedLine, textWidth: number): LaidOutLine {
  const marked = line.marked
  const anchor = marked?.start ?? line.start
  const reach = 4 * textWidth
  const from = wholeCharacter(text, Math.max(line.start, anchor - reach))
  const to = wholeCharacter(text, Math.min(line.end, anchor + 2 * reach))

  const cells: Cell[] = []
  let column = 0
  let marksStart: number | undefined
  let marksEnd: number | undefined
  for (const { segment, index } of charactersOf(text.slice(from, to))) {
    const start = from + index
    const end = start + segment.length
    if (marked !== undefined && end > marked.start) marksStart ??= column
    for (const cell of cellsOf(segment, column)) {
      cells.push(cell)
      column = cell.column + cell.width
    }
    if (marked !== undefined && start < marked.end) marksEnd = column
  }
  marksStart ??= column

  const cutBefore = from > line.start
  const indentation = cutBefore ? 0 : (cells.find((cell) => cell.text !== ' ')?.column ?? Infinity)
  return {
    number: line.number,
    cells,
    marks: marked && { start: marksStart, end: Math.max(marksStart + 1, marked.end > marked.start ? (marksEnd ?? 0) : 0) },
    indentation: marked ? Math.min(indentation, marksStart) : indentation,
    cutBefore,
    cutAfter: to < line.end,
  }
}

/** The characters as a terminal shows them. In ASCII each is one by itself, except that a line break may be two. */
function charactersOf(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  return /^[\t\x20-\x7e]*$/.test(text) ? Array.from(text, (segment, index) => ({ segment, index })) : graphemes().segment(text)
}

/** An offset that is not between the two halves of a character outside the Basic Multilingual Plane. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset)
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset
}

/** A tab becomes the blanks up to the next tab stop, one cell each, so that indentation can be cut anywhere. */
function cellsOf(segment: string, column: number): Cell[] {
  if (segment === '\t') {
    return Array.from({ length: tabWidth - (column % tabWidth) }, (_, i) => ({ text: ' ', column: column + i, width: 1 }))
  }
  if (segment.length === 1 && segment >= ' ' && segment <= '~') return [{ text: segment, column, width: 1 }]
  const text = visible(segment)
  return [{ text, column, width: columnsOf(text) }]
}

/** The line without its indentation, cut around its marks to at most `width` columns, and the marks below it. */
function fitted(line: LaidOutLine, indentation: number, width: number): { text: string; marks: string } {
  const first = Number.isFinite(indentation) ? indentation : 0
  const last = line.cells.at(-1)
  const end = Math.max(last ? last.column + last.width : 0, line.marks?.end ?? 0)
  const isWhole = !line.cutBefore && !line.cutAfter && end - first <= width
  const window = isWhole ? { start: first, end } : windowAround(line.marks, { start: first, end }, width - 2)

  const shown = line.cells.filter((cell) => cell.column >= window.start && cell.column + cell.width <= window.end)
  const shownStart = shown[0]?.column ?? window.start
  const before = line.cutBefore || shownStart > first ? ellipsis : ''
  const after = line.cutAfter || (last !== undefined && shown.at(-1) !== last) ? ellipsis : ''
  return {
    text: (before + shown.map((cell) => cell.text).join('') + after).trimEnd(),
    marks: line.marks ? marksBelow(line.marks, { start: shownStart, end: window.end }, before.length) : '',
  }
}

/** `width` of the columns of `all`, with the marks in the middle or, where they do not fit, from their start on. */
function windowAround(marks: Span | undefined, all: Span, width: number): Span {
  const markStart = marks?.start ?? all.start
  const markWidth = Math.min(width, (marks?.end ?? markStart) - markStart)
  const centred = markStart - Math.floor((width - markWidth) / 2)
  const start = Math.max(all.start, Math.min(centred, all.end - width))
  return { start, end: Math.min(all.end, start + width) }
}

function marksBelow(marks: Span, shown: Span, inset: number): string {
  const end = Math.max(marks.start + 1, Math.min(marks.end, shown.end))
  return ' '.repeat(inset + marks.start - shown.start) + '^'.repeat(end - marks.start)
}
