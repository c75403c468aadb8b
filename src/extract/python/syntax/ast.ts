import type { Span } from '../../../text/source.js'

/** A Python expression; only what the evaluator tells apart has a node of its own. */
export type Expression =
  | NameExpression
  | StringExpression
  | FormatStringExpression
  | ConstantExpression
  | SequenceExpression
  | DictionaryExpression
  | ComprehensionExpression
  | AttributeExpression
  | SubscriptExpression
  | CallExpression
  | BinaryExpression
  | UnaryExpression
  | ConditionalExpression
  | LambdaExpression
  | WrappedExpression
  | NamedExpression
  | UnknownExpression

export interface NameExpression extends Span {
  readonly kind: 'name'
  readonly id: string
}

/** Adjacent plain literals, already joined. */
export interface StringExpression extends Span {
  readonly kind: 'string'
  readonly value: string
}

export interface FormatStringExpression extends Span {
  readonly kind: 'formatString'
  readonly parts: readonly (string | FormatField)[]
}

/** A replacement field. `format`: its format specification, empty where it has none; `undefined`: it has a conversion. */
export interface FormatField {
  readonly value: Expression
  readonly format: string | undefined
}

export interface ConstantExpression extends Span {
  readonly kind: 'constant'
  readonly value: number | boolean | null
}

export interface SequenceExpression extends Span {
  readonly kind: 'sequence'
  readonly form: 'list' | 'tuple' | 'set'
  readonly items: readonly SequenceItem[]
}

export interface SequenceItem {
  readonly value: Expression
  readonly starred: boolean
}

export interface DictionaryExpression extends Span {
  readonly kind: 'dictionary'
  /** Without a key: `**value`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[]
}

export interface ComprehensionExpression extends Span {
  readonly kind: 'comprehension'
  readonly form: 'list' | 'set' | 'dictionary'
  /** Only for dictionaries. */
  readonly key: Expression | undefined
  readonly value: Expression
  readonly clauses: readonly ComprehensionClause[]
}

export interface ComprehensionClause {
  readonly target: Expression
  readonly iterable: Expression
  readonly conditions: readonly Expression[]
}

export interface AttributeExpression extends Span {
  readonly kind: 'attribute'
  readonly object: Expression
  readonly name: string
}

export interface SubscriptExpression extends Span {
  readonly kind: 'subscript'
  readonly object: Expression
  /** `undefined` for a slice. */
  readonly index: Expression | undefined
}

export interface CallExpression extends Span {
  readonly kind: 'call'
  readonly callee: Expression
  readonly args: readonly Argument[]
}

export interface Argument {
  /** Given by keyword. */
  readonly name: string | undefined
  readonly star: '' | '*' | '**'
  readonly value: Expression
}

/** Arithmetic, comparison and logic alike; `op` as written (`not in`, `is not` with one space). */
export interface BinaryExpression extends Span {
  readonly kind: 'binary'
  readonly op: string
  readonly left: Expression
  readonly right: Expression
}

export interface UnaryExpression extends Span {
  readonly kind: 'unary'
  readonly op: string
  readonly operand: Expression
}

export interface ConditionalExpression extends Span {
  readonly kind: 'conditional'
  readonly test: Expression
  readonly consequent: Expression
  readonly alternate: Expression
}

export interface LambdaExpression extends Span {
  readonly kind: 'lambda'
  readonly params: readonly Parameter[]
  readonly body: Expression
}

export interface WrappedExpression extends Span {
  readonly kind: 'await' | 'yield' | 'yieldFrom'
  readonly value: Expression | undefined
}

export interface NamedExpression extends Span {
  readonly kind: 'named'
  readonly target: string
  readonly value: Expression
}

export interface UnknownExpression extends Span {
  readonly kind: 'unknown'
}

export interface Parameter {
  readonly name: string
  readonly star: '' | '*' | '**'
  readonly annotation: Expression | undefined
  readonly defaultValue: Expression | undefined
  /** After `*` or `*args`. */
  readonly keywordOnly: boolean
}

export type Statement =
  | ImportStatement
  | ImportFromStatement
  | AssignStatement
  | AugmentedAssignStatement
  | ExpressionStatement
  | ReturnStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | WithStatement
  | TryStatement
  | MatchStatement
  | FunctionDefinition
  | ClassDefinition
  | GlobalStatement
  | JumpStatement

export interface ImportStatement extends Span {
  readonly kind: 'import'
  readonly names: readonly { readonly module: string; readonly as: string | undefined }[]
}

export interface ImportFromStatement extends Span {
  readonly kind: 'importFrom'
  /** Leading dots. */
  readonly level: number
  readonly module: string
  /** `*` stands for all names. */
  readonly names: readonly { readonly name: string; readonly as: string }[]
}

export interface AssignStatement extends Span {
  readonly kind: 'assign'
  readonly targets: readonly Expression[]
  readonly annotation: Expression | undefined
  readonly value: Expression | undefined
}

export interface AugmentedAssignStatement extends Span {
  readonly kind: 'augmentedAssign'
  readonly target: Expression
  readonly op: string
  readonly value: Expression
}

export interface ExpressionStatement extends Span {
  readonly kind: 'expression'
  readonly value: Expression
}

export interface ReturnStatement extends Span {
  readonly kind: 'return'
  readonly value: Expression | undefined
}

export interface IfStatement extends Span {
  readonly kind: 'if'
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[]
  readonly otherwise: readonly Statement[]
}

export interface ForStatement extends Span {
  readonly kind: 'for'
  readonly target: Expression
  readonly iterable: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface WhileStatement extends Span {
  readonly kind: 'while'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly otherwise: readonly Statement[]
}

export interface WithStatement extends Span {
  readonly kind: 'with'
  readonly items: readonly { readonly value: Expression; readonly target: Expression | undefined }[]
  readonly body: readonly Statement[]
}

export interface TryStatement extends Span {
  readonly kind: 'try'
  readonly body: readonly Statement[]
  readonly handlers: readonly ExceptClause[]
  /** `else` */
  readonly otherwise: readonly Statement[]
  /** `finally` */
  readonly finalizer: readonly Statement[]
}

export interface ExceptClause {
  /** Whether no exception passes it: a bare `except:` or `except BaseException:`. */
  readonly catchesAll: boolean
  readonly name: string | undefined
  readonly body: readonly Statement[]
}

export interface MatchStatement extends Span {
  readonly kind: 'match'
  readonly subject: Expression
  readonly cases: readonly { readonly captures: readonly string[]; readonly body: readonly Statement[] }[]
  /** Whether one of the cases always fits: `case _:`. */
  readonly isTotal: boolean
}

export interface FunctionDefinition extends Span {
  readonly kind: 'function'
  readonly name: string
  readonly params: readonly Parameter[]
  readonly returns: Expression | undefined
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
}

export interface ClassDefinition extends Span {
  readonly kind: 'class'
  readonly name: string
  readonly bases: readonly Argument[]
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
}

export interface GlobalStatement extends Span {
  readonly kind: 'global' | 'nonlocal'
  readonly names: readonly string[]
}

/** What leaves the block: `raise`, `break`, `continue`. */
export interface JumpStatement extends Span {
  readonly kind: 'raise' | 'break' | 'continue'
  readonly value: Expression | undefined
}

/** A parsed module: its statements, and what the parser stumbled over. */
export interface PythonModule {
  readonly body: readonly Statement[]
  readonly problems: readonly { readonly message: string; readonly span: Span }[]
}
