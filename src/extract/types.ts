import type { ClientLibrary, Label, MetricType, Movement, NamePattern, Recorded } from '../registry/types.js'
import type { Place, Problem, SourceText } from '../text/source.js'

/**
 * One metric as code declares it, before the client library's naming is applied: `name` is the name that reaches
 * the client's constructor (namespace and subsystem joined as the client does; `_total` not yet added).
 */
export interface MetricDeclaration {
  readonly client: ClientLibrary
  readonly name: NamePattern
  readonly type: MetricType
  readonly help?: string
  readonly unit?: string
  /** Declared labels, sorted by name, with the values that reach them where the metric is recorded. */
  readonly labels: readonly Label[]
  readonly labelsOpen: boolean
  readonly buckets?: readonly number[]
  readonly quantiles?: readonly number[]
  readonly recorded: Recorded
  /** Of a gauge; absent when not known. */
  readonly movement?: Movement
  /** The name where the author wrote it: the string literal if there is one, else the constructor call. */
  readonly place: Place
  /** Calls from the outermost wrapper to the client's constructor; empty when it is called directly. */
  readonly via: readonly Place[]
  /** What could not be told, and why. */
  readonly reason?: string
}

/** A place where the code switches on a client's default metrics or installs instrumentation known by catalog. */
export interface Instrumentation {
  /** Catalog name: `nodejs-default`, `python-default`, `express-prom-bundle`, … */
  readonly catalog: string
  /** Put before each name (`collectDefaultMetrics({ prefix })`); absent when none. */
  readonly prefix?: string
  /** Default labels (`registry.setDefaultLabels`), each with its value where known. */
  readonly labels?: readonly Label[]
  /** What the code tells of labels that the catalog has. */
  readonly known?: readonly Label[]
  readonly place: Place
}

/** What the code of one language in a workspace tells about metrics. */
export interface Extraction {
  readonly declarations: readonly MetricDeclaration[]
  readonly instrumentations: readonly Instrumentation[]
  /** Syntax errors in sources that use a metrics library, with their file. */
  readonly problems: readonly { readonly source: SourceText; readonly problem: Problem }[]
  /** Set when the budget was spent before everything was followed: nothing is closed then. */
  readonly incompleteness?: Incompleteness
}

/** That an extraction ended before everything was followed. */
export interface Incompleteness {
  readonly language: 'TypeScript' | 'Python'
  /** The first function that was not followed. */
  readonly place: Place
  /**
   * What single functions lack that took more than their share, where all others were followed: `names` that they may
   * declare behind the place where they were left, or no more than label `values`, of labels that are open. Absent:
   * what was not followed may give anything.
   */
  readonly lacks?: 'names' | 'values'
  /** How many functions were not followed, from where they are called or to their end, and in how many files they stand. */
  readonly functions: number
  readonly files: number
}

/** All that several extractions tell, in their order. */
export function mergeExtractions(extractions: readonly Extraction[]): Extraction {
  const all = extractions.flatMap((each) => each.incompleteness ?? [])
  const incompleteness = all.find(({ lacks }) => lacks === undefined) ?? all.find(({ lacks }) => lacks === 'names') ?? all[0]
  return {
    declarations: extractions.flatMap(({ declarations }) => declarations),
    instrumentations: extractions.flatMap(({ instrumentations }) => instrumentations),
    problems: extractions.flatMap(({ problems }) => problems),
    ...(incompleteness && { incompleteness }),
  }
}

/** The sources of a workspace as an extractor sees them. Nothing is run and nothing outside is read. */
export interface SourceTree {
  /** Every file of the workspace, relative with `/`, sorted: sources, `tsconfig.json`, `package.json`. */
  readonly paths: readonly string[]
  /** The text of a file; `undefined` when it cannot be read. Whoever reads it depends on every character. */
  read(path: string): SourceText | undefined
  /** What a question about the text of a file comes to; for one that cannot be read, as if it were empty. Whoever asks depends on the answer alone. */
  ask<Answer>(path: string, question: Question<Answer>): Answer
}

/**
 * What is asked of a text without parsing it. Of two with the same name and parameters the answers are the same, and each
 * is something that JSON can write: the cache asks again, of a text that has changed (`questions.ts`).
 */
export interface Question<Answer> {
  readonly name: string
  readonly parameters: readonly string[]
  answer(text: string): Answer
}

/** User settings for what cannot be inferred. */
export interface ExtractOptions {
  /** How metrics are made, where the code does it in a way of its own. */
  readonly factories?: readonly Factory[]
  /** How much work an extractor may take, as a multiple of what is usual; 1 when absent. */
  readonly budget?: number
}

export type Factory = FactoryFunction | MetricTable

/** A function that creates a metric, or records one by its name: `createMetric`, `metrics.incr`. */
export interface FactoryFunction {
  readonly name: string
  readonly type: MetricType
  /** Where the metric's name and labels are among the arguments: a 0-based position, or a key of an options object. */
  readonly nameArgument: number | string
  /** A list of label names, or an object of labels with their values, with which the call records. */
  readonly labelsArgument?: number | string
}

/** A list or an object that holds the names of metrics with what is told about each: its type, help text and labels. */
export interface MetricTable {
  /** The name of the variable or property. */
  readonly table: string
  /** The file that it stands in, where others have a variable of that name. */
  readonly module?: string
  /** The type of those whose entry tells none. */
  readonly type?: MetricType
}

export function isTable(factory: Factory): factory is MetricTable {
  return 'table' in factory
}

export function isFunction(factory: Factory): factory is FactoryFunction {
  return !isTable(factory)
}
