import type { BinaryOp, Grouping, Text, VectorMatching } from './ast.js'
import type { Cursor } from './cursor.js'
import { parseDuration, parseNumber } from './numbers.js'
import { isGroupingLabel, isMetricName, type TokenKind } from './tokens.js'

const context = 'grouping opts'

/** Reads `by (…)` or `without (…)`; the cursor is before the keyword. */
export function readGrouping(cursor: Cursor): Grouping {
  const { start } = cursor
  const without = cursor.peek() === 'without'
  cursor.advance()
  const labels = readLabels(cursor)
  return { without, labels, start, end: cursor.lastClosing }
}

/** Reads `(a, "b", c)` (Prometheus: generated_parser.y, grouping_labels). */
function readLabels(cursor: Cursor): Text[] {
  const labels: Text[] = []
  if (!cursor.take('(')) {
    cursor.unexpected(context, '"("')
    return labels
  }
  if (cursor.take(')')) return labels
  for (;;) {
    readLabel(cursor, labels)
    const kind = cursor.peek()
    // A template may bring its own comma: `by (job $more)`.
    if (kind === 'template' || (labels.at(-1)?.parts.some((part) => typeof part !== 'string') && isGroupingLabel(kind))) {
      continue
    }
    if (kind !== ',' && kind !== ')') {
      cursor.unexpected(context, '"," or ")"')
      cursor.skipTo(',', ')')
    }
    if (!cursor.take(',') || cursor.peek() === ')') break
  }
  cursor.take(')')
  return labels
}

function readLabel(cursor: Cursor, labels: Text[]): void {
  const kind = cursor.peek()
  if (kind !== 'string' && kind !== 'template' && !isGroupingLabel(kind)) {
    cursor.unexpected(context, 'label')
    cursor.skipTo(',', ')')
    return
  }
  const label = cursor.takeText()
  if (label.parts.length === 0) cursor.error('invalid label name for grouping: ""', label.start, label.end)
  labels.push(label)
}

/** The matching of an operator without modifiers, which ends at `end`. */
export function bareMatching(op: BinaryOp, end: number): VectorMatching {
  const card = op === 'and' || op === 'or' || op === 'unless' ? 'many-to-many' : 'one-to-one'
  return { on: false, explicit: false, labels: [], card, include: [], start: end, end }
}

/**
 * Reads what may stand between a binary operator and its right side, except `bool`; the cursor is after those.
 * `undefined` where a fill value is broken, which the caller reports.
 */
export function readMatching(cursor: Cursor, bare: VectorMatching): VectorMatching | undefined {
  const keyword = cursor.peek()
  if (keyword === 'on' || keyword === 'ignoring') {
    const { start } = cursor
    cursor.advance()
    const labels = readLabels(cursor)
    const end = cursor.lastClosing
    return readFill(cursor, readGroup(cursor, { ...bare, on: keyword === 'on', explicit: true, labels, start, end }))
  }
  return readFill(cursor, bare)
}

function readGroup(cursor: Cursor, matching: VectorMatching): VectorMatching {
  const keyword = cursor.peek()
  if (keyword !== 'group_left' && keyword !== 'group_right') return matching
  let { end } = cursor
  cursor.advance()
  const next = cursor.peek()
  let include: readonly Text[] = []
  if (next === '(' || !canStartOperand(next)) {
    include = readLabels(cursor)
    end = Math.max(end, cursor.lastClosing)
  }
  return { ...matching, card: keyword === 'group_left' ? 'many-to-one' : 'one-to-many', include, end }
}

function readFill(cursor: Cursor, matching: VectorMatching): VectorMatching | undefined {
  const keyword = cursor.peek()
  if (keyword !== 'fill' && keyword !== 'fill_left' && keyword !== 'fill_right') return matching
  const start = matching.explicit ? matching.start : cursor.start
  cursor.advance()
  const fill = readFillValue(cursor)
  if (fill === undefined) return undefined
  const end = cursor.lastClosing
  if (keyword === 'fill') return { ...matching, fillLeft: fill, fillRight: fill, start, end }
  const filled = { ...matching, [keyword === 'fill_left' ? 'fillLeft' : 'fillRight']: fill, start, end }
  const other = keyword === 'fill_left' ? 'fill_right' : 'fill_left'
  if (!cursor.take(other)) return filled
  const otherFill = readFillValue(cursor)
  if (otherFill === undefined) return undefined
  return { ...filled, [other === 'fill_left' ? 'fillLeft' : 'fillRight']: otherFill, end: cursor.lastClosing }
}

/** Reads `(-1.5)`. */
function readFillValue(cursor: Cursor): number | undefined {
  if (!cursor.take('(')) return undefined
  const sign = cursor.take('-') ? -1 : 1
  if (sign === 1) cursor.take('+')
  const kind = cursor.peek()
  let value = NaN
  if (kind === 'number' || kind === 'duration') value = sign * readNumber(cursor)
  else if (kind === 'template') cursor.advance()
  else return undefined
  return cursor.take(')') ? value : undefined
}

/** The value of the number or duration that is next; 0 after an error in it. */
export function readNumber(cursor: Cursor): number {
  const parsed = cursor.peek() === 'number' ? parseNumber(cursor.source) : parseDuration(cursor.source)
  if ('error' in parsed) {
    const prefix = cursor.peek() === 'number' ? 'error parsing number: ' : ''
    cursor.error(prefix + parsed.error, cursor.start, cursor.end)
  }
  cursor.advance()
  return 'value' in parsed ? parsed.value : 0
}

/** Whether an operand of an expression can begin with this token. */
export function canStartOperand(kind: TokenKind): boolean {
  switch (kind) {
    case 'number':
    case 'duration':
    case 'string':
    case 'template':
    case '{':
    case '(':
    case '+':
    case '-':
      return true
    default:
      return isMetricName(kind)
  }
}
