import type { ClientLibrary } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { touch } from '../engine/touch.js'
import { isOfClient, isOfWebLibrary } from '../sources/client-modules.js'
import type { Arguments, ExternalValue, MetricValue, Value } from '../values/types.js'
import { unknown } from '../values/values.js'
import { aioprometheus } from './aioprometheus.js'
import type { Client } from './client.js'
import { fastApiInstrumentator } from './fastapi-instrumentator.js'
import { flaskExporter } from './flask-exporter.js'
import { openTelemetry } from './opentelemetry.js'
import { prometheusClient } from './prometheus-client.js'
import { noteMove, recordingMethods } from './recording.js'
import type { WebLibrary } from './request-metrics.js'
import { starletteExporters } from './starlette-exporters.js'

/** What each library does that metrics are declared and recorded with. */
const libraries = { prometheus_client: prometheusClient, aioprometheus, 'opentelemetry-python': openTelemetry } as const satisfies Partial<Record<ClientLibrary, Client>>

/** Libraries that make metrics of prometheus_client for their users. */
const webLibraries: readonly WebLibrary[] = [fastApiInstrumentator, flaskExporter, starletteExporters]

const all: readonly (Client | WebLibrary & { readonly callUnknown?: undefined })[] = [...Object.values(libraries), ...webLibraries]

/** A call of a function or class by its dotted name; `undefined` when it is of no client library. */
export function callOfClient(context: Context, name: string, args: Arguments, place: Place): Value | undefined {
  return firstOf((client) => client.call(context, name, args, place))
}

/** A call of a method of something that a library made; `undefined` when it means nothing to any client library. */
export function callMadeByClient(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value | undefined {
  return firstOf((client) => client.callMade?.(context, receiver, method, args, place))
}

/** A call of a method of an object of which nothing is known; `undefined` when it means nothing to any client library. */
export function callUnknown(context: Context, method: string, args: Arguments, place: Place): Value | undefined {
  return firstOf((client) => client.callUnknown?.(context, method, args, place))
}

/** A class that is handed to what calls it with the other arguments: `app.add_middleware(PrometheusMiddleware, prefix="shop")`. */
export function handClientOver(context: Context, name: string, args: Arguments, place: Place): void {
  for (const library of webLibraries) library.call(context, name, args, place)
}

function firstOf(ask: (client: (typeof all)[number]) => Value | undefined): Value | undefined {
  for (const client of all) {
    const answer = ask(client)
    if (answer) return answer
  }
  return undefined
}

/** Whether a value is a metrics library, or something in one. */
export function isFromMetricsLibrary(value: Value): boolean {
  return value.kind === 'external' && (isOfClient(value.name) || isOfWebLibrary(value.name))
}

/** A method of a metric: `.labels(…)`, `.inc()`, `.add_metric([…], 1)`, `.add(1, {…})`. */
export function callMethodOfMetric({ engine }: Context, receiver: MetricValue, name: string, args: Arguments): Value {
  const { metric } = receiver
  const client = libraries[metric.shape.client as keyof typeof libraries]
  touch(engine)
  const move = client.moveOf(name, args)
  if (move !== undefined) noteMove(metric, move, receiver.maybe !== true)
  return client.callMetric(receiver, name, args)
}

/** What prometheus_client keeps of a metric's own that is no value; whoever takes another of its insides may set it: `done._value.set(3)`. */
const descriptions = new Set(['_name', '_documentation', '_labelnames', '_labelvalues', '_type', '_unit', '_kwargs', '_lock'])

/** `metric.inc` that is not called here: whoever gets it calls it. */
export function takeMethodOfMetric({ engine }: Context, { metric, child }: MetricValue, name: string): Value {
  if (/^_(?!_)/.test(name) && !descriptions.has(name)) {
    touch(engine)
    noteMove(metric, 'unknown', false)
    // A child has the labels that it was asked for.
    if (!child) metric.escaped = true
    return unknown(`attribute ${name}`)
  }
  if (name !== 'labels' && name !== 'info' && name !== 'add' && name !== 'record' && !recordingMethods.has(name)) return unknown(`attribute ${name}`)
  const { shape } = metric
  touch(engine)
  if (name !== 'labels') noteMove(metric, 'unknown', false)
  if (child || shape.labelNames.length === 0) metric.recorded = true
  if (!child) metric.escaped ||= shape.labelNames.length > 0 || shape.client !== 'prometheus_client' || name === 'info'
  return unknown('a method of a metric')
}
