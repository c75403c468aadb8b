import type { MetricType } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { callValue } from '../engine/follow.js'
import { declareMetric } from '../engine/metric-table.js'
import { touch } from '../engine/touch.js'
import { itemsOf } from '../values/containers.js'
import type { Metric } from '../values/metric.js'
import { asText, likelyOptions, pythonText } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { noneValue, optionsOf, unknown } from '../values/values.js'
import type { Client } from './client.js'
import { argumentsOf, oneOf } from './declared.js'
import { noteMove, recordDictionary, usualMove } from './recording.js'

/** opentelemetry/metrics/_internal/__init__.py, Meter; the OpenTelemetry exporter writes up-down counters as gauges. */
const instruments: Readonly<Record<string, { type: MetricType; observable: boolean }>> = {
  create_counter: { type: 'counter', observable: false },
  create_up_down_counter: { type: 'gauge', observable: false },
  create_histogram: { type: 'histogram', observable: false },
  create_gauge: { type: 'gauge', observable: false },
  create_observable_counter: { type: 'counter', observable: true },
  create_observable_up_down_counter: { type: 'gauge', observable: true },
  create_observable_gauge: { type: 'gauge', observable: true },
}

/** The methods of a meter that create an instrument. */
export const instrumentMethods: readonly string[] = Object.keys(instruments)

export const openTelemetry: Client = {
  call: () => undefined,
  callMade: (context, _receiver, method, args, place) => createInstrument(context, method, args, place),
  callUnknown: createInstrument,
  callMetric({ metric }, name, args) {
    if (['add', 'record', 'set'].includes(name)) recordDictionary(metric, args.positional[1] ?? args.keyword.get('attributes') ?? noneValue)
    return noneValue
  },
  moveOf: usualMove,
}

/** What `meter.create_…(name, …)` declares; `undefined` when the method is another one. */
function createInstrument(context: Context, method: string, args: Arguments, place: Place): Value | undefined {
  const instrument = Object.hasOwn(instruments, method) ? instruments[method] : undefined
  if (!instrument) return undefined
  touch(context.engine)
  const params = instrument.observable ? ['name', 'callbacks', 'unit', 'description'] : ['name', 'unit', 'description']
  const given = argumentsOf(args, params)
  const knownText = (name: string) => {
    const value = given(name)
    return value ? likelyOptions(value).map((option) => pythonText(option))[0] : undefined
  }
  const unit = knownText('unit')
  const advised = given('explicit_bucket_boundaries_advisory')
  const metrics = likelyOptions(given('name') ?? unknown('no name is given')).map((name) => {
    const metric = declareMetric(context.engine.metrics, {
      client: 'opentelemetry-python', type: instrument.type, name: asText(name, place),
      help: knownText('description'), unit: unit === '' ? undefined : unit,
      labelNames: [], labelsOpen: false, buckets: boundsOf(advised),
    }, place, context.engine.course.calls)
    if (instrument.observable) observe(context, metric, given('callbacks'))
    return metric
  })
  return oneOf(metrics)
}

function boundsOf(value: Value | undefined): readonly number[] | undefined {
  if (value?.kind !== 'sequence' || value.open) return undefined
  const bounds = value.items.map((item) => (item.kind === 'constant' && typeof item.value === 'number' ? item.value : undefined))
  return bounds.every((bound) => bound !== undefined) ? bounds : undefined
}

/** Follows the callbacks of an observable instrument: the attributes of each `Observation` are its labels. */
function observe(context: Context, metric: Metric, callbacks: Value | undefined): void {
  metric.recorded = true
  noteMove(metric, 'freely', true)
  const { items, open } = callbacks ? itemsOf(callbacks) : { items: [], open: false }
  if (open) metric.labelsOpen = true
  for (const callback of items) {
    const args: Arguments = { positional: [unknown('callback options')], keyword: new Map(), open: false }
    const result = callValue(context, callback, args, undefined)
    const observations = itemsOf(result)
    if (observations.open) metric.labelsOpen = true
    for (const observation of observations.items.flatMap(optionsOf)) {
      if (observation.kind === 'external' && observation.name.endsWith('.Observation')) {
        const attributes = observation.args?.positional[1] ?? observation.args?.keyword.get('attributes')
        if (attributes) recordDictionary(metric, attributes)
      } else metric.labelsOpen = true
    }
  }
}
