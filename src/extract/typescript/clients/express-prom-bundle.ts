import { numberLabel } from '../../../registry/label-values.js'
import { placeOf, type Call } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import { readProperty } from '../objects/properties.js'
import { forced, NOTHING, type LibraryAtom, type Value } from '../values/values.js'
import { labelsFrom } from './registries.js'
import { noteDefaultMetrics } from './default-metrics.js'

/** `promBundle({ … })`: a middleware with an HTTP histogram, and on request the client's default metrics. */
export function callExpressPromBundle(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  if (atom.path !== '') return undefined
  const [options = NOTHING] = given
  const module = call.environment.frame.module
  const key = `${module.source.path}@${call.node.range[0]}`
  const labels = labelsFrom(analysis, readProperty(analysis, options, 'customLabels'))
  const known = givesStatusCodes(analysis, atom, options) ? [numberLabel('status_code')] : undefined
  analysis.facts.finds.installations.set(key, { catalog: 'express-prom-bundle', labels, ...(known && { known }), registries: ['register'], place: placeOf(module, call.node) })
  const client = readProperty(analysis, options, 'promClient')
  const defaults = readProperty(analysis, client, 'collectDefaultMetrics')
  if (forced(defaults).some((value) => value.kind === 'object')) {
    noteDefaultMetrics(analysis, defaults, call)
  }
  return undefined
}

/** Whether nothing makes something else of the status code of a response (src/index.js, src/normalizeStatusCode.js). */
function givesStatusCodes(analysis: Analysis, atom: LibraryAtom, options: Value): boolean {
  const isGiven = (name: string) => forced(readProperty(analysis, options, name)).some(({ kind }) => kind !== 'nullish')
  const normalize = readProperty(analysis, [atom], 'normalizeStatusCode')
  return !isGiven('formatStatusCode') && !isGiven('transformLabels') && normalize.every(({ kind }) => kind === 'library')
}
