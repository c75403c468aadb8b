import { numberLabel } from '../../../registry/label-values.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { pythonText } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { mapOptions, text, unknown } from '../values/values.js'
import { argumentsOf } from './declared.js'
import { declareRequestMetric, isFalse, type RequestMetric, type WebLibrary } from './request-metrics.js'

/** `PrometheusMetrics` and what extends it for REST, Gunicorn and uWSGI, made at once or for an application factory. */
const exporter = /^prometheus_flask_exporter\.(?:multiprocess\.)?\w*PrometheusMetrics(?:\.for_app_factory)?$/

const params = ['app', 'path', 'export_defaults', 'defaults_prefix', 'group_by', 'buckets', 'default_latency_as_histogram', 'default_labels']
const paramsOfInfo = ['name', 'description', 'labelnames', 'labelvalues']

const decorators: Readonly<Record<string, RequestMetric['constructor']>> = {
  counter: 'Counter', gauge: 'Gauge', histogram: 'Histogram', summary: 'Summary',
}

/** What prometheus_flask_exporter 0.23 makes for all requests, and for those of the functions that it decorates (\_\_init\_\_.py). */
export const flaskExporter: WebLibrary = {
  call(context, name, args, place) {
    if (!exporter.test(name)) return undefined
    const given = argumentsOf(args, name.endsWith('.for_app_factory') ? [] : params)
    if (isFalse(given('export_defaults'))) return undefined
    const chosen = { prefix: given('defaults_prefix'), groupBy: given('group_by'), asHistogram: given('default_latency_as_histogram'), buckets: given('buckets') }
    exportDefaults(context, chosen, moreLabelsOf(given), place)
    return undefined
  },
  callMade(context, receiver, method, args, place) {
    if (!exporter.test(receiver.name)) return undefined
    const ofExporter = argumentsOf(receiver.args ?? args, params)
    const constructor = Object.hasOwn(decorators, method) ? decorators[method] : undefined
    if (constructor) {
      const given = argumentsOf(args, ['name', 'description', 'labels'])
      const moreLabels = [given('labels'), ...moreLabelsOf(ofExporter)]
      declareRequestMetric(context, { constructor, name: given('name') ?? unknown('no name is given'), labels: [] }, { moreLabels, buckets: given('buckets') }, place)
      return unknown('a decorator that records requests')
    }
    if (method === 'info') return declareInfo(context, args, place)
    if (method === 'export_defaults') {
      const given = argumentsOf(args, ['buckets', 'group_by', 'latency_as_histogram', 'prefix'])
      const chosen = { prefix: given('prefix'), groupBy: given('group_by'), asHistogram: given('latency_as_histogram'), buckets: given('buckets') }
      exportDefaults(context, chosen, moreLabelsOf(ofExporter), place)
    }
    return undefined
  },
}

/** The labels that an exporter gives each of its metrics. */
function moreLabelsOf(ofExporter: (param: string) => Value | undefined): readonly (Value | undefined)[] {
  return [ofExporter('default_labels'), ofExporter('static_labels')]
}

type Chosen = Readonly<Record<'prefix' | 'groupBy' | 'asHistogram' | 'buckets', Value | undefined>>

function exportDefaults(context: Context, { prefix, groupBy, asHistogram, buckets }: Chosen, moreLabels: readonly (Value | undefined)[], place: Place): void {
  const namespace = mapOptions(prefix ?? text('flask', place), (option) => (isNoPrefix(option) ? text('', place) : option))
  const group = mapOptions(groupBy ?? text('path', place), (option): Value => (
    option.kind === 'function' && option.definition.kind === 'function' ? text(option.definition.name, place) : option))
  const all: readonly RequestMetric[] = [
    { constructor: 'Counter', name: 'http_request_total', labels: ['method', 'status'] },
    { constructor: 'Counter', name: 'http_request_exceptions_total', labels: ['method', 'status'] },
    { constructor: isFalse(asHistogram) ? 'Summary' : 'Histogram', name: 'http_request_duration_seconds', labels: ['method', group, 'status'] },
  ]
  for (const metric of all) declareRequestMetric(context, metric, { namespace, moreLabels, buckets: metric.constructor === 'Histogram' ? buckets : undefined, known: [numberLabel('status')] }, place)
  declareRequestMetric(context, { constructor: 'Gauge', name: 'exporter_info', labels: ['version'] }, { namespace }, place)
}

function isNoPrefix(value: Value): boolean {
  return (value.kind === 'external' && value.name.endsWith('.NO_PREFIX')) || pythonText(value) === '#no_prefix'
}

/** `metrics.info('app_info', 'Version', version='1.0')` */
function declareInfo(context: Context, args: Arguments, place: Place): Value {
  const given = argumentsOf(args, paramsOfInfo)
  const names = given('labelnames')
  const labels = names?.kind === 'sequence' ? names.items : [...args.keyword.keys()].filter((name) => !paramsOfInfo.includes(name))
  return declareRequestMetric(context, { constructor: 'Gauge', name: given('name') ?? unknown('no name is given'), labels }, {}, place)
}
