import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/source.js'
import type { Argument, ComprehensionClause, Expression, FormatField, Parameter, SequenceItem } from './ast.js'
import { literalShape, unescape } from './string-literal.js'
import { children, isOperand } from './syntax-nodes.js'

export function annotationOf(node: SyntaxNode, text: string): Expression | undefined {
  const value = children(node).find(isOperand)
  return value && toExpression(value, text)
}

export function toParameters(node: SyntaxNode, text: string): Parameter[] {
  const params: { -readonly [K in keyof Parameter]: Parameter[K] }[] = []
  let star: Parameter['star'] = ''
  let keywordOnly = false
  let afterAssign = false
  for (const part of children(node)) {
    if (part.name === '*' || part.name === '**') star = part.name
    else if (part.name === 'AssignOp') afterAssign = true
    else if (part.name === ',' || part.name === '(' || part.name === ')') {
      if (star === '*') keywordOnly = true
      star = ''
    } else if (part.name === 'TypeDef') {
      const last = params.at(-1)
      if (last) last.annotation = annotationOf(part, text)
    } else if (afterAssign) {
      const last = params.at(-1)
      if (last) last.defaultValue = toExpression(part, text)
      afterAssign = false
    } else if (part.name === 'VariableName') {
      params.push({
        name: text.slice(part.from, part.to), star, keywordOnly: keywordOnly && star === '',
        annotation: undefined, defaultValue: undefined,
      })
      if (star === '*') keywordOnly = true
      star = ''
    }
  }
  return params
}

/** `a`, or the tuple `a, b`. */
export function commaSeparated(parts: SyntaxNode[], text: string, span: Span): Expression {
  const items = toItems(parts, text)
  const isTuple = items.length !== 1 || items[0]!.starred || parts.some((part) => part.name === ',')
  if (items.length === 0) return { kind: 'unknown', ...span }
  if (!isTuple) return items[0]!.value
  return { kind: 'sequence', form: 'tuple', start: items[0]!.value.start, end: items.at(-1)!.value.end, items }
}

function toItems(parts: SyntaxNode[], text: string): SequenceItem[] {
  const items: SequenceItem[] = []
  let starred = false
  for (const part of parts) {
    if (part.name === '*') starred = true
    else if (isOperand(part)) {
      items.push({ value: toExpression(part, text), starred })
      starred = false
    }
  }
  return items
}

/** How many expressions in one another are read; Python refuses 200 parentheses (CPython: Parser/lexer/state.h, MAXLEVEL). */
const maximumDepth = 300
let depth = 0

export function toExpression(node: SyntaxNode, text: string): Expression {
  if (depth >= maximumDepth) return { kind: 'unknown', start: node.from, end: node.to }
  depth++
  const expression = toSimple(node, text)
  depth--
  return expression
}

function toSimple(node: SyntaxNode, text: string): Expression {
  const span = { start: node.from, end: node.to }
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to)
  const unknown: Expression = { kind: 'unknown', ...span }
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', ...span, id: slice(node) }
    case 'Number': {
      const number = Number(slice(node).replaceAll('_', ''))
      return Number.isNaN(number) ? unknown : { kind: 'constant', ...span, value: number }
    }
    case 'Boolean':
      return { kind: 'constant', ...span, value: slice(node) === 'True' }
    case 'None':
      return { kind: 'constant', ...span, value: null }
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return toString(node, text)
    case 'ParenthesizedExpression': {
      const inner = children(node).find(isOperand)
      return inner ? toExpression(inner, text) : unknown
    }
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression': {
      const form = node.name === 'TupleExpression' ? 'tuple' : node.name === 'SetExpression' ? 'set' : 'list'
      return { kind: 'sequence', ...span, form, items: toItems(children(node), text) }
    }
    case 'DictionaryExpression':
      return { kind: 'dictionary', ...span, entries: toEntries(children(node), text) }
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return toComprehension(children(node), text, span, node.name)
    default:
      return toCompound(node, text)
  }
}

function toCompound(node: SyntaxNode, text: string): Expression {
  const span = { start: node.from, end: node.to }
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to)
  const unknown: Expression = { kind: 'unknown', ...span }
  const parts = children(node)
  switch (node.name) {
    case 'MemberExpression': {
      if (!parts[0]) return unknown
      const object = toExpression(parts[0], text)
      const property = parts.find((part) => part.name === 'PropertyName')
      if (property) return { kind: 'attribute', ...span, object, name: slice(property) }
      const inside = parts.slice(1)
      const isSlice = inside.some((part) => part.name === ':')
      return { kind: 'subscript', ...span, object, index: isSlice ? undefined : commaSeparated(inside, text, span) }
    }
    case 'CallExpression': {
      const list = parts.find((part) => part.name === 'ArgList')
      if (!parts[0]) return unknown
      return { kind: 'call', ...span, callee: toExpression(parts[0], text), args: list ? toArguments(list, text) : [] }
    }
    case 'BinaryExpression': {
      const right = parts.at(-1)
      if (!parts[0] || !right || parts.length < 3) return unknown
      const op = parts.slice(1, -1).map(slice).join(' ')
      return { kind: 'binary', ...span, op, left: toExpression(parts[0], text), right: toExpression(right, text) }
    }
    case 'UnaryExpression':
      return parts[1] ? { kind: 'unary', ...span, op: slice(parts[0]!), operand: toExpression(parts[1], text) } : unknown
    case 'ConditionalExpression': {
      const [consequent, , test, , alternate] = parts
      if (!consequent || !test || !alternate) return unknown
      return {
        kind: 'conditional', ...span, test: toExpression(test, text),
        consequent: toExpression(consequent, text), alternate: toExpression(alternate, text),
      }
    }
    case 'LambdaExpression': {
      const params = parts.find((part) => part.name === 'ParamList')
      const body = parts.at(-1)
      if (!body) return unknown
      return { kind: 'lambda', ...span, params: params ? toParameters(params, text) : [], body: toExpression(body, text) }
    }
    case 'AwaitExpression':
      return { kind: 'await', ...span, value: parts[1] && toExpression(parts[1], text) }
    case 'YieldExpression': {
      const isFrom = parts[1]?.name === 'from'
      const value = parts.slice(isFrom ? 2 : 1).find(isOperand)
      return { kind: isFrom ? 'yieldFrom' : 'yield', ...span, value: value && toExpression(value, text) }
    }
    case 'NamedExpression':
      return parts[0] && parts[2]
        ? { kind: 'named', ...span, target: slice(parts[0]), value: toExpression(parts[2], text) }
        : unknown
    default:
      return unknown
  }
}

function toString(node: SyntaxNode, text: string): Expression {
  const span = { start: node.from, end: node.to }
  const literals = node.name === 'ContinuedString' ? children(node) : [node]
  const parts: (string | FormatField)[] = []
  const push = (piece: string) => {
    if (typeof parts.at(-1) === 'string') parts[parts.length - 1] = (parts.at(-1) as string) + piece
    else parts.push(piece)
  }
  for (const literal of literals) {
    const written = text.slice(literal.from, literal.to)
    const { raw, open, close } = literalShape(written)
    if (literal.name !== 'FormatString') {
      push(unescape(written.slice(open, close), raw))
      continue
    }
    const braces = (inside: string) => unescape(inside, raw).replaceAll('{{', '{').replaceAll('}}', '}')
    let at = literal.from + open
    for (const field of children(literal).filter((part) => part.name === 'FormatReplacement')) {
      push(braces(text.slice(at, field.from)))
      parts.push(toField(field, text))
      at = field.to
    }
    push(braces(text.slice(at, literal.from + close)))
  }
  if (parts.every((part) => typeof part === 'string')) return { kind: 'string', ...span, value: parts.join('') }
  return { kind: 'formatString', ...span, parts }
}

function toField(node: SyntaxNode, text: string): FormatField {
  const parts = children(node)
  const value = parts.find(isOperand)
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to)
  // `{name!s}` is `{name}`
  const converts = parts.some((part) => part.name === 'FormatSelfDoc' || (part.name === 'FormatConversion' && slice(part) !== '!s'))
  const spec = parts.find((part) => part.name === 'FormatSpec')
  return {
    value: value ? toExpression(value, text) : { kind: 'unknown', start: node.from, end: node.to },
    format: converts ? undefined : spec ? slice(spec).replace(/^:/, '') : '',
  }
}

function toEntries(parts: SyntaxNode[], text: string): { key: Expression | undefined; value: Expression }[] {
  const entries: { key: Expression | undefined; value: Expression }[] = []
  let key: Expression | undefined
  let unpacks = false
  for (const part of parts) {
    if (part.name === '**') unpacks = true
    else if (part.name === ',') key = undefined
    else if (isOperand(part)) {
      const value = toExpression(part, text)
      if (unpacks) entries.push({ key: undefined, value })
      else if (key) entries.push({ key, value })
      else key = value
      unpacks = false
    }
  }
  return entries
}

export function toArguments(list: SyntaxNode, text: string): Argument[] {
  const parts = children(list)
  if (parts.some((part) => part.name === 'for')) {
    const inside = parts.slice(1, -1)
    const span = { start: inside[0]?.from ?? list.from, end: inside.at(-1)?.to ?? list.to }
    return [{ name: undefined, star: '', value: toComprehension(parts, text, span, 'ComprehensionExpression') }]
  }
  const args: Argument[] = []
  let star: Argument['star'] = ''
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (part.name === '*' || part.name === '**') star = part.name
    else if (isOperand(part)) {
      const valueNode = parts[i + 2]
      if (part.name === 'VariableName' && parts[i + 1]?.name === 'AssignOp' && valueNode) {
        args.push({ name: text.slice(part.from, part.to), star: '', value: toExpression(valueNode, text) })
        i += 2
      } else args.push({ name: undefined, star, value: toExpression(part, text) })
      star = ''
    }
  }
  return args
}

function toComprehension(parts: SyntaxNode[], text: string, span: Span, name: string): Expression {
  const first = parts.findIndex((part) => part.name === 'for' || part.name === 'async')
  const head = parts.slice(0, first).filter(isOperand).map((part) => toExpression(part, text))
  const clauses: { -readonly [K in keyof ComprehensionClause]: ComprehensionClause[K] }[] = []
  let state = 'head'
  let pending: SyntaxNode[] = []
  const flush = () => {
    const last = clauses.at(-1)
    if (last && pending.length > 0) {
      const value = commaSeparated(pending, text, span)
      if (state === 'for') last.target = value
      else if (state === 'in') last.iterable = value
      else if (state === 'if') last.conditions = [...last.conditions, value]
    }
    pending = []
  }
  for (const part of parts.slice(first)) {
    if (part.name === 'for' || part.name === 'in' || part.name === 'if') {
      flush()
      state = part.name
      const unknown: Expression = { kind: 'unknown', ...span }
      if (state === 'for') clauses.push({ target: unknown, iterable: unknown, conditions: [] })
    } else if (![')', ']', '}'].includes(part.name)) pending.push(part)
  }
  flush()
  const isDictionary = name === 'DictionaryComprehensionExpression'
  const value = head[isDictionary ? 1 : 0]
  if (!value) return { kind: 'unknown', ...span }
  return {
    kind: 'comprehension', ...span,
    form: isDictionary ? 'dictionary' : name === 'SetComprehensionExpression' ? 'set' : 'list',
    key: isDictionary ? head[0] : undefined, value, clauses,
  }
}
