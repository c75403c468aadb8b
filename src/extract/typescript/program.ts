import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { ClientLibrary, Label, MetricType } from '../../registry/types.js'
import type { Place, SourceText } from '../../text/source.js'
import type { Move } from '../movement.js'
import type { Extraction, ExtractOptions, MetricTable, SourceTree } from '../types.js'
import type { Budget } from './budget.js'
import type { WrittenText } from '../written-exposition.js'
import type { ModuleResolver } from './resolution.js'
import type { Node, ParsedSource, Parser } from './syntax.js'
import { union, type Atom, type ClassAtom, type FunctionAtom, type LibraryAtom, type StringAtom, type Value } from './values.js'

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression
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
}

export interface CallSite {
  readonly node: Node
  readonly module: Module
  /** The name of the function that is called. */
  readonly name: string | undefined
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

/** A place where a metric is recorded, with the labels given there, one value for each `labels` or `inc` argument. */
export interface Recording {
  readonly metric: string
  readonly labels: readonly Value[]
  /** The functions and classes that the values have come through: each call of these may give others. */
  readonly through: ReadonlySet<string>
}

/** A table of metrics as it has been read. */
export interface KeptTable {
  readonly table: MetricTable
  readonly module: Module
  readonly value: Value
}

/** A call that switches on metrics known by catalog. */
export interface Installation {
  readonly catalog: string
  /** Put before each name; absent when nothing is. */
  readonly prefix?: StringAtom
  readonly labels: readonly Label[]
  /** The registries they are put in: their default labels count too. */
  readonly registries: readonly string[]
  readonly place: Place
}

/** With how many sets of arguments a function has been run, and how many calls that were. */
export interface Effort {
  runs: number
  work: number
}

/** A property as it was read, in whichever runs. */
export interface MemberRead {
  /** All that the object may be is known, not only its declared type. */
  certain: boolean
  readonly metrics: Set<string>
}

/** The objects that a type stands for, by their keys; `value` is all of them and those of the pass before, once asked for. */
export interface Inhabitants {
  readonly atoms: Map<string, Atom>
  value?: Value
}

/** What one pass over the code has found. Objects and values of the pass before fill in what has not been met yet. */
export interface Facts {
  readonly objects: Map<string, HeapObject>
  readonly environments: Map<Module, Environment>
  /** Top-level statements that have run or are running. */
  readonly executed: Set<Node>
  readonly results: Map<string, Value>
  /** What each function has returned, over all its runs. */
  readonly returns: Map<Node, Value>
  /** The results of work that was put off, by its key. */
  readonly workedOut: Map<string, Value>
  readonly running: Set<string>
  /** What broke off while a file was followed, by its path. */
  readonly failures: Map<string, Extraction['problems'][number]>
  /** Calls run so far. */
  work: number
  readonly efforts: Map<Node, Effort>
  /** Functions that have made metrics, themselves or through others. */
  readonly creators: Set<Node>
  /** Rounds that each loop has run. */
  readonly rounds: Map<Node, number>
  /** Functions that a known call runs. */
  readonly called: Set<Node>
  /** The objects that each method has run on. */
  readonly receivers: Map<Node, Set<string>>
  /** Functions that something unknown may call. */
  readonly escapedFunctions: Set<Node>
  /** Those that have not been run yet since, with the scopes that they stand in. */
  readonly escapedClosures: Map<string, FunctionAtom>
  /** Functions that were run for their own sake. */
  readonly roots: Set<Node>
  readonly functions: Map<Node, FunctionAtom>
  readonly classes: Map<Node, ClassAtom>
  readonly instances: Map<Node, Value>
  /** Where the instances of each class are made. */
  readonly constructions: Map<Node, { readonly node: Node; readonly environment: Environment }[]>
  /** How many instances of each class are being made inside one another. */
  readonly constructing: Map<Node, number>
  /** Values that have been given a declared interface or object type. */
  readonly inhabitants: Map<string, Inhabitants>
  readonly metrics: Map<string, Metric>
  /** Names of the variables and properties that hold a metric, by its key. */
  readonly holders: Map<string, Set<string>>
  /** What has been read by the names that hold metrics, by file and the offset of the property name. */
  readonly readMembers: Map<string, Map<number, MemberRead>>
  /** Metrics that went where their uses cannot be followed. */
  readonly escapedMetrics: Set<string>
  /** Metrics that were arguments of functions: one that is not seen to be recorded may be recorded there. */
  readonly passedMetrics: Set<string>
  /** The registries that metrics were put in after they had been made, by the keys of both. */
  readonly registeredMetrics: Map<string, Set<string>>
  readonly recordings: Map<string, Recording>
  /** What is done to each metric, by its key: of a gauge, whether it only rises. */
  readonly moves: Map<string, Set<Move>>
  /** What the labels that are bound to children of a metric have come through (as in `Recording`), by its key. */
  readonly boundThrough: Map<string, ReadonlySet<string>>
  /** The last names of receivers on which something unknown is recorded: `tasks` in `this.metrics.tasks.inc()`. */
  readonly unattributed: Set<string>
  /** The names of methods that are called on something unknown: each may be one of the workspace's own. */
  readonly unfollowedCalls: Set<string>
  /** The places where a registry is handed to a package that is not known, which may put metrics in it. */
  readonly registriesGivenAway: Map<string, Place>
  readonly installations: Map<string, Installation>
  /** Texts of files that write exposition text, each once. */
  readonly writtenTexts: Map<string, WrittenText>
  /** The values of variables and properties that the configuration names as tables of metrics, by file and name. */
  readonly tables: Map<string, KeptTable>
  /** Default labels by the key of the registry they are set on. */
  readonly defaultLabels: Map<string, Value>
  /** Functions that create or record what their caller asks for. */
  readonly wrapperNames: Set<string>
}

/** Everything the evaluator works with. */
export interface Analysis {
  readonly tree: SourceTree
  readonly options: ExtractOptions
  readonly budget: Budget
  readonly parse: Parser
  readonly resolve: ModuleResolver
  readonly modules: Map<string, Module | undefined>
  /** The files that are read whole; others only lend what is asked of them. */
  readonly walked: Set<string>
  facts: Facts
  previous: Facts
  /** The files that import a metrics library. */
  readonly seeds: ReadonlySet<string>
  /** The client that metrics of configured factories belong to: none, where no file imports one. */
  readonly homeMadeClient: ClientLibrary
  /** Those that write exposition text themselves. */
  readonly writers: ReadonlySet<string>
  /** Names of which a function has to mention one, to be run for its own sake. */
  relevantNames: ReadonlySet<string>
  /** The metrics that the pass before has seen recorded. */
  recordedBefore: ReadonlySet<string>
  /** Where in each module the relevant names stand. */
  readonly relevance: Map<Module, readonly number[]>
  /** What literals and the names of interfaces and classes stand for, which is the same in every run. */
  readonly constants: Map<Node, Value>
  /** What the names of types stand for, by the module that names them. */
  readonly typeNames: Map<Module, Map<string, DeclaredType | undefined>>
  /** Short keys for long ones. */
  readonly shortKeys: Map<string, string>
  /** The names under which the pass before has seen metrics kept. */
  holderNames: ReadonlySet<string>
}

export function emptyFacts(): Facts {
  return {
    objects: new Map(),
    environments: new Map(),
    executed: new Set(),
    results: new Map(),
    returns: new Map(),
    workedOut: new Map(),
    running: new Set(),
    failures: new Map(),
    work: 0,
    efforts: new Map(),
    creators: new Set(),
    rounds: new Map(),
    called: new Set(),
    receivers: new Map(),
    escapedFunctions: new Set(),
    escapedClosures: new Map(),
    roots: new Set(),
    functions: new Map(),
    classes: new Map(),
    instances: new Map(),
    constructions: new Map(),
    constructing: new Map(),
    inhabitants: new Map(),
    metrics: new Map(),
    holders: new Map(),
    readMembers: new Map(),
    escapedMetrics: new Set(),
    passedMetrics: new Set(),
    registeredMetrics: new Map(),
    recordings: new Map(),
    moves: new Map(),
    boundThrough: new Map(),
    unattributed: new Set(),
    unfollowedCalls: new Set(),
    registriesGivenAway: new Map(),
    installations: new Map(),
    writtenTexts: new Map(),
    tables: new Map(),
    defaultLabels: new Map(),
    wrapperNames: new Set(),
  }
}

/** Notes what is done to a metric. */
export function addMove({ facts }: Analysis, metric: string, move: Move): void {
  facts.moves.set(metric, (facts.moves.get(metric) ?? new Set()).add(move))
}

export function placeOf(module: Module, node: Node): Place {
  return { source: module.source, span: { start: node.range[0], end: node.range[1] } }
}

/** Makes an object, or finds the one that the same code has made before in this pass. */
export function allocate(analysis: Analysis, key: string, shape: HeapObject['shape'] = 'object'): HeapObject {
  const existing = analysis.facts.objects.get(key)
  if (existing) return existing
  const made: HeapObject = { key, shape, properties: new Map(), rewritten: new Set(), items: [], rest: [], metric: [] }
  analysis.facts.objects.set(key, made)
  return made
}

const NO_VERSIONS: readonly HeapObject[] = []

/** The object that an atom stands for, as this pass knows it and as the pass before did. */
export function objectVersions(analysis: Analysis, atom: Atom): readonly HeapObject[] {
  if (atom.kind !== 'object') return NO_VERSIONS
  const current = analysis.facts.objects.get(atom.key)
  const before = analysis.previous.objects.get(atom.key)
  if (current) return before ? [current, before] : [current]
  return before ? [before] : NO_VERSIONS
}

/** How many items a list keeps one by one. */
const MAXIMUM_ITEMS = 2000

/** A list of values in an object of its own; `placed` as in `HeapObject`. */
export function listOf(analysis: Analysis, key: string, items: readonly Value[], rest: Value = [], placed?: number): Value {
  const list = allocate(analysis, key, 'list')
  setItems(list, items, rest)
  if (placed === undefined) delete list.placed
  else list.placed = placed
  return [{ kind: 'object', key }]
}

/** Gives a list or set its items; more than can be kept are taken together. */
export function setItems(list: HeapObject, items: readonly Value[], rest: Value): void {
  const kept = items.slice(0, MAXIMUM_ITEMS)
  list.items.length = 0
  for (const item of kept) list.items.push(item)
  list.rest = items.length > kept.length ? union(rest, ...items.slice(kept.length)) : rest
}
