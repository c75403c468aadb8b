import type { AggregateExpr, BinaryExpr, Call, Expr, ParseError, Text, ValueType, VectorSelector } from './ast.js'
import { functions, type PromqlFunction } from './functions.js'
import { quoteString } from './go-text.js'
import { literalText, matchesEmpty } from './regexp.js'
import { printTemplate } from './templates.js'
import { aggregatorsWithParameter } from './tokens.js'
import { typeOf, type CheckedType } from './value-type.js'
import { children } from './walk.js'

/** A node whose children are being checked. */
interface Visit {
  readonly node: Expr
  readonly children: readonly Expr[]
  readonly types: CheckedType[]
}

/**
 * The type check of Prometheus, with its messages in its order (Prometheus: promql/parser/parse.go, checkAST). What
 * depends on a template is taken to be right.
 */
export function check(expr: Expr, text: string, errors: ParseError[]): void {
  const report: Report = (message, { start, end }) => void errors.push({ message, start, end })
  const stack: Visit[] = [enter(expr, report)]
  for (;;) {
    const visit = stack.at(-1)!
    const next = visit.children[visit.types.length]
    if (next) {
      stack.push(enter(next, report, visit))
      continue
    }
    const type = leave(visit, text, report)
    stack.pop()
    const parent = stack.at(-1)
    if (!parent) return
    parent.types.push(type)
    afterChild(parent, type, report)
  }
}

type Report = (message: string, at: { readonly start: number; readonly end: number }) => void

function enter(node: Expr, report: Report, parent?: Visit): Visit {
  if (node.type === 'Call') checkArity(node, report)
  if (node.type === 'VectorSelector') checkSelector(node, isInfoSelector(parent), report)
  return { node, children: checkedChildren(node), types: [] }
}

/** In the order of Prometheus's check, with none of the arguments that it leaves out. */
function checkedChildren(node: Expr): readonly Expr[] {
  if (node.type === 'AggregateExpr') {
    return node.param && aggregatorsWithParameter.has(opOf(node)) ? [node.expr, node.param] : [node.expr]
  }
  if (node.type === 'Call') {
    const func = functionOf(node)
    if (func?.variadic === 0) return node.args.slice(0, func.argTypes.length)
  }
  return children(node)
}

function opOf({ op }: AggregateExpr): string {
  return literalText(op) ?? ''
}

function functionOf({ func }: Call): PromqlFunction | undefined {
  const name = literalText(func)
  return name === undefined ? undefined : functions.get(name)
}

function afterChild({ node, children, types }: Visit, type: CheckedType, report: Report): void {
  const index = types.length - 1
  const child = children[index]!
  if (node.type === 'AggregateExpr') {
    const context = index === 0 ? 'aggregation expression' : 'aggregation parameter'
    const want = index === 0 ? 'vector' : opOf(node) === 'count_values' ? 'string' : 'scalar'
    expectType(want, type, context, child, report)
  } else if (node.type === 'Call') {
    const func = functionOf(node)
    if (!func) return
    const want = func.argTypes[Math.min(index, func.argTypes.length - 1)]
    if (want) expectType(want, type, `call to function ${quoteString(func.name)}`, child, report)
  }
}

function expectType(want: ValueType, type: CheckedType, context: string, at: Expr, report: Report): void {
  if (type === want || type === 'unknown') return
  report(`expected type ${documented(want)} in ${context}, got ${documented(type)}`, at)
}

/** The name of a type in Prometheus's documentation. */
function documented(type: ValueType): string {
  return type === 'vector' ? 'instant vector' : type === 'matrix' ? 'range vector' : type
}

/** The type of a node whose children have been checked, after the checks that need their types. */
function leave({ node, types }: Visit, text: string, report: Report): CheckedType {
  const [first = 'none', second = 'none'] = types
  switch (node.type) {
    case 'AggregateExpr':
    case 'VectorSelector':
      return 'vector'
    case 'BinaryExpr':
      return checkBinary(node, first, second, text, report)
    case 'Call':
      return functionOf(node)?.returnType ?? 'unknown'
    case 'MatrixSelector':
      return 'matrix'
    case 'SubqueryExpr':
      if (first !== 'vector' && first !== 'unknown') {
        report(`subquery is only allowed on instant vector, got ${first} instead`, node)
      }
      return 'matrix'
    case 'NumberLiteral':
      return 'scalar'
    case 'StringLiteral':
      return 'string'
    case 'TemplateExpr':
      return 'unknown'
    case 'ParenExpr':
      return first
    case 'UnaryExpr':
      if (first !== 'scalar' && first !== 'vector' && first !== 'unknown') {
        const wanted = 'unary expression only allowed on expressions of type scalar or instant vector'
        report(`${wanted}, got ${quoteString(documented(first))}`, node)
      }
      return first
  }
}

const comparisonOperators: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])
const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])

function checkBinary(node: BinaryExpr, left: CheckedType, right: CheckedType, text: string, report: Report): CheckedType {
  const { op, lhs, rhs, bool, matching } = node
  const isComparison = comparisonOperators.has(op)
  if (bool && !isComparison) {
    report('bool modifier can only be used on comparison operators', operatorRange(node, text))
  }
  if (isComparison && !bool && left === 'scalar' && right === 'scalar') {
    report('comparisons between scalars must use BOOL modifier', operatorRange(node, text))
  }
  if (matching?.on) {
    const included = matching.include.map(literalText)
    for (const label of matching.labels) {
      const name = literalText(label)
      if (name === undefined) continue
      const message = `label ${quoteString(name)} must not occur in ON and GROUP clause at once`
      for (const other of included) {
        if (other === name) report(message, operatorRange(node, text))
      }
    }
  }
  for (const [side, type] of [[lhs, left], [rhs, right]] as const) {
    if (type !== 'scalar' && type !== 'vector' && type !== 'unknown') {
      report('binary expression must contain only scalar and instant vector types', side)
    }
  }
  checkMatching(node, left, right, report)
  if ((left === 'scalar' || right === 'scalar') && setOperators.has(op)) {
    report(`set operator ${quoteString(op)} not allowed in binary scalar expression`, node)
  }
  if (left === 'scalar' && right === 'scalar') return 'scalar'
  const isOpen = (left === 'unknown' || right === 'unknown') && left !== 'vector' && right !== 'vector'
  return isOpen ? 'unknown' : 'vector'
}

function checkMatching(node: BinaryExpr, left: CheckedType, right: CheckedType, report: Report): void {
  const { op, matching } = node
  if (!matching) return
  const hasFill = matching.fillLeft !== undefined || matching.fillRight !== undefined
  const isVector = (type: CheckedType) => type === 'vector' || type === 'unknown'
  if (!isVector(left) || !isVector(right)) {
    if (matching.labels.length > 0) report('vector matching only allowed between instant vectors', node)
    if (hasFill) report('filling in missing series only allowed between instant vectors', node)
  } else if (setOperators.has(op)) {
    if (matching.card !== 'many-to-many') {
      report(`no grouping allowed for ${quoteString(op)} operation`, node)
      report('set operations must always be many-to-many', node)
    }
    if (hasFill) report('filling in missing series not allowed for set operators', node)
  }
}

/** From the operator to the character before the right side; the end is one short, as in Prometheus. */
function operatorRange({ lhs, rhs }: BinaryExpr, text: string): { start: number; end: number } {
  let start = lhs.end
  while (isSpace(text[start])) start++
  let end = rhs.start - 1
  while (isSpace(text[end])) end--
  return { start, end }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

function checkArity(node: Call, report: Report): void {
  const func = functionOf(node)
  if (!func) return
  const { name, argTypes, variadic } = func
  const got = node.args.length
  // A template can hold several arguments.
  if (node.args.some((arg) => arg.type === 'TemplateExpr')) return
  const inCall = `in call to ${quoteString(name)}, got ${got}`
  const least = argTypes.length - 1
  if (variadic === 0) {
    if (got !== argTypes.length) report(`expected ${argTypes.length} argument(s) ${inCall}`, node)
  } else if (got < least) report(`expected at least ${least} argument(s) ${inCall}`, node)
  else if (variadic > 0 && got > least + variadic) {
    report(`expected at most ${least + variadic} argument(s) ${inCall}`, node)
  }
  if (name === 'info') checkInfoSelector(node, report)
}

/** The second argument of `info` is a selector of labels only. */
function checkInfoSelector(node: Call, report: Report): void {
  const [, selector] = node.args
  if (!selector || selector.type === 'TemplateExpr') return
  if (selector.type !== 'VectorSelector') {
    const type = typeOf(selector)
    if (type !== 'vector' && type !== 'unknown') {
      report(`expected type instant vector in call to function "info", got ${documented(type)}`, node)
    }
    report('expected label selectors only', selector)
  } else if (selector.name && !selector.name.quoted) {
    report('expected label selectors only, got vector selector instead', selector)
  }
}

function isInfoSelector(parent: Visit | undefined): boolean {
  if (parent?.node.type !== 'Call' || parent.types.length !== 1) return false
  return functionOf(parent.node)?.name === 'info'
}

function checkSelector(node: VectorSelector, isInfo: boolean, report: Report): void {
  const { name, matchers } = node
  if (name && !name.quoted) {
    for (const matcher of matchers) {
      if (literalText(matcher.name) !== '__name__') continue
      const names = `${quoteString(sourceOf(name))} or ${quoteString(sourceOf(matcher.value))}`
      report(`metric name must not be set twice: ${names}`, node)
    }
  } else if (!isInfo && !selectsSomething(node)) {
    report('vector selector must contain at least one non-empty matcher', node)
  }
}

function sourceOf({ parts }: Text): string {
  return parts.map((part) => (typeof part === 'string' ? part : printTemplate(part))).join('')
}

/** Whether some matcher does not match the empty string. */
function selectsSomething({ name, matchers, matcherTemplates }: VectorSelector): boolean {
  if (matcherTemplates.length > 0 || (name && name.parts.length > 0)) return true
  return matchers.some(({ op, value }) => {
    const literal = literalText(value)
    if (literal === undefined) return true
    if (op === '=' || op === '!=') return (literal === '') === (op === '!=')
    return matchesEmpty(literal) === (op === '!~')
  })
}
