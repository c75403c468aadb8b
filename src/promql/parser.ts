import type {
  AggregateExpr, BinaryExpr, BinaryOp, Call, Expr, Grouping, NumberLiteral, ParseOptions, ParseResult, Text, VectorMatching,
} from './ast.js'
import { check } from './check.js'
import { Cursor } from './cursor.js'
import { functions } from './functions.js'
import { quoteString } from './go-text.js'
import { bareMatching, canStartOperand, readGrouping, readMatching, readNumber } from './modifiers.js'
import { readPostfix } from './postfix.js'
import { literalText } from './regexp.js'
import { readVectorSelector } from './selectors.js'
import { isPartOfName } from './templates.js'
import { aggregatorKinds, aggregatorsWithParameter, isFunctionName, isMetricName, type TokenKind } from './tokens.js'

/**
 * Parses and type-checks PromQL as Prometheus 3 does with every experimental feature switched on. Never throws; the
 * time is linear in the length of the text, whatever the nesting.
 */
export function parse(text: string, options: ParseOptions = {}): ParseResult {
  const cursor = new Cursor(text, options.templates === 'grafana')
  if (cursor.peek() === 'end of input') {
    return { expr: undefined, errors: [{ message: 'no expression found in input', start: 0, end: 0 }] }
  }
  const expr = readExpression(cursor)
  if (cursor.errors.length === 0) check(expr, text, cursor.errors)
  return { expr, errors: cursor.errors }
}

/** What has been opened and waits for an operand. The parser keeps these itself, so that nesting costs no stack. */
type Frame = ParenFrame | UnaryFrame | BinaryFrame | CallFrame | AggregateFrame

interface ParenFrame {
  readonly kind: 'paren'
  readonly start: number
}

interface UnaryFrame {
  readonly kind: 'unary'
  readonly op: '+' | '-'
  readonly start: number
}

interface BinaryFrame {
  readonly kind: 'binary'
  readonly op: BinaryOp
  readonly operator: Text | undefined
  readonly lhs: Expr
  readonly bool: boolean
  readonly matching: VectorMatching
}

interface CallFrame {
  readonly kind: 'call'
  readonly func: Text
  readonly args: Expr[]
  /** Where the last comma starts. */
  comma?: number
}

interface AggregateFrame {
  readonly kind: 'aggregate'
  readonly func: Text
  readonly grouping: Grouping | undefined
  readonly args: Expr[]
  comma?: number
}

/** Prometheus: generated_parser.y; only `^` is right-associative. */
const precedence: Readonly<Record<string, number>> = {
  'or': 1, 'and': 2, 'unless': 2, 'template': 2,
  '==': 3, '!=': 3, '<': 3, '<=': 3, '>': 3, '>=': 3, '</': 3, '>/': 3,
  '+': 4, '-': 4, '*': 5, '/': 5, '%': 5, 'atan2': 5, '^': 6,
}
const unaryPrecedence = 5

function readExpression(cursor: Cursor): Expr {
  const frames: Frame[] = []
  for (;;) {
    let operand = readOperand(cursor, frames)
    while (operand) {
      operand = readPostfix(cursor, operand)
      const kind = cursor.peek()
      const level = precedence[kind]
      operand = reduce(frames, operand, level ?? 0)
      const frame = frames.at(-1)
      if (level !== undefined) {
        operand = openBinary(cursor, kind as BinaryOp, operand, frames)
      } else if (kind === ')' && frame) {
        cursor.advance()
        frames.pop()
        operand = close(cursor, frame, operand)
      } else if (kind === ',' && (frame?.kind === 'call' || frame?.kind === 'aggregate')) {
        addArgument(frame, operand)
        frame.comma = cursor.start
        cursor.advance()
        operand = undefined
      } else if (kind === 'end of input') {
        if (!frame) return operand
        frames.pop()
        operand = close(cursor, frame, operand)
      } else {
        fail(cursor, frames)
        operand = recover(cursor, frames, operand)
      }
    }
  }
}

/** Reads up to a whole operand, or opens something that contains one and returns `undefined`. */
function readOperand(cursor: Cursor, frames: Frame[]): Expr | undefined {
  const kind = cursor.peek()
  const { start } = cursor
  switch (kind) {
    case '+':
    case '-':
      cursor.advance()
      frames.push({ kind: 'unary', op: kind, start })
      return undefined
    case '(':
      cursor.advance()
      frames.push({ kind: 'paren', start })
      return undefined
    case 'number':
    case 'duration': {
      const { end } = cursor
      return { type: 'NumberLiteral', value: readNumber(cursor), duration: kind === 'duration', start, end }
    }
    case 'string': {
      const value = cursor.takeText()
      return { type: 'StringLiteral', value, start, end: value.end }
    }
    case '{':
      return readVectorSelector(cursor, undefined)
    case 'template':
      return readTemplate(cursor, frames)
    default:
      if (isMetricName(kind)) return readName(cursor, kind, frames)
      return missingOperand(cursor, frames)
  }
}

function readName(cursor: Cursor, kind: TokenKind, frames: Frame[]): Expr | undefined {
  const name = cursor.takeText()
  const next = cursor.peek()
  if (next === '(') {
    if (isFunctionName(kind)) return openCall(cursor, name, frames)
    if (aggregatorKinds.has(kind)) return openAggregate(cursor, { ...name, parts: [kind] }, undefined, frames)
  }
  if (aggregatorKinds.has(kind)) {
    if (next === 'by' || next === 'without') return openAggregate(cursor, { ...name, parts: [kind] }, readGrouping(cursor), frames)
    if (next === 'template') {
      const grouping = cursor.takeText()
      const { start, end } = grouping
      return openAggregate(cursor, { ...name, parts: [kind] }, { without: false, labels: [grouping], start, end }, frames)
    }
  }
  return readVectorSelector(cursor, name)
}

/** A word with templates can be a metric, a function, an aggregation or any expression: what follows may tell. */
function readTemplate(cursor: Cursor, frames: Frame[]): Expr | undefined {
  const text = cursor.takeText()
  switch (cursor.peek()) {
    case '(':
      return openCall(cursor, text, frames)
    case 'by':
    case 'without':
      return openAggregate(cursor, text, readGrouping(cursor), frames)
    case '{':
    case '[':
    case 'offset':
    case '@':
    case 'anchored':
    case 'smoothed':
      return readVectorSelector(cursor, text)
    default:
      if (isPartOfName(text)) return readVectorSelector(cursor, text)
      return { type: 'TemplateExpr', text, start: text.start, end: text.end }
  }
}

function openCall(cursor: Cursor, func: Text, frames: Frame[]): Expr | undefined {
  const frame: CallFrame = { kind: 'call', func, args: [] }
  return openParen(cursor, frame, frames)
}

function openAggregate(
  cursor: Cursor, func: Text, grouping: Grouping | undefined, frames: Frame[],
): Expr | undefined {
  return openParen(cursor, { kind: 'aggregate', func, grouping, args: [] }, frames)
}

function openParen(cursor: Cursor, frame: CallFrame | AggregateFrame, frames: Frame[]): Expr | undefined {
  frames.push(frame)
  if (cursor.recovering) cursor.skipTo('(')
  if (!cursor.take('(')) {
    fail(cursor, frames)
    frames.pop()
    return missing(cursor)
  }
  if (!cursor.take(')')) return undefined
  frames.pop()
  return close(cursor, frame, undefined)
}

function openBinary(cursor: Cursor, op: BinaryOp, lhs: Expr, frames: Frame[]): Expr | undefined {
  if (op === 'template') return openTemplateOperator(cursor, lhs, frames)
  const operatorEnd = cursor.end
  cursor.advance()
  pushBinary(cursor, op, undefined, lhs, operatorEnd, frames)
  return undefined
}

function pushBinary(
  cursor: Cursor, op: BinaryOp, operator: Text | undefined, lhs: Expr, operatorEnd: number, frames: Frame[],
): void {
  const bool = cursor.take('bool')
  const bare = bareMatching(op, operatorEnd)
  const matching = readMatching(cursor, bare)
  if (!matching) fail(cursor, frames)
  frames.push({ kind: 'binary', op, operator, lhs, bool, matching: matching ?? bare })
}

/** `a $op b`; or, with nothing behind it, a template for the rest of the expression: `sum(a) $grouping`. */
function openTemplateOperator(cursor: Cursor, lhs: Expr, frames: Frame[]): Expr | undefined {
  const operator = cursor.takeText()
  const { start, end } = operator
  const next = cursor.peek()
  if (next === 'bool' || next === 'on' || next === 'ignoring' || canStartOperand(next)) {
    pushBinary(cursor, 'template', operator, lhs, end, frames)
    return undefined
  }
  if (lhs.type !== 'AggregateExpr' || lhs.grouping) return lhs
  return { ...lhs, grouping: { without: false, labels: [operator], start, end } }
}

/** Applies the operators on top of the stack that bind tighter than one of this precedence. */
function reduce(frames: Frame[], operand: Expr, level: number): Expr {
  let result = operand
  for (;;) {
    const frame = frames.at(-1)
    if (frame?.kind === 'unary' && unaryPrecedence >= level) result = applySign(frame, result)
    else if (frame?.kind === 'binary' && bindsTighter(frame.op, level)) result = combine(frame, result)
    else return result
    frames.pop()
  }
}

function bindsTighter(op: BinaryOp, level: number): boolean {
  const own = precedence[op]!
  return own > level || (own === level && op !== '^')
}

function applySign({ op, start }: UnaryFrame, expr: Expr): Expr {
  if (expr.type !== 'NumberLiteral') return { type: 'UnaryExpr', op, expr, start, end: expr.end }
  return { ...expr, value: op === '-' ? -expr.value : expr.value, start }
}

function combine({ op, operator, lhs, bool, matching }: BinaryFrame, rhs: Expr): BinaryExpr {
  const node: BinaryExpr = { type: 'BinaryExpr', op, lhs, rhs, bool, matching, start: lhs.start, end: rhs.end }
  return operator ? { ...node, operator } : node
}

/** Ends what the frame opened, after its `)`; `last` is its last operand. */
function close(cursor: Cursor, frame: Frame, last: Expr | undefined): Expr {
  const { end } = cursor
  switch (frame.kind) {
    case 'paren':
      return { type: 'ParenExpr', expr: last!, start: frame.start, end }
    case 'call':
    case 'aggregate':
      addArgument(frame, last)
      return frame.kind === 'call' ? closeCall(cursor, frame, end) : closeAggregate(cursor, frame, end)
    default:
      throw new Error(`a ${frame.kind} operator is not closed but reduced`)
  }
}

function closeCall(cursor: Cursor, { func, args }: CallFrame, end: number): Expr {
  const name = literalText(func)
  if (name !== undefined) {
    if (!functions.has(name)) cursor.error(`unknown function with name ${quoteString(name)}`, func.start, func.end)
  } else {
    const next = cursor.peek()
    if (next === 'by' || next === 'without') {
      return closeAggregate(cursor, { kind: 'aggregate', func, args, grouping: undefined }, end)
    }
  }
  return { type: 'Call', func, args, start: func.start, end } satisfies Call
}

/** Prometheus: promql/parser/parse.go, newAggregateExpr. */
function closeAggregate(cursor: Cursor, frame: AggregateFrame, parenEnd: number): Expr {
  const { func, args } = frame
  let { grouping } = frame
  let end = parenEnd
  let reportedEnd = end
  if (!grouping) {
    const next = cursor.peek()
    if (next === 'by' || next === 'without') {
      grouping = readGrouping(cursor)
      end = reportedEnd = grouping.end
    } else if (next === 'number' || next === 'duration') {
      // Prometheus has read one token too many by now, and takes that for the end.
      reportedEnd = cursor.end
    }
  }
  checkArgumentCount(cursor, func, args, reportedEnd)
  const expr = args[1] ?? args[0] ?? missing(cursor)
  const node: { -readonly [Key in keyof AggregateExpr]: AggregateExpr[Key] } = {
    type: 'AggregateExpr', op: func, expr, start: func.start, end,
  }
  if (args.length > 1) node.param = args[0]!
  if (grouping) node.grouping = grouping
  return node
}

function checkArgumentCount(cursor: Cursor, func: Text, args: readonly Expr[], end: number): void {
  const op = literalText(func)
  const expected = op === undefined ? args.length : aggregatorsWithParameter.has(op) ? 2 : 1
  if (args.length === 0) {
    cursor.error('no arguments for aggregate expression provided', func.start, end)
  } else if (args.length !== expected) {
    const counts = `expected ${expected}, got ${args.length}`
    cursor.error(`wrong number of arguments for aggregate expression provided, ${counts}`, func.start, end)
  }
}

/** Complains about the next token for good: Prometheus, too, does not go on after this. */
function fail(cursor: Cursor, frames: readonly Frame[]): void {
  if (cursor.gaveUp) return
  const aggregate = frames.findLast((frame) => frame.kind === 'aggregate')
  if (cursor.recovering) {
    cursor.gaveUp = true
    return
  }
  cursor.unexpected(aggregate ? 'aggregation' : '', '')
  if (aggregate) {
    cursor.error('no arguments for aggregate expression provided', aggregate.func.start, Math.max(aggregate.func.end, cursor.lastClosing))
  }
  cursor.gaveUp = true
}

/** After an error where an operand was expected: what stands in for it. */
function missingOperand(cursor: Cursor, frames: readonly Frame[]): Expr | undefined {
  const frame = frames.at(-1)
  if ((frame?.kind === 'call' || frame?.kind === 'aggregate') && frame.comma !== undefined) {
    cursor.error('trailing commas not allowed in function call args', frame.comma, frame.comma + 1)
    return missing(cursor)
  }
  fail(cursor, frames)
  while (!canStartOperand(cursor.peek()) && !canFollowOperand(cursor.peek())) cursor.skip()
  return canStartOperand(cursor.peek()) ? undefined : missing(cursor)
}

function canFollowOperand(kind: TokenKind): boolean {
  return kind === ')' || kind === ',' || kind === 'end of input' || precedence[kind] !== undefined
}

function addArgument(frame: CallFrame | AggregateFrame, argument: Expr | undefined): void {
  const isThere = argument && argument.start < argument.end
  if (isThere) frame.args.push(argument)
}

/** A number without a place in the text, where an operand is missing. */
function missing({ start }: Cursor): NumberLiteral {
  return { type: 'NumberLiteral', value: NaN, duration: false, start, end: start }
}

/**
 * After an error where an operator was expected: goes past the token, or takes a comma or an operator for missing if
 * another operand follows.
 */
function recover(cursor: Cursor, frames: Frame[], operand: Expr): Expr | undefined {
  const kind = cursor.peek()
  if (kind === 'by' || kind === 'without' || kind === 'on' || kind === 'ignoring') {
    readGrouping(cursor)
    return operand
  }
  if (!canStartOperand(kind)) {
    cursor.skip()
    return operand
  }
  const frame = frames.at(-1)
  if (frame?.kind === 'call' || frame?.kind === 'aggregate') addArgument(frame, operand)
  else pushBinary(cursor, 'or', undefined, operand, operand.end, frames)
  return undefined
}
