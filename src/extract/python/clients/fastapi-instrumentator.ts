import { openLike } from '../../../registry/label-values.js'
import { digits } from '../../../registry/name-pattern.js'
import type { Label } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import type { Arguments, Value } from '../values/types.js'
import { noArguments, sequence, unknown } from '../values/values.js'
import { argumentsOf } from './declared.js'
import { declareRequestMetric, isEmpty, isFalse, type RequestMetric, type WebLibrary } from './request-metrics.js'

/** Functions of metrics.py that make one metric each; which labels it has, the arguments say. */
const functions: Readonly<Record<string, Omit<RequestMetric, 'labels'>>> = {
  latency: { constructor: 'Histogram', name: 'http_request_duration_seconds' },
  request_size: { constructor: 'Summary', name: 'http_request_size_bytes' },
  response_size: { constructor: 'Summary', name: 'http_response_size_bytes' },
  combined_size: { constructor: 'Summary', name: 'http_combined_size_bytes' },
  requests: { constructor: 'Counter', name: 'http_requests_total' },
}
const paramsOfFunctions = ['metric_name', 'metric_doc', 'metric_namespace', 'metric_subsystem', 'should_include_handler', 'should_include_method', 'should_include_status']

/** What `default` makes; a histogram with bounds of its own, for which there is a parameter. */
const defaults: readonly (RequestMetric & { readonly bounds?: readonly [param: string, usual: readonly number[]] })[] = [
  { constructor: 'Counter', name: 'http_requests_total', labels: ['method', 'status', 'handler'] },
  { constructor: 'Summary', name: 'http_request_size_bytes', labels: ['handler'] },
  { constructor: 'Summary', name: 'http_response_size_bytes', labels: ['handler'] },
  {
    constructor: 'Histogram', name: 'http_request_duration_highr_seconds', labels: [],
    bounds: ['latency_highr_buckets', [0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 7.5, 10, 30, 60]],
  },
  { constructor: 'Histogram', name: 'http_request_duration_seconds', labels: ['method', 'handler'], bounds: ['latency_lowr_buckets', [0.1, 0.5, 1]] },
]
const paramsOfDefault = ['metric_namespace', 'metric_subsystem']

/**
 * What prometheus_fastapi_instrumentator 8.1 makes by the names of its user; what it makes without is in its catalog
 * (instrumentation.py, metrics.py).
 */
export const fastApiInstrumentator: WebLibrary = {
  call(context, name, args, place) {
    const last = /^prometheus_fastapi_instrumentator\.(?:\w+\.)*(\w+)$/.exec(name)?.[1] ?? ''
    const metric = Object.hasOwn(functions, last) ? functions[last] : undefined
    if (metric) {
      const given = argumentsOf(args, paramsOfFunctions)
      const labels = ['handler', 'method', 'status'].filter((label) => !isFalse(given(`should_include_${label}`)))
      declareRequestMetric(context, { ...metric, name: given('metric_name') ?? metric.name, labels }, optionsFrom(given), place)
    } else if (last === 'default') declareDefaults(context, argumentsOf(args, paramsOfDefault), [], place)
    else {
      const inProgress = last.endsWith('Instrumentator') ? args.keyword.get('inprogress_name') : undefined
      const hasLabels = args.keyword.has('inprogress_labels') && !isFalse(args.keyword.get('inprogress_labels'))
      if (inProgress) declareRequestMetric(context, { constructor: 'Gauge', name: inProgress, labels: hasLabels ? ['method', 'handler'] : [] }, {}, place)
      return undefined
    }
    return unknown('a function that records requests')
  },
  callMade(context, receiver, method, args, place) {
    if (!/^prometheus_fastapi_instrumentator\.(?:\w+\.)*\w*Instrumentator$/.test(receiver.name)) return undefined
    if (method === 'instrument') declareDefaults(context, argumentsOf(args, ['app', ...paramsOfDefault]), [statusOfInstrumentator(receiver.args ?? noArguments)], place)
    return ['instrument', 'add', 'expose'].includes(method) ? receiver : undefined
  },
}

/** What `status` is where an `Instrumentator` gets these arguments: the class of the code, or where that is turned off the code (middleware.py). */
export function statusOfInstrumentator(args: Arguments): Label {
  const isGrouped = argumentsOf(args, ['should_group_status_codes'])('should_group_status_codes')
  const isTrue = isGrouped === undefined ? !args.open : isGrouped.kind === 'constant' && isGrouped.value === true
  return { name: 'status', ...openLike(isFalse(isGrouped) ? [] : classesOfStatus, isTrue ? [] : [digits]) }
}

const classesOfStatus = ['1xx', '2xx', '3xx', '4xx', '5xx']

function declareDefaults(context: Context, given: (param: string) => Value | undefined, known: readonly Label[], place: Place): void {
  if (paramsOfDefault.every((param) => isEmpty(given(param)))) return
  for (const { bounds, ...metric } of defaults) {
    const buckets = bounds && (given(bounds[0]) ?? sequence(bounds[1].map((value) => ({ kind: 'constant', value }))))
    declareRequestMetric(context, metric, { ...optionsFrom(given), buckets, known }, place)
  }
}

function optionsFrom(given: (param: string) => Value | undefined) {
  return { namespace: given('metric_namespace'), subsystem: given('metric_subsystem'), moreLabels: [given('custom_labels')], buckets: given('buckets') }
}
