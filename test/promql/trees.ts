import type { Expr } from '../../src/promql/index.js'

/** A tree without its ranges, for comparison: key order does not matter, and numbers that JSON lacks are kept. */
export function shape(expr: Expr | undefined): string {
  return JSON.stringify(expr, (key, value: unknown) => {
    if (key === 'start' || key === 'end') return undefined
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : `number ${value < 0 || Object.is(value, -0) ? '-' : ''}${Math.abs(value)}`
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
