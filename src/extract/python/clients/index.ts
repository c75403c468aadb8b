import type { ClientLibrary } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Clients, Context } from '../engine/engine.js'
import { escapeInto } from '../engine/escape.js'
import { touch } from '../engine/touch.js'
import { callStandardLibrary } from '../language/standard-library.js'
import type { Arguments, ExternalValue, MetricValue, Value } from '../values/types.js'
import { external, unknown } from '../values/values.js'
import { aioprometheus } from './aioprometheus.js'
import type { Client } from './client.js'
import { callFactory } from './factories.js'
import { noteHandedOver, noteInstrumentation } from './instrumentation.js'
import { openTelemetry } from './opentelemetry.js'
import { constructorNamed, prometheusClient } from './prometheus-client.js'
import { noteMove, recordingMethods } from './recording.js'
import { noteWritten } from './written-texts.js'

/** What each library does that metrics are declared and recorded with. */
const libraries = { prometheus_client: prometheusClient, aioprometheus, 'opentelemetry-python': openTelemetry } as const satisfies Partial<Record<ClientLibrary, Client>>

const all: readonly Client[] = Object.values(libraries)

export const clientModules: readonly string[] = all.map(({ module }) => module)
const ofClient = new RegExp(`^(${clientModules.join('|')})\\b`)

export const clients: Clients = {
  isConstructor: (name) => constructorNamed(name) !== undefined,
  isClientModule: isOfClient,
  callWritten: callFactory,
  callUnknown(context, method, args, place) {
    const made = firstOf((client) => client.callUnknown?.(context, method, args, place))
    if (!made) noteHandedOver(context, args, place)
    return made
  },
  noteText: noteWritten,
}

function firstOf(ask: (client: Client) => Value | undefined): Value | undefined {
  for (const client of all) {
    const answer = ask(client)
    if (answer) return answer
  }
  return undefined
}

/** `thing(…)`: a function or class of a library, or a method of what a library made. */
export function callExternal(context: Context, callee: ExternalValue, args: Arguments, place: Place | undefined): Value {
  const at = place ?? context.engine.course.calls.at(-1)
  if (!callee.made) return at ? callLibrary(context, callee.name, args, at) : unknown(`the result of ${callee.name}`)
  const dot = callee.name.lastIndexOf('.')
  if (dot === -1 || !at) return escapeInto(context.engine, args)
  return callMade(context, { ...callee, name: callee.name.slice(0, dot) }, callee.name.slice(dot + 1), args, at)
}

/** `thing.method(…)` */
export function callMethodOfExternal(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  return receiver.made ? callMade(context, receiver, method, args, place) : callLibrary(context, `${receiver.name}.${method}`, args, place)
}

export function attributeOfExternal(_context: Context, object: ExternalValue, name: string): Value {
  return { ...external(`${object.name}.${name}`), made: object.made, place: object.place, args: object.args }
}

function callLibrary(context: Context, name: string, args: Arguments, place: Place): Value {
  const known = firstOf((client) => client.call(context, name, args, place)) ?? callStandardLibrary(context, name, args, place)
  if (known) return known
  noteInstrumentation(context, name, place)
  noteHandedOver(context, args, place)
  if (!isOfClient(name)) escapeInto(context.engine, args)
  return { kind: 'external', name, made: true, args, place }
}

function callMade(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value {
  const known = firstOf((client) => client.callMade?.(context, receiver, method, args, place))
  if (known) return known
  const name = `${receiver.name}.${method}`
  noteInstrumentation(context, name, place)
  noteHandedOver(context, args, place)
  if (!isLookUp(method)) escapeInto(context.engine, args)
  return { kind: 'external', name, made: true, args, place: undefined }
}

/** Whether a dotted name is that of a client library, or of something in one. */
function isOfClient(name: string): boolean {
  return ofClient.test(name)
}

/** Whether a value is a metrics library, or something in one. */
export function isFromMetricsLibrary(value: Value): boolean {
  return value.kind === 'external' && (isOfClient(value.name) || /^prometheus_fastapi_instrumentator\b/.test(value.name))
}

/** Only reads its arguments: `settings.get('X', default)`. */
function isLookUp(method: string): boolean {
  return /^(get|debug|info|warning|error|exception|critical|log)$/.test(method)
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

/** `metric.inc` that is not called here: whoever gets it calls it. */
export function takeMethodOfMetric({ engine }: Context, { metric, child }: MetricValue, name: string): Value {
  if (name !== 'labels' && name !== 'info' && name !== 'add' && name !== 'record' && !recordingMethods.has(name)) return unknown(`attribute ${name}`)
  const { shape } = metric
  touch(engine)
  if (name !== 'labels') noteMove(metric, 'unknown', false)
  if (child || shape.labelNames.length === 0) metric.recorded = true
  if (!child) metric.escaped ||= shape.labelNames.length > 0 || shape.client !== 'prometheus_client' || name === 'info'
  return unknown('a method of a metric')
}
