import { numberLabel } from '../../../registry/label-values.js'
import { text } from '../values/values.js'
import { argumentsOf } from './declared.js'
import { declareRequestMetric, type RequestMetric, type WebLibrary } from './request-metrics.js'

const path = ['method', 'path_template']

/** starlette_prometheus 0.10, middleware.py */
const ofStarlettePrometheus: readonly RequestMetric[] = [
  { constructor: 'Counter', name: 'starlette_requests_total', labels: path },
  { constructor: 'Counter', name: 'starlette_responses_total', labels: [...path, 'status_code'] },
  { constructor: 'Histogram', name: 'starlette_requests_processing_time_seconds', labels: path },
  { constructor: 'Counter', name: 'starlette_exceptions_total', labels: [...path, 'exception_type'] },
  { constructor: 'Gauge', name: 'starlette_requests_in_progress', labels: path },
]

const response = ['method', 'path', 'status_code', 'app_name']

/** starlette_exporter 0.24, middleware.py; behind a prefix. */
const ofStarletteExporter: readonly RequestMetric[] = [
  { constructor: 'Counter', name: 'requests_total', labels: response },
  { constructor: 'Histogram', name: 'request_duration_seconds', labels: response },
  { constructor: 'Gauge', name: 'requests_in_progress', labels: ['method', 'app_name'] },
]
const optional: readonly RequestMetric[] = [
  { constructor: 'Counter', name: 'response_body_bytes_total', labels: response },
  { constructor: 'Counter', name: 'request_body_bytes_total', labels: response },
]

/** The middlewares of starlette_prometheus and of starlette_exporter, which are called alike. */
export const starletteExporters: WebLibrary = {
  call(context, name, args, place) {
    if (/^starlette_prometheus\.(?:\w+\.)*PrometheusMiddleware$/.test(name)) {
      for (const metric of ofStarlettePrometheus) declareRequestMetric(context, metric, { known: [numberLabel('status_code')] }, place)
    }
    if (/^starlette_exporter\.(?:\w+\.)*PrometheusMiddleware$/.test(name)) {
      const given = argumentsOf(args, ['app', 'group_paths', 'app_name', 'prefix', 'buckets'])
      const options = { namespace: given('prefix') ?? text('starlette', place), moreLabels: [given('labels')], known: [numberLabel('status_code')] }
      for (const metric of [...ofStarletteExporter, ...(given('optional_metrics') ? optional : [])]) {
        declareRequestMetric(context, metric, { ...options, buckets: metric.constructor === 'Histogram' ? given('buckets') : undefined }, place)
      }
    }
    return undefined
  },
}
