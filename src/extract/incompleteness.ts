import { isOpenTelemetry } from '../registry/naming.js'
import type { Place } from '../text/source.js'
import type { Extraction, Incompleteness, MetricDeclaration } from './types.js'

/**
 * An extraction of which the evidence is partial: every metric may be recorded elsewhere, with other values, and, where
 * recordings alone tell them, with other labels. Names need no change: what was not followed from its callers was
 * followed for any arguments, so that a name made there is a pattern.
 */
export function withIncompleteness(extraction: Extraction, incompleteness: Incompleteness | undefined): Extraction {
  if (incompleteness === undefined) return extraction
  if (incompleteness.lacks) return { ...extraction, incompleteness }
  return { ...extraction, declarations: extraction.declarations.map(opened), incompleteness }
}

function opened({ movement, ...declaration }: MetricDeclaration): MetricDeclaration {
  return {
    ...declaration,
    ...(movement === 'freely' && { movement }),
    labels: declaration.labels.map((label) => ({ ...label, open: true })),
    labelsOpen: declaration.labelsOpen || isOpenTelemetry(declaration.client),
    recorded: declaration.recorded === 'never' ? 'unknown' : declaration.recorded,
  }
}

/** That what stands at these places was not followed; `undefined` where there are none. */
export function incompletenessAt(
  language: Incompleteness['language'], places: readonly Place[], lacks?: Incompleteness['lacks'],
): Incompleteness | undefined {
  const [place] = [...places].sort(inOrder)
  if (place === undefined) return undefined
  return { language, place, ...(lacks && { lacks }), functions: places.length, files: new Set(places.map(({ source }) => source.path)).size }
}

function inOrder(a: Place, b: Place): number {
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1
  return a.span.start - b.span.start
}
