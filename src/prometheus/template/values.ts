import type { Span } from '../../text/source.js'

/** What is known of the type of a value while the text of an alert is expanded. */
export type ValueType =
  | 'data' | 'labels' | 'string' | 'float64' | 'int' | 'bool' | 'complex128' | 'sample value' | 'vector' | 'sample' | 'arguments' | 'nil' | 'unknown'
  /** Of Grafana: the results of the rule's expressions, one of them, and what the condition came to, in words. */
  | 'captures' | 'capture' | 'evaluation'

/** A PromQL expression that a text hands to `query`. */
export interface QueryText {
  /** What it calls for; where `printf` fills it in, Grafana variables of the same length stand for what is not known. */
  readonly text: string
  readonly isFilledIn: boolean
  /** Where in the template each UTF-16 unit of `text` stands, and what follows it. */
  readonly offsets: readonly number[]
}

/** Whose labels are read: the alerting series', the server's own, those of a query's result; or nothing tells. */
export type LabelOwner = 'alert' | 'external' | QueryText | 'unknown'

export interface Value {
  readonly type: ValueType
  /** Of labels, samples and vectors: whose they are. */
  readonly owner?: LabelOwner
  /** Of a string: its text, as far as it is written out. */
  readonly text?: QueryText
  /** Where the value of the alert's expression was put into this. */
  readonly fromValue?: Span
  /** As it is written, where it is a constant. */
  readonly constant?: 'string' | 'number' | 'boolean' | 'nil'
}

export const unknown: Value = { type: 'unknown' }

/** The type in Go's words. */
export const goTypes: Readonly<Record<ValueType, string>> = {
  data: "the alert's data", labels: 'map[string]string', string: 'string', float64: 'float64', int: 'int', bool: 'bool', complex128: 'complex128',
  'sample value': 'float64', vector: 'template.queryResult', sample: '*template.sample', arguments: 'map[string]interface {}', nil: 'nil', unknown: 'interface {}',
  captures: 'map[string]template.Value', capture: 'template.Value', evaluation: 'string',
}

/** What is known where either of two values may be there. */
export function either(one: Value, other: Value): Value {
  const fromValue = one.fromValue ?? other.fromValue
  const type = one.type === other.type ? one.type : 'unknown'
  const owner = one.owner === other.owner ? one.owner : 'unknown'
  return { type, ...(owner && { owner }), ...(fromValue && { fromValue }) }
}
