import type { Place, Span } from '../../../text/source.js'
import type { ExtractOptions, SourceTree } from '../../types.js'
import type { ModulePaths } from '../sources/module-paths.js'
import type { Expression, Statement } from '../syntax/ast.js'
import type { Arguments, ClassValue, FunctionValue, Scope, Value } from '../values/types.js'
import type { Effort } from './effort.js'
import { createEffort } from './effort.js'
import type { Exposition } from './exposition.js'
import { createExposition } from './exposition.js'
import type { FunctionTable } from './functions.js'
import { createFunctionTable } from './functions.js'
import type { MetricTable } from './metric-table.js'
import { createMetricTable } from './metric-table.js'
import type { ModuleTable } from './modules.js'
import { createModuleTable } from './modules.js'
import type { ObjectTable } from './objects.js'
import { createObjectTable } from './objects.js'

/** Everything that is known while the program is followed, by what it is about. */
export interface Engine {
  readonly workspace: Workspace
  readonly language: Language
  readonly modules: ModuleTable
  readonly objects: ObjectTable
  readonly functions: FunctionTable
  readonly metrics: MetricTable
  readonly exposition: Exposition
  readonly course: Course
  readonly effort: Effort
  readonly attention: Attention
}

interface Workspace {
  readonly tree: SourceTree
  readonly paths: ModulePaths
  readonly options: ExtractOptions
}

/** Where in the program the engine is. */
interface Course {
  /** The functions being run, innermost last, and the places of the calls that led there. */
  readonly stack: FunctionValue[]
  readonly calls: Place[]
  /** Deeper than zero while an `except` clause is followed. */
  handlerDepth: number
  /** Deeper than zero while one of several ways is followed. */
  branchDepth: number
}

interface Attention {
  /** Nothing is known yet of which functions matter. */
  isFirstRound: boolean
  /** Whether the text of a function holds a name that has to do with metrics. */
  mentionsMetrics: (callee: FunctionValue) => boolean
}

/** How each kind of expression, statement and value is followed: what `follow.ts` asks for, and `language/index.ts` puts together. */
export interface Language {
  readonly expressions: { readonly [Kind in Expression['kind']]: (context: Context, expression: Expression & { readonly kind: Kind }) => Value }
  /** `isLast`: nothing follows in the block. */
  readonly statements: { readonly [Kind in Statement['kind']]: (context: Context, statement: Statement & { readonly kind: Kind }, isLast: boolean) => Flow }
  /** Calling a value. Of a kind that is not there: nobody knows what that does. */
  readonly calls: OfValues<[args: Arguments, place: Place | undefined], Value>
  /** An attribute of a value. */
  readonly attributes: OfValues<[name: string], Value>
  /** Calling a method of a value. Of a kind that is not there: the attribute is called. */
  readonly methods: OfValues<[name: string, args: Arguments, place: Place], Value>
}

type OfValues<Given extends unknown[], Result> = { readonly [Kind in Value['kind']]?: (context: Context, value: Value & { readonly kind: Kind }, ...given: Given) => Result }

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

/** `exit`: what follows in the block is not reached. */
export type Flow = 'next' | 'exit'

/** What the local variables may be at one point of a program. */
export type State = Map<string, Value>

/** Where several ways arrive; without a state, none does. */
export interface Landing {
  state: State | undefined
}

/**
 * Where the ways arrive that leave a block before its end: at the end of the loop, at its head, at a `finally`, at the
 * handlers. Where nothing waits for them, nobody in this function sees what they leave behind.
 */
export type Exits = { readonly [Way in 'break' | 'continue' | 'return' | 'raise']?: Landing | undefined }

export function createEngine(workspace: Workspace, language: Language): Engine {
  return {
    workspace, language,
    modules: createModuleTable(),
    objects: createObjectTable(),
    functions: createFunctionTable(),
    metrics: createMetricTable(),
    exposition: createExposition(),
    course: { stack: [], calls: [], handlerDepth: 0, branchDepth: 0 },
    effort: createEffort(workspace.options.budget ?? 1),
    attention: { isFirstRound: true, mentionsMetrics: () => true },
  }
}

export function placeOf(context: Context, span: Span): Place {
  return { source: context.scope.module.source, span: { start: span.start, end: span.end } }
}
