/**
 * The PromQL syntax tree, with Prometheus's own node names (Prometheus: promql/parser/ast.go).
 * Every node tells its range in the text that was parsed: UTF-16 offsets, `end` exclusive.
 */

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string' | 'none'

interface Node {
  readonly start: number
  readonly end: number
}

/** A Grafana variable: `$name`, `${name}`, `${name:format}`, `${name.field}`, `[[name]]`, `[[name:format]]`. */
export interface Template extends Node {
  readonly type: 'Template'
  readonly name: string
  readonly field?: string
  readonly format?: string
  readonly syntax: '$' | '${}' | '[[]]'
}

/**
 * A name or string that may contain templates. Without templates `parts` is one literal (an empty text: none).
 * Literal parts are unquoted and unescaped; `start` and `end` cover the source, quotes included.
 */
export interface Text extends Node {
  readonly parts: readonly (string | Template)[]
  /** Whether the source has quotes around it. */
  readonly quoted: boolean
}

export type MatchOp = '=' | '!=' | '=~' | '!~'

/** `name op "value"`. In `{"metric"}`, a matcher on `__name__` whose `name` has the range of the string. */
export interface LabelMatcher extends Node {
  readonly type: 'LabelMatcher'
  readonly name: Text
  readonly op: MatchOp
  readonly value: Text
}

/** `@ 123`, `@ start()`, `@ end()`; `timestamp` in seconds, undefined for a preprocessor or a template. */
export interface AtModifier extends Node {
  readonly timestamp?: number
  readonly preprocessor?: 'start' | 'end'
  readonly template?: Text
}

export interface VectorSelector extends Node {
  readonly type: 'VectorSelector'
  /** The metric name written before the braces or as a quoted string inside them. */
  readonly name?: Text
  /** The matchers as written, in order; a quoted metric name in braces is `name` and not repeated here. */
  readonly matchers: readonly LabelMatcher[]
  /** Templates that stand for one or several whole matchers: `{$filters}`. */
  readonly matcherTemplates: readonly Template[]
  readonly offset?: Duration
  readonly at?: AtModifier
  readonly extension?: 'anchored' | 'smoothed'
}

export interface MatrixSelector extends Node {
  readonly type: 'MatrixSelector'
  readonly vectorSelector: VectorSelector
  readonly range: Duration
}

export interface SubqueryExpr extends Node {
  readonly type: 'SubqueryExpr'
  readonly expr: Expr
  readonly range: Duration
  readonly step?: Duration
  readonly offset?: Duration
  readonly at?: AtModifier
}

/** A duration: seconds where they are known, a duration expression, or a template (also with a unit: `${x}m`). */
export type Duration = DurationLiteral | DurationExpr | DurationTemplate

export interface DurationLiteral extends Node {
  readonly type: 'DurationLiteral'
  readonly seconds: number
}

export interface DurationTemplate extends Node {
  readonly type: 'DurationTemplate'
  readonly text: Text
}

/** `5m * 2`, `-(1h)`, `step()`, `range()`, `min_of(a, b)`, `max_of(a, b)`. */
export interface DurationExpr extends Node {
  readonly type: 'DurationExpr'
  readonly op: '+' | '-' | '*' | '/' | '%' | '^' | 'step' | 'range' | 'min_of' | 'max_of'
  readonly lhs?: Duration
  readonly rhs?: Duration
  readonly wrapped: boolean
}

export interface Call extends Node {
  readonly type: 'Call'
  readonly func: Text
  readonly args: readonly Expr[]
}

export interface Grouping extends Node {
  readonly without: boolean
  readonly labels: readonly Text[]
}

export interface AggregateExpr extends Node {
  readonly type: 'AggregateExpr'
  readonly op: Text
  readonly expr: Expr
  readonly param?: Expr
  /** Absent where there is neither `by` nor `without`. */
  readonly grouping?: Grouping
}

export interface VectorMatching extends Node {
  /** `on` (true) or `ignoring` (false); a bare operator is `ignoring ()` with `explicit` false. */
  readonly on: boolean
  readonly explicit: boolean
  readonly labels: readonly Text[]
  readonly card: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many'
  /** The labels of `group_left (…)` or `group_right (…)`. */
  readonly include: readonly Text[]
  readonly fillLeft?: number
  readonly fillRight?: number
}

/** `'template'`: a template that is replaced by an operator, or by one with its modifiers. */
export type BinaryOp =
  | '+' | '-' | '*' | '/' | '%' | '^' | 'atan2' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or' | 'unless'
  | '</' | '>/' | 'template'

export interface BinaryExpr extends Node {
  readonly type: 'BinaryExpr'
  readonly op: BinaryOp
  /** Where `op` is `'template'`: the operator as written. */
  readonly operator?: Text
  readonly lhs: Expr
  readonly rhs: Expr
  readonly bool: boolean
  readonly matching?: VectorMatching
}

export interface UnaryExpr extends Node {
  readonly type: 'UnaryExpr'
  readonly op: '+' | '-'
  readonly expr: Expr
}

export interface ParenExpr extends Node {
  readonly type: 'ParenExpr'
  readonly expr: Expr
}

export interface NumberLiteral extends Node {
  readonly type: 'NumberLiteral'
  readonly value: number
  /** Written as a duration (`5m`). */
  readonly duration: boolean
}

export interface StringLiteral extends Node {
  readonly type: 'StringLiteral'
  readonly value: Text
}

/** A template that stands for a whole expression, or for a number; its value type is not known. */
export interface TemplateExpr extends Node {
  readonly type: 'TemplateExpr'
  readonly text: Text
}

export type Expr =
  | AggregateExpr
  | BinaryExpr
  | Call
  | MatrixSelector
  | NumberLiteral
  | ParenExpr
  | StringLiteral
  | SubqueryExpr
  | TemplateExpr
  | UnaryExpr
  | VectorSelector

export interface ParseError {
  readonly message: string
  readonly start: number
  readonly end: number
}

export interface ParseOptions {
  /** `'grafana'`: Grafana's variables are part of the grammar. Default `'none'`. */
  readonly templates?: 'none' | 'grafana'
}

export interface ParseResult {
  /** Also there after errors, as far as the text could be understood. */
  readonly expr: Expr | undefined
  readonly errors: readonly ParseError[]
}
