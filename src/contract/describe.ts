import { catalogSummary } from '../registry/catalogs.js'
import type { Family } from '../registry/types.js'
import type { Place } from '../text/source.js'

/** Type and origin of a family in a few words: `counter, python/shared/metrics.py:61`. */
export function describeDeclaration(family: Family): string {
  const origin = originOf(family)
  const kind = family.origin.kind === 'recording-rule' ? 'recorded' : family.type
  return origin === undefined ? kind : `${kind}, ${origin}`
}

/** Where a family comes from: `python/shared/metrics.py:61`, `of Node exporter`; `undefined` where nothing tells. */
export function originOf({ origin, declarations: [declaration] }: Family): string | undefined {
  if (declaration) return `${declaration.place.source.path}:${declaration.place.source.positionAt(declaration.place.span.start).line}`
  switch (origin.kind) {
    case 'catalog':
      return `of ${catalogSummary(origin.catalog)?.title ?? origin.catalog}`
    case 'built-in':
      return 'made by Prometheus'
    case 'registry-file':
      return origin.file
    default:
      return undefined
  }
}

/** The declarations of families as related places of a diagnostic. */
export function declarationsOf(families: readonly Family[]): { place: Place; message: string }[] {
  return families.flatMap(({ name, declarations }) => declarations.map(({ place }) => ({ place, message: `"${name}" is declared here` })))
}
