const secondsOf: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800 }

/**
 * Whether two ends of a time range (`now-6h`) or two refresh intervals (`1m`) mean the same: `now-60m` is `now-1h`.
 * Months and years have no fixed length and are compared as written, and so is everything else
 * (Grafana: packages/grafana-data/src/datetime/datemath.ts).
 */
export function isSameTime(a: string, b: string): boolean {
  return a.trim() === b.trim() || (meaning(a) !== undefined && meaning(a) === meaning(b))
}

function meaning(text: string): string | undefined {
  const match = /^(now-)?(\d+)(ms|[smhdw])$/.exec(text.trim())
  return match ? `${match[1] ?? ''}${Number(match[2]) * secondsOf[match[3]!]!}` : undefined
}
