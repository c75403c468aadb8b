/** A source of choices that a seed decides. */
export interface Random {
  /** From 0 to `n - 1`. */
  below(n: number): number
  pick<T>(alternatives: readonly T[]): T
  /** True about once in `n` times. */
  once(n: number): boolean
}

/** mulberry32: small, and the same on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { below, pick: (alternatives) => alternatives[below(alternatives.length)]!, once: (n) => below(n) === 0 }
}
