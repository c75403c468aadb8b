import type { Expr } from './ast.js'
import { utf8Length } from './go-text.js'
import { aggregateHead, binaryOperator, pieces, print, printText, subquerySuffix, type Piece } from './print.js'

/** Bytes on a line, above which an expression is split (Prometheus: promql/parser/prettier.go). */
const maxLineLength = 100

/** A node that is still to be laid out. */
interface Layout {
  readonly node: Expr
  readonly level: number
  /** False where the line has been begun already. */
  readonly indented: boolean
}

/**
 * An expression on several lines where one would be too long, in the style of Prometheus's own formatter
 * (Prometheus: promql/parser/prettier.go).
 */
export function format(expr: Expr): string {
  const lengths = measure(expr)
  const printed: string[] = []
  const rest: (string | Layout)[] = [{ node: expr, level: 0, indented: true }]
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if (typeof piece === 'string') printed.push(piece)
    else if (lengths.get(piece.node)! > maxLineLength) for (const part of split(piece).reverse()) rest.push(part)
    else printed.push((piece.indented ? indent(piece.level) : '') + print(piece.node))
  }
  return printed.join('')
}

/** How long each node is on one line. */
function measure(expr: Expr): ReadonlyMap<Expr, number> {
  const lengths = new Map<Expr, number>()
  const open: { readonly node: Expr; readonly pieces: readonly Piece[] }[] = [{ node: expr, pieces: pieces(expr) }]
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const unmeasured = top.pieces.filter((piece) => typeof piece !== 'string' && !lengths.has(piece)) as Expr[]
    if (unmeasured.length > 0) {
      for (const node of unmeasured) open.push({ node, pieces: pieces(node) })
      continue
    }
    const parts = top.pieces.map((piece) => (typeof piece === 'string' ? utf8Length(piece) : lengths.get(piece)!))
    lengths.set(top.node, parts.reduce((sum, length) => sum + length, 0))
    open.pop()
  }
  return lengths
}

function split({ node, level, indented }: Layout): (string | Layout)[] {
  const start = indented ? indent(level) : ''
  const inner = (child: Expr): Layout => ({ node: child, level: level + 1, indented: true })
  const end = `\n${indent(level)})`
  switch (node.type) {
    case 'AggregateExpr':
      return [`${start + aggregateHead(node)}(\n`, ...(node.param ? [inner(node.param), ',\n'] : []), inner(node.expr), end]
    case 'BinaryExpr': {
      const lhs = { node: node.lhs, level: level + 1, indented }
      return [lhs, `\n${indent(level)}${binaryOperator(node)}\n`, inner(node.rhs)]
    }
    case 'Call': {
      const args = node.args.flatMap((arg, index) => (index > 0 ? [',\n', inner(arg)] : [inner(arg)]))
      return [`${start + printText(node.func)}(\n`, ...args, end]
    }
    case 'ParenExpr':
      return [`${start}(\n`, inner(node.expr), end]
    case 'SubqueryExpr':
      return [{ node: node.expr, level, indented }, subquerySuffix(node)]
    case 'UnaryExpr':
      return [start + node.op, { node: node.expr, level, indented: false }]
    default:
      return [start + print(node)]
  }
}

function indent(level: number): string {
  return '  '.repeat(level)
}
