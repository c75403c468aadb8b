/** Random choices that follow from a seed alone: the same on every machine. */

/** A source of random 32-bit numbers (mulberry32) for a text such as `promql:1:42`. */
export function randomFrom(text) {
  let state = 2166136261
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16777619)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  return {
    /** A whole number from 0 up to, and not including, `below`. */
    below: (below) => (below <= 0 ? 0 : next() % below),
    pick: (list) => list[next() % list.length],
    chance: (oneIn) => next() % oneIn === 0,
  }
}
