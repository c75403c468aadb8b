import type { MetricType } from '../../registry/types.js'
import type { Place, Span } from '../../text/source.js'
import type { Extraction, ExtractOptions, Instrumentation, SourceTree } from '../types.js'
import type { ClassDefinition, FunctionDefinition, LambdaExpression } from './ast.js'
import type { MetricTable } from './metrics.js'
import type { ModulePaths } from './module-paths.js'
import type { ClassValue, FunctionValue, InstanceValue, ModuleState, Scope, Value } from './values.js'

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
  readonly functions: WeakMap<Scope, Map<Definition, FunctionValue>>
  readonly classes: WeakMap<Scope, Map<ClassDefinition, ClassValue>>
  readonly instances: Map<string, InstanceValue>
  /** How many of them each call of a class has made. */
  readonly madeAt: Map<string, number>
  /** Results of calls by function and arguments. */
  readonly memo: Map<string, Value>
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
  readonly methodsByName: Map<string, Set<FunctionValue>>
  /** Metrics by the attribute or variable that holds them. */
  readonly metricsByHolder: Map<string, Map<string, Value>>
  /** `.labels(…)` on something unknown: the label names by keyword, or their number. */
  readonly unresolvedLabels: Set<string>
  /** The functions being run, innermost last, and the places of the calls that led there. */
  readonly stack: FunctionValue[]
  readonly calls: Place[]
  /** Deeper than zero while an `except` clause is followed. */
  handlerDepth: number
  /** Nothing is known yet of which functions matter. */
  isFirstRound: boolean
  /** Whether the text of a function holds a name that has to do with metrics. */
  mentionsMetrics: (callee: FunctionValue) => boolean
  /** The names that were evaluated: by file, where they end. */
  readonly evaluated: Map<string, Set<number>>
  /** How often each function has been followed. */
  readonly runs: Map<Definition, number>
  /** What has been evaluated since the program was last followed from its start. */
  spent: number
  /** What may still be evaluated. */
  budget: number
  nextId: number
}

/** Where evaluation stands. */
export interface Context {
  readonly engine: Engine
  readonly scope: Scope
  /** Absent at the top level of a module. */
  readonly results: Results | undefined
  /** The class whose body is executed. */
  readonly classBody: ClassValue | undefined
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
    functions: new WeakMap(),
    classes: new WeakMap(),
    instances: new Map(),
    madeAt: new Map(),
    memo: new Map(),
    met: new Set(),
    followed: new Map(),
    called: new Set(),
    escaped: new Set(),
    touching: new Set(),
    touchingItself: new Set(),
    methodsByName: new Map(),
    metricsByHolder: new Map(),
    unresolvedLabels: new Set(),
    stack: [],
    calls: [],
    handlerDepth: 0,
    isFirstRound: true,
    evaluated: new Map(),
    runs: new Map(),
    spent: 0,
    mentionsMetrics: () => true,
    budget: 0,
    nextId: 0,
  }
}

export function placeOf(context: Context, span: Span): Place {
  const source = context.engine.tree.read(context.scope.module.path)!
  return { source, span: { start: span.start, end: span.end } }
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
  return { variables: new Map(), imports: new Map(), parent, module, outer: new Map(), function: own?.function, self: own?.self }
}

export const metricTypes: Readonly<Record<string, MetricType>> = {
  counter: 'counter', gauge: 'gauge', histogram: 'histogram', summary: 'summary', info: 'info', stateset: 'stateset',
  untyped: 'untyped', unknown: 'untyped', gaugehistogram: 'unknown',
}
