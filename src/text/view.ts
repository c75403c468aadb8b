import type { DocumentPath, StructuredDocument } from './document.js'
import { isRecord, valueAt } from './value.js'

/** Makes objects of another form, of which each knows where in the document it stands. */
export interface ViewBuilder {
  /**
   * An object of `fields` that stands at `origin`. Where a field stands that is not under its own key there is told in
   * `places`, by paths from the root. Fields that are `undefined` are left out.
   */
  object(origin: DocumentPath, fields: Readonly<Record<string, unknown>>, places?: Readonly<Record<string, DocumentPath>>): Record<string, unknown>
}

interface Origin {
  readonly path: DocumentPath
  readonly places: Readonly<Record<string, DocumentPath>>
}

/**
 * A document as another form of the same thing: paths are those of what `build` returns, and places are those of the
 * document that it was made of.
 */
export function viewOf(document: StructuredDocument, build: (builder: ViewBuilder) => unknown): StructuredDocument {
  const origins = new Map<unknown, Origin>()
  const root = build({
    object(path, fields, places = {}) {
      const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      origins.set(defined, { path, places })
      return defined
    },
  })
  /** Where the thing at a path of the view stands in the document. */
  function originOf(path: DocumentPath): DocumentPath {
    let value = root
    let origin: DocumentPath = origins.get(root)?.path ?? []
    for (const key of path) {
      const place = origins.get(value)?.places[key]
      value = isRecord(value) || Array.isArray(value) ? valueAt(value, [key]) : undefined
      origin = origins.get(value)?.path ?? place ?? [...origin, key]
    }
    return origin
  }
  return {
    ...document,
    value: root,
    spanOf: (path) => document.spanOf(originOf(path)),
    keySpanOf: (path) => document.keySpanOf(originOf(path)),
    spanInString: (path, start, end) => document.spanInString(originOf(path), start, end),
    edit: (change) => document.edit({ ...change, path: originOf(change.path) }),
  }
}
