import { sourceText, type SourceText, type Span } from './source.js'

/** A comment as a parser finds it. */
export interface FoundComment {
  /** With its marks. */
  readonly outer: Span
  /** What it says, without marks and the space around. */
  readonly inner: Span
}

/** A comment, with the parts of its text that it may speak of. */
export interface Comment {
  /** What it says. */
  readonly text: string
  /** The span in the file of characters `start` to `end` (UTF-16 offsets, `end` exclusive) of `text`. */
  spanOf(start: number, end: number): Span
  /** The lines that it stands on. Texts of several lines that begin on a line belong to it. */
  readonly line: Span
  /** The next line on which more stands than comments; absent where there is none. */
  readonly nextLine?: Span
}

/** The comments of one text, in order: of a file, or of what stands as a string in one. */
export interface CommentedText {
  readonly source: SourceText
  /** Where the text stands in the file. */
  readonly whole: Span
  readonly comments: readonly Comment[]
}

/** What is known of a text from its parser: its comments in order, and each text of several lines in it with what it begins with. */
export interface Commenting {
  readonly comments: readonly FoundComment[]
  readonly texts?: readonly Span[]
}

/** The comment at `outer`, without `before` and `after`: marks at its two ends, and lines of stars. */
export function foundComment(text: string, { start, end }: Span, before: RegExp, after?: RegExp): FoundComment {
  const raw = text.slice(start, end)
  const opening = before.exec(raw)?.[0].length ?? 0
  const closing = after?.exec(raw)?.[0].length ?? 0
  const said = raw.slice(opening, Math.max(opening, raw.length - closing))
  const from = start + opening + (said.length - said.trimStart().length)
  return { outer: { start, end }, inner: { start: from, end: Math.max(from, start + opening + said.trimEnd().length) } }
}

/** Tells of each comment what it may speak of; the cost grows with the text alone. */
export function commentedText(source: SourceText, { comments, texts = [] }: Commenting): CommentedText {
  const { text } = source
  const lines = sourceText(source.path, text)
  const lineAt = (offset: number) => lines.lineSpan(lines.positionAt(offset).line) ?? { start: offset, end: offset }
  /** From the beginning of one line to the end of another, and of the texts that begin there. */
  const linesOf = (from: number, to: number): Span => {
    const { start } = lineAt(from)
    let { end } = lineAt(to)
    for (let i = firstFrom(texts, start); i < texts.length && texts[i]!.start <= end; i++) end = Math.max(end, texts[i]!.end)
    return { start, end }
  }
  const outers = comments.map(({ outer }) => outer)
  const nextLines: (Span | undefined)[] = []
  /** By where the search begins: several comments on one line share it. */
  const known = new Map<number, Span | undefined>()
  for (let i = outers.length - 1; i >= 0; i--) {
    const { end } = lineAt(outers[i]!.end)
    if (!known.has(end)) known.set(end, nextLineFrom(end))
    nextLines[i] = known.get(end)
  }

  function nextLineFrom(offset: number): Span | undefined {
    const at = firstInk(text, offset)
    if (at === text.length) return undefined
    const index = firstFrom(outers, at)
    const comment = outers[index]
    if (comment?.start !== at) return linesOf(at, at)
    // A line of comments alone: what holds after them holds here.
    let last = index
    while (outers[last + 1] !== undefined && firstInk(text, outers[last]!.end) === outers[last + 1]!.start && lineAt(outers[last]!.end).end >= outers[last + 1]!.start) last++
    const { end } = lineAt(outers[last]!.end)
    return firstInk(text, outers[last]!.end) < end ? linesOf(outers[last]!.end, outers[last]!.end) : nextLines[last]
  }

  return {
    source,
    whole: { start: 0, end: text.length },
    comments: comments.map(({ outer, inner }, i): Comment => {
      const nextLine = nextLines[i]
      return {
        text: text.slice(inner.start, inner.end),
        spanOf: (start, end) => ({ start: Math.min(inner.start + start, inner.end), end: Math.min(inner.start + end, inner.end) }),
        line: linesOf(outer.start, outer.end),
        ...(nextLine && { nextLine }),
      }
    }),
  }
}

/** The comments of a text that stands as a string in a file. */
export function commentsInside({ whole, comments }: CommentedText, source: SourceText, inFile: (span: Span) => Span): CommentedText {
  return {
    source,
    whole: inFile(whole),
    comments: comments.map(({ nextLine, ...comment }): Comment => ({
      text: comment.text,
      spanOf: (start, end) => inFile(comment.spanOf(start, end)),
      line: inFile(comment.line),
      ...(nextLine && { nextLine: inFile(nextLine) }),
    })),
  }
}

/** The offset of the first character from `offset` on that is no space; the end where there is none. */
function firstInk(text: string, offset: number): number {
  const ink = /\S/g
  ink.lastIndex = offset
  return ink.exec(text)?.index ?? text.length
}

/** The index of the first of sorted spans that begins at `offset` or behind. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.start < offset) low = middle + 1
    else high = middle
  }
  return low
}
