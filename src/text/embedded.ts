import { commentsInside } from './comments.js'
import type { DocumentPath, StructuredDocument } from './document.js'
import type { Edit } from './edit.js'
import { sourceText, type SourceText, type Span } from './source.js'
import { valueAt } from './value.js'

/** The value at `path` as a document of its own: paths begin there, places stay those of the file. */
export function partOf(document: StructuredDocument, path: DocumentPath): StructuredDocument {
  return {
    source: document.source,
    ...(document.template && { template: document.template }),
    ...(document.comments && { comments: document.comments }),
    ordinal: 0,
    value: valueAt(document.value, path),
    problems: [],
    spanOf: (inner) => document.spanOf([...path, ...inner]),
    keySpanOf: (inner) => document.keySpanOf([...path, ...inner]),
    spanInString: (inner, start, end) => document.spanInString([...path, ...inner], start, end),
    edit: (change) => document.edit({ ...change, path: [...path, ...change.path] }),
  }
}

/**
 * A document with its value under `prefix`, as the form asks for it: `{ groups: [value] }` for `['groups', 0]`. What is
 * only there for the form stands at the place of the value.
 */
export function wrappedIn(document: StructuredDocument, prefix: DocumentPath): StructuredDocument {
  const inner = (path: DocumentPath) => path.slice(prefix.length)
  return {
    ...document,
    value: prefix.reduceRight<unknown>((value, key) => (typeof key === 'number' ? [value] : { [key]: value }), document.value),
    spanOf: (path) => document.spanOf(inner(path)),
    keySpanOf: (path) => document.keySpanOf(inner(path)),
    spanInString: (path, start, end) => document.spanInString(inner(path), start, end),
    edit: (change) => document.edit({ ...change, path: inner(change.path) }),
  }
}

type Parse = (source: SourceText) => readonly StructuredDocument[]

/**
 * The documents that are written in the string at `path`, as `parse` reads them. Their places are those in the file,
 * to the character, through the way in which the string is spelt there.
 */
export function embeddedIn(document: StructuredDocument, path: DocumentPath, parse: Parse): StructuredDocument[] {
  const text = valueAt(document.value, path)
  if (typeof text !== 'string') return []
  const inFile = ({ start, end }: Span) => document.spanInString(path, start, end)
  return embedded(document, text, inFile, parse, (edit) => {
    const outer = edit && document.edit({ kind: 'characters', path, ...edit.span, text: edit.text })
    return outer && { ...edit, span: outer.span, text: outer.text, at: inFile({ start: edit.at, end: edit.at }).start }
  })
}

/** The documents in a text that the string at `path` encodes: all their places are that string, and its comments are not seen. */
export function encodedIn(document: StructuredDocument, path: DocumentPath, text: string, parse: Parse): StructuredDocument[] {
  const withoutOwn = (source: SourceText) => parse(source).map((inner) => ({ ...inner, comments: () => [] }))
  return embedded(document, text, () => document.spanOf(path), withoutOwn, () => undefined)
}

/** `editInFile`: an edit of the text as one of the file. */
function embedded(document: StructuredDocument, text: string, inFile: (span: Span) => Span, parse: Parse, editInFile: (edit: Edit | undefined) => Edit | undefined): StructuredDocument[] {
  // What a message says of lines is of those that people see.
  const positionAt = (offset: number) => document.source.positionAt(inFile({ start: offset, end: offset }).start)
  return parse({ ...sourceText(document.source.path, text), positionAt }).map((inner) => ({
    source: document.source,
    ...(document.template && { template: document.template }),
    ordinal: inner.ordinal,
    value: inner.value,
    problems: inner.problems.map((problem) => ({ ...problem, span: inFile(problem.span) })),
    ...((inner.comments || document.comments) && {
      comments: () => [...(document.comments?.() ?? []), ...(inner.comments?.() ?? []).map((one) => commentsInside(one, document.source, inFile))],
    }),
    spanOf: (at) => inFile(inner.spanOf(at)),
    keySpanOf: (at) => inFile(inner.keySpanOf(at)),
    spanInString: (at, start, end) => inFile(inner.spanInString(at, start, end)),
    edit: (change) => editInFile(inner.edit(change)),
  }))
}
