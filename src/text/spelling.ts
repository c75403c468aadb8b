import { parseDocument } from 'yaml'
import { ownValue } from './value.js'

/** How a scalar of YAML is written. */
export type ScalarStyle = 'plain' | 'plain in brackets' | 'single' | 'double' | 'literal' | 'folded'

/** A stretch of a scalar that is to be written anew. */
export interface Rewriting {
  /** The value that the scalar has, and the characters of it that change. */
  readonly value: string
  readonly start: number
  readonly end: number
  /** What stands for those characters in the file. */
  readonly written: string
  readonly text: string
}

/**
 * How a text is written in a string of JSON; `undefined` where what is written there does not stand for just the
 * characters that change: part of an escape, or more than them.
 */
export function spelledInJson({ value, start, end, written, text }: Rewriting): string | undefined {
  return jsonMeaning(written) === value.slice(start, end) ? JSON.stringify(text).slice(1, -1) : undefined
}

function jsonMeaning(written: string): string | undefined {
  try {
    return JSON.parse(`"${written}"`) as string
  } catch {
    return undefined
  }
}

const lineBreak = /[\r\n\u0085\u2028\u2029]/
const unprintable = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|\p{Surrogate}/u

/**
 * How a text is written in a scalar of YAML, in the style that this has. `undefined` where the style cannot hold it, or
 * what is written there does not stand for just the characters that change: a fold, part of an escape. `hasLines`: the
 * whole scalar is written on more than one line.
 */
export function spelledInYaml(style: ScalarStyle, rewriting: Rewriting & { readonly hasLines: boolean }): string | undefined {
  const { value, start, end, written, text } = rewriting
  const replaced = value.slice(start, end)
  if ((style !== 'literal' && lineBreak.test(written)) || (style !== 'double' && (lineBreak.test(text) || unprintable.test(text)))) return undefined
  const isBlock = style === 'literal' || style === 'folded'
  // A fold takes the spaces around it along.
  if (rewriting.hasLines && !isBlock && (text === '' || /^[ \t]|[ \t]$/.test(text))) return undefined
  const whole = value.slice(0, start) + text + value.slice(end)
  switch (style) {
    case 'double':
      return doubleQuotedMeaning(written) === replaced ? doubleQuoted(text) : undefined
    case 'single':
      return written.replaceAll("''", "'") === replaced && startsWhole(written) ? text.replaceAll("'", "''") : undefined
    case 'literal':
      return hasLines(written, replaced) && keepsLines(rewriting, style) ? text : undefined
    case 'folded':
      return written === replaced && keepsLines(rewriting, style) ? text : undefined
    default:
      if (written !== replaced) return undefined
      if (isPlain(whole, style)) return text
      // Another text in its place may need quotes; a part of one cannot have them.
      return start === 0 && end === value.length ? `'${text.replaceAll("'", "''")}'` : undefined
  }
}

/** Whether a stretch of a single-quoted scalar does not begin or end between the two quotes that stand for one. */
function startsWhole(written: string): boolean {
  return !/(?<!')(?:'')*'(?!')/.test(written)
}

const simpleEscapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/** What a stretch of a double-quoted scalar without line breaks means; `undefined` where an escape is cut or rare. */
function doubleQuotedMeaning(written: string): string | undefined {
  let meaning = ''
  for (let at = 0; at < written.length;) {
    if (written[at] !== '\\') {
      meaning += written[at++]!
      continue
    }
    const hex = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(written.slice(at, at + 6))
    const simple = ownValue(simpleEscapes, written[at + 1] ?? '')
    if (hex) meaning += String.fromCharCode(Number.parseInt((hex[1] ?? hex[2])!, 16))
    else if (simple !== undefined) meaning += simple
    else return undefined
    at += hex ? hex[0].length : 2
  }
  return meaning
}

/** As JSON writes it, and without what is a line break or unprintable to YAML 1.1. */
function doubleQuoted(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(text).slice(1, -1).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)
}

/** Whether a stretch of a literal block scalar is these lines, with its indentation before all but the first. */
function hasLines(written: string, lines: string): boolean {
  const found = written.split(/\r\n|\r|\n/)
  const wanted = lines.split('\n')
  return found.length === wanted.length && found.every((line, i) => line === wanted[i] || (i > 0 && line.endsWith(wanted[i]!) && /^ *$/.test(line.slice(0, line.length - wanted[i]!.length))))
}

/** Whether the lines of a block scalar stay what they are: none becomes empty, begins with a space, or, where they are folded, ends with one. */
function keepsLines({ value, start, end, text }: Rewriting, style: 'literal' | 'folded'): boolean {
  const beginsLine = start === 0 || value[start - 1] === '\n'
  const endsLine = end === value.length || value[end] === '\n'
  if (style === 'literal') return !(beginsLine && (text === '' || /^\s/.test(text)))
  if (text === '') return !beginsLine && !endsLine && !/\s/.test(value[start - 1]! + value[end]!)
  // Where a folded line breaks cannot be told from the value: a space at an edge may stand for a break.
  return text.trim() === text && !/\s{2}/.test(text)
}

/** Whether a text without quotes is a string of itself. */
function isPlain(text: string, style: 'plain' | 'plain in brackets'): boolean {
  const inBrackets = style === 'plain in brackets'
  const document = parseDocument(inBrackets ? `[${text}]` : `key: ${text}`, { prettyErrors: false, logLevel: 'silent' })
  if (document.errors.length > 0) return false
  const value = document.toJS() as unknown
  return JSON.stringify(value) === JSON.stringify(inBrackets ? [text] : { key: text })
}
