import type { Place, Position, SourceText } from '../text/source.js'

/** A place as registry and usage files keep it: 1-based, the column counted in characters. */
export interface RecordedPlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * A place in a file that is not at hand (it belongs to the repository that the registry file came from). It can be
 * named, but its text cannot be shown: `source.text` is empty and `source.line` knows no line.
 */
export function placeFromRecord({ file, line, column }: RecordedPlace): Place {
  const position: Position = { line, column }
  const source: SourceText = {
    path: file,
    text: '',
    positionAt: () => position,
    rangeOf: () => ({ start: position, end: position }),
    lineSpan: () => ({ start: 0, end: 0 }),
    line: () => undefined,
  }
  return { source, span: { start: 0, end: 0 } }
}

export function recordOfPlace({ source, span }: Place): RecordedPlace {
  return { file: source.path, ...source.positionAt(span.start) }
}

/** `python/shared/metrics.py:61`, as reports name a place. */
export function placeText(place: Place): string {
  const { file, line } = recordOfPlace(place)
  return `${file}:${line}`
}
