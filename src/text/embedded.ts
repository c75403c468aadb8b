import type { DocumentPath, StructuredDocument } from './document.js'
import { sourceText, type SourceText, type Span } from './source.js'
import { valueAt } from './value.js'

/** The value at `path` as a document of its own: paths begin there, places stay those of the file. */
export function partOf(document: StructuredDocument, path: DocumentPath): StructuredDocument {
  return {
    source: document.source,
    value: valueAt(document.value, path),
    problems: [],
    spanOf: (inner) => document.spanOf([...path, ...inner]),
    keySpanOf: (inner) => document.keySpanOf([...path, ...inner]),
    spanInString: (inner, start, end) => document.spanInString([...path, ...inner], start, end),
  }
}

/**
 * The documents that are written in the string at `path`, as `parse` reads them. Their places are those in the file,
 * to the character, through the way in which the string is spelt there.
 */
export function embeddedIn(
  document: StructuredDocument,
  path: DocumentPath,
  parse: (source: SourceText) => readonly StructuredDocument[],
): StructuredDocument[] {
  const text = valueAt(document.value, path)
  if (typeof text !== 'string') return []
  const inFile = ({ start, end }: Span): Span => document.spanInString(path, start, end)
  // What a message says of lines is of those that people see.
  const positionAt = (offset: number) => document.source.positionAt(inFile({ start: offset, end: offset }).start)
  return parse({ ...sourceText(document.source.path, text), positionAt }).map((inner) => ({
    source: document.source,
    value: inner.value,
    problems: inner.problems.map((problem) => ({ ...problem, span: inFile(problem.span) })),
    spanOf: (at) => inFile(inner.spanOf(at)),
    keySpanOf: (at) => inFile(inner.keySpanOf(at)),
    spanInString: (at, start, end) => inFile(inner.spanInString(at, start, end)),
  }))
}
