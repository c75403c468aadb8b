import type { MetricType } from '../../../registry/types.js'
import type { Call } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import { keysOf, readProperty } from '../objects/properties.js'
import { forced, knownText, NOTHING, toStrings, union, type LibraryAtom, type Value } from '../values/values.js'
import { noteDefaultMetrics } from './default-metrics.js'
import { metricsNamed, promMetric } from './prom-client.js'
import { noteDefaultLabels } from './registries.js'
import { ownValue } from '../../../text/value.js'

const PROVIDERS: Readonly<Record<string, MetricType>> = {
  makeCounterProvider: 'counter',
  makeGaugeProvider: 'gauge',
  makeHistogramProvider: 'histogram',
  makeSummaryProvider: 'summary',
}

/** The metric classes by the names that `getOrCreateMetric` takes (nestjs-prometheus: src/metrics/utils.ts). */
const CLASSES: Readonly<Record<string, MetricType>> = { Counter: 'counter', Gauge: 'gauge', Histogram: 'histogram', Summary: 'summary' }

/** `makeCounterProvider({ … })`, `getOrCreateMetric('Counter', { … })`, `@InjectMetric('name')`, `PrometheusModule.register({ … })`. */
export function callNestPrometheus(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  const [first = NOTHING] = given
  const type = ownValue(PROVIDERS, atom.path)
  if (type) {
    promMetric(analysis, type, given, call)
    return [{ kind: 'unknown', external: true }]
  }
  if (atom.path === 'getOrCreateMetric') {
    const types = toStrings(first).map((text) => ownValue(CLASSES, knownText(text) ?? '') ?? 'unknown')
    return union(...[...new Set(types)].map((one) => promMetric(analysis, one, given.slice(1), call)))
  }
  if (atom.path === 'InjectMetric') return metricsNamed(analysis, first)
  if (atom.path === 'PrometheusModule.register') installModule(analysis, first, call)
  return undefined
}

/** The module collects prom-client's default metrics unless told not to (nestjs-prometheus: src/module.ts). */
function installModule(analysis: Analysis, options: Value, call: Call): void {
  const defaults = readProperty(analysis, options, 'defaultMetrics')
  const isOff = forced(readProperty(analysis, defaults, 'enabled')).some((atom) => atom.kind === 'boolean' && !atom.boolean)
  const labels = readProperty(analysis, options, 'defaultLabels')
  if (keysOf(analysis, labels).names.length > 0) noteDefaultLabels(analysis, 'register', labels)
  if (!isOff) noteDefaultMetrics(analysis, readProperty(analysis, defaults, 'config'), call)
}
