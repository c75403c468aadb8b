import { catalogTitle, catalogTitles } from '../registry/catalogs.js'
import type { Family } from '../registry/types.js'
import type { Place } from '../text/source.js'
import type { Unverified } from './name-verdict.js'

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
      return `of ${catalogTitle(origin.catalog)}`
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

/** Why a name could not be checked, without the name: `nothing at hand exposes it`. */
export function reasonFor(reason: Unverified): string {
  switch (reason.kind) {
    case 'no-producer':
      return 'no program that exposes metrics is at hand'
    case 'not-at-hand':
      return 'nothing at hand exposes it'
    case 'exporter':
      return `a metric of ${catalogTitles(reason.exporters)}, and nothing shows that it runs`
    case 'recording':
      return reason.orExposed ? 'nothing at hand exposes or records it' : 'no rule at hand records it'
    case 'in-code':
      return `it stands in ${reason.file}, in code that is not understood`
    case 'configured':
      return `${reason.file} has an exporter expose it`
    case 'unlisted':
      return 'its exporter runs, whose catalog does not list it'
    case 'made-at-run-time':
      return 'the code makes names at run time, and this may be one'
    case 'receiver':
      return 'what takes the metrics is not at hand, and may leave out their suffixes'
    case 'not-followed':
      return 'not all of the code was followed, and the rest may declare it'
    case 'alternative':
      return 'the query has another name for it beside it'
    case 'external':
      return 'the configuration says that it comes from elsewhere'
    case 'no-name':
      return 'the selector names no metric'
  }
}
