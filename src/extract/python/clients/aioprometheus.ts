import type { MetricType } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { declareMetric } from '../engine/metric-table.js'
import { touchDeclaring } from '../engine/touch.js'
import type { Metric } from '../values/metric.js'
import { asText, likelyOptions, pythonText } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { noneValue, optionsOf, unknown } from '../values/values.js'
import type { Client } from './client.js'
import { argumentsOf, bucketsOf, familyBuckets, oneOf } from './declared.js'
import { moveByValue, noteMove, recordDictionary, usualMove } from './recording.js'

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

const recordingMethods = new Set(['inc', 'dec', 'add', 'sub', 'set', 'set_value', 'observe'])

/** The labels of a metric are told where it is recorded and not where it is declared: each method that records takes them first. */
export const aioprometheus: Client = {
  call: callConstructorOrDecorator,
  callMetric({ metric }, name, args) {
    if (recordingMethods.has(name)) {
      recordDictionary(metric, args.positional[0] ?? args.keyword.get('labels') ?? (args.open ? unknown('no argument') : noneValue))
    } else if (!['get', 'get_value', 'get_all'].includes(name)) metric.escaped = true
    return noneValue
  },
  moveOf(name, args) {
    if (name === 'inc') return 'up'
    return name === 'add' ? moveByValue(args.keyword.get('value') ?? args.positional[1]) : usualMove(name, args)
  },
}

function callConstructorOrDecorator(context: Context, name: string, args: Arguments, place: Place): Value | undefined {
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
  const given = argumentsOf(args, params)
  touchDeclaring(context.engine)
  const help = given('doc')
  const metrics = likelyOptions(given('name') ?? unknown('no name is given')).map((name) => {
    const metric = declareMetric(context.engine.metrics, {
      client: 'aioprometheus', type, name: asText(name, place), help: help && pythonText(help), unit: undefined,
      labelNames: [], labelsOpen: args.open,
      ...(type === 'histogram' && { buckets: given('buckets') ? bucketsOf(given('buckets')!) : defaultBuckets }),
      ...(type === 'summary' && { quantiles: given('invariants') ? familyBuckets(given('invariants')) : defaultQuantiles }),
    }, place, context.engine.course.calls)
    addConstantLabels(metric, given('const_labels'))
    return metric
  })
  return oneOf(metrics)
}

/** They stand beside the labels of each recording, and record nothing. */
function addConstantLabels(metric: Metric, labels: Value | undefined): void {
  const { recorded } = metric
  if (labels) recordDictionary(metric, labels)
  metric.recorded = recorded
}
