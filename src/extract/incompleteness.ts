import { isOpenTelemetry } from '../registry/naming.js'
import type { Extraction, Incompleteness, MetricDeclaration } from './types.js'

/**
 * An extraction of which the evidence is partial: every metric may be recorded elsewhere, with other values, and, where
 * recordings alone tell them, with other labels. Names need no change: what was not followed from its callers was
 * followed for any arguments, so that a name made there is a pattern.
 */
export function withIncompleteness(extraction: Extraction, incompleteness: Incompleteness | undefined): Extraction {
  if (incompleteness === undefined) return extraction
  return { ...extraction, declarations: extraction.declarations.map(opened), incompleteness }
}

function opened(declaration: MetricDeclaration): MetricDeclaration {
  return {
    ...declaration,
    labels: declaration.labels.map((label) => ({ ...label, open: true })),
    labelsOpen: declaration.labelsOpen || isOpenTelemetry(declaration.client),
    recorded: declaration.recorded === 'never' ? 'unknown' : declaration.recorded,
  }
}
