import type { NamePattern } from '../../../registry/types.js'
import type { Place, SourceText } from '../../../text/source.js'
import type { ModuleFiles } from '../sources/module-paths.js'
import type { ClassDefinition, FunctionDefinition, LambdaExpression, Statement } from '../syntax/ast.js'
import type { Writes } from '../syntax/writes.js'
import type { Metric } from './metric.js'

/**
 * What an expression may be when the program runs, as far as a reader can tell. Several possibilities are a `union`;
 * what nobody can tell is `unknown`.
 */
export type Value =
  | TextValue
  | ConstantValue
  | SequenceValue
  | DictionaryValue
  | FunctionValue
  | BoundMethod
  | PartialValue
  | ClassValue
  | InstanceValue
  | SuperValue
  | ModuleFiles
  | ExternalValue
  | MetricValue
  | UnknownValue
  | UnionValue

/** A string; several parts: any text, or any number, may stand between them. */
export interface TextValue extends NamePattern {
  readonly kind: 'text'
  /** The literals that it was made of, and the expressions that joined them, outermost first. */
  readonly places: readonly Place[]
  /** Why there are holes. */
  readonly reason?: string | undefined
  /** Its description, once asked for. */
  digest?: string | undefined
}

export interface ConstantValue {
  readonly kind: 'constant'
  readonly value: number | boolean | null
}

/** A list, tuple or set; mutable, as lists are. */
export interface SequenceValue {
  readonly kind: 'sequence'
  readonly items: Value[]
  /** There may be further items. */
  open: boolean
  /** The positions of items that may not be there: what has been added where several ways are possible. */
  perhaps?: Set<number>
  /** What got it may have put something in it. */
  isHandedOn?: boolean
  /** What these are; absent: anything. Only of what nothing is added to: `range(n)`. */
  readonly others?: Value
}

export interface DictionaryEntry {
  key: Value
  value: Value
  /** It may not be there. */
  perhaps?: boolean
}

export interface DictionaryValue {
  readonly kind: 'dictionary'
  readonly entries: DictionaryEntry[]
  /** There may be further entries. */
  open: boolean
  /** What got it may have put something in it. */
  isHandedOn?: boolean
  /** Made for one call: what it lacks nothing else puts there. */
  readonly isOfCall?: true
  /** Of a `defaultdict`: makes what stands at a key that is read first. */
  readonly missing?: () => Value
}

/** Where a function is written. */
export type Definition = FunctionDefinition | LambdaExpression

export interface FunctionValue {
  readonly kind: 'function'
  readonly id: number
  readonly definition: Definition
  readonly scope: Scope
  /** The class in whose body it stands. */
  readonly owner: ClassValue | undefined
  readonly binding: 'plain' | 'static' | 'class' | 'property'
  /** The places of the calls in which it was created. */
  readonly via: readonly Place[]
}

export interface BoundMethod {
  readonly kind: 'method'
  readonly self: Value
  readonly callee: FunctionValue
}

/** `functools.partial` */
export interface PartialValue {
  readonly kind: 'partial'
  readonly callee: Value
  readonly args: Arguments
}

export interface ClassValue {
  readonly kind: 'class'
  readonly id: number
  readonly definition: ClassDefinition
  readonly scope: Scope
  bases: readonly Value[]
  /** The class and those that it inherits from, in the order in which attributes are looked for; found when first asked for. */
  lineage: readonly ClassValue[] | undefined
  readonly attributes: Map<string, Value>
  /** Every instance made of it or of a subclass. */
  readonly instances: Set<InstanceValue>
  /** The classes that name it as a base. */
  readonly derived: Set<ClassValue>
  enumKind: 'none' | 'plain' | 'mixed' | 'text'
}

export interface InstanceValue {
  readonly kind: 'instance'
  readonly id: number
  readonly class: ClassValue
  readonly attributes: Map<string, Value>
  /** What the attributes were when the program had been followed once. */
  earlier: Map<string, Value>
  /** For an instance of a subclass of `Counter` and its kin. */
  metric: Value | undefined
  /** Nothing in the workspace is seen to make it. */
  generic: boolean
  /** Made with any arguments. */
  readonly isOfUnseenCall: boolean
  /** For an enum member. */
  readonly member: EnumMember | undefined
}

export interface EnumMember {
  readonly name: string
  readonly value: Value
  /** What `str(member)` gives. */
  readonly shown: Value
  /** Whether it is a string itself (`class Status(str, Enum)`). */
  readonly isText: boolean
}

export interface SuperValue {
  readonly kind: 'super'
  /** The class in a class method. */
  readonly self: InstanceValue | ClassValue
  readonly owner: ClassValue
}

/** Something outside the workspace by its dotted name; `made`: the result of calling it. */
export interface ExternalValue {
  readonly kind: 'external'
  readonly name: string
  readonly made: boolean
  readonly args: Arguments | undefined
  /** Tells results of different calls apart. */
  readonly place: Place | undefined
}

/** A metric, or with `child` what its `.labels(…)` gave. */
export interface MetricValue {
  readonly kind: 'metric'
  readonly metric: Metric
  readonly child: boolean
  /** It is one of several things that the value may be. */
  readonly maybe?: true
}

export interface UnknownValue {
  readonly kind: 'unknown'
  readonly reason: string
  /** Stands beside a default value that nothing in the workspace overrides. */
  readonly unlikely: boolean
  /** It is a whole number all the same. In a name it is digits: the client takes none with a sign in it. */
  readonly isInteger?: true
}

export interface UnionValue {
  readonly kind: 'union'
  readonly options: readonly Value[]
  /** Found when first asked for, where no option can change any more. */
  digest?: string | undefined
}

/** Evaluated arguments of a call. */
export interface Arguments {
  readonly positional: readonly Value[]
  readonly keyword: ReadonlyMap<string, Value>
  /** A `*` or `**` argument of unknown length was among them. */
  readonly open: boolean
}

/** The variables of a module, function or class body. */
export interface Scope {
  /** Each of several ways through a program gets a copy of its own. */
  variables: Map<string, Value>
  /** Imported names; several where a `try` has fallbacks. What they stand for is found when it is asked for. */
  readonly imports: Map<string, (() => Value)[]>
  readonly parent: Scope | undefined
  readonly module: ModuleState
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Map<string, Scope>
  readonly function: FunctionValue | undefined
  readonly self: Value | undefined
  /** How often a variable was assigned: functions within behave otherwise afterwards. */
  version: number
}

export interface ModuleState {
  readonly path: string
  readonly source: SourceText
  readonly body: readonly Statement[]
  readonly writesExposition: boolean
  readonly scope: Scope
  /** `from x import *`, in order. */
  readonly starImports: Value[]
  /** Whether its functions are followed too, and not only its top level. */
  role: 'metrics' | 'recorder' | 'support'
  /** Where the names end that were evaluated. */
  readonly evaluated: Set<number>
  /** Where it assigns what other functions read. */
  readonly writes: Writes
  /** Those of these places that were followed, now or before. */
  readonly written: Set<number>
  state: 'new' | 'running' | 'done'
}
