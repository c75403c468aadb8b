import type { Place } from '../../text/source.js'
import type { ClassDefinition, FunctionDefinition, LambdaExpression, Statement } from './ast.js'
import type { Metric } from './metrics.js'

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

/** A string; several parts: any text may stand between them. */
export interface TextValue {
  readonly kind: 'text'
  readonly parts: readonly string[]
  /** The literals that it was made of, and the expressions that joined them, outermost first. */
  readonly places: readonly Place[]
  /** Why there are holes. */
  readonly reason?: string | undefined
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
}

export interface DictionaryValue {
  readonly kind: 'dictionary'
  readonly entries: { readonly key: Value; value: Value }[]
  /** There may be further entries. */
  open: boolean
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
  readonly attributes: Map<string, Value>
  /** Every instance made of it or of a subclass. */
  readonly instances: Set<InstanceValue>
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
}

export interface UnknownValue {
  readonly kind: 'unknown'
  readonly reason: string
  /** Stands beside a default value that nothing in the workspace overrides. */
  readonly unlikely: boolean
}

export interface UnionValue {
  readonly kind: 'union'
  readonly options: readonly Value[]
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
  readonly variables: Map<string, Value>
  /** Imported names; several where a `try` has fallbacks. What they stand for is found when it is asked for. */
  readonly imports: Map<string, (() => Value)[]>
  readonly parent: Scope | undefined
  readonly module: ModuleState
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Map<string, Scope>
  readonly function: FunctionValue | undefined
  readonly self: Value | undefined
}

export interface ModuleState {
  readonly path: string
  readonly body: readonly Statement[]
  readonly scope: Scope
  /** `from x import *`, in order. */
  readonly starImports: Value[]
  /** Whether its functions are followed too, and not only its top level. */
  role: 'metrics' | 'recorder' | 'support'
  state: 'new' | 'running' | 'done'
}

/** How many possibilities of one value are followed. */
const maximumOptions = 32

export const noneValue: ConstantValue = { kind: 'constant', value: null }

export function unknown(reason: string): UnknownValue {
  return { kind: 'unknown', reason, unlikely: false }
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
  if (values.length === 1) return values[0]!
  const present = new Set(values.flatMap(optionsOf))
  if (present.size === 1) return [...present][0]!
  const distinct = new Map<string, Value>()
  for (const option of present) {
    const key = digest(option)
    if (!distinct.has(key)) distinct.set(key, option)
  }
  const options = [...distinct.values()]
  if (options.length === 1) return options[0]!
  if (options.length === 0) return unknown('no value')
  if (options.length <= maximumOptions) return { kind: 'union', options }
  const metrics = options.filter((option) => option.kind === 'metric')
  const others = options.filter((option) => option.kind !== 'metric').slice(0, maximumOptions)
  return { kind: 'union', options: [...metrics, ...others, unknown('too many possible values')] }
}

/** Applies a function to each possibility. */
export function mapOptions(value: Value, change: (option: Value) => Value): Value {
  return value.kind === 'union' ? union(value.options.map(change)) : change(value)
}

/** Equal for values that behave alike; where they were written does not count. Of very large values, identity decides. */
export function digest(value: Value): string {
  return describe(value, { left: maximumDescribed })
}

export function digestArguments(args: Arguments): string {
  return describeArguments(args, { left: maximumDescribed })
}

/** How many values make up a description at most. */
const maximumDescribed = 80
const identities = new WeakMap<Value, number>()
let nextIdentity = 0

function identityOf(value: Value): number {
  let identity = identities.get(value)
  if (identity === undefined) identities.set(value, (identity = nextIdentity++))
  return identity
}

function describe(value: Value, room: { left: number }): string {
  if (--room.left < 0 && (value.kind === 'sequence' || value.kind === 'dictionary' || value.kind === 'union' || value.kind === 'partial')) {
    return `${value.kind}@${identityOf(value)}`
  }
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.parts)
    case 'constant':
      return String(value.value)
    case 'sequence':
      return `[${value.items.map((item) => describe(item, room)).join()}${value.open ? ',…' : ''}]`
    case 'dictionary': {
      const entries = value.entries.map((entry) => `${describe(entry.key, room)}:${describe(entry.value, room)}`)
      return `{${entries.join()}${value.open ? ',…' : ''}}`
    }
    case 'function':
    case 'class':
    case 'instance':
      return `${value.kind}#${value.id}`
    case 'method':
      return `method#${value.callee.id}/${describe(value.self, room)}`
    case 'partial':
      return `partial(${describe(value.callee, room)},${describeArguments(value.args, room)})`
    case 'super':
      return `super#${value.self.id}/${value.owner.id}`
    case 'module':
      return `module ${value.path ?? value.directory ?? ''}`
    case 'external':
      return `external ${value.name}${value.made ? '()' : ''}${value.place ? `@${value.place.source.path}:${value.place.span.start}` : ''}`
    case 'metric':
      return `metric#${value.metric.id}${value.child ? 'c' : ''}`
    case 'unknown':
      return value.unlikely ? '??' : '?'
    case 'union':
      return `(${value.options.map((option) => describe(option, room)).sort().join('|')})`
  }
}

function describeArguments(args: Arguments, room: { left: number }): string {
  const positional = args.positional.map((value) => describe(value, room))
  const keyword = [...args.keyword].map(([name, value]) => `${name}=${describe(value, room)}`)
  return [...positional, ...keyword].join() + (args.open ? ',*' : '')
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
    case 'union': {
      const [first, ...others] = value.options.map(truth)
      return others.every((other) => other === first) ? first : undefined
    }
    default:
      return undefined
  }
}
