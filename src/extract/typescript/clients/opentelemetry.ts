import type { MetricType } from '../../../registry/types.js'
import { letEscape } from '../engine/escape.js'
import { placeOf, type Call } from '../values/program.js'
import type { Analysis } from '../engine/analysis.js'
import { readProperty } from '../objects/properties.js'
import { forced, knownText, NOTHING, type LibraryAtom, type Value } from '../values/values.js'
import { createMetric } from './creation.js'
import { numbersOf } from './prom-client.js'
import { noteMove, record } from './recordings.js'
import { ownValue } from '../../../text/value.js'
import { callFunction } from '../engine/engine.js'

/** How the Prometheus exporter types each instrument (OpenTelemetry specification: Prometheus compatibility). */
const INSTRUMENTS: Readonly<Record<string, MetricType>> = {
  createCounter: 'counter',
  createObservableCounter: 'counter',
  createUpDownCounter: 'gauge',
  createObservableUpDownCounter: 'gauge',
  createGauge: 'gauge',
  createObservableGauge: 'gauge',
  createHistogram: 'histogram',
}

/** OpenTelemetry SDK: the explicit boundaries of a histogram that is not advised otherwise. */
const DEFAULT_BUCKETS = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000]

/** `meter.createCounter(name, { description, unit })` and its kin, whatever way the meter was got. */
export function callOpenTelemetry(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  const method = atom.path.split(/[.#]/).at(-1)!
  const [name = NOTHING, options = NOTHING, attributes = NOTHING] = given
  const type = ownValue(INSTRUMENTS, method)
  if (type) {
    const boundaries = readProperty(analysis, readProperty(analysis, options, 'advice'), 'explicitBucketBoundaries')
    return createMetric(analysis, {
      client: 'opentelemetry-js',
      type,
      name,
      help: readProperty(analysis, options, 'description'),
      unit: readProperty(analysis, options, 'unit'),
      labelsByRecording: true,
      buckets: type === 'histogram' ? numbersOf(analysis, boundaries, DEFAULT_BUCKETS) : undefined,
    }, call)
  }
  if (method === 'addBatchObservableCallback') {
    callFunction(analysis, name, [[{ kind: 'library', module: atom.module, path: 'BatchObservableResult#' }]], call)
    return NOTHING
  }
  if (method === 'removeBatchObservableCallback') return NOTHING
  if (atom.path.startsWith('BatchObservableResult#') && method === 'observe') {
    for (const instrument of name) {
      if (instrument.kind !== 'metric') continue
      record(analysis, instrument, [attributes], call, 2)
      noteMove(analysis, instrument, name.length === 1 ? 'freely' : 'unknown', call)
    }
    return NOTHING
  }
  if (/#\.(add|record|observe)$/.test(atom.path)) letEscape(analysis, given)
  return undefined
}

/** `new PrometheusExporter({ prefix })`: what stands before the name of each metric, with `_` between (PrometheusSerializer of the SDK). */
export function notePrometheusExporter(analysis: Analysis, atom: LibraryAtom, [options = NOTHING]: readonly Value[], { environment, node }: Call): void {
  if (atom.module !== '@opentelemetry/exporter-prometheus' || atom.path !== 'PrometheusExporter') return
  const given = forced(readProperty(analysis, options, 'prefix')).filter((each) => each.kind !== 'nullish' && knownText(each) !== '')
  // Beside a default, what the environment may say is left aside: dashboards go by the default.
  const known = given.filter((each) => knownText(each) !== undefined)
  const prefix = known.length > 0 ? known : given
  const place = placeOf(environment.frame.module, node)
  analysis.facts.finds.exporters.set(`${place.source.path}@${place.span.start}`, { prefix, place })
}
