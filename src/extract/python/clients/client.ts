import type { Place } from '../../../text/source.js'
import type { Move } from '../../movement.js'
import type { Context } from '../engine/engine.js'
import type { Arguments, ExternalValue, MetricValue, Value } from '../values/types.js'

/** What a client library does, as far as metrics come of it. What is none of its own has no value. */
export interface Client {
  /** A call of a function or class by its dotted name. */
  call(context: Context, name: string, args: Arguments, place: Place): Value | undefined
  /** A call of a method of something that a library made. */
  callMade?(context: Context, receiver: ExternalValue, method: string, args: Arguments, place: Place): Value | undefined
  /** A call of a method of an object of which nothing is known. */
  callUnknown?(context: Context, method: string, args: Arguments, place: Place): Value | undefined
  /** A call of a method of one of its metrics: what it records, and what it gives. */
  callMetric(receiver: MetricValue, method: string, args: Arguments): Value
  /** What a method does to a gauge; `undefined` where that is nothing. */
  moveOf(method: string, args: Arguments): Move | undefined
}
