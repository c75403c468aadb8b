import type { BinaryOp } from '../../promql/ast.js'
import type { Interval } from './types.js'

export const anyValue: Interval = { lo: -Infinity, hi: Infinity, nan: true }
export const nonNegative: Interval = { lo: 0, hi: Infinity, nan: false }

export function between(lo: number, hi: number, nan = false): Interval {
  return { lo, hi, nan }
}

export function point(value: number): Interval {
  return Number.isNaN(value) ? { lo: Infinity, hi: -Infinity, nan: true } : { lo: value, hi: value, nan: false }
}

/** Whether there is no number in it, only NaN at most. */
function isVoid({ lo, hi }: Interval): boolean {
  return lo > hi
}

export function joinIntervals(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), nan: a.nan || b.nan }
}

export function negated({ lo, hi, nan }: Interval): Interval {
  return { lo: -hi, hi: -lo, nan }
}

/** The interval of `f(x)` for an `f` that never falls. */
export function mapped({ lo, hi, nan }: Interval, f: (value: number) => number): Interval {
  return { lo: f(lo), hi: f(hi), nan }
}

export function absolute({ lo, hi, nan }: Interval): Interval {
  if (lo >= 0 || hi < lo) return { lo, hi, nan }
  return hi <= 0 ? { lo: -hi, hi: -lo, nan } : { lo: 0, hi: Math.max(-lo, hi), nan }
}

/** Sums of one or more such values: the sign stays, the bound does where more values only lead away from it. */
export function summed({ lo, hi, nan }: Interval): Interval {
  return { lo: lo >= 0 ? lo : -Infinity, hi: hi <= 0 ? hi : Infinity, nan: nan || (lo === -Infinity && hi === Infinity) }
}

/** The interval of an arithmetic operation (Prometheus: promql/engine.go, vectorElemBinop). */
export function arithmetic(op: BinaryOp, a: Interval, b: Interval): Interval {
  // To the power of 0, and 1 to any power, NaN gives 1.
  const isNan = (isVoid(a) || isVoid(b)) && (op === '+' || op === '-' || op === '*' || op === '/')
  if (isNan) return { lo: Infinity, hi: -Infinity, nan: true }
  const nan = a.nan || b.nan
  switch (op) {
    case '+':
      return corners([a.lo + b.lo, a.hi + b.hi], nan || (isInfinite(a) && isInfinite(b)))
    case '-':
      return corners([a.lo - b.hi, a.hi - b.lo], nan || (isInfinite(a) && isInfinite(b)))
    case '*':
      return corners([a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi], nan || isInfinite(a) || isInfinite(b))
    case '/':
      return quotient(a, b)
    default:
      return anyValue
  }
}

function isInfinite({ lo, hi }: Interval): boolean {
  return lo === -Infinity || hi === Infinity
}

/** From the smallest to the largest; 0 · ∞ and ∞ - ∞ may be anything. */
function corners(values: readonly number[], nan: boolean): Interval {
  return values.some(Number.isNaN) ? anyValue : { lo: Math.min(...values), hi: Math.max(...values), nan }
}

function quotient(a: Interval, b: Interval): Interval {
  const nan = a.nan || b.nan || (a.lo <= 0 && a.hi >= 0 && b.lo <= 0 && b.hi >= 0) || (isInfinite(a) && isInfinite(b))
  if (b.lo > 0 || b.hi < 0) {
    const values = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi].filter((value) => !Number.isNaN(value))
    if (values.length === 4) return { lo: Math.min(...values), hi: Math.max(...values), nan }
    if (a.lo >= 0 && b.lo > 0) return { lo: mayBeNegativeZero(a) ? -0 : 0, hi: Infinity, nan }
    return { ...anyValue, nan }
  }
  if (a.lo >= 0 && b.lo >= 0 && !mayBeNegativeZero(b)) return { lo: mayBeNegativeZero(a) ? -0 : 0, hi: Infinity, nan }
  return { lo: -Infinity, hi: Infinity, nan }
}

/** Negative zero is a divisor with a sign: a lower bound of `-0` says that it may be among the values. */
function mayBeNegativeZero({ lo }: Interval): boolean {
  return lo < 0 || Object.is(lo, -0)
}

/** Whether some value of one and some of the other pass a comparison. */
export function mayPass(op: BinaryOp, a: Interval, b: Interval): boolean {
  if (op === '!=') {
    if (a.nan || b.nan) return true
    return !isVoid(a) && !isVoid(b) && !(a.lo === a.hi && b.lo === b.hi && a.lo === b.lo)
  }
  if (isVoid(a) || isVoid(b)) return false
  switch (op) {
    case '==':
      return a.lo <= b.hi && b.lo <= a.hi
    case '<':
      return a.lo < b.hi
    case '<=':
      return a.lo <= b.hi
    case '>':
      return a.hi > b.lo
    case '>=':
      return a.hi >= b.lo
    default:
      return true
  }
}

/** Whether every value of one and every value of the other pass a comparison. */
export function mustPass(op: BinaryOp, a: Interval, b: Interval): boolean {
  if (op === '!=') return !mayPass('==', a, b)
  return !a.nan && !b.nan && !mayPass(opposite(op), a, b)
}

function opposite(op: BinaryOp): BinaryOp {
  const pairs: Partial<Record<BinaryOp, BinaryOp>> = { '==': '!=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' }
  return pairs[op] ?? op
}

/** What is left of `a` after a comparison with `b`. */
export function narrowed(op: BinaryOp, a: Interval, b: Interval): Interval {
  switch (op) {
    case '==':
      return { lo: lowerBound(a, b), hi: Math.min(a.hi, b.hi), nan: false }
    case '<':
    case '<=':
      return { lo: a.lo, hi: Math.min(a.hi, b.hi), nan: false }
    case '>':
    case '>=':
      return { lo: lowerBound(a, b), hi: a.hi, nan: false }
    default:
      return a
  }
}

function lowerBound(a: Interval, b: Interval): number {
  const lo = Math.max(a.lo, b.lo)
  return lo === 0 && mayBeNegativeZero(a) ? -0 : lo
}

/** The comparison with its sides exchanged. */
export function mirrored(op: BinaryOp): BinaryOp {
  const pairs: Partial<Record<BinaryOp, BinaryOp>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }
  return pairs[op] ?? op
}

/** An interval in words: `0 or more`, `between 0 and 1`. */
export function describeInterval({ lo, hi, nan }: Interval): string {
  if (lo > hi) return nan ? 'not a number' : 'nothing'
  if (lo === hi) return String(lo)
  if (lo === -Infinity) return hi === Infinity ? 'any number' : `${hi} or less`
  return hi === Infinity ? `${lo} or more` : `between ${lo} and ${hi}`
}
