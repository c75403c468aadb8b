import type { Span } from '../../text/source.js'

/** A text of an alert, as Go's text/template reads it. Offsets are UTF-16 offsets in the text, `end` exclusive. */
export interface Template {
  readonly text: string
  readonly body: readonly Node[]
  /** What `define` and `block` define, by name. */
  readonly definitions: ReadonlyMap<string, readonly Node[]>
}

export type Node = Action | Branch | Call | Jump | Literal

/** Text that is more than space, as it stands. */
export interface Literal {
  readonly kind: 'text'
}

/** `{{ pipeline }}` */
export interface Action {
  readonly kind: 'action'
  readonly pipeline: Pipeline
}

export interface Branch {
  readonly kind: 'if' | 'with' | 'range'
  readonly pipeline: Pipeline
  readonly body: readonly Node[]
  readonly otherwise: readonly Node[]
}

/** `{{ template "name" pipeline }}` and `{{ block "name" pipeline }}` */
export interface Call extends Span {
  readonly kind: 'template'
  readonly name: string
  readonly pipeline?: Pipeline
}

export interface Jump {
  readonly kind: 'break' | 'continue'
}

/** `$x, $y := first | second`, in parentheses too. */
export interface Pipeline extends Span {
  readonly kind: 'pipeline'
  readonly variables: readonly Name[]
  /** Whether the variables were declared before (`=`, not `:=`). */
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

/** Operands with spaces between them: a call, where there are several. */
export interface Command extends Span {
  readonly operands: readonly [Operand, ...Operand[]]
}

export type Operand =
  | (Span & { readonly kind: 'boolean' | 'nil' | 'dot' })
  | NumberConstant
  | StringConstant
  | Identifier
  | Variable
  | Field
  | (Span & { readonly kind: 'chain'; readonly of: Operand; readonly fields: readonly Name[] })
  | Pipeline

export interface NumberConstant extends Span {
  readonly kind: 'number'
  /** The type that Go gives the constant where nothing else tells (Go: text/template/exec.go, idealConstant). */
  readonly type: 'int' | 'float64' | 'complex128'
}

export interface StringConstant extends Span {
  readonly kind: 'string'
  readonly value: string
  /** Where in the template each UTF-16 unit of the value stands, and the closing quote. */
  readonly offsets: readonly number[]
}

/** The name of a function. */
export interface Identifier extends Span {
  readonly kind: 'function'
  readonly name: string
}

/** `$labels.job`: the name is `$labels`. */
export interface Variable extends Span {
  readonly kind: 'variable'
  readonly name: string
  readonly fields: readonly Name[]
}

/** `.Labels.job` */
export interface Field extends Span {
  readonly kind: 'field'
  readonly fields: readonly Name[]
}

/** A name, with the place of the name alone: without the dot of a field, with the `$` of a variable. */
export interface Name extends Span {
  readonly name: string
}
