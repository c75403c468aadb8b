import type { NamePattern } from '../../../registry/types.js'
import type { Place, SourceText } from '../../../text/source.js'
import type { ClassDefinition, FunctionDefinition, LambdaExpression, Statement } from '../syntax/ast.js'
import { digestKey } from './digest.js'
import type { Metric } from './metrics.js'
import type { Writes } from '../language/writes.js'

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
  | ModuleValue
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
  /** What these are; absent: anything. Only of what nothing is added to: `range(n)`. */
  readonly others?: Value
}

export interface DictionaryValue {
  readonly kind: 'dictionary'
  readonly entries: { readonly key: Value; value: Value }[]
  /** There may be further entries. */
  open: boolean
  /** Made for one call: what it lacks nothing else puts there. */
  readonly isOfCall?: true
  /** Of a `defaultdict`: makes what stands at a key that is read first. */
  readonly missing?: () => Value
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly id: number
  readonly definition: FunctionDefinition | LambdaExpression
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
  readonly self: InstanceValue
  readonly owner: ClassValue
}

/** A module or package of the workspace: its file, its directory, or both. */
export interface ModuleValue {
  readonly kind: 'module'
  readonly path: string | undefined
  readonly directory: string | undefined
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

/** How many possibilities of one value are followed. */
const maximumOptions = 32

export const noneValue: ConstantValue = { kind: 'constant', value: null }

export function unknown(reason: string): UnknownValue {
  return { kind: 'unknown', reason, unlikely: false }
}

export function unknownInteger(reason: string): UnknownValue {
  return { kind: 'unknown', reason, unlikely: false, isInteger: true }
}

/** Whether it surely is a whole number. */
export function isInteger(value: Value): boolean {
  return value.kind === 'unknown' ? value.isInteger === true : value.kind === 'constant' && Number.isInteger(value.value)
}

export function text(value: string, place: Place): TextValue {
  return { kind: 'text', parts: [value], places: [place] }
}

export function sequence(items: Value[], open = false): SequenceValue {
  return { kind: 'sequence', items, open }
}

export function external(name: string): ExternalValue {
  return { kind: 'external', name, made: false, args: undefined, place: undefined }
}

/** The instances of a class: those that the workspace is seen to make, or else one that stands for any. */
export function instancesOf(owner: ClassValue): readonly InstanceValue[] {
  const all = [...owner.instances]
  const made = all.filter((instance) => !instance.generic)
  return made.length > 0 ? made : all
}

/** All the values that `value` may be; more than one only for a union. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.options : [value]
}

/** One of `values`, without repetition. Too many possibilities are none. */
export function union(values: readonly Value[]): Value {
  const [first] = values
  if (first && values.every((value) => holds(first, value))) return first
  if (values.length === 2 && values.every((value) => value.kind !== 'union')) {
    return digestKey(values[0]!) === digestKey(values[1]!) ? values[0]! : { kind: 'union', options: [...values] }
  }
  const distinct = new Map<string | number, Value>()
  for (const value of values) {
    for (const option of optionsOf(value)) {
      const key = digestKey(option)
      if (!distinct.has(key)) distinct.set(key, option)
    }
  }
  const options = [...distinct.values()]
  if (options.length === 1) return options[0]!
  if (options.length === 0) return unknown('no value')
  if (options.length <= maximumOptions) return { kind: 'union', options }
  const metrics = options.filter((option) => option.kind === 'metric')
  const others = options.filter((option) => option.kind !== 'metric').slice(0, maximumOptions)
  return { kind: 'union', options: [...metrics, ...others, unknown('too many possible values')] }
}

/** Whether `added` plainly is `value` or some of its possibilities. */
function holds(value: Value, added: Value): boolean {
  if (value === added) return true
  if (value.kind !== 'union') return false
  const { options } = value
  return added.kind === 'union' ? added.options.every((option, i) => options[i] === option || options.includes(option)) : options.includes(added)
}

/** Applies a function to each possibility. */
export function mapOptions(value: Value, change: (option: Value) => Value): Value {
  return value.kind === 'union' ? union(value.options.map(change)) : change(value)
}

/** Whether a value is known to be true or false. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value)
    case 'text':
      return value.parts.length === 1 ? value.parts[0] !== '' : value.parts.some((part) => part !== '') || undefined
    case 'sequence':
      return value.items.length > 0 || (value.open ? undefined : false)
    case 'dictionary':
      return value.entries.length > 0 || (value.open ? undefined : false)
    case 'function':
    case 'method':
    case 'class':
    case 'metric':
    case 'module':
      return true
    case 'external':
      // `registry or REGISTRY`
      return value.made && value.name.endsWith('.CollectorRegistry') ? true : undefined
    case 'union': {
      const [first, ...others] = value.options.map(truth)
      return others.every((other) => other === first) ? first : undefined
    }
    default:
      return undefined
  }
}
