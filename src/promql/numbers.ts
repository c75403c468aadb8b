import { quoteString } from './go-text.js'

/** A number read from a literal, or what Go's strconv would say against it. */
export type ParsedNumber = { readonly value: number } | { readonly error: string }

const plainDecimal = /^(?:0|[1-9]\d{0,14})$/
const maxInt64 = 2n ** 63n - 1n

/**
 * The value of a number literal: an integer in Go's base-0 syntax (`0x1f`, `017`, `1_000`) or else a decimal float
 * (Prometheus: promql/parser/parse.go, number).
 */
export function parseNumber(source: string): ParsedNumber {
  if (plainDecimal.test(source)) return { value: Number(source) }
  if (!underscoresSeparateDigits(source)) return floatError(source, 'invalid syntax')
  const digits = source.replaceAll('_', '')
  const integer = parseInteger(digits)
  if (integer !== undefined) return { value: integer }
  if (/^[+-]?(?:inf|infinity)$/i.test(source)) return { value: Infinity }
  if (/^nan$/i.test(source)) return { value: NaN }
  if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)) return floatError(source, 'invalid syntax')
  const value = Number(digits)
  return Number.isFinite(value) ? { value } : floatError(source, 'value out of range')
}

function floatError(source: string, problem: string): ParsedNumber {
  return { error: `strconv.ParseFloat: parsing ${quoteString(source)}: ${problem}` }
}

/** Go's strconv.ParseInt(source, 0, 64), underscores already taken out. */
function parseInteger(digits: string): number | undefined {
  let value: bigint
  if (/^0x[0-9a-f]+$/i.test(digits) || /^(?:0|[1-9]\d*)$/.test(digits)) value = BigInt(digits)
  else if (/^0[0-7]+$/.test(digits)) value = BigInt(`0o${digits.slice(1)}`)
  else return undefined
  return value <= maxInt64 ? Number(value) : undefined
}

/** Go allows an underscore between two digits and after `0x` (strconv, underscoreOK). */
function underscoresSeparateDigits(source: string): boolean {
  if (!source.includes('_')) return true
  return /^0x/i.test(source) ? /^0x(?:_?[0-9a-f])+$/i.test(source) : !/(?<!\d)_|_(?!\d)/.test(source)
}

const units: ReadonlyMap<string, { readonly rank: number; readonly milliseconds: bigint }> = new Map(
  ([['y', 31_536_000_000n], ['w', 604_800_000n], ['d', 86_400_000n], ['h', 3_600_000n], ['m', 60_000n], ['s', 1000n],
    ['ms', 1n]] as const).map(([unit, milliseconds], rank) => [unit, { rank, milliseconds }]),
)
const maxUint64 = 2n ** 64n - 1n
const countAndUnit = /(\d+)(\D*)/y

/** The seconds of `1h30m` and the like (Prometheus: common/model/time.go, ParseDuration). */
export function parseDuration(source: string): ParsedNumber {
  const invalid = { error: `not a valid duration string: ${quoteString(source)}` }
  let milliseconds = 0n
  let lastRank = -1
  for (let position = 0; position < source.length; position = countAndUnit.lastIndex) {
    countAndUnit.lastIndex = position
    const [, digits = '', name = ''] = countAndUnit.exec(source) ?? []
    if (name === '') return invalid
    const count = BigInt(digits)
    if (count > maxUint64) return invalid
    const unit = units.get(name)
    if (!unit) return { error: `unknown unit ${quoteString(name)} in duration ${quoteString(source)}` }
    if (unit.rank <= lastRank) return invalid
    lastRank = unit.rank
    milliseconds += count * unit.milliseconds
    if (milliseconds * 1_000_000n > maxInt64) return { error: 'duration out of range' }
  }
  return { value: toSeconds(Number(milliseconds)) }
}

/** As Go's Duration.Seconds adds them up. */
function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + (milliseconds % 1000) / 1000
}

/**
 * Seconds as `1h30m`, in whole milliseconds (Prometheus: common/model/time.go, Duration.String). `undefined` where
 * that would not be the same number.
 */
export function formatDuration(seconds: number): string | undefined {
  const milliseconds = Math.round(seconds * 1000)
  if (!Number.isSafeInteger(milliseconds) || toSeconds(milliseconds) !== seconds) return undefined
  if (milliseconds === 0) return '0s'
  let rest = milliseconds
  let text = ''
  const take = (unit: string, size: number, whole: boolean) => {
    if (whole && rest % size !== 0) return
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${unit}`
    rest -= count * size
  }
  // Years and weeks only where nothing remains: they are for round numbers.
  take('y', 31_536_000_000, true)
  take('w', 604_800_000, true)
  take('d', 86_400_000, false)
  take('h', 3_600_000, false)
  take('m', 60_000, false)
  take('s', 1000, false)
  take('ms', 1, false)
  return text
}
