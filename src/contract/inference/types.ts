import type { Expr, LabelMatcher, ValueType, VectorSelector } from '../../promql/ast.js'
import type { Family } from '../../registry/types.js'
import type { LabelMap } from './label-map.js'

/**
 * What a label can be on a set of series. `''` stands for "absent": Prometheus does not tell the two apart. Closed
 * `{''}` is surely absent, closed without `''` surely present, and closed `{}` cannot be.
 */
export type LabelValues = ClosedValues | OpenValues

export interface ClosedValues {
  readonly kind: 'closed'
  readonly values: ReadonlySet<string>
  readonly why: Reason
}

export interface OpenValues {
  readonly kind: 'open'
  readonly mayBeAbsent: boolean
  /** What every value that is there passes: the matchers that it went through. */
  readonly tests: readonly ValueTest[]
  readonly why: Reason
}

export type ValueTest = (value: string) => boolean

/** Why a label is what it is: what a diagnostic says and points at. */
export type Reason =
  /** A family declares it, or a catalog lists it. */
  | { readonly kind: 'declared'; readonly selector: VectorSelector; readonly family: Family }
  /** Nothing that is scraped or recorded gives the series this label; `recorded`: why, in the recording rule. */
  | { readonly kind: 'never-declared'; readonly selector: VectorSelector; readonly family: Family; readonly recorded?: Recorded }
  /** A recording rule's expression gives it. */
  | { readonly kind: 'recorded'; readonly selector: VectorSelector; readonly family: Family; readonly recorded: Recorded }
  /** Prometheus puts it on what it scrapes. */
  | { readonly kind: 'target' }
  | { readonly kind: 'matcher'; readonly matcher: LabelMatcher; readonly selector: VectorSelector }
  /** An aggregation, a function or the matching of an operator takes it away. */
  | { readonly kind: 'dropped'; readonly by: Expr }
  /** A function or `group_left` gives it. */
  | { readonly kind: 'made'; readonly by: Expr }
  | { readonly kind: 'unknown' }

/** A reason in another query: that of a recording rule. */
export interface Recorded {
  readonly expr: Expr
  readonly why: Reason
}

/** What the values are. */
export type Kind =
  | 'counter' | 'gauge' | 'bucket' | 'sum' | 'count' | 'summary-quantile' | 'native-histogram' | 'info' | 'stateset'
  | 'timestamp' | 'age' | 'ratio' | 'average' | 'number-of-series' | 'boolean' | 'quantile' | 'number' | 'unknown'
  | { readonly rateOf: Kind }

/** Every value lies between `lo` and `hi`, both included, or is NaN where that is possible. */
export interface Interval {
  readonly lo: number
  readonly hi: number
  readonly nan: boolean
}

/** A set of series that are alike. */
export interface Shape {
  /** The labels that are told apart, `__name__` among them. */
  readonly labels: LabelMap
  /** Every other label: surely absent, or open. */
  readonly others: LabelValues
  readonly kind: Kind
  /** Of float samples; says nothing of native histograms. */
  readonly value: Interval
  /** Whether a comparison, a set operator or `absent` decides that it is there. */
  readonly condition: boolean
  /** Whether a series of this shape is there whatever is scraped. */
  readonly always: boolean
  readonly families: readonly Family[]
}

/** Why an expression never yields anything: the innermost node that does not, and what of it. */
export type EmptyCause =
  /** No series can pass the matcher: of the label's values none is left. */
  | { readonly kind: 'selector'; readonly node: VectorSelector; readonly label: string; readonly matcher: LabelMatcher; readonly left: LabelValues }
  /** The sides of an operator have different values of a label. */
  | { readonly kind: 'unmatched'; readonly node: Expr; readonly label: string; readonly left: LabelValues; readonly right: LabelValues }
  /** No value passes the comparison. */
  | { readonly kind: 'comparison'; readonly node: Expr; readonly left: Interval; readonly right: Interval; readonly families: readonly Family[] }
  /** `histogram_quantile` of what has no buckets. */
  | { readonly kind: 'no-buckets'; readonly node: Expr; readonly shapes: readonly Shape[] }
  | { readonly kind: 'other'; readonly node: Expr }

/** What an expression can yield: series of these shapes and no others. Without shapes: surely nothing. */
export interface Inferred {
  readonly type: ValueType
  readonly shapes: readonly Shape[]
  /** There where `shapes` is empty. */
  readonly cause?: EmptyCause
}
