import { isOctal } from './characters.js'
import { describeRune } from './go-text.js'

/** Where an escape sequence ends, and what is wrong with it. */
interface Escape {
  readonly end: number
  readonly problem?: string
}

/** Checks the escape sequence whose first character after the backslash is at `position` (lex.go, lexEscape). */
export function checkEscape(text: string, position: number, quote: number): Escape {
  const code = text.charCodeAt(position)
  if (code === quote || simpleEscapes.has(text[position] ?? '')) return { end: position + 1 }
  const digits = numericEscapes.get(text[position] ?? '') ?? (isOctal(code) ? octalEscape : undefined)
  if (!digits) {
    const character = text.codePointAt(position)
    if (character === undefined) return { end: position, problem: 'escape sequence not terminated' }
    const found = String.fromCodePoint(character)
    return { end: position + found.length, problem: `unknown escape sequence ${describeRune(found)}` }
  }
  let value = 0
  let at = digits === octalEscape ? position : position + 1
  for (let left = digits.count; left > 0; left--) {
    const character = text.codePointAt(at)
    if (character === undefined) return { end: at, problem: 'escape sequence not terminated' }
    const found = String.fromCodePoint(character)
    const digit = Number.parseInt(found, digits.base)
    if (Number.isNaN(digit)) return { end: at, problem: `illegal character ${describeRune(found)} in escape sequence` }
    value = value * digits.base + digit
    at++
  }
  if (value > digits.max || (value >= 0xd800 && value < 0xe000)) {
    return { end: at, problem: 'escape sequence is an invalid Unicode code point' }
  }
  return { end: at }
}

const simpleEscapes: ReadonlySet<string> = new Set('abfnrtv\\')
const octalEscape = { count: 3, base: 8, max: 255 }
const numericEscapes = new Map([
  ['x', { count: 2, base: 16, max: 255 }],
  ['u', { count: 4, base: 16, max: 0x10ffff }],
  ['U', { count: 8, base: 16, max: 0x10ffff }],
])
