import type {
  AggregateExpr, AtModifier, BinaryExpr, Duration, Expr, Grouping, MatrixSelector, NumberLiteral, SubqueryExpr, Text,
  VectorMatching, VectorSelector,
} from './ast.js'
import { formatFloat, quoteString } from './go-text.js'
import { formatDuration } from './numbers.js'
import { printDuration, printOffset } from './print-duration.js'
import { isPartOfName, printTemplate } from './templates.js'

/**
 * An expression on one line, in the style of Prometheus (Prometheus: promql/parser/printer.go). It parses back to an
 * equal tree, so it keeps the order of matchers and the quotes around names, which Prometheus does not.
 */
export function print(expr: Expr): string {
  const printed: string[] = []
  const rest: Piece[] = [expr]
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if (typeof piece === 'string') printed.push(piece)
    else for (const part of pieces(piece).reverse()) rest.push(part)
  }
  return printed.join('')
}

/** Part of a printed expression: text, or an expression that is still to be printed. */
export type Piece = string | Expr

/** The printed form of a node, with the nodes in it left as they are. */
export function pieces(node: Expr): Piece[] {
  switch (node.type) {
    case 'AggregateExpr':
      return [aggregateHead(node), '(', ...(node.param ? [node.param, ', '] : []), node.expr, ')']
    case 'BinaryExpr':
      return [node.lhs, ` ${binaryOperator(node)} `, node.rhs]
    case 'Call':
      return [printText(node.func), '(', ...node.args.flatMap((arg, index) => (index > 0 ? [', ', arg] : [arg])), ')']
    case 'MatrixSelector':
      return [printMatrixSelector(node)]
    case 'NumberLiteral':
      return [printNumber(node)]
    case 'ParenExpr':
      return ['(', node.expr, ')']
    case 'StringLiteral':
      return [printText(node.value)]
    case 'SubqueryExpr':
      return [node.expr, subquerySuffix(node)]
    case 'TemplateExpr':
      return [printText(node.text)]
    case 'UnaryExpr':
      return [node.op, node.expr]
    case 'VectorSelector':
      return [printSelector(node) + printModifiers(printAt(node.at) + printExtension(node), node.offset)]
  }
}

/** A name or string as it is written in PromQL. */
export function printText({ parts, quoted }: Text): string {
  if (!quoted) return parts.map((part) => (typeof part === 'string' ? part : printTemplate(part))).join('')
  return `"${parts.map((part) => (typeof part === 'string' ? escape(part) : printTemplate(part))).join('')}"`
}

/** Inside quotes; U+FFFD itself is refused by Prometheus's lexer. */
function escape(text: string): string {
  return quoteString(text).slice(1, -1).replaceAll('\ufffd', '\\ufffd')
}

/** `sum by (job) `, or the bare operation. */
export function aggregateHead({ op, grouping }: AggregateExpr): string {
  return printText(op) + (grouping ? ` ${printGrouping(grouping)} ` : '')
}

function printGrouping({ without, labels }: Grouping): string {
  return `${without ? 'without' : 'by'} (${printLabels(labels)})`
}

function printLabels(labels: readonly Text[]): string {
  return labels.map(printText).join(', ')
}

/** The operator with its modifiers. */
export function binaryOperator({ op, operator, bool, matching }: BinaryExpr): string {
  const symbol = operator ? printText(operator) : op
  return symbol + (bool ? ' bool' : '') + (matching ? printMatching(matching) : '')
}

function printMatching({ on, explicit, labels, card, include, fillLeft, fillRight }: VectorMatching): string {
  let text = explicit ? ` ${on ? 'on' : 'ignoring'} (${printLabels(labels)})` : ''
  if (card === 'many-to-one') text += ` group_left (${printLabels(include)})`
  if (card === 'one-to-many') text += ` group_right (${printLabels(include)})`
  if (fillLeft !== undefined && Object.is(fillLeft, fillRight)) return `${text} fill (${formatFloat(fillLeft)})`
  if (fillLeft !== undefined) text += ` fill_left (${formatFloat(fillLeft)})`
  if (fillRight !== undefined) text += ` fill_right (${formatFloat(fillRight)})`
  return text
}

function printNumber({ value, duration }: NumberLiteral): string {
  const text = duration ? formatDuration(Math.abs(value)) : undefined
  // `+Inf ^ 2` would be a sign before a power.
  if (text === undefined) return value === Infinity ? 'Inf' : formatFloat(value)
  return value < 0 || Object.is(value, -0) ? `-${text}` : text
}

function printSelector({ name, matchers, matcherTemplates }: VectorSelector): string {
  const outside = name && !name.quoted ? printText(name) : ''
  const inside = [...matchers, ...matcherTemplates]
    .sort((a, b) => a.start - b.start)
    .map((item) => (item.type === 'Template' ? printTemplate(item) : printText(item.name) + item.op + printText(item.value)))
  if (name?.quoted) inside.unshift(printText(name))
  // `$x` alone would be an expression of any kind.
  const needsBraces = inside.length > 0 || !name || !isPartOfName(name)
  return outside + (needsBraces ? `{${inside.join(',')}}` : '')
}

function printMatrixSelector({ vectorSelector, range }: MatrixSelector): string {
  const { at, offset } = vectorSelector
  const modifiers = printModifiers(printExtension(vectorSelector) + printAt(at), offset)
  return `${printSelector(vectorSelector)}[${printDuration(range)}]${modifiers}`
}

function printExtension({ extension }: VectorSelector): string {
  return extension ? ` ${extension}` : ''
}

/** `[5m:1m] @ end() offset 1h`. */
export function subquerySuffix({ range, step, at, offset }: SubqueryExpr): string {
  const modifiers = printModifiers(printAt(at), offset)
  return `[${printDuration(range)}:${step ? printDuration(step) : ''}]${modifiers}`
}

/** An offset that an operator would go on with stands first, so that the other modifiers end it. */
function printModifiers(others: string, offset: Duration | undefined): string {
  const text = printOffset(offset)
  return /^ offset (?:\(|[-+]{2})/.test(text) ? text + others : others + text
}

function printAt(at: AtModifier | undefined): string {
  if (!at) return ''
  if (at.preprocessor) return ` @ ${at.preprocessor}()`
  if (at.template) return ` @ ${printText(at.template)}`
  const { timestamp = 0 } = at
  const isWholeMilliseconds = Number(timestamp.toFixed(3)) === timestamp && Math.abs(timestamp) < 1e15
  return ` @ ${isWholeMilliseconds ? timestamp.toFixed(3) : formatFloat(timestamp)}`
}
