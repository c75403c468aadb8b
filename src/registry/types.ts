import type { Place } from '../text/source.js'

/** Kinds of metric, as OpenMetrics names them; `unknown` where the declaration does not tell. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'untyped' | 'unknown'

/** The values that a label can have: `values` are those known; `open` when there may be others. */
export interface LabelValues {
  readonly values: readonly string[]
  readonly open: boolean
  /** Of an open label: every value that is not listed fits one of them, with a number where a hole is for digits. Absent: it may be anything. */
  readonly patterns?: readonly NamePattern[]
}

/** A label of a family. */
export interface Label extends LabelValues {
  readonly name: string
  /** Whether every series of the family has it; absent: some may lack it. */
  readonly always?: true
}

/** Where a family comes from: its place, and the steps that led from there to the client's constructor. */
export interface Declaration {
  readonly place: Place
  /** Calls through which the declaration was found, outermost first: wrappers, factories. */
  readonly via: readonly Place[]
  /** What could not be told and why, in words for a person; absent when everything is known. */
  readonly reason?: string
}

/** Whether anything in the code records a value. */
export type Recorded = 'yes' | 'never' | 'unknown'

/** How code moves a gauge: it sets or decrements it somewhere, or all that it ever does is to increment it. */
export type Movement = 'freely' | 'up'

/**
 * A metric as its code declares it, in terms of what is exposed (Prometheus: metric family).
 * `name` is the name on the `# TYPE` line of the text exposition format 0.0.4: a Python
 * `Counter('jobs')` is the family `jobs_total`.
 */
export interface Family {
  readonly name: string
  readonly type: MetricType
  readonly help?: string
  readonly unit?: string
  /** Declared labels, sorted by name; `le` and `quantile` are not among them. */
  readonly labels: readonly Label[]
  /** Whether there may be labels beside those listed (computed label names). */
  readonly labelsOpen: boolean
  /** The series names in Prometheus, sorted. */
  readonly series: readonly string[]
  /** Upper bounds of a classic histogram's buckets, ascending, without `+Inf`; absent when not known. */
  readonly buckets?: readonly number[]
  /** Quantiles of a summary; absent when not known, empty when it has none. */
  readonly quantiles?: readonly number[]
  readonly recorded: Recorded
  /** Of a gauge; absent when not known. */
  readonly movement?: Movement
  readonly origin: Origin
  readonly declarations: readonly Declaration[]
}

/** Who says that a family exists. */
export type Origin =
  | { readonly kind: 'code'; readonly client: ClientLibrary }
  /** `from`: who said so to the file. */
  | { readonly kind: 'registry-file'; readonly file: string; readonly from?: OriginInFile }
  | { readonly kind: 'catalog'; readonly catalog: string; readonly evidence: string }
  | { readonly kind: 'recording-rule' }
  | { readonly kind: 'built-in' }

/** Who a registry file says its families come from. */
export type OriginInFile = Exclude<Origin, { kind: 'registry-file' }>

/** `exposition-text`: none, the code writes the lines of the exposition format itself. */
export type ClientLibrary = 'prom-client' | 'prometheus_client' | 'opentelemetry-js' | 'opentelemetry-python' | 'aioprometheus' | 'exposition-text'

/** What may fill a hole of a name: any text, or one digit or more. */
export type Hole = 'any' | 'digits'

/**
 * A name of which parts may be unknown: literal texts and, between them, holes (`celery_*_seconds` is
 * `['celery_', '_seconds']`). One part: the name is known.
 */
export interface NamePattern {
  readonly parts: readonly string[]
  /** What may fill the hole behind each part but the last; absent: any text fills them all. */
  readonly holes?: readonly Hole[]
}

/** A family whose name is not known whole: every exposed name that it could stand for is a pattern. */
export interface FamilyPattern extends Omit<Family, 'name' | 'series'> {
  readonly name: NamePattern
  readonly series: readonly NamePattern[]
}

/** What the code (or an exported file) exposes. */
export interface RegistryContent {
  readonly families: readonly Family[]
  readonly patterns: readonly FamilyPattern[]
}
