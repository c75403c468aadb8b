import { parseAllDocuments, isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { commentedText, type CommentedText } from './comments.js'
import type { DocumentPath, StructuredDocument } from './document.js'
import { maxDepth, tooDeepMessage } from './depth.js'
import type { Change, Edit } from './edit.js'
import { once } from './once.js'
import type { Problem, SourceText, Span } from './source.js'
import { yamlComments } from './yaml-comments.js'
import { yamlSyntaxProblem } from './yaml-error.js'
import { indented, missingIndentation, type IndentedText } from './yaml-indentation.js'
import { spelledInYaml } from './spelling.js'
import { spanInScalar, styleOf } from './yaml-scalar.js'
import { readPlainYaml } from './yaml-plain.js'
import { isMergeKey, keyText, readYamlValue, spanOfNode } from './yaml-value.js'

/**
 * Parses a YAML file into its documents, one for each `---`, as Go's yaml.v3 reads them for Prometheus and Grafana:
 * the YAML 1.2 core schema with merge keys, keys as strings, every key once. Never throws. `problems` of a broken
 * document holds its first error, and `value` what could be read. A file without content gives one document whose
 * value is null.
 */
export function parseYaml(source: SourceText): StructuredDocument[] {
  const comments = once(() => [commentedText(source, yamlComments(source.text))])
  const plain = readPlainYaml(source.text)
  return plain ? [withPlacesLater(source, plain.value, comments)] : parseWithPlaces(source, comments)
}

/** A document whose value is known: the parser is only run once somebody asks where something stands. */
function withPlacesLater(source: SourceText, value: unknown, comments: () => readonly CommentedText[]): StructuredDocument {
  const parsed = once(() => parseWithPlaces(source, comments)[0]!)
  return {
    source,
    ordinal: 0,
    value,
    problems: [],
    comments,
    spanOf: (path) => parsed().spanOf(path),
    keySpanOf: (path) => parsed().keySpanOf(path),
    spanInString: (path, start, end) => parsed().spanInString(path, start, end),
    edit: (change) => parsed().edit(change),
  }
}

function parseWithPlaces(source: SourceText, comments: () => readonly CommentedText[]): StructuredDocument[] {
  try {
    const { documents, parsed } = parseAsGo(source.text)
    if (documents.length === 0) return [{ ...unreadable(source), value: null }]
    return documents.map((document, ordinal) => structured(source, document, parsed, ordinal, comments))
  } catch (error) {
    // The parser recurses: only nesting too deep for the stack can end it.
    if (!(error instanceof RangeError)) throw error
    return [unreadable(source, { message: tooDeepMessage, span: deepestNesting(source.text) })]
  }
}

interface ParsedText {
  readonly documents: readonly Document.Parsed[]
  /** The text that was parsed: the file's, or the same with more indentation. */
  readonly parsed: IndentedText
}

/** How often lines may turn out to need more indentation, after those before them have it. */
const maxRounds = 8

function parseAsGo(fileText: string): ParsedText {
  const asWritten: ParsedText = { parsed: indented(fileText, new Map()), documents: parseStrictly(fileText) }
  let current = asWritten
  let lines: ReadonlyMap<number, number> = new Map()
  for (let round = 0; round < maxRounds; round++) {
    const errors = current.documents.flatMap((document) => document.errors)
    const more = missingIndentation(current.parsed, fileText, errors, lines)
    if (more.size === lines.size) return errors.length === 0 || round === 0 ? current : asWritten
    lines = more
    const parsed = indented(fileText, lines)
    current = { parsed, documents: parseStrictly(parsed.text) }
  }
  return asWritten
}

function parseStrictly(text: string): readonly Document.Parsed[] {
  return parseAllDocuments(text, { prettyErrors: false, merge: true, logLevel: 'silent', uniqueKeys: false })
}

function structured(source: SourceText, document: Document.Parsed, parsed: IndentedText, ordinal: number, comments: () => readonly CommentedText[]): StructuredDocument {
  const syntaxError = document.errors[0]
  const read = readYamlValue(document)
  const problem = syntaxError ? yamlSyntaxProblem(parsed.text, syntaxError) : read.problem
  const resolve = (node: Node | null | undefined) => (isAlias(node) ? read.anchors.get(node) : node)
  const whole = { start: 0, end: source.text.length }
  const inFile = ({ start, end }: Span): Span => ({ start: parsed.offsetInFile(start), end: parsed.offsetInFile(end) })

  function find(path: DocumentPath): FoundNode {
    let found: FoundNode = { node: resolve(document.contents), exists: true }
    for (const segment of path) {
      const pair = childOf(found.node, segment, resolve)
      if (pair === undefined) return { ...found, exists: false }
      // A key without a value stands for its value.
      const node = resolve(pair.value)
      const inBrackets = found.inBrackets === true || (found.node as YAMLMap | null | undefined)?.flow === true
      found = { node: node ?? pair.key, key: pair.key, exists: true, inBrackets }
    }
    return found
  }
  const spanOfFound = (node: Node | null | undefined): Span => (node ? inFile(spanOfNode(node, parsed.text)) : whole)

  return {
    source,
    ordinal,
    value: read.value,
    problems: problem ? [{ ...problem, span: inFile(problem.span) }] : [],
    comments,
    spanOf: (path) => spanOfFound(find(path).node),
    keySpanOf(path) {
      const { node, key, exists } = find(path)
      return spanOfFound(exists ? (key ?? node) : node)
    },
    spanInString(path, start, end) {
      const { node, exists } = find(path)
      const span = exists && isScalar(node) ? spanInScalar(parsed.text, node, start, end) : undefined
      return span ? inFile(span) : spanOfFound(node)
    },
    edit(change) {
      const { node, exists, inBrackets = false } = find(change.path)
      // Lines that had to be indented for the parser do not stand where it sees them.
      if (!exists || !isScalar(node) || problem !== undefined || parsed.text !== source.text) return undefined
      return editOf(change, node, parsed.text, inBrackets)
    },
  }
}

/** Items of lists are not left out: each style of a list has its own way, and comments between. */
function editOf(change: Change, scalar: Scalar, text: string, inBrackets: boolean): Edit | undefined {
  const { value } = scalar
  const made = (span: Span, written: string): Edit => ({ span, text: written, change, before: value, at: spanOfNode(scalar as Node, text).start })
  if (change.kind === 'value') {
    return typeof value === 'number' || typeof value === 'boolean' ? made(spanOfNode(scalar as Node, text), JSON.stringify(change.value)) : undefined
  }
  if (change.kind === 'without' || typeof value !== 'string' || change.end < change.start || change.end > value.length) return undefined
  const span = spanInScalar(text, scalar, change.start, change.end)
  const written = span && spelledInYaml(styleOf(scalar, inBrackets), { ...change, value, written: text.slice(span.start, span.end), hasLines: /[\r\n]/.test(text.slice(scalar.range![0], scalar.range![1])) })
  return span && written !== undefined ? made(span, written) : undefined
}

interface FoundNode {
  readonly node: Node | null | undefined
  readonly key?: Node | undefined
  readonly exists: boolean
  /** Whether it stands in a list or map in brackets, where commas and brackets mean something. */
  readonly inBrackets?: boolean
}

type Resolve = (node: Node | null | undefined) => Node | null | undefined

interface Child {
  readonly key?: Node
  readonly value: Node | null
}

function childOf(node: Node | null | undefined, segment: string | number, resolve: Resolve): Child | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(segment)] as Node | undefined
    return value && { value }
  }
  if (!isMap(node)) return undefined
  const pairs = node.items as Pair<Node, Node | null>[]
  const own = pairs.findLast(({ key }) => keyText(key) === String(segment))
  if (own) return { key: own.key, value: own.value }
  for (const map of mergedMaps(node, resolve)) {
    const merged = childOf(map, segment, resolve)
    if (merged) return merged
  }
  return undefined
}

/** The maps that `<<` brings in, the one that counts first. */
function mergedMaps(node: YAMLMap, resolve: Resolve): YAMLMap[] {
  return (node.items as Pair<Node, Node | null>[])
    .filter(({ key }) => isMergeKey(key))
    .flatMap(({ value }) => {
      const merged = resolve(value)
      return isSeq(merged) ? (merged.items as Node[]).map(resolve) : [merged]
    })
    .filter((map) => isMap(map))
}

function unreadable(source: SourceText, problem?: Problem): StructuredDocument {
  const whole = { start: 0, end: source.text.length }
  return {
    source,
    ordinal: 0,
    value: undefined,
    problems: problem ? [problem] : [],
    spanOf: () => whole,
    keySpanOf: () => whole,
    spanInString: () => whole,
    edit: () => undefined,
  }
}

/** The bracket that goes too deep; the first character where the nesting is made of something else. */
function deepestNesting(text: string): Span {
  let depth = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > maxDepth) return { start: index, end: index + 1 }
  }
  return { start: 0, end: Math.min(1, text.length) }
}
