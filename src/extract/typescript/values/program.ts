import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { ClientLibrary, MetricType } from '../../../registry/types.js'
import type { Place, SourceText } from '../../../text/source.js'
import type { FunctionNode, Node, ParsedSource } from '../syntax/syntax.js'
import type { ClassAtom, LibraryAtom, Value } from './values.js'

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression

/** A source file with its names: what it declares, imports and exports. */
export interface Module extends ParsedSource {
  readonly source: SourceText
  readonly imports: ReadonlyMap<string, ModuleRead>
  readonly exports: ReadonlyMap<string, ExportBinding>
  /** Reads of `export * from`. */
  readonly starExports: readonly ModuleRead[]
  /** Interfaces, type aliases, enums and classes, by name. */
  readonly types: ReadonlyMap<string, Node>
  /** The statement that declares each top-level variable, function, class and enum. */
  readonly declarations: ReadonlyMap<string, TSESTree.ProgramStatement>
}

/** A name read from another module; `*` is the whole namespace. */
export interface ModuleRead {
  readonly specifier: string
  readonly name: string
  /** The file of the workspace that the specifier names; `undefined` for what is outside. */
  readonly path: string | undefined
}

/** A type where it is declared. */
export interface DeclaredType {
  readonly node: Node
  readonly module: Module
}

export type ExportBinding =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'from'; readonly read: ModuleRead }
  | { readonly kind: 'expression'; readonly node: TSESTree.Expression }

/** One run of a function (or of a module's top level), for one set of arguments. */
export interface Frame {
  readonly module: Module
  readonly function?: FunctionNode
  /** The class whose constructor or method runs. */
  readonly class?: ClassAtom
  readonly receiver: Value
  /** The run that called, and where it did. */
  readonly caller?: Frame
  readonly site?: { readonly node: Node; readonly environment: Environment }
  /** The calls that led here, outermost first. */
  readonly calls: readonly CallSite[]
  /** What has been returned so far. */
  result: Value
  /** What a generator has yielded so far. */
  yielded?: Value
}

export interface CallSite {
  readonly node: Node
  readonly module: Module
  /** The name of the function that is called. */
  readonly name: string | undefined
}

/** A call while it is evaluated: where it stands, and in which run. */
export interface Call {
  readonly node: Node
  readonly environment: Environment
  readonly name: string | undefined
  readonly receiver?: Value
  readonly typeArguments?: readonly Node[]
}

/** What a constructor's run is for. */
export interface Construction {
  readonly class: ClassAtom
  /** What has to be done before the body runs. */
  readonly beforeBody: (environment: Environment) => void
}

/** A lexical scope while it runs. */
export interface Environment {
  /** The same text whenever the same code runs with the same arguments. */
  readonly key: string
  readonly parent?: Environment
  readonly frame: Frame
  readonly variables: Map<string, Value>
  /** Whether it may not run, or run more than once: an assignment from inside adds to what a variable may be. */
  readonly conditional: boolean
  /** Variables that a function may change at any time which something unknown has: an assignment adds to what they may be. */
  changedLater?: Set<string>
}

/** An object, list, map, set or class instance, known by the place and the run that made it. */
export interface HeapObject {
  readonly key: string
  readonly shape: 'object' | 'list' | 'map' | 'set'
  readonly properties: Map<string, Value>
  /** The properties that have been written again. */
  readonly rewritten: Set<string>
  /** The items of a list or set, in order. */
  readonly items: Value[]
  /** How many of the first items surely stand at their positions; all, where it is absent. */
  placed?: number
  /** What may be under keys, or at positions, that are not known. */
  rest: Value
  class?: ClassAtom
  /** It stands for several instances: what is written to it may be written to one of them only. */
  isShared?: boolean
  /** The library class that it is an instance of, directly or through the workspace's own subclasses. */
  library?: LibraryAtom
  /** How big it was when it went, with this many objects around it, where its uses cannot be followed. */
  escaped?: { readonly size: number; readonly depth: number }
  /** Metrics that it is: an instance of a subclass of a metric class. */
  metric: Value
}

/** A metric as its creation shows it; its name and labels are worked out at the end. */
export interface Metric {
  readonly key: string
  readonly client: ClientLibrary
  readonly type: MetricType
  readonly name: Value
  readonly help: Value
  readonly unit: Value
  readonly labelNames: Value
  /** Whether labels come from the recordings alone (OpenTelemetry). */
  readonly labelsByRecording: boolean
  readonly buckets: readonly number[] | undefined
  readonly quantiles: readonly number[] | undefined
  /** The registries it is put in; nothing when it is the client's own. */
  readonly registers: Value
  readonly node: Node
  readonly frame: Frame
  /** What the type arguments of the calls say about the values of its labels. */
  readonly labelTypes: Map<string, Value>
}

/**
 * The functions and classes that the values of labels have come through: each call of these may give others. By label, by the
 * position of an argument of `.labels(a, b)`, and of all labels together where it is not seen which is which (`ALL_LABELS`).
 */
export type LabelWays = ReadonlyMap<string | number, ReadonlySet<string>>

/** Stands for all labels of a recording: none is called so. */
export const ALL_LABELS = ''

/** A place where a metric is recorded, with the labels given there, one value for each `labels` or `inc` argument. */
export interface Recording {
  readonly metric: string
  readonly labels: readonly Value[]
  readonly through: LabelWays
}

export function placeOf(module: Module, node: Node): Place {
  return { source: module.source, span: { start: node.range[0], end: node.range[1] } }
}
