import type { Scalar } from 'yaml'
import type { Span } from './source.js'
import type { ScalarStyle } from './spelling.js'

/** For each character of a scalar's value, the stretch of the file that spells it. */
interface CharacterMap {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const maps = new WeakMap<Scalar, CharacterMap>()

/**
 * The span in the file of characters `start` to `end` (UTF-16 offsets, `end` exclusive) of a scalar's value;
 * `undefined` where the scalar has no place.
 */
export function spanInScalar(text: string, scalar: Scalar, start: number, end: number): Span | undefined {
  if (!scalar.range) return undefined
  let map = maps.get(scalar)
  if (!map) maps.set(scalar, (map = mapScalar(text, scalar)))
  const { starts, ends } = map
  const from = starts[start] ?? ends.at(-1) ?? scalar.range[0]
  const to = end > start ? (ends[Math.min(end, ends.length) - 1] ?? from) : from
  return { start: from, end: Math.max(from, to) }
}

/** How a scalar is written. */
export function styleOf({ type }: Scalar, inBrackets: boolean): ScalarStyle {
  switch (type) {
    case 'BLOCK_LITERAL':
      return 'literal'
    case 'BLOCK_FOLDED':
      return 'folded'
    case 'QUOTE_DOUBLE':
      return 'double'
    case 'QUOTE_SINGLE':
      return 'single'
    default:
      return inBrackets ? 'plain in brackets' : 'plain'
  }
}

function mapScalar(text: string, scalar: Scalar): CharacterMap {
  const [start, end] = scalar.range!
  const value = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '')
  switch (scalar.type) {
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return mapBlock(text, start, end, value)
    case 'QUOTE_DOUBLE':
      return mapFlow(text, start + 1, end - 1, 'double')
    case 'QUOTE_SINGLE':
      return mapFlow(text, start + 1, end - 1, 'single')
    default:
      return mapFlow(text, start, end, 'plain')
  }
}

/** Plain and quoted scalars: a line break is folded into a space, n of them into n - 1 line feeds. */
function mapFlow(text: string, start: number, end: number, style: 'plain' | 'single' | 'double'): CharacterMap {
  const starts: number[] = []
  const ends: number[] = []
  const add = (from: number, to: number) => {
    starts.push(from)
    ends.push(to)
  }
  const fold = /[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+/y
  const escape = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\r\n])[ \t]*|[^])/y
  let at = start
  while (at < end) {
    const folded = matchAt(fold, text, at)
    if (folded !== undefined) {
      const breaks = folded.match(/\r\n|\r|\n/g)!.length
      for (let i = 0; i < Math.max(1, breaks - 1); i++) add(at, at + folded.length)
      at += folded.length
    } else if (style === 'double' && text[at] === '\\') {
      const escaped = matchAt(escape, text, at) ?? text[at]!
      if (!/^\\[\r\n]/.test(escaped)) {
        add(at, at + escaped.length)
        const isAstral = escaped.startsWith('\\U') && Number.parseInt(escaped.slice(2), 16) > 0xffff
        if (isAstral) add(at, at + escaped.length)
      }
      at += escaped.length
    } else {
      const width = style === 'single' && text.startsWith("''", at) ? 2 : 1
      add(at, at + width)
      at += width
    }
  }
  return { starts, ends }
}

/**
 * Block scalars: the value holds the lines of the file in their order, without the indentation, and between them
 * only line feeds and the spaces that folding made of them.
 */
function mapBlock(text: string, start: number, end: number, value: string): CharacterMap {
  const starts: number[] = []
  const ends: number[] = []
  const header = /[^\r\n]*(?:\r\n|\r|\n)?/y
  const line = /([^\r\n]*)(?:\r\n|\r|\n|$)/y
  let at = start + (matchAt(header, text, start)?.length ?? 0)
  let indentation: number | undefined
  const addBreaks = (isBreak: (character: string) => boolean) => {
    while (starts.length < value.length && isBreak(value[starts.length]!)) {
      starts.push(at)
      ends.push(at)
    }
  }
  while (at < end && starts.length < value.length) {
    line.lastIndex = at
    const [whole, content] = line.exec(text)! as unknown as [string, string]
    // The first line with content tells the indentation: its value is what is left of it.
    if (indentation === undefined && content.trim() !== '') {
      const firstLine = value.slice(/^\n*/.exec(value)![0].length).split('\n', 1)[0]!
      indentation = leadingSpaces(content) - leadingSpaces(firstLine)
    }
    const kept = indentation === undefined ? '' : content.slice(indentation)
    if (kept !== '') {
      const startsWithSpace = /^[ \t]/.test(kept)
      addBreaks((character) => character === '\n' || (character === ' ' && !startsWithSpace))
      for (let i = 0; i < kept.length && starts.length < value.length; i++) {
        const from = at + indentation! + i
        starts.push(from)
        ends.push(from + 1)
      }
    }
    at += whole.length
    if (whole === '') break
  }
  addBreaks(() => true)
  return { starts, ends }
}

function leadingSpaces(line: string): number {
  return /^ */.exec(line)![0].length
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}
