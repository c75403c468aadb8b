import type { MetricType } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { touch } from '../engine/engine.js'
import { declareMetric, noteMove, pythonText, recordDictionary } from '../values/metrics.js'
import type { Metric } from '../values/metrics.js'
import { bucketsOf, familyBuckets } from './prometheus-client.js'
import { asText, likelyOptions } from '../values/text-values.js'
import type { Arguments, Value } from '../values/values.js'
import { noneValue, optionsOf, union, unknown } from '../values/values.js'

interface Constructor {
  readonly type: MetricType
  readonly params: readonly string[]
}

const common = ['name', 'doc', 'const_labels', 'registry']

/** The parameters of aioprometheus 23.12: collectors.py. */
const constructors: Readonly<Record<string, Constructor>> = {
  Counter: { type: 'counter', params: common },
  Gauge: { type: 'gauge', params: common },
  Summary: { type: 'summary', params: [...common, 'invariants'] },
  Histogram: { type: 'histogram', params: [...common, 'buckets'] },
}

/** aioprometheus/collectors.py, Histogram.DEFAULT_BUCKETS and Summary.DEFAULT_INVARIANTS */
const defaultBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const defaultQuantiles = [0.5, 0.9, 0.99]

/**
 * What a call of a class or decorator of aioprometheus makes: a metric, whose labels are told where it is recorded and not
 * where it is declared, or a recording; `undefined` when the name is another one.
 */
export function callAioprometheus(context: Context, name: string, args: Arguments, place: Place): Value | undefined {
  const last = /^aioprometheus\.(?:\w+\.)*(\w+)$/.exec(name)?.[1]
  if (last === undefined) return undefined
  if (Object.hasOwn(constructors, last)) return declareCollector(context, constructors[last]!, args, place)
  if (last !== 'timer' && last !== 'inprogress' && last !== 'count_exceptions') return undefined
  const metric = args.positional[0] ?? args.keyword.get('metric')
  const labels = args.positional[1] ?? args.keyword.get('labels') ?? noneValue
  const options = metric ? optionsOf(metric) : []
  for (const option of options) {
    if (option.kind !== 'metric') continue
    recordDictionary(option.metric, labels)
    noteMove(option.metric, 'freely', options.length === 1)
  }
  // The decorator leaves what it decorates as it is.
  return unknown(`the result of ${name}`)
}

function declareCollector(context: Context, { type, params }: Constructor, args: Arguments, place: Place): Value {
  const given = (name: string) => args.keyword.get(name) ?? args.positional[params.indexOf(name)]
  touch(context.engine)
  for (const { definition } of context.engine.stack.slice(-5)) context.engine.declaring.add(definition)
  const help = given('doc')
  const metrics = likelyOptions(given('name') ?? unknown('no name is given')).map((name) => {
    const metric = declareMetric(context.engine.metrics, {
      client: 'aioprometheus', type, name: asText(name, place), help: help && pythonText(help), unit: undefined,
      labelNames: [], labelsOpen: args.open,
      ...(type === 'histogram' && { buckets: given('buckets') ? bucketsOf(context, given('buckets')) : defaultBuckets }),
      ...(type === 'summary' && { quantiles: given('invariants') ? familyBuckets(given('invariants')) : defaultQuantiles }),
    }, place, context.engine.calls)
    addConstantLabels(metric, given('const_labels'))
    return metric
  })
  return union(metrics.map((metric): Value => ({ kind: 'metric', metric, child: false })))
}

/** They stand beside the labels of each recording, and record nothing. */
function addConstantLabels(metric: Metric, labels: Value | undefined): void {
  const { recorded } = metric
  if (labels) recordDictionary(metric, labels)
  metric.recorded = recorded
}

const recordingMethods = new Set(['inc', 'dec', 'add', 'sub', 'set', 'set_value', 'observe'])

/** `counter.inc({'route': '/'})`, `gauge.set({}, 3)`: every method that records takes the labels first. */
export function callCollectorMethod(metric: Metric, name: string, args: Arguments): Value {
  if (recordingMethods.has(name)) {
    recordDictionary(metric, args.positional[0] ?? args.keyword.get('labels') ?? (args.open ? unknown('no argument') : noneValue))
  } else if (!['get', 'get_value', 'get_all'].includes(name)) metric.escaped = true
  return noneValue
}
