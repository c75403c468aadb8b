import { parseTree, getNodeValue, type Node, type ParseError } from 'jsonc-parser'
import type { DocumentPath, StructuredDocument } from './document.js'
import { findTooDeepValue, maxDepth, tooDeepMessage } from './depth.js'
import type { Change, Edit } from './edit.js'
import { jsonSyntaxProblem } from './json-error.js'
import { tokensOf } from './json-tokens.js'
import { jsonTree } from './json-tree.js'
import { once } from './once.js'
import { spelledInJson } from './spelling.js'
import type { Problem, SourceText, Span } from './source.js'

export interface JsonOptions {
  /** Also takes line and block comments and trailing commas, as `tsconfig.json` does. */
  readonly comments?: boolean
}

/**
 * Parses JSON (RFC 8259; a byte order mark is passed over). Never throws. Of a key that appears twice the last one
 * counts, as in `JSON.parse`. In a broken file `problems` holds the first error, and `value` what could be read.
 */
export function parseJson(source: SourceText, options: JsonOptions = {}): StructuredDocument {
  const text = plainJson(source.text, options.comments ?? false)
  const { value, problem } = valueOf(text, source)
  const root = once(() => (problem === undefined ? jsonTree(text) : problem.tooDeep ? undefined : parseTree(text)))
  const whole = { start: 0, end: source.text.length }
  const childOf = childFinder()
  const spanInLiteral = literalReader(text)

  function find(path: DocumentPath): { node: Node | undefined; exists: boolean } {
    let node = root()
    for (const [index, segment] of path.entries()) {
      const child = node && childOf(node, segment)
      if (child === undefined) return { node, exists: index === path.length }
      node = child
    }
    return { node, exists: true }
  }

  return {
    source,
    ordinal: 0,
    value,
    problems: problem ? [problem] : [],
    spanOf(path) {
      const { node } = find(path)
      return node ? spanOfNode(node) : whole
    },
    keySpanOf(path) {
      const { node, exists } = find(path)
      const property = exists && node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined
      if (property) return spanOfNode(property)
      return node ? spanOfNode(node) : whole
    },
    spanInString(path, start, end) {
      const { node, exists } = find(path)
      if (!node) return whole
      if (!exists || node.type !== 'string') return spanOfNode(node)
      return spanInLiteral(node, start, end)
    },
    edit(change) {
      const { node, exists } = find(change.path)
      return node && exists && !problem ? editOf(change, node, text, spanInLiteral) : undefined
    },
  }
}

function editOf(change: Change, node: Node, text: string, spanInLiteral: ReturnType<typeof literalReader>): Edit | undefined {
  const made = (span: Span, written: string, whole: Node): Edit => ({ span, text: written, change, before: getNodeValue(whole) as unknown, at: whole.offset })
  switch (change.kind) {
    case 'characters': {
      const value = node.value as unknown
      if (typeof value !== 'string' || change.end < change.start || change.end > value.length) return undefined
      const span = spanInLiteral(node, change.start, change.end)
      const written = spelledInJson({ ...change, value, written: text.slice(span.start, span.end) })
      return written === undefined ? undefined : made(span, written, node)
    }
    case 'value':
      return node.type === 'number' || node.type === 'boolean' ? made(spanOfNode(node), JSON.stringify(change.value), node) : undefined
    case 'without': {
      const list = node.parent
      const previous = list?.type === 'array' ? list.children?.[Number(change.path.at(-1)) - 1] : undefined
      return list && previous ? made({ start: spanOfNode(previous).end, end: spanOfNode(node).end }, '', list) : undefined
    }
  }
}

interface ReadValue {
  readonly value: unknown
  readonly problem?: Problem & { readonly tooDeep?: boolean }
}

function valueOf(text: string, source: SourceText): ReadValue {
  try {
    const value: unknown = JSON.parse(text)
    if (findTooDeepValue(value) === undefined) return { value }
  } catch (error) {
    // A SyntaxError, or a RangeError from a text that no engine can hold: told below, with its place.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
  }
  // jsonc-parser recurses, so the depth has to be known to be harmless before it sees the text.
  const tooDeep = firstTokenDeeperThan(text, maxDepth)
  if (tooDeep !== undefined) {
    return { value: undefined, problem: { message: tooDeepMessage, span: { start: tooDeep, end: tooDeep + 1 }, tooDeep: true } }
  }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  return { value: tree && (getNodeValue(tree) as unknown), problem: jsonSyntaxProblem(text, source, errors) }
}

function firstTokenDeeperThan(text: string, limit: number): number | undefined {
  let depth = 0
  for (const { start } of tokensOf(text)) {
    if (text[start] === '{' || text[start] === '[') {
      if (++depth > limit) return start
    } else if (text[start] === '}' || text[start] === ']') depth--
  }
  return undefined
}

/** The text with spaces in place of a byte order mark and of comments, so that every offset stays as it was. */
function plainJson(fileText: string, comments: boolean): string {
  const text = fileText.startsWith('\uFEFF') ? ` ${fileText.slice(1)}` : fileText
  return comments ? withoutComments(text) : text
}

function withoutComments(text: string): string {
  const blanks: Span[] = []
  let comma: Span | undefined
  for (const token of tokensOf(text, { comments: true })) {
    const first = text[token.start]!
    // An unterminated comment stays, to be reported.
    if (first === '/' && (text[token.start + 1] === '/' || text.endsWith('*/', token.end))) blanks.push(token)
    else {
      if ((first === '}' || first === ']') && comma) blanks.push(comma)
      comma = first === ',' ? token : undefined
    }
  }
  const parts: string[] = []
  let at = 0
  for (const { start, end } of blanks.sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '))
    at = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(at)
}

/** Finds values in arrays and objects by their keys, which are put in order once: some objects have thousands. */
function childFinder(): (node: Node, segment: string | number) => Node | undefined {
  const properties = new WeakMap<Node, ReadonlyMap<unknown, Node>>()
  return (node, segment) => {
    if (node.type === 'array') return node.children?.[Number(segment)]
    if (node.type !== 'object') return undefined
    let byKey = properties.get(node)
    // Of a key that appears twice the last one counts.
    if (!byKey) properties.set(node, (byKey = new Map(node.children?.map((property) => [property.children?.[0]?.value, property]))))
    return byKey.get(String(segment))?.children?.[1]
  }
}

function spanOfNode(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length }
}

/** Maps characters of a string value to the stretch of its literal that spells them. Each literal is read through once. */
function literalReader(text: string): (literal: Node, from: number, to: number) => Span {
  const read = new WeakMap<Node, readonly number[]>()
  return (literal, from, to) => {
    const start = literal.offset + 1
    const end = literal.offset + literal.length - 1
    let escapes = read.get(literal)
    if (!escapes) read.set(literal, (escapes = escapesIn(text.slice(start, end))))
    const offsetOf = (index: number) => Math.min(start + index + addedBefore(escapes, index), end)
    const first = offsetOf(from)
    return { start: first, end: to <= from ? first : Math.max(first, offsetOf(to)) }
  }
}

/**
 * For each escape of a literal the index in the value of the character after it, and by how much that character lies
 * farther on in the literal than in the value: pairs, one after the other.
 */
function escapesIn(literal: string): number[] {
  const escapes: number[] = []
  let added = 0
  for (let at = literal.indexOf('\\'); at !== -1;) {
    const length = literal[at + 1] === 'u' ? 6 : 2
    const index = at - added
    added += length - 1
    escapes.push(index + 1, added)
    at = literal.indexOf('\\', at + length)
  }
  return escapes
}

/** How many characters more than in the value stand in the literal before the character at an index. */
function addedBefore(escapes: readonly number[], index: number): number {
  let low = 0
  let high = escapes.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (escapes[2 * middle]! <= index) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : escapes[2 * low - 1]!
}
