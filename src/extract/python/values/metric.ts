import { patternText } from '../../../registry/name-pattern.js'
import type { ClientLibrary, LabelValues as Exposed, MetricType, NamePattern } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Move } from '../../movement.js'

/** A metric while the program is followed: what was declared, and what reaches its labels. */
export interface Metric {
  readonly id: number
  readonly shape: MetricShape
  /** What all calls that declare it in this place may name it. */
  name: NamePattern
  /** The call of the client's constructor, and the calls that led there. */
  readonly constructorPlace: Place
  readonly calls: readonly Place[]
  readonly labels: Map<string, LabelValues>
  labelsOpen: boolean
  recorded: boolean
  /** It was handed to code that cannot be followed. */
  escaped: boolean
  /** What is done to it: of a gauge, whether it only rises. */
  readonly moves: Set<Move>
  readonly registration: Registration
}

/** What a call declares. */
export interface MetricShape {
  readonly client: ClientLibrary
  readonly type: MetricType
  /** `places`: where it may be said to be written, best first among equals. */
  readonly name: NamePattern & { readonly places: readonly Place[]; readonly reason?: string | undefined }
  readonly help: string | undefined
  readonly unit: string | undefined
  /** In the order of the declaration, as `.labels(a, b)` takes them. */
  readonly labelNames: readonly string[]
  readonly labelsOpen: boolean
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
  readonly reason?: string | undefined
  /** Its sum and count are exposed as gauges of their own. */
  readonly isGaugeHistogram?: boolean
  /** A collector makes it anew with its samples. */
  readonly isFamily?: boolean
}

export interface LabelValues {
  readonly values: Set<string>
  /** What those are like of which not every character is known, by their texts. */
  readonly patterns: Map<string, NamePattern>
  /** It may be anything. */
  open: boolean
}

/** What a label can be that no recording shows. */
export function knownValues({ values, open, patterns = [] }: Exposed): LabelValues {
  return { values: new Set(values), patterns: new Map(patterns.map((pattern) => [patternText(pattern), pattern])), open: open && patterns.length === 0 }
}

export function noValues(): LabelValues {
  return { values: new Set(), patterns: new Map(), open: false }
}

/** How the client exposes it. */
export interface Registration {
  /** The registry of the program's own that it is in, by digest. */
  registry: string | undefined
  /** It was taken from its registry again. */
  unregistered: boolean
  /** A gauge whose samples keep their process apart where the client runs in multiprocess mode. */
  pidInMultiprocess: boolean
}
