import type { Duration, DurationExpr } from './ast.js'
import type { Cursor } from './cursor.js'
import { readNumber } from './modifiers.js'

type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^'

/** What has been opened and waits for a duration; `start` and `end` are those of its first token. */
type Frame = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'unary'; readonly op: '+' | '-' }
  | { readonly kind: 'paren' }
  | { readonly kind: 'call'; readonly op: 'min_of' | 'max_of'; lhs?: Duration }
  | { readonly kind: 'binary'; readonly op: ArithmeticOp; readonly lhs: Duration }
)

const precedence: Readonly<Record<string, number>> = { '+': 4, '-': 4, '*': 5, '/': 5, '%': 5, '^': 6 }
const unaryPrecedence = 5

/**
 * Reads a duration expression of `[…]` (Prometheus: generated_parser.y, duration_expr). `undefined` where the next
 * token cannot go on with it, which the caller reports.
 */
export function readDuration(cursor: Cursor): Duration | undefined {
  return readFrom(cursor, [], false)
}

/**
 * Reads the duration after `offset`. There `offset 5m + 1` ends before the `+`, but `offset (5m) + 1` does not
 * (Prometheus: generated_parser.y, offset_duration_expr, and how yacc settles its conflicts with duration_expr).
 */
export function readOffset(cursor: Cursor): Duration | undefined {
  const kind = cursor.peek()
  if (kind !== '+' && kind !== '-') return readFrom(cursor, [], kind !== '(')
  const sign: Frame = { kind: 'unary', op: kind, start: cursor.start, end: cursor.end }
  cursor.advance()
  const next = cursor.peek()
  if (next === 'number' || next === 'duration') return readLiteral(cursor, sign)
  return readFrom(cursor, [sign], next !== '+' && next !== '-')
}

/** Reads a whole expression, or with `single` only its first operand; `open` are the operators before it. */
function readFrom(cursor: Cursor, open: Frame[], single: boolean): Duration | undefined {
  let parens = 0
  for (;;) {
    const kind = cursor.peek()
    const { start, end } = cursor
    if (kind === '+' || kind === '-') {
      open.push({ kind: 'unary', op: kind, start, end })
      cursor.advance()
      continue
    }
    if (kind === '(') {
      open.push({ kind: 'paren', start, end })
      cursor.advance()
      parens++
      continue
    }
    if (kind === 'min_of' || kind === 'max_of') {
      cursor.advance()
      if (!cursor.take('(')) return undefined
      open.push({ kind: 'call', op: kind, start, end })
      parens++
      continue
    }
    let operand = readOperand(cursor)
    let needsOperand = false
    while (operand && !needsOperand) {
      if (single && parens === 0) return reduce(cursor, open, operand, 0)
      const next = cursor.peek()
      const level = precedence[next]
      operand = reduce(cursor, open, operand, level ?? 0)
      const frame = open.at(-1)
      if (level !== undefined) {
        open.push({ kind: 'binary', op: next as ArithmeticOp, lhs: operand, start: cursor.start, end: cursor.end })
        cursor.advance()
        needsOperand = true
      } else if (!frame) return operand
      else if (frame.kind === 'call' && !frame.lhs) {
        if (!cursor.take(',')) return undefined
        frame.lhs = operand
        needsOperand = true
      } else {
        if (!cursor.take(')')) return undefined
        open.pop()
        parens--
        operand = close(frame, operand, cursor.end)
      }
    }
    if (!operand) return undefined
  }
}

function readOperand(cursor: Cursor): Duration | undefined {
  const kind = cursor.peek()
  const { start } = cursor
  switch (kind) {
    case 'number':
    case 'duration':
      return readLiteral(cursor, undefined)
    case 'template': {
      const text = cursor.takeText()
      return { type: 'DurationTemplate', text, start, end: text.end }
    }
    case 'step':
    case 'range':
      cursor.advance()
      if (!cursor.take('(') || !cursor.take(')')) return undefined
      return { type: 'DurationExpr', op: kind, wrapped: false, start, end: cursor.end }
    default:
      return undefined
  }
}

/** The largest number of seconds that Go's time.Duration can hold. */
const maxSeconds = 2 ** 63 / 1e9

function readLiteral(cursor: Cursor, sign: Frame | undefined): Duration {
  const { start, end } = cursor
  let seconds = readNumber(cursor)
  if (seconds > maxSeconds) {
    cursor.error('duration out of range', sign?.start ?? start, sign?.end ?? end)
    seconds = 0
  }
  if (sign?.kind === 'unary' && sign.op === '-') seconds = 0 - seconds
  return { type: 'DurationLiteral', seconds, start: sign?.start ?? start, end }
}

/** Applies the operators on top of the stack that bind tighter than one of this precedence. */
function reduce(cursor: Cursor, open: Frame[], operand: Duration, level: number): Duration {
  let result = operand
  for (;;) {
    const frame = open.at(-1)
    if (frame?.kind === 'unary' && unaryPrecedence >= level) result = applySign(frame.op, result, frame.start)
    else if (frame?.kind === 'binary' && bindsTighter(frame.op, level)) result = combine(cursor, frame, result)
    else return result
    open.pop()
  }
}

function bindsTighter(op: ArithmeticOp, level: number): boolean {
  const own = precedence[op]!
  return own > level || (own === level && op !== '^')
}

function applySign(op: '+' | '-', operand: Duration, start: number): Duration {
  if (operand.type === 'DurationLiteral') {
    return { ...operand, seconds: op === '-' ? 0 - operand.seconds : operand.seconds, start }
  }
  if (op === '+') return operand
  return { type: 'DurationExpr', op, rhs: operand, wrapped: false, start, end: operand.end }
}

function combine(cursor: Cursor, frame: Frame & { kind: 'binary' }, rhs: Duration): Duration {
  const { op, lhs } = frame
  const { start } = lhs
  const { end } = rhs
  if ((op === '/' || op === '%') && rhs.type === 'DurationLiteral' && rhs.seconds === 0) {
    cursor.error(op === '/' ? 'division by zero' : 'modulo by zero', frame.start, frame.end)
    return { type: 'DurationLiteral', seconds: 0, start, end }
  }
  return { type: 'DurationExpr', op, lhs, rhs, wrapped: false, start, end }
}

function close(frame: Frame, operand: Duration, end: number): Duration {
  const { start } = frame
  if (frame.kind === 'call') {
    return { type: 'DurationExpr', op: frame.op, lhs: frame.lhs!, rhs: operand, wrapped: false, start, end }
  }
  return wrap(operand, start, end)
}

/** A parenthesised literal becomes `+ literal`, as in Prometheus (parse.go, wrapParenDurationExpr). */
function wrap(operand: Duration, start: number, end: number): DurationExpr {
  if (operand.type === 'DurationExpr') return { ...operand, wrapped: true, start, end }
  return { type: 'DurationExpr', op: '+', rhs: operand, wrapped: true, start, end }
}
