import { unitedValues } from '../../../registry/label-values.js'
import type { Label } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Instrumentation } from '../../types.js'
import type { WrittenText } from '../../written-exposition.js'

/** What is exposed beside the metrics that are declared, and which registries are. */
export interface Exposition {
  readonly instrumentations: Map<string, Instrumentation>
  /** Texts of modules that write exposition text, by digest. */
  readonly writtenTexts: Map<string, WrittenText>
  /** Registries of the program's own that are exposed as they are, by digest. */
  readonly exposed: Set<string>
  /** Those that collect the files of all processes. */
  readonly multiprocess: Set<string>
}

export function createExposition(): Exposition {
  return { instrumentations: new Map(), writtenTexts: new Map(), exposed: new Set(), multiprocess: new Set() }
}

/** Which registries there are stays known. */
export function forgetExposition({ instrumentations, writtenTexts }: Exposition): void {
  instrumentations.clear()
  writtenTexts.clear()
}

/**
 * Notes that a catalog's metrics are exposed, and what is known of their labels, which is the same set of labels each time.
 * The first place in the order of files counts.
 */
export function noteCatalog({ instrumentations }: Exposition, catalog: string, place: Place, known: readonly Label[] = []): void {
  const before = instrumentations.get(catalog)
  const isEarlier = !before || place.source.path < before.place.source.path ||
    (place.source.path === before.place.source.path && place.span.start < before.place.span.start)
  const labels = before?.known?.map((label, i) => ({ ...label, ...unitedValues([label, known[i]!]) })) ?? known
  instrumentations.set(catalog, { catalog, ...(labels.length > 0 && { known: labels }), place: isEarlier ? place : before.place })
}
