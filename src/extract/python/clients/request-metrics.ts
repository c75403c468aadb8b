import type { Label } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Context } from '../engine/engine.js'
import { pythonText } from '../values/text-values.js'
import type { Value } from '../values/types.js'
import { optionsOf, sequence, text } from '../values/values.js'
import { knownValues } from '../values/metric.js'
import type { Client } from './client.js'
import { prometheusClient } from './prometheus-client.js'
import { noteMove, openAll } from './recording.js'

/** What records the requests of a web framework: functions and classes by their dotted names, and methods of what they make. */
export type WebLibrary = Pick<Client, 'call' | 'callMade'>

/** A metric that such a library makes with prometheus_client. */
export interface RequestMetric {
  readonly constructor: 'Counter' | 'Gauge' | 'Histogram' | 'Summary'
  /** What it is called behind its prefixes. */
  readonly name: string | Value
  readonly labels: readonly (string | Value)[]
}

/** What its user may add. */
export interface RequestMetricOptions {
  readonly namespace?: Value | undefined
  readonly subsystem?: Value | undefined
  /** Dictionaries with more labels. */
  readonly moreLabels?: readonly (Value | undefined)[]
  readonly buckets?: Value | undefined
  /** Labels of which it is known what they can be. */
  readonly known?: readonly Label[]
}

/** Declares a metric that requests record, with any values of its other labels; gives it. */
export function declareRequestMetric(
  context: Context, { constructor, name, labels }: RequestMetric, { namespace, subsystem, moreLabels = [], buckets, known = [] }: RequestMetricOptions, place: Place,
): Value {
  const literal = (written: string | Value) => (typeof written === 'string' ? text(written, place) : written)
  const more = moreLabels.flatMap((value) => (value ? optionsOf(value) : [])).filter((option) => option.kind !== 'constant')
  const names = [...labels.map(literal), ...more.flatMap((option) => (option.kind === 'dictionary' ? option.entries.map(({ key }) => key) : []))]
  const isOpen = more.some((option) => option.kind !== 'dictionary' || option.open)
  const given: [string, Value | undefined][] = [
    ['name', literal(name)], ['labelnames', sequence(names, isOpen)], ['namespace', namespace], ['subsystem', subsystem], ['buckets', buckets],
  ]
  const keyword = new Map(given.filter((each): each is [string, Value] => each[1] !== undefined))
  const made = prometheusClient.call(context, `prometheus_client.${constructor}`, { positional: [], keyword, open: false }, place)!
  for (const option of optionsOf(made)) {
    if (option.kind !== 'metric') continue
    option.metric.recorded = true
    openAll(option.metric)
    for (const { name, ...values } of known) if (option.metric.labels.has(name)) option.metric.labels.set(name, knownValues(values))
    if (constructor === 'Gauge') noteMove(option.metric, 'freely', true)
  }
  return made
}

/** Whether an argument surely is false. */
export function isFalse(value: Value | undefined): boolean {
  return value?.kind === 'constant' && value.value === false
}

/** Whether an argument surely is an empty text, or is not given. */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || pythonText(value) === ''
}
