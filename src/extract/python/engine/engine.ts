import type { MetricType } from '../../../registry/types.js'
import type { Place, Span } from '../../../text/source.js'
import type { Extraction, ExtractOptions, Instrumentation, SourceTree } from '../../types.js'
import type { WrittenText } from '../../written-exposition.js'
import { totalBudget } from './budget.js'
import type { TotalBudget } from './budget.js'
import type { ClassDefinition, FunctionDefinition, LambdaExpression } from '../syntax/ast.js'
import type { Exits } from '../language/flow.js'
import type { LeftFunctions } from './left.js'
import type { MetricTable } from '../values/metrics.js'
import type { ModulePaths } from '../sources/module-paths.js'
import type { ClassValue, FunctionValue, InstanceValue, ModuleState, Scope, Value } from '../values/values.js'
import type { SharedVariables } from '../language/writes.js'

type Definition = FunctionDefinition | LambdaExpression

/** Everything that is known while the program is followed. */
export interface Engine {
  readonly tree: SourceTree
  readonly paths: ModulePaths
  readonly options: ExtractOptions
  readonly modules: Map<string, ModuleState>
  readonly problems: Extraction['problems'][number][]
  readonly metrics: MetricTable
  readonly instrumentations: Map<string, Instrumentation>
  /** Texts of modules that write exposition text, by digest. */
  readonly writtenTexts: Map<string, WrittenText>
  readonly registries: RegistryUses
  /** The modules that assign an attribute of this name to something other than `self`. */
  readonly foreignWriters: Map<string, Set<ModuleState>>
  /** By function or module, what functions within assign to its variables. */
  readonly sharedVariables: Map<Definition | ModuleState, SharedVariables>
  readonly functions: WeakMap<Scope, Map<Definition, FunctionValue>>
  readonly classes: WeakMap<Scope, Map<ClassDefinition, ClassValue>>
  readonly instances: Map<string, InstanceValue>
  /** Classes that annotations name. */
  readonly annotated: Set<ClassValue>
  /** Those of them of which other objects may be made than those that were seen. */
  readonly madeUnseen: Set<ClassValue>
  /** How many of them each call of a class has made. */
  readonly madeAt: Map<string, number>
  /** Results of calls by function, object and arguments. */
  readonly memo: Map<number, Map<string | number, Map<string, Value>>>
  /** Functions met since the program was last followed from its start. */
  readonly met: Set<FunctionValue>
  /** Functions that were followed for any arguments, with for how many objects. */
  readonly followed: Map<FunctionValue, number>
  /** Functions that a resolved call reached. */
  readonly called: Set<Definition>
  /** Functions handed to code that cannot be followed: it may call them with anything. */
  readonly escaped: Set<Definition>
  /** Functions in whose course a metric was declared or recorded. */
  readonly touching: Set<Definition>
  /** Those of them that do so in their own body. */
  readonly touchingItself: Set<Definition>
  /** Functions that declare a metric, and those that call them. */
  readonly declaring: Set<Definition>
  readonly functionsByName: Map<string, Set<FunctionValue>>
  /** Those of them that stand in a class. */
  readonly methodsByName: Map<string, Set<FunctionValue>>
  /** Names of which an unknown object's method was called, with how many functions that may have meant. */
  readonly escapedNames: Map<string, number>
  /** Metrics by the attribute or variable that holds them. */
  readonly metricsByHolder: Map<string, Map<string, Value>>
  /** Names of attributes and variables that hold lists and dictionaries of metrics, with the file of one. */
  readonly containerHolders: Map<string, string>
  /** `.labels(…)` on something unknown: the label names by keyword, or their number. */
  readonly unresolvedLabels: Set<string>
  /** The functions being run, innermost last, and the places of the calls that led there. */
  readonly stack: FunctionValue[]
  readonly calls: Place[]
  /** Deeper than zero while an `except` clause is followed. */
  handlerDepth: number
  /** Deeper than zero while one of several ways is followed. */
  branchDepth: number
  /** Nothing is known yet of which functions matter. */
  isFirstRound: boolean
  /** Whether the text of a function holds a name that has to do with metrics. */
  mentionsMetrics: (callee: FunctionValue) => boolean
  /** How often each word stands in the modules that are followed. */
  readonly words: WordCount
  /** How often each function has been followed, and what that has cost in evaluations. */
  readonly runs: Map<Definition, { readonly count: number; readonly spent: number }>
  /** What has been evaluated since the program was last followed from its start. */
  spent: number
  /** What may still be evaluated here. */
  budget: number
  /** Since the program was last followed from its start. */
  readonly left: LeftFunctions
  /** What may be evaluated in all, from the first module to the last round. */
  readonly total: TotalBudget
  nextId: number
}

/** Registries of the program's own, by digest. */
export interface RegistryUses {
  /** Those that are exposed as they are. */
  readonly exposed: Set<string>
  /** Those that collect the files of all processes. */
  readonly multiprocess: Set<string>
}

export interface WordCount {
  /** The modules that are counted already. */
  readonly counted: Set<ModuleState>
  readonly counts: Map<string, number>
}

/** Where evaluation stands. */
export interface Context {
  readonly engine: Engine
  readonly scope: Scope
  /** Absent at the top level of a module. */
  readonly results: Results | undefined
  /** The class whose body is executed. */
  readonly classBody: ClassValue | undefined
  /** Around a comprehension: `:=` within it binds a name there too. */
  readonly enclosing?: Context
  /** Absent where nothing waits for what leaves a block early. */
  readonly exits?: Exits
  /** The variables that the loops around bind, each to one item a round. */
  readonly items?: ReadonlySet<string>
}

export interface Results {
  readonly returned: Value[]
  readonly yielded: Value[]
}

export function createEngine(tree: SourceTree, paths: ModulePaths, options: ExtractOptions): Engine {
  return {
    tree, paths, options,
    modules: new Map(),
    problems: [],
    metrics: { byKey: new Map(), current: new Set(), next: 0 },
    instrumentations: new Map(),
    writtenTexts: new Map(),
    foreignWriters: new Map(),
    sharedVariables: new Map(),
    registries: { exposed: new Set(), multiprocess: new Set() },
    functions: new WeakMap(),
    classes: new WeakMap(),
    instances: new Map(),
    annotated: new Set(),
    madeUnseen: new Set(),
    madeAt: new Map(),
    memo: new Map(),
    met: new Set(),
    followed: new Map(),
    called: new Set(),
    escaped: new Set(),
    touching: new Set(),
    touchingItself: new Set(),
    declaring: new Set(),
    functionsByName: new Map(),
    methodsByName: new Map(),
    escapedNames: new Map(),
    metricsByHolder: new Map(),
    containerHolders: new Map(),
    unresolvedLabels: new Set(),
    stack: [],
    calls: [],
    handlerDepth: 0,
    branchDepth: 0,
    isFirstRound: true,
    words: { counted: new Set(), counts: new Map() },
    runs: new Map(),
    spent: 0,
    mentionsMetrics: () => true,
    budget: 0,
    left: new Map(),
    total: totalBudget(options.budget ?? 1),
    nextId: 0,
  }
}

export function placeOf(context: Context, span: Span): Place {
  return { source: context.scope.module.source, span: { start: span.start, end: span.end } }
}

/** How many calls away from a metric a function still has to do with it: wrappers of wrappers. */
const reach = 5

/** Notes that a metric was declared or recorded here, for the functions that led here and those around them. */
export function touch(engine: Engine): void {
  const innermost = engine.stack.at(-1)
  if (innermost) engine.touchingItself.add(innermost.definition)
  touchFrom(engine)
}

/** The same for what a metric may get its labels from: the making of an object that records one. */
export function touchFrom(engine: Engine): void {
  for (const callee of engine.stack.slice(-reach)) {
    for (let each: FunctionValue | undefined = callee; each; each = each.scope.function) engine.touching.add(each.definition)
  }
}

export function createScope(module: ModuleState, parent: Scope | undefined, own?: Partial<Pick<Scope, 'function' | 'self'>>): Scope {
  return { variables: new Map(), imports: new Map(), parent, module, outer: new Map(), function: own?.function, self: own?.self, version: 0 }
}

export const metricTypes: Readonly<Record<string, MetricType>> = {
  counter: 'counter', gauge: 'gauge', histogram: 'histogram', summary: 'summary', info: 'info', stateset: 'stateset',
  untyped: 'untyped', unknown: 'untyped', gaugehistogram: 'histogram',
}
