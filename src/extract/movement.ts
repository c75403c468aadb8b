import type { Movement } from '../registry/types.js'

/** What one use does to a gauge; `unknown` where it may do either. */
export type Move = Movement | 'unknown'

/** What it does to a gauge to add a number to it, `undefined` where the number is not known. */
export function moveBy(amount: number | undefined): Move {
  if (amount === undefined || Number.isNaN(amount) || amount === 0) return 'unknown'
  return amount > 0 ? 'up' : 'freely'
}

/** How all that was seen moves a gauge; `isWhole`: there is nothing else. One use that sets it is enough for `freely`. */
export function movementOf(moves: ReadonlySet<Move>, isWhole: boolean): Movement | undefined {
  if (moves.has('freely')) return 'freely'
  return isWhole && moves.has('up') && !moves.has('unknown') ? 'up' : undefined
}
