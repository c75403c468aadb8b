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
  analysis.facts.finds.installations.set(key, { catalog: 'express-prom-bundle', labels, registries: ['register'], place: placeOf(module, call.node) })
  const client = readProperty(analysis, options, 'promClient')
  const defaults = readProperty(analysis, client, 'collectDefaultMetrics')
  if (forced(defaults).some((value) => value.kind === 'object')) {
    noteDefaultMetrics(analysis, defaults, call)
  }
  return undefined
}
