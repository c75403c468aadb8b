import { quoteString } from '../../promql/go-text.js'
import type { NumberConstant, StringConstant } from './ast.js'
import type { Token } from './lexer.js'

const escape = /\\(?:([abfnrtv\\"])|x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y
const characters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The string that a quoted token is in Go (strconv.Unquote), with the place of each character; `undefined` where it is none. */
export function stringConstant({ kind, value: written, start, end }: Token): StringConstant | undefined {
  const offsets: number[] = []
  let value = ''
  const last = written.length - 1
  for (let i = 1; i < last;) {
    let text = written[i]!
    let length = 1
    if (kind === 'string' && text === '\\') {
      escape.lastIndex = i
      const match = escape.exec(written)
      if (match === null) return undefined
      const [whole, simple, hex, octal, short, long] = match
      const code = Number.parseInt(hex ?? octal ?? short ?? long ?? '0', octal === undefined ? 16 : 8)
      if (code > (octal === undefined ? 0x10ffff : 255) || (code >= 0xd800 && code <= 0xdfff)) return undefined
      text = simple === undefined ? String.fromCodePoint(code) : (characters[simple] ?? simple)
      length = whole.length
    } else if (kind === 'raw string' && text === '\r') text = ''
    for (let unit = 0; unit < text.length; unit++) offsets.push(start + i)
    value += text
    i += length
  }
  offsets.push(start + last)
  return { kind: 'string', value, offsets, start, end }
}

const character = /^'(?:[^\\']|\\(?:[abfnrtv\\']|x[\da-fA-F]{2}|[0-7]{3}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))'$/u
const integer = /^[+-]?(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/
const float = /^[+-]?(?:0[xX](?:_?[\da-fA-F])*(?:\.[\da-fA-F](?:_?[\da-fA-F])*)?\.?[pP][+-]?\d+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)$/

/** The number that a token is in Go, or what Go says against it (text/template/parse/node.go, newNumber). */
export function numberConstant({ kind, value, start, end }: Token): NumberConstant | { readonly problem: string } {
  const is = (type: NumberConstant['type']) => ({ kind: 'number', type, start, end }) as const
  if (kind === 'char constant') {
    if (character.test(value)) return is('int')
    return { problem: /^'(?:'|\\(?![abfnrtv\\'xuU0-7]))/.test(value) ? 'invalid syntax' : `malformed character constant: ${value}` }
  }
  if (kind === 'complex') return is('complex128')
  if (value.endsWith('i')) {
    const real = value.slice(0, -1)
    if (float.test(real) || integer.test(real)) return is('complex128')
  }
  // A float without a fraction is an integer too, where an integer is wanted.
  if (integer.test(value)) return is('int')
  if (!float.test(value)) return { problem: `illegal number syntax: ${quoteString(value)}` }
  return /[.eEpP]/.test(value) ? is('float64') : { problem: `integer overflow: ${quoteString(value)}` }
}
