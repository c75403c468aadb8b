import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/python'
import type {
  Argument, ComprehensionClause, Expression, FormatField, Parameter, PythonModule, SequenceItem, Statement,
} from './ast.js'
import { bridgeGrammarGaps } from './grammar-gaps.js'
import { literalShape, unescape } from './string-literal.js'

/** Reads a module; after an error the rest of it is read all the same. */
export function parsePython(source: string): PythonModule {
  const text = bridgeGrammarGaps(source)
  const tree = parser.parse(text)
  const body = toStatements(tree.topNode, text)
  return { body, problems: findProblems(tree.topNode, text) }
}

/** One problem a line: the parser marks several errors where it recovers in steps. */
function findProblems(top: SyntaxNode, text: string): PythonModule['problems'] {
  const problems: { message: string; span: { start: number; end: number } }[] = []
  let lineEnd = -1
  top.cursor().iterate((node) => {
    if (!node.type.isError || node.from < lineEnd) return
    if (isAcceptedAnyway(node.node)) return
    const end = text.indexOf('\n', node.from)
    lineEnd = end === -1 ? text.length : end
    problems.push({ message: 'invalid Python syntax', span: { start: node.from, end: node.to } })
  })
  return problems
}

/** Valid Python that the grammar lacks and whose meaning is not lost: `@a(b).c`, `for x, *rest in y`. */
function isAcceptedAnyway(error: SyntaxNode): boolean {
  const parent = error.parent?.name
  return parent === 'Decorator' || parent === 'ForStatement' || (parent?.endsWith('ComprehensionExpression') ?? false)
}

function children(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') all.push(child)
  }
  return all
}

function toStatements(block: SyntaxNode, text: string): Statement[] {
  return children(block).flatMap((node) => toStatement(node, text))
}

function bodyOf(node: SyntaxNode | undefined, text: string): Statement[] {
  return node ? toStatements(node, text) : []
}

function toStatement(node: SyntaxNode, text: string): Statement[] {
  const span = { start: node.from, end: node.to }
  const parts = children(node)
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to)
  switch (node.name) {
    case 'StatementGroup':
      return parts.flatMap((part) => toStatement(part, text))
    case 'ExpressionStatement':
      return [{ kind: 'expression', ...span, value: commaSeparated(parts, text, span) }]
    case 'AssignStatement':
      return [toAssign(parts, text, span)]
    case 'UpdateStatement': {
      const at = parts.findIndex((part) => part.name === 'UpdateOp')
      if (at < 1) return []
      const op = slice(parts[at]!).slice(0, -1)
      return [{
        kind: 'augmentedAssign', ...span, op,
        target: commaSeparated(parts.slice(0, at), text, span), value: commaSeparated(parts.slice(at + 1), text, span),
      }]
    }
    case 'ImportStatement':
      return toImport(parts, text, span)
    case 'ReturnStatement':
      return [{ kind: 'return', ...span, value: parts.length > 1 ? commaSeparated(parts.slice(1), text, span) : undefined }]
    case 'YieldStatement': {
      const isFrom = parts[1]?.name === 'from'
      const rest = parts.slice(isFrom ? 2 : 1)
      const value = rest.length > 0 ? commaSeparated(rest, text, span) : undefined
      return [{ kind: 'expression', ...span, value: { kind: isFrom ? 'yieldFrom' : 'yield', ...span, value } }]
    }
    case 'IfStatement':
      return [toIf(parts, text, span)]
    case 'ForStatement': {
      const from = parts.findIndex((part) => part.name === 'for')
      const at = parts.findIndex((part) => part.name === 'in')
      const body = parts.findIndex((part) => part.name === 'Body')
      if (at === -1) return bodyOf(parts[body], text)
      return [{
        kind: 'for', ...span,
        target: commaSeparated(parts.slice(from + 1, at), text, span),
        iterable: commaSeparated(parts.slice(at + 1, body === -1 ? undefined : body), text, span),
        body: bodyOf(parts[body], text), otherwise: bodyOf(clauseBody(parts, 'else'), text),
      }]
    }
    case 'WhileStatement': {
      const body = parts.findIndex((part) => part.name === 'Body')
      return [{
        kind: 'while', ...span, test: commaSeparated(parts.slice(1, body === -1 ? undefined : body), text, span),
        body: bodyOf(parts[body], text), otherwise: bodyOf(clauseBody(parts, 'else'), text),
      }]
    }
    case 'WithStatement':
      return [toWith(parts, text, span)]
    case 'TryStatement':
      return [toTry(parts, text, span)]
    case 'MatchStatement': {
      const body = parts.find((part) => part.name === 'MatchBody')
      const subject = parts.slice(1, body ? parts.indexOf(body) : undefined)
      const clauses = body ? children(body).filter((part) => part.name === 'MatchClause') : []
      return [{
        kind: 'match', ...span, subject: commaSeparated(subject, text, span),
        cases: clauses.map((clause) => ({
          captures: captureNames(clause, text),
          body: bodyOf(children(clause).find((part) => part.name === 'Body'), text),
        })),
      }]
    }
    case 'DecoratedStatement': {
      const decorators = parts.filter((part) => part.name === 'Decorator').map((part) => toDecorator(part, text))
      const definition = parts.find((part) => part.name === 'FunctionDefinition' || part.name === 'ClassDefinition')
      return definition ? [toDefinition(definition, text, decorators)] : []
    }
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return [toDefinition(node, text, [])]
    case 'ScopeStatement': {
      const names = parts.slice(1).filter((part) => part.name === 'VariableName').map(slice)
      return [{ kind: parts[0]?.name === 'nonlocal' ? 'nonlocal' : 'global', ...span, names }]
    }
    case 'RaiseStatement':
      return [{ kind: 'raise', ...span, value: parts[1] && toExpression(parts[1], text) }]
    case 'BreakStatement':
      return [{ kind: 'break', ...span, value: undefined }]
    case 'ContinueStatement':
      return [{ kind: 'continue', ...span, value: undefined }]
    case 'AssertStatement':
      return parts.slice(1).filter(isOperand).map((part) => ({ kind: 'expression', ...span, value: toExpression(part, text) }))
    case '⚠':
      // What recovery left over may hold whole statements.
      return parts.flatMap((part) => toStatement(part, text))
    default:
      return []
  }
}

function toAssign(parts: SyntaxNode[], text: string, span: Span): Statement {
  const groups: SyntaxNode[][] = [[]]
  let annotation: Expression | undefined
  for (const part of parts) {
    if (part.name === 'AssignOp') groups.push([])
    else if (part.name === 'TypeDef') annotation = annotationOf(part, text)
    else groups.at(-1)!.push(part)
  }
  const sides = groups.map((group) => commaSeparated(group, text, span))
  if (sides.length === 1) return { kind: 'assign', ...span, targets: sides, annotation, value: undefined }
  return { kind: 'assign', ...span, targets: sides.slice(0, -1), annotation, value: sides.at(-1)! }
}

function toImport(parts: SyntaxNode[], text: string, span: Span): Statement[] {
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to)
  const isFrom = parts[0]?.name === 'from'
  const at = isFrom ? parts.findIndex((part) => part.name === 'import') : 0
  if (at === -1) return []
  const names: { name: string; as: string | undefined }[] = []
  let continues = false
  let aliasing = false
  for (const part of parts.slice(at + 1)) {
    if (part.name === ',') continues = false
    else if (part.name === '*') names.push({ name: '*', as: undefined })
    else if (part.name === 'as') aliasing = true
    else if (part.name === '.') {
      const last = names.at(-1)
      if (last) last.name += '.'
      continues = true
    } else if (part.name === 'VariableName') {
      const last = names.at(-1)
      if (aliasing && last) last.as = slice(part)
      else if (continues && last) last.name += slice(part)
      else names.push({ name: slice(part), as: undefined })
      aliasing = false
    }
  }
  if (!isFrom) return [{ kind: 'import', ...span, names: names.map(({ name, as }) => ({ module: name, as })) }]
  const head = parts.slice(1, at)
  const written = head.map(slice).join('')
  const level = /^\.*/.exec(written)![0].length
  return [{
    kind: 'importFrom', ...span, level, module: written.slice(level),
    names: names.map(({ name, as }) => ({ name, as: as ?? name })),
  }]
}

function toIf(parts: SyntaxNode[], text: string, span: Span): Statement {
  const branches: { test: Expression; body: Statement[] }[] = []
  let test: Expression = { kind: 'unknown', ...span }
  let otherwise: Statement[] = []
  let inElse = false
  for (const part of parts) {
    if (part.name === 'Body') {
      if (inElse) otherwise = bodyOf(part, text)
      else branches.push({ test, body: bodyOf(part, text) })
    } else if (part.name === 'else') inElse = true
    else if (isOperand(part)) test = toExpression(part, text)
  }
  return { kind: 'if', ...span, branches, otherwise }
}

function toWith(parts: SyntaxNode[], text: string, span: Span): Statement {
  const items: { value: Expression; target: Expression | undefined }[] = []
  let aliasing = false
  for (const part of parts) {
    if (part.name === 'as') aliasing = true
    else if (isOperand(part) && part.name !== 'Body') {
      const value = toExpression(part, text)
      const last = items.at(-1)
      if (aliasing && last) last.target = value
      else items.push({ value, target: undefined })
      aliasing = false
    }
  }
  return { kind: 'with', ...span, items, body: bodyOf(parts.find((part) => part.name === 'Body'), text) }
}

function toTry(parts: SyntaxNode[], text: string, span: Span): Statement {
  const body: Statement[] = []
  const handlers: Statement[][] = []
  const after: Statement[] = []
  let clause = 'try'
  for (const part of parts) {
    if (['try', 'except', 'else', 'finally'].includes(part.name)) clause = part.name
    else if (part.name === 'Body') {
      if (clause === 'try') body.push(...bodyOf(part, text))
      else if (clause === 'except') handlers.push(bodyOf(part, text))
      else after.push(...bodyOf(part, text))
    }
  }
  return { kind: 'try', ...span, body, handlers, after }
}

function clauseBody(parts: SyntaxNode[], keyword: string): SyntaxNode | undefined {
  const at = parts.findIndex((part) => part.name === keyword)
  return at === -1 ? undefined : parts.slice(at).find((part) => part.name === 'Body')
}

function captureNames(clause: SyntaxNode, text: string): string[] {
  const names: string[] = []
  for (const part of children(clause)) {
    if (part.name === 'Body') continue
    part.cursor().iterate((node) => {
      if (node.name === 'CapturePattern' || node.name === 'AsPattern') {
        const name = node.node.lastChild
        if (name?.name === 'VariableName') names.push(text.slice(name.from, name.to))
      }
    })
  }
  return names
}

/** A decorator is a dotted name and perhaps one call. */
function toDecorator(node: SyntaxNode, text: string): Expression {
  let value: Expression | undefined
  for (const part of children(node)) {
    const span = { start: value?.start ?? part.from, end: part.to }
    if (part.name === 'VariableName' || part.name === 'PropertyName') {
      const name = text.slice(part.from, part.to)
      value = value ? { kind: 'attribute', ...span, object: value, name } : { kind: 'name', ...span, id: name }
    } else if (part.name === 'ArgList' && value) {
      value = { kind: 'call', ...span, callee: value, args: toArguments(part, text) }
    } else if (part.name !== 'At' && isOperand(part)) value = toExpression(part, text)
  }
  return value ?? { kind: 'unknown', start: node.from, end: node.to }
}

function toDefinition(node: SyntaxNode, text: string, decorators: Expression[]): Statement {
  const parts = children(node)
  const span = { start: node.from, end: node.to }
  const nameNode = parts.find((part) => part.name === 'VariableName')
  const name = nameNode ? text.slice(nameNode.from, nameNode.to) : ''
  const body = bodyOf(parts.find((part) => part.name === 'Body'), text)
  if (node.name === 'ClassDefinition') {
    const list = parts.find((part) => part.name === 'ArgList')
    return { kind: 'class', ...span, name, bases: list ? toArguments(list, text) : [], body, decorators }
  }
  const params = parts.find((part) => part.name === 'ParamList')
  const returns = parts.find((part) => part.name === 'TypeDef')
  return {
    kind: 'function', ...span, name, body, decorators,
    params: params ? toParameters(params, text) : [],
    returns: returns && annotationOf(returns, text),
  }
}

function annotationOf(node: SyntaxNode, text: string): Expression | undefined {
  const value = children(node).find(isOperand)
  return value && toExpression(value, text)
}

function toParameters(node: SyntaxNode, text: string): Parameter[] {
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

type Span = { readonly start: number; readonly end: number }

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '*', '**', '⚠', '.', '->'])
const keywords = new Set(['for', 'in', 'if', 'else', 'elif', 'while', 'with', 'as', 'async', 'assert', 'return', 'yield', 'from'])

function isOperand(node: SyntaxNode): boolean {
  return !punctuation.has(node.name) && !keywords.has(node.name)
}

/** `a`, or the tuple `a, b`. */
function commaSeparated(parts: SyntaxNode[], text: string, span: Span): Expression {
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

function toExpression(node: SyntaxNode, text: string): Expression {
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
  // `{name!s}` is `{name}`
  const formats = parts.some((part) => part.name === 'FormatSpec' || part.name === 'FormatSelfDoc' ||
    (part.name === 'FormatConversion' && text.slice(part.from, part.to) !== '!s'))
  return { value: value ? toExpression(value, text) : { kind: 'unknown', start: node.from, end: node.to }, plain: !formats }
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

function toArguments(list: SyntaxNode, text: string): Argument[] {
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
