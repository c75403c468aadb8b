import type { DocumentPath, StructuredDocument } from './document.js'

/** A scalar as Go's yaml.v3 puts it into a string: `1.10` and `true` keep their spelling. `undefined` for null, lists and objects. */
export function scalarText(document: StructuredDocument, value: unknown, path: DocumentPath): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined
  const { start, end } = document.spanOf(path)
  return document.source.text.slice(start, end)
}
