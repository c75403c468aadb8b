/** Text as Go's `fmt` and `strconv` write it, for messages that read like Prometheus's. */

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

const escapes = new Map([
  ['\x07', '\\a'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\v', '\\v'],
  ['\\', '\\\\'],
])

function quoteWith(text: string, quote: string): string {
  let quoted = quote
  for (const character of text) {
    if (character === quote) quoted += `\\${quote}`
    else quoted += escapes.get(character) ?? (printable.test(character) ? character : escapeCodePoint(character))
  }
  return quoted + quote
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  // A surrogate without its other half is not text; Go would read U+FFFD.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

/** Go's `%q` of a string. */
export function quoteString(text: string): string {
  return quoteWith(text, '"')
}

/** Go's `%q` of a rune; `undefined` is the end of the text. */
export function quoteRune(character: string | undefined): string {
  return quoteWith(character ?? '\ufffd', "'")
}

/** Go's `%#U` of a rune: `U+002E '.'`. */
export function describeRune(character: string): string {
  const code = character.codePointAt(0)!
  const name = `U+${hex(code, 4).toUpperCase()}`
  return printable.test(character) ? `${name} '${character}'` : name
}

/** The number of bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) length += 1
    else if (code < 0x800) length += 2
    else if (code >= 0xd800 && code <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4
      i++
    } else length += 3
  }
  return length
}

/** Go's `strconv.FormatFloat(value, 'f', -1, 64)`: the shortest digits without an exponent. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '', exponent] = String(value).split('e')
  if (exponent === undefined) return mantissa
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}
