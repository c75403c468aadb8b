import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/source.js'
import type { ExceptClause, Expression, Statement } from './ast.js'
import { annotationOf, commaSeparated, toArguments, toExpression, toParameters } from './parse-expressions.js'
import { children, isOperand } from './syntax-nodes.js'

export function toStatements(block: SyntaxNode, text: string): Statement[] {
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
        isTotal: clauses.some(fitsAlways),
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
    case 'DeleteStatement':
      return parts.slice(1).filter(isOperand).flatMap((part) => toRemoval(toExpression(part, text), span))
    case '⚠':
      // What recovery left over may hold whole statements.
      return parts.flatMap((part) => toStatement(part, text))
    default:
      return []
  }
}

/** `del object[index]` as what does the same and is a call: `object.pop(index)`. */
function toRemoval(target: Expression, span: Span): Statement[] {
  if (target.kind === 'sequence') return target.items.flatMap(({ value }) => toRemoval(value, span))
  if (target.kind !== 'subscript') return []
  const { object, index } = target
  const callee: Expression = { kind: 'attribute', start: target.start, end: target.end, object, name: 'pop' }
  return [{ kind: 'expression', ...span, value: { kind: 'call', start: target.start, end: target.end, callee, args: index ? [{ value: index, name: undefined, star: '' }] : [] } }]
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
  const handlers: ExceptClause[] = []
  const otherwise: Statement[] = []
  const finalizer: Statement[] = []
  let clause = 'try'
  let head: SyntaxNode[] = []
  for (const part of parts) {
    if (['try', 'except', 'else', 'finally'].includes(part.name)) {
      clause = part.name
      head = []
    } else if (part.name !== 'Body') head.push(part)
    else if (clause === 'except') handlers.push(toExceptClause(head, bodyOf(part, text), text))
    else (clause === 'try' ? body : clause === 'else' ? otherwise : finalizer).push(...bodyOf(part, text))
  }
  return { kind: 'try', ...span, body, handlers, otherwise, finalizer }
}

/** `except A as b:`; the head is what stands between `except` and the colon. */
function toExceptClause(head: readonly SyntaxNode[], body: Statement[], text: string): ExceptClause {
  const as = head.findIndex((part) => part.name === 'as')
  const name = as === -1 ? undefined : head[as + 1]
  const caught = head[0] && text.slice(head[0].from, head[0].to)
  return {
    catchesAll: caught === undefined || caught === 'BaseException',
    name: name && text.slice(name.from, name.to),
    body,
  }
}

function clauseBody(parts: SyntaxNode[], keyword: string): SyntaxNode | undefined {
  const at = parts.findIndex((part) => part.name === keyword)
  return at === -1 ? undefined : parts.slice(at).find((part) => part.name === 'Body')
}

/** `case _:`, or a bare name, without a guard. */
function fitsAlways(clause: SyntaxNode): boolean {
  const [pattern, ...others] = children(clause).filter((part) => part.name !== 'case' && part.name !== 'Body')
  return pattern?.name === 'CapturePattern' && others.length === 0
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
  const block = parts.find((part) => part.name === 'Body')
  if (node.name === 'ClassDefinition') {
    const list = parts.find((part) => part.name === 'ArgList')
    return { kind: 'class', ...span, name, bases: list ? toArguments(list, text) : [], body: bodyOf(block, text), decorators }
  }
  const params = parts.find((part) => part.name === 'ParamList')
  const returns = parts.find((part) => part.name === 'TypeDef')
  let body: Statement[] | undefined
  return {
    kind: 'function', ...span, name, decorators,
    params: params ? toParameters(params, text) : [],
    returns: returns && annotationOf(returns, text),
    // Most functions are never followed.
    get body() {
      return (body ??= bodyOf(block, text))
    },
  }
}
