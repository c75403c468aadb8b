import type { SyntaxNode } from '@lezer/common'
import { parser, Table } from '@lezer/markdown'
import { Chalk, type ChalkInstance } from 'chalk'
import { visibleLines } from './terminal.js'
import { wrapped } from './wrapped.js'
import { columnsOf } from '../text/columns.js'

const markdown = parser.configure([Table])

interface Style {
  readonly columns: number
  readonly chalk: ChalkInstance
}

/**
 * A page of Markdown for a terminal: text in lines of `columns`, code as it stands and indented, tables in columns. It
 * knows what our own pages have; whatever else stands in them is shown as it is written.
 */
export function renderMarkdown(page: string, { columns, color }: { readonly columns: number; readonly color: boolean }): string {
  const style = { columns, chalk: new Chalk({ level: color ? 1 : 0 }) }
  return `${blocksOf(markdown.parse(page).topNode, page, style).join('\n\n')}\n`
}

function blocksOf(parent: SyntaxNode, page: string, style: Style): string[] {
  const blocks: string[] = []
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.name === 'CommentBlock' || node.name === 'LinkReference' || node.name.endsWith('Mark')) continue
    blocks.push(blockOf(node, page, style))
  }
  return blocks
}

function blockOf(node: SyntaxNode, page: string, style: Style): string {
  const { chalk, columns } = style
  switch (node.name) {
    case 'Paragraph':
      return lines(inline(node, page), style).join('\n')
    case 'ATXHeading1':
    case 'ATXHeading2':
    case 'ATXHeading3':
    case 'ATXHeading4': {
      const text = plain(inline(node, page)).trim()
      return node.name === 'ATXHeading1' ? `${chalk.bold(text)}\n${chalk.dim('═'.repeat(columnsOf(text)))}` : chalk.bold(text)
    }
    case 'FencedCode':
      return indented(visibleLines(node.getChildren('CodeText').map(({ from, to }) => page.slice(from, to)).join('')), '    ')
    case 'BulletList':
    case 'OrderedList':
      return node.getChildren('ListItem').map((item) => {
        const mark = page.slice(item.firstChild!.from, item.firstChild!.to)
        const bullet = node.name === 'BulletList' ? '•' : mark
        const inside = ' '.repeat(bullet.length + 1)
        const text = blocksOf(item, page, { ...style, columns: columns - inside.length - 2 }).join('\n')
        return `  ${bullet} ${indented(text, `  ${inside}`).trimStart()}`
      }).join('\n')
    case 'Table':
      return table(node, page, style)
    default:
      return visibleLines(page.slice(node.from, node.to))
  }
}

/** Cells that do not fit are wrapped: the widest column gives way first. */
function table(node: SyntaxNode, page: string, { columns, chalk }: Style): string {
  const rows = [node.getChild('TableHeader')!, ...node.getChildren('TableRow')].map((row) => cellsOf(row).map((cell) => (cell === undefined ? '' : plain(inline(cell, page)).trim())))
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => columnsOf(row[i] ?? '')), 1))
  const gaps = 2 * (widths.length - 1)
  for (let over = sum(widths) + gaps - columns; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths))
    if (widths[widest]! <= 12) break
    widths[widest]!--
  }
  const shown = rows.map((row) => {
    const cells = widths.map((width, i) => wrapped(row[i] ?? '', width))
    const height = Math.max(1, ...cells.map((cell) => cell.length))
    return Array.from({ length: height }, (_, line) => widths.map((width, i) => padded(cells[i]![line] ?? '', width)).join('  ').trimEnd()).join('\n')
  })
  const [header = '', ...rest] = shown
  return [chalk.bold(header), chalk.dim(widths.map((width) => '─'.repeat(width)).join('  ')), ...rest].join('\n')
}

/** An empty cell has no node: what column a cell is in, the delimiters before it tell. */
function cellsOf(row: SyntaxNode): (SyntaxNode | undefined)[] {
  const cells: (SyntaxNode | undefined)[] = []
  let column = row.firstChild?.name === 'TableDelimiter' ? -1 : 0
  for (let node = row.firstChild; node; node = node.nextSibling) {
    if (node.name === 'TableDelimiter') column++
    else cells[column] = node
  }
  return Array.from(cells)
}

/** A part of running text, and how it is set. */
interface Part {
  readonly text: string
  readonly as?: 'code' | 'strong'
}

/** The text of a node without its marks; of a link its text, and its address where that is one of the web. */
function inline(node: SyntaxNode, page: string): Part[] {
  const parts: Part[] = []
  let at = node.from
  const upTo = (end: number) => {
    if (end > at) parts.push({ text: page.slice(at, end).replace(/\\([!-/:-@[-`{-~])/g, '$1') })
  }
  for (let inner = node.firstChild; inner; inner = inner.nextSibling) {
    upTo(inner.from)
    at = inner.to
    if (inner.name === 'InlineCode') parts.push({ text: page.slice(inner.from, inner.to).replace(/\s+/g, ' '), as: 'code' })
    else if (inner.name === 'Link') {
      const url = inner.getChild('URL')
      const address = url === null ? '' : page.slice(url.from, url.to)
      const label = { from: inner.from + 1, to: inner.getChildren('LinkMark')[1]?.from ?? inner.to }
      parts.push(...inlineWithin(inner, page, label), ...(/^https?:/.test(address) ? [{ text: ` (${address})` }] : []))
    } else if (inner.name === 'StrongEmphasis' || inner.name === 'Emphasis') parts.push({ text: plain(inline(inner, page)), as: 'strong' })
    else if (!inner.name.endsWith('Mark')) parts.push({ text: page.slice(inner.from, inner.to).replace(/^\\/, '') })
  }
  upTo(node.to)
  return parts
}

function inlineWithin(link: SyntaxNode, page: string, { from, to }: { readonly from: number; readonly to: number }): Part[] {
  const code = link.getChildren('InlineCode')
  if (code.length === 0) return [{ text: page.slice(from, to) }]
  return [{ text: page.slice(from, code[0]!.from) }, ...code.map((one): Part => ({ text: page.slice(one.from, one.to), as: 'code' })), { text: page.slice(code.at(-1)!.to, to) }]
}

/** Without colour, code keeps its backquotes: names and words would be told apart by nothing else. */
function plain(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('').replace(/\s+/g, ' ')
}

function lines(parts: readonly Part[], { columns, chalk }: Style): string[] {
  const broken = wrapped(visibleLines(plain(parts)), columns)
  if (chalk.level === 0) return broken
  // Code may be broken over two lines: it is coloured on each.
  let inCode = false
  return broken.map((line) => line.split('`').map((piece, i) => {
    if (i > 0) inCode = !inCode
    return inCode && piece !== '' ? chalk.cyan(piece) : piece
  }).join(''))
}

function indented(text: string, by: string): string {
  return text.split('\n').map((line) => (line === '' ? '' : by + line)).join('\n')
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
