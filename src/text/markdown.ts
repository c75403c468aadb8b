import type { SyntaxNode } from '@lezer/common'
import { parser, Strikethrough, Table } from '@lezer/markdown'
import { foundComment, type Commenting, type FoundComment } from './comments.js'
import type { Span } from './source.js'

/** What stands between backquotes, with its place without them. */
export interface CodeSpan {
  readonly text: string
  readonly span: Span
  readonly isStruckOut: boolean
}

/** A cell of a table, or what a list item begins with. */
export interface MarkdownText {
  readonly span: Span
  /** In the order of the text, without what is part of an emphasized phrase. */
  readonly code: readonly CodeSpan[]
}

/** What a document is made of, as far as lists of things go; quotes, code blocks, comments and running text are left out. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  /** `undefined` where a cell is empty; a row may have fewer cells than the header. */
  | { readonly kind: 'table'; readonly header: readonly (MarkdownText | undefined)[]; readonly rows: readonly (readonly (MarkdownText | undefined)[])[] }
  /** The items of the outermost list; what is nested in them belongs to them. */
  | { readonly kind: 'list'; readonly items: readonly MarkdownText[] }

const markdown = parser.configure([Table, Strikethrough])

const frontMatter = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/

/**
 * The headings, tables (of GitHub's Markdown) and lists of a document, in order. The `title` of front matter is a
 * heading of level 1.
 */
export function markdownBlocks(text: string): MarkdownBlock[] {
  const [front = ''] = frontMatter.exec(text) ?? []
  const title = /^title\s*:\s*(.*\S)/m.exec(front)?.[1]
  const blocks: MarkdownBlock[] = title === undefined ? [] : [{ kind: 'heading', level: 1, text: title }]
  // Blanks of the same length: what is behind keeps its place.
  const body = front === '' ? text : front.replace(/[^\r\n]/g, ' ') + text.slice(front.length)
  for (let node = markdown.parse(body).topNode.firstChild; node; node = node.nextSibling) {
    const block = blockOf(node, body)
    if (block !== undefined) blocks.push(block)
  }
  return blocks
}

function blockOf(node: SyntaxNode, text: string): MarkdownBlock | undefined {
  const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name)
  if (heading) {
    const marks = node.getChildren('HeaderMark')
    const written = text.slice(node.name.startsWith('A') ? marks[0]!.to : node.from, marks.at(-1)!.from > node.from ? marks.at(-1)!.from : node.to)
    return { kind: 'heading', level: Number(heading[1]), text: written.trim() }
  }
  if (node.name === 'Table') {
    const header = cellsOf(node.getChild('TableHeader'), text)
    return { kind: 'table', header, rows: node.getChildren('TableRow').map((row) => cellsOf(row, text)) }
  }
  if (node.name === 'BulletList' || node.name === 'OrderedList') {
    const beginnings = node.getChildren('ListItem').flatMap((item) => item.getChild('Paragraph') ?? [])
    return { kind: 'list', items: beginnings.map((paragraph) => textOf(paragraph, text)) }
  }
  return undefined
}

/** An empty cell has no node: what column a cell is in, the delimiters before it tell. */
function cellsOf(row: SyntaxNode | null, text: string): (MarkdownText | undefined)[] {
  const cells: (MarkdownText | undefined)[] = []
  if (row === null) return cells
  let column = row.firstChild?.name === 'TableDelimiter' ? -1 : 0
  for (let node = row.firstChild; node; node = node.nextSibling) {
    if (node.name === 'TableDelimiter') column++
    else cells[column] = textOf(node, text)
  }
  return Array.from(cells)
}

function textOf(node: SyntaxNode, text: string): MarkdownText {
  const code: CodeSpan[] = []
  node.cursor().iterate((inner) => {
    if (inner.name !== 'InlineCode') return true
    if (isPartOfPhrase(inner.node, text)) return false
    const span = inside(inner.node)
    code.push({ text: text.slice(span.start, span.end), span, isStruckOut: isIn(inner.node, 'Strikethrough') })
    return false
  })
  return { span: { start: node.from, end: node.to }, code }
}

/** Whether code is emphasized together with words around it: `**`x` and so on**`. */
function isPartOfPhrase({ from, to, parent }: SyntaxNode, text: string): boolean {
  return parent?.name.endsWith('Emphasis') === true && /\w/.test(text.slice(parent.from, from) + text.slice(to, parent.to))
}

function inside(code: SyntaxNode): Span {
  return { start: code.firstChild!.to, end: code.lastChild!.from }
}

function isIn(node: SyntaxNode, name: string): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.name === name) return true
  return false
}

/** The comments of a document, `<!-- … -->`; what looks like one in code is none. */
export function markdownComments(text: string): Commenting {
  const comments: FoundComment[] = []
  markdown.parse(text).iterate({
    enter({ name, from, to }) {
      if (name === 'Comment' || name === 'CommentBlock') comments.push(foundComment(text, { start: from, end: to }, /^<!--+/, /--+>\s*$/))
    },
  })
  return { comments }
}
