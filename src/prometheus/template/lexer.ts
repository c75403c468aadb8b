import { describeRune, quoteString } from '../../promql/go-text.js'
import type { Span } from '../../text/source.js'

export type TokenKind =
  | 'text' | 'left delimiter' | 'right delimiter' | 'space' | 'end of text' | 'error'
  | 'boolean' | 'character' | 'char constant' | 'complex' | '=' | ':=' | '.' | 'field' | 'identifier' | '(' | ')' | 'number' | '|'
  | 'raw string' | 'string' | 'variable' | 'keyword'

export interface Token extends Span {
  readonly kind: TokenKind
  /** As written; of an error, what Go says. */
  readonly value: string
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'nil', 'template', 'with'])

const space = /[ \t\r\n]+/y
const rightDelimiter = /(?:[ \t\r\n]-)?\}\}/y
const word = /[_\p{L}\p{Nd}]+/uy
const endOfWord = /[ \t\r\n.,|:)(]|\}\}|$/y
const quoted = /"(?:\\[^\n]|[^"\\\n])*"/y
const charConstant = /'(?:\\[^\n]|[^'\\\n])*'/y
const number = /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y

/**
 * The tokens of a template up to its end or to the first text that Go's lexer refuses, which is the last token then
 * (Go: text/template/parse/lex.go). Comments, and the space that trim markers take, are no tokens.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let position = 0

  const push = (kind: TokenKind, end: number): true => {
    tokens.push({ kind, value: text.slice(position, end), start: position, end })
    position = end
    return true
  }
  const failed = (message: string, { start, end }: Span): Token => ({ kind: 'error', value: message, start, end })

  while (position < text.length) {
    const found = text.indexOf('{{', position)
    const delimiter = found < 0 ? text.length : found
    const isTrimmed = /^-[ \t\r\n]/.test(text.slice(delimiter + 2, delimiter + 4))
    const literal = text.slice(position, delimiter)
    const kept = isTrimmed ? literal.replace(/[ \t\r\n]+$/, '') : literal
    if (kept !== '') push('text', position + kept.length)
    position = delimiter
    if (found < 0) break
    const inside = delimiter + (isTrimmed ? 4 : 2)
    if (text.startsWith('/*', inside)) {
      const end = text.indexOf('*/', inside + 2)
      if (end < 0) return [...tokens, failed('unclosed comment', { start: delimiter, end: text.length })]
      const close = at(rightDelimiter, text, end + 2)
      if (close === undefined) return [...tokens, failed('comment ends before closing delimiter', { start: delimiter, end: end + 2 })]
      position = afterAction(close, end + 2)
      continue
    }
    push('left delimiter', delimiter + 2)
    position = inside
    const refused = readAction(delimiter)
    if (refused) return [...tokens, refused]
  }
  tokens.push({ kind: 'end of text', value: 'EOF', start: text.length, end: text.length })
  return tokens

  /** Where the text goes on after a right delimiter. */
  function afterAction(close: string, start: number): number {
    const end = start + close.length
    return close.length > 2 ? end + (at(space, text, end)?.length ?? 0) : end
  }

  /** Reads the tokens up to and with the right delimiter; returns the error where one of them is refused. */
  function readAction(opening: number): Token | undefined {
    let depth = 0
    for (;;) {
      const close = at(rightDelimiter, text, position)
      if (close !== undefined) {
        if (depth > 0) return failed('unclosed left paren', { start: position, end: position + close.length })
        const next = afterAction(close, position)
        push('right delimiter', position + close.length)
        position = next
        return undefined
      }
      const character = text[position]
      if (character === undefined) return failed('unclosed action', { start: opening, end: lineEnd(opening) })
      const read = readToken(character)
      if (read !== true) return failed(read.message, { start: position, end: read.end })
      if (character === '(') depth++
      if (character === ')' && --depth < 0) return failed('unexpected right paren', tokens.pop()!)
    }
  }

  /** Reads one token inside an action, or says why there is none. */
  function readToken(character: string): true | { message: string; end: number } {
    const spaces = at(space, text, position)
    if (spaces !== undefined) {
      const isMarker = text.startsWith('-}}', position + spaces.length)
      return push('space', position + spaces.length - (isMarker ? 1 : 0))
    }
    switch (character) {
      case '=': case '|': case '(': case ')':
        return push(character, position + 1)
      case ':':
        return text[position + 1] === '=' ? push(':=', position + 2) : { message: 'expected :=', end: position + 1 }
      case '"':
        return readWhole(quoted, 'string', 'unterminated quoted string')
      case "'":
        return readWhole(charConstant, 'char constant', 'unterminated character constant')
      case '`': {
        const end = text.indexOf('`', position + 1)
        return end < 0 ? { message: 'unterminated raw quoted string', end: lineEnd(position) } : push('raw string', end + 1)
      }
      case '$':
        return readWord('variable', 1)
      case '.':
        if (position + 1 < text.length && !/\d/.test(text[position + 1]!)) return readWord('field', 1)
    }
    if (/[+\-.\d]/.test(character)) return readNumber()
    if (at(word, text, position) !== undefined) return readWord('identifier', 0)
    if (character >= ' ' && character <= '~') return push('character', position + 1)
    const rune = String.fromCodePoint(text.codePointAt(position)!)
    return { message: `unrecognized character in action: ${describeRune(rune)}`, end: position + rune.length }
  }

  function readWhole(pattern: RegExp, kind: TokenKind, otherwise: string) {
    const whole = at(pattern, text, position)
    return whole === undefined ? { message: otherwise, end: lineEnd(position) } : push(kind, position + whole.length)
  }

  function readWord(kind: 'variable' | 'field' | 'identifier', sign: number) {
    const end = position + sign + (at(word, text, position + sign)?.length ?? 0)
    if (at(endOfWord, text, end) === undefined) {
      const rune = String.fromCodePoint(text.codePointAt(end)!)
      return { message: `bad character ${describeRune(rune)}`, end: end + rune.length }
    }
    const value = text.slice(position, end)
    if (value === '.') return push('.', end)
    if (kind !== 'identifier') return push(kind, end)
    return push(keywords.has(value) ? 'keyword' : value === 'true' || value === 'false' ? 'boolean' : 'identifier', end)
  }

  function readNumber() {
    let end = position + (at(number, text, position) ?? '').length
    const bad = () => {
      if (at(word, text, end) !== undefined) end += String.fromCodePoint(text.codePointAt(end)!).length
      return { message: `bad number syntax: ${quoteString(text.slice(position, end))}`, end }
    }
    if (at(word, text, end) !== undefined) return bad()
    if (!/[+-]/.test(text[end] ?? '')) return push('number', end)
    end += (at(number, text, end) ?? '').length
    return at(word, text, end) !== undefined || text[end - 1] !== 'i' ? bad() : push('complex', end)
  }

  function lineEnd(from: number): number {
    const newline = text.indexOf('\n', from)
    return newline < 0 ? text.length : newline
  }
}

function at(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position
  return pattern.exec(text)?.[0]
}
