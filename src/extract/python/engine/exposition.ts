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

/** Notes that a catalog's metrics are exposed. The first place in the order of files counts. */
export function noteCatalog({ instrumentations }: Exposition, catalog: string, place: Place): void {
  const known = instrumentations.get(catalog)
  const isEarlier = !known || place.source.path < known.place.source.path ||
    (place.source.path === known.place.source.path && place.span.start < known.place.span.start)
  if (isEarlier) instrumentations.set(catalog, { catalog, place })
}
