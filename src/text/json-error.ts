import { printParseErrorCode, type ParseError } from 'jsonc-parser'
import { tokensOf } from './json-tokens.js'
import type { Problem, SourceText, Span } from './source.js'

/** Tells the first of jsonc-parser's errors in words, at the characters that are wrong. */
export function jsonSyntaxProblem(text: string, source: SourceText, errors: readonly ParseError[]): Problem {
  const end = text.trimEnd().length
  if (end === 0) return { message: 'The file is empty', span: { start: 0, end: 0 } }
  const error = errors[0]
  if (error === undefined) return { message: 'Not valid JSON', span: { start: 0, end: text.length } }

  const code = printParseErrorCode(error.error)
  const atEnd = error.offset >= end || (code === 'UnexpectedEndOfString' && error.offset + error.length >= end)
  if (atEnd) return endOfFile(text, source, end)

  // A comment that does not end is told as longer than the text.
  const span = { start: error.offset, end: Math.min(error.offset + error.length, text.length) }
  const token = shortened(text.slice(span.start, span.end))
  const found = token.startsWith('"') ? token : `"${token}"`
  const message = (told: string): Problem => ({ message: told, span })

  switch (code) {
    case 'PropertyNameExpected': {
      const comma = commaBefore(text, span.start)
      if (text[span.start] === '}' && comma) return { message: 'Trailing comma before "}"', span: comma }
      return message(`Expected a property name in double quotes, found ${found}`)
    }
    case 'ValueExpected': {
      const comma = commaBefore(text, span.start)
      if (text[span.start] === ']' && comma) return { message: 'Trailing comma before "]"', span: comma }
      return message(`Expected a value, found ${found}`)
    }
    case 'InvalidSymbol':
      return message(invalidSymbol(text, span, found))
    case 'ColonExpected':
      return message(`Expected ":" after the property name, found ${found}`)
    case 'CommaExpected':
      return message(/^[}\]]/.test(text.slice(span.start)) ? mismatch(text, source, span.start) : `Expected "," before ${found}`)
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
      return message(mismatch(text, source, span.start))
    case 'EndOfFileExpected':
      return message(`Expected the end of the file, found ${found}`)
    case 'InvalidCommentToken':
      return message('JSON has no comments')
    case 'UnexpectedEndOfString':
      return message('The string has no closing quote on its line')
    case 'UnexpectedEndOfNumber':
      return message(`The number ${found} is not complete`)
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
    case 'InvalidCharacter':
      return inString(text, span)
    default:
      return message(`Unexpected ${found}`)
  }
}

function endOfFile(text: string, source: SourceText, end: number): Problem {
  const open = openAt(text, text.length)
  const span = { start: end, end }
  if (open === undefined) return { message: 'The file ends too early', span }
  const { line } = source.positionAt(open.offset)
  return { message: `The file ends inside the ${open.what} that begins on line ${line}`, span }
}

function mismatch(text: string, source: SourceText, offset: number): string {
  const open = openAt(text, offset)
  if (open === undefined) return `Unexpected "${text[offset]}"`
  const { line } = source.positionAt(open.offset)
  return `Expected "," or "${open.what === 'array' ? ']' : '}'}" in the ${open.what} that begins on line ${line}, found "${text[offset]}"`
}

/** The innermost thing that is open at an offset. */
function openAt(text: string, offset: number): { what: 'array' | 'object' | 'string'; offset: number } | undefined {
  const open: { what: 'array' | 'object' | 'string'; offset: number }[] = []
  for (const { start, end } of tokensOf(text)) {
    if (start >= offset) break
    const first = text[start]
    if (first === '{') open.push({ what: 'object', offset: start })
    else if (first === '[') open.push({ what: 'array', offset: start })
    else if (first === '}' || first === ']') open.pop()
    else if (first === '"' && isOpenString(text, start, end)) open.push({ what: 'string', offset: start })
  }
  return open.at(-1)
}

function isOpenString(text: string, start: number, end: number): boolean {
  return !/^"(?:[^"\\]|\\[^])*"$/.test(text.slice(start, end))
}

function invalidSymbol(text: string, span: Span, found: string): string {
  if (text[span.start] === "'") return `Strings take double quotes, found ${shortened(text.slice(span.start, span.end))}`
  if (/^\s*:/.test(text.slice(span.end))) return `The property name ${found} needs double quotes`
  return `${found} is not a JSON value`
}

function inString(text: string, literal: Span): Problem {
  const wrong = /\\u(?![0-9a-fA-F]{4})|\\[^"\\/bfnrtu]|[\u0000-\u001f]/
  let at = literal.start
  while (at < literal.end) {
    const escape = text[at] === '\\'
    const piece = text.slice(at, at + (escape ? 2 : 1))
    const tried = escape && text[at + 1] === 'u' ? text.slice(at, at + 6) : piece
    if (wrong.test(tried)) {
      const span = { start: at, end: at + piece.length }
      if (piece.startsWith('\\u')) return { message: '"\\u" takes four hexadecimal digits', span }
      if (escape) return { message: `"${piece}" is not an escape of JSON`, span }
      const code = piece.charCodeAt(0).toString(16).padStart(4, '0')
      return { message: `A control character (U+${code.toUpperCase()}) has to be escaped inside a string`, span }
    }
    at += piece.length
  }
  return { message: 'The string holds a character that JSON does not allow', span: literal }
}

function commaBefore(text: string, offset: number): Span | undefined {
  const before = text.slice(0, offset).trimEnd().length - 1
  return text[before] === ',' ? { start: before, end: before + 1 } : undefined
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
