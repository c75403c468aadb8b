import type { ErrorCode } from 'yaml'
import { tooDeepMessage } from './depth.js'
import type { Problem, Span } from './source.js'

/** What there is to an error of the YAML parser. */
export interface YamlSyntaxError {
  readonly code: ErrorCode
  readonly message: string
  readonly pos: readonly [number, number]
}

/** Tells an error of the YAML parser in words, at the characters that are wrong. */
export function yamlSyntaxProblem(text: string, error: YamlSyntaxError): Problem {
  const quote = /^Missing closing (["'])/.exec(error.message)?.[1]
  const span = wordAt(text, quote === undefined ? error.pos[0] : text.lastIndexOf(quote, error.pos[0] - 1))
  const tab = tabInIndentation(text, error.pos[0])
  if (tab) return { message: 'A tab cannot indent YAML: use spaces', span: tab }
  return { message: sentence(error, text.slice(span.start, span.end)), span }
}

function sentence(error: YamlSyntaxError, found: string): string {
  const { message } = error
  switch (error.code) {
    case 'MISSING_CHAR': {
      if (message.startsWith('Missing closing')) return `A string has no closing ${found[0] ?? 'quote'}`
      const end = /must end with an? ([\]}])/.exec(message)?.[1]
      if (end !== undefined) return `A flow collection has no closing "${end}"`
      if (message.startsWith('Sequence item without')) return `Expected "- " before ${quoted(found)}, as the list has begun`
      if (message.startsWith('Implicit map keys need')) return `Expected ":" after the key ${quoted(found)}`
      return message
    }
    case 'BAD_INDENT': {
      const end = /end with an? ([\]}])/.exec(message)?.[1]
      if (end !== undefined) return `A flow collection has no closing "${end}", or its lines are not indented enough`
      if (message.startsWith('All mapping items') || message.startsWith('All collection items')) {
        return 'The indentation does not match the lines above'
      }
      return message
    }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A second ":" in one line: quote the value, or begin the map on its own line'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A key has to stand on one line: is a ":" missing?'
    case 'BAD_SCALAR_START':
      return `A value cannot begin with "${found[0] ?? ''}": quote it`
    case 'BAD_DQ_ESCAPE':
      return `${message.replace('Invalid escape sequence', 'Not an escape of YAML:')} (in single quotes a backslash is a backslash)`
    case 'RESOURCE_EXHAUSTION':
      return tooDeepMessage
    case 'UNEXPECTED_TOKEN':
      return `Unexpected ${found === '' ? 'end of the line' : quoted(found)}`
    default:
      return message
  }
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}

/** The word at an offset, or the next one on its line; the end of the text before it where there is none. */
function wordAt(text: string, offset: number): Span {
  const start = offset + /^[ \t]*/.exec(text.slice(offset, offset + 200))![0].length
  const word = /^[^\s,[\]{}]+|^\S/.exec(text.slice(start, start + 200))?.[0]
  if (word !== undefined) return { start, end: start + word.length }
  const end = text.slice(0, offset).trimEnd().length
  return { start: Math.max(0, end - 1), end }
}

/** The tab in the indentation of the line that an offset is in. */
function tabInIndentation(text: string, offset: number): Span | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))![0]
  const tab = indentation.indexOf('\t')
  return tab === -1 ? undefined : { start: lineStart + tab, end: lineStart + tab + 1 }
}
