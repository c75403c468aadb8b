import type { MetricType } from '../../../registry/types.js'
import type { Call } from '../calls.js'
import { placeOf, type Analysis } from '../program.js'
import { readProperty } from '../properties.js'
import { forced, NOTHING, type LibraryAtom, type Value } from '../values.js'
import { labelsFrom } from './default-metrics.js'
import { metricsNamed, promMetric } from './prom-client.js'

const PROVIDERS: Readonly<Record<string, MetricType>> = {
  makeCounterProvider: 'counter',
  makeGaugeProvider: 'gauge',
  makeHistogramProvider: 'histogram',
  makeSummaryProvider: 'summary',
}

/** `makeCounterProvider({ … })`, `@InjectMetric('name')`, `PrometheusModule.register({ … })`. */
export function callNestPrometheus(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  const [first = NOTHING] = given
  const type = PROVIDERS[atom.path]
  if (type) {
    promMetric(analysis, type, given, call)
    return [{ kind: 'unknown', external: true }]
  }
  if (atom.path === 'InjectMetric') return metricsNamed(analysis, first)
  if (atom.path === 'PrometheusModule.register') installModule(analysis, first, call)
  return undefined
}

/** The module collects prom-client's default metrics unless told not to (nestjs-prometheus: src/module.ts). */
function installModule(analysis: Analysis, options: Value, call: Call): void {
  const defaults = readProperty(analysis, options, 'defaultMetrics')
  const isOff = forced(readProperty(analysis, defaults, 'enabled')).some((atom) => atom.kind === 'boolean' && !atom.boolean)
  const module = call.environment.frame.module
  const configuration = readProperty(analysis, defaults, 'config')
  const prefix = readProperty(analysis, configuration, 'prefix').find((atom) => atom.kind === 'string' && atom.parts.length === 1)
  const labels = labelsFrom(analysis, readProperty(analysis, options, 'defaultLabels'))
  if (labels.length > 0) analysis.facts.defaultLabels.set('register', readProperty(analysis, options, 'defaultLabels'))
  if (isOff) return
  analysis.facts.instrumentations.set(`${module.source.path}@${call.node.range[0]}`, {
    catalog: 'nodejs-default',
    ...(prefix?.kind === 'string' && { prefix: prefix.parts[0]! }),
    ...(labels.length > 0 && { labels }),
    place: placeOf(module, call.node),
  })
}
