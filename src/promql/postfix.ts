import type { AtModifier, Duration, Expr, MatrixSelector, SubqueryExpr, VectorSelector } from './ast.js'
import type { Cursor } from './cursor.js'
import { readDuration, readOffset } from './durations.js'
import { formatFloat } from './go-text.js'
import { readNumber } from './modifiers.js'

const durationStarts = 'number, duration, step(), or range()'

/** An operand while its modifiers are read. */
interface Operand {
  expr: Expr
  /** Set after `[…]` on something that cannot have a range: the end of what Prometheus takes for a matrix. */
  falseMatrixEnd?: number
}

/** Reads `[…]`, `offset`, `@`, `anchored` and `smoothed` behind an operand. */
export function readPostfix(cursor: Cursor, expr: Expr): Expr {
  const operand: Operand = { expr }
  for (;;) {
    switch (cursor.peek()) {
      case '[':
        readBrackets(cursor, operand)
        break
      case 'offset':
        readOffsetModifier(cursor, operand)
        break
      case '@':
        readAtModifier(cursor, operand)
        break
      case 'anchored':
        readExtension(cursor, operand, 'anchored')
        break
      case 'smoothed':
        readExtension(cursor, operand, 'smoothed')
        break
      default:
        return operand.expr
    }
  }
}

function rangeEnd({ expr, falseMatrixEnd }: Operand): number {
  return falseMatrixEnd ?? expr.end
}

function readBrackets(cursor: Cursor, operand: Operand): void {
  const open = cursor.start
  cursor.advance()
  const range = readDuration(cursor)
  if (!range) {
    failBrackets(cursor, 'subquery or range selector', durationStarts)
    return
  }
  checkPositive(cursor, range)
  if (cursor.take(']')) {
    addRange(cursor, operand, range, open)
    return
  }
  if (!cursor.take(':')) {
    failBrackets(cursor, 'subquery or range', '":" or "]"')
    return
  }
  let step: Duration | undefined
  if (cursor.peek() !== ']') {
    step = readDuration(cursor)
    if (step) checkPositive(cursor, step)
    if (!step || cursor.peek() !== ']') {
      failBrackets(cursor, 'subquery selector', step ? '"]"' : 'number, duration, step(), range(), or "]"')
      return
    }
  }
  cursor.take(']')
  const { expr } = operand
  operand.expr = { type: 'SubqueryExpr', expr, range, ...(step && { step }), start: expr.start, end: cursor.end }
  delete operand.falseMatrixEnd
}

function failBrackets(cursor: Cursor, context: string, expected: string): void {
  cursor.unexpected(context, expected)
  cursor.skipTo(']')
  if (cursor.peek() === ']') cursor.skip()
}

function checkPositive(cursor: Cursor, duration: Duration): void {
  if (duration.type !== 'DurationLiteral' || duration.seconds > 0) return
  cursor.error('duration must be greater than 0', duration.start, duration.end)
}

function addRange(cursor: Cursor, operand: Operand, range: Duration, open: number): void {
  const { expr } = operand
  const { end } = cursor
  const problem = rangeProblem(operand)
  if (problem !== undefined) cursor.error(problem, open, end)
  if (expr.type !== 'VectorSelector') {
    operand.falseMatrixEnd = end
    return
  }
  operand.expr = { type: 'MatrixSelector', vectorSelector: expr, range, start: expr.start, end }
}

function rangeProblem({ expr }: Operand): string | undefined {
  if (expr.type !== 'VectorSelector') return 'ranges only allowed for vector selectors'
  if (expr.offset && !isZero(expr.offset)) return 'no offset modifiers allowed before range'
  return expr.at ? 'no @ modifiers allowed before range' : undefined
}

/** Prometheus does not tell `offset 0` from no offset. */
function isZero(duration: Duration): boolean {
  return duration.type === 'DurationLiteral' && Math.abs(duration.seconds) < 5e-10
}

function readOffsetModifier(cursor: Cursor, operand: Operand): void {
  cursor.advance()
  const offset = readOffset(cursor)
  if (!offset) {
    cursor.unexpected('offset', durationStarts)
    return
  }
  const target = modifierTarget(cursor, operand, 'offset modifier')
  if (!target) return
  const isSetTwice = target.offset && !isZero(target.offset)
  if (isSetTwice) cursor.error('offset may not be set multiple times', operand.expr.start, operand.expr.end)
  setModifier(operand, isSetTwice ? {} : { offset }, offset.end)
}

function readAtModifier(cursor: Cursor, operand: Operand): void {
  cursor.advance()
  const at = readTimestamp(cursor)
  if (!at) {
    cursor.unexpected('@', 'timestamp')
    return
  }
  const { timestamp } = at
  if (timestamp !== undefined && !(Math.abs(timestamp) < 2 ** 63)) {
    const message = `timestamp out of bounds for @ modifier: ${formatFixed(timestamp)}`
    cursor.error(message, operand.expr.start, rangeEnd(operand))
  }
  const target = modifierTarget(cursor, operand, '@ modifier')
  if (!target) return
  if (target.at) cursor.error('@ <timestamp> may not be set multiple times', operand.expr.start, operand.expr.end)
  else setModifier(operand, { at }, at.end)
}

/** Go's `%f` of a number that is no timestamp: an integer of 19 digits or more, an infinity or NaN. */
function formatFixed(value: number): string {
  return Number.isFinite(value) ? `${BigInt(value)}.000000` : formatFloat(value)
}

function readTimestamp(cursor: Cursor): AtModifier | undefined {
  const kind = cursor.peek()
  const { start, end } = cursor
  if (kind === 'start' || kind === 'end') {
    cursor.advance()
    if (!cursor.take('(') || !cursor.take(')')) return undefined
    return { preprocessor: kind, start, end: cursor.end }
  }
  if (kind === '+' || kind === '-') {
    cursor.advance()
    const next = cursor.peek()
    const numberEnd = cursor.end
    if (next !== 'number' && next !== 'duration') return undefined
    const value = readNumber(cursor)
    return { timestamp: kind === '-' ? -value : value, start, end: numberEnd }
  }
  if (kind === 'number' || kind === 'duration') return { timestamp: readNumber(cursor), start, end }
  if (kind !== 'template') return undefined
  const template = cursor.takeText()
  return { template, start, end: template.end }
}

/** The node that a modifier belongs to; reports where there is none. */
function modifierTarget(
  cursor: Cursor, operand: Operand, modifier: string,
): VectorSelector | SubqueryExpr | undefined {
  const { expr } = operand
  const end = rangeEnd(operand)
  if (operand.falseMatrixEnd !== undefined) {
    cursor.error('ranges only allowed for vector selectors', expr.start, end)
    return undefined
  }
  if (expr.type === 'VectorSelector' || expr.type === 'SubqueryExpr') return expr
  if (expr.type === 'MatrixSelector') return expr.vectorSelector
  const places = 'an instant vector selector or range vector selector or a subquery'
  cursor.error(`${modifier} must be preceded by ${places}`, expr.start, end)
  return undefined
}

function setModifier(operand: Operand, modifier: { offset?: Duration; at?: AtModifier }, end: number): void {
  const { expr } = operand
  if (expr.type === 'MatrixSelector') {
    operand.expr = { ...expr, vectorSelector: { ...expr.vectorSelector, ...modifier }, end } satisfies MatrixSelector
  } else {
    operand.expr = { ...expr, ...modifier, end }
  }
}

function readExtension(cursor: Cursor, operand: Operand, extension: 'anchored' | 'smoothed'): void {
  cursor.advance()
  const { expr } = operand
  const { start } = expr
  if (operand.falseMatrixEnd !== undefined) return
  if (expr.type === 'SubqueryExpr') {
    cursor.error(`${extension} modifier is not supported for subqueries`, start, expr.end)
    return
  }
  if (expr.type !== 'VectorSelector' && expr.type !== 'MatrixSelector') {
    cursor.error(`${extension} modifier not implemented`, start, expr.end)
    return
  }
  const selector = expr.type === 'MatrixSelector' ? expr.vectorSelector : expr
  if (selector.extension && selector.extension !== extension) {
    cursor.error('anchored and smoothed modifiers cannot be used together', start, expr.end)
  }
  // The range stays as it was, as in Prometheus.
  const extended: VectorSelector = { ...selector, extension }
  operand.expr = expr.type === 'MatrixSelector' ? { ...expr, vectorSelector: extended } : extended
}
