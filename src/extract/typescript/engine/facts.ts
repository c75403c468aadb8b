import type { Label } from '../../../registry/types.js'
import type { Place } from '../../../text/source.js'
import type { Move } from '../../movement.js'
import type { Extraction, MetricTable } from '../../types.js'
import type { WrittenText } from '../../written-exposition.js'
import type { Environment, HeapObject, LabelWays, Metric, Module, Recording } from '../values/program.js'
import type { Node } from '../syntax/syntax.js'
import type { Atom, ClassAtom, FunctionAtom, StringAtom, Value } from '../values/values.js'

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
  /** What is known of labels that the catalog has. */
  readonly known?: readonly Label[]
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

/** The objects, scopes and definitions that code has made. */
export interface Heap {
  readonly objects: Map<string, HeapObject>
  readonly environments: Map<Module, Environment>
  readonly functions: Map<Node, FunctionAtom>
  readonly classes: Map<Node, ClassAtom>
  readonly instances: Map<Node, Value>
  /** Where the instances of each class are made. */
  readonly constructions: Map<Node, { readonly node: Node; readonly environment: Environment }[]>
  /** How many instances of each class are being made inside one another. */
  readonly constructing: Map<Node, number>
  /** Values that have been given a declared interface or object type. */
  readonly inhabitants: Map<string, Inhabitants>
}

/** What has run, and what came out of it. */
export interface Runs {
  /** Top-level statements that have run or are running. */
  readonly executed: Set<Node>
  readonly running: Set<string>
  /** Functions that a known call runs. */
  readonly called: Set<Node>
  /** Functions that were run for their own sake. */
  readonly roots: Set<Node>
  /** The objects that each method has run on. */
  readonly receivers: Map<Node, Set<string>>
  readonly results: Map<string, Value>
  /** What each function has returned, over all its runs. */
  readonly returns: Map<Node, Value>
  /** The results of work that was put off, by its key. */
  readonly workedOut: Map<string, Value>
  /** Rounds that each loop has run. */
  readonly rounds: Map<Node, number>
  readonly efforts: Map<Node, Effort>
  /** Functions that have made metrics, themselves or through others. */
  readonly creators: Set<Node>
  /** Calls run so far. */
  work: number
}

/** The metrics that were made, and what is done with them. */
export interface Metrics {
  readonly made: Map<string, Metric>
  /** Names of the variables and properties that hold a metric, by its key. */
  readonly holders: Map<string, Set<string>>
  /** What has been read by the names that hold metrics, by file and the offset of the property name. */
  readonly readMembers: Map<string, Map<number, MemberRead>>
  readonly recordings: Map<string, Recording>
  /** What is done to each metric, by its key: of a gauge, whether it only rises. */
  readonly moves: Map<string, Set<Move>>
  /** What the labels that are bound to children of a metric have come through (as in `Recording`), by its key. */
  readonly boundThrough: Map<string, LabelWays>
  /** Metrics that were arguments of functions: one that is not seen to be recorded may be recorded there. */
  readonly passed: Set<string>
  /** Metrics that went where their uses cannot be followed. */
  readonly escaped: Set<string>
  /** The registries that metrics were put in after they had been made, by the keys of both. */
  readonly registered: Map<string, Set<string>>
  /** The last names of receivers on which something unknown is recorded: `tasks` in `this.metrics.tasks.inc()`. */
  readonly unattributed: Set<string>
  /** Default labels by the key of the registry they are set on. */
  readonly defaultLabels: Map<string, Value>
}

/** Where code goes on that cannot be followed, or that other files may call. */
export interface Ends {
  /** Functions that something unknown may call. */
  readonly functions: Set<Node>
  /** Those that have not been run yet since, with the scopes that they stand in. */
  readonly closures: Map<string, FunctionAtom>
  /** The names of methods that are called on something unknown: each may be one of the workspace's own. */
  readonly unfollowedCalls: Set<string>
  /** Those that are called on what a package has given: each may be one of a class that packages have got. */
  readonly callsOnGiven: Set<string>
  /** The classes that packages have got, or an instance of them. */
  readonly givenAway: Set<Node>
  /** Functions that create or record what their caller asks for. */
  readonly wrapperNames: Set<string>
  /** Variables and properties that keep what is given as labels. */
  readonly filledNames: Set<string>
  /** The places where a registry is handed to a package that is not known, which may put metrics in it. */
  readonly registriesGivenAway: Map<string, Place>
  /** What broke off while a file was followed, by its path. */
  readonly failures: Map<string, Extraction['problems'][number]>
}

/** What shows Prometheus the metrics of OpenTelemetry. */
export interface Exporter {
  /** What it puts before each name, and `_` between; nothing, where it puts nothing there. */
  readonly prefix: Value
  readonly place: Place
}

/** What tells of metrics without making one: installations of libraries, written texts, tables. */
export interface Finds {
  readonly installations: Map<string, Installation>
  /** Texts of files that write exposition text, each once. */
  readonly writtenTexts: Map<string, WrittenText>
  /** The values of variables and properties that the configuration names as tables of metrics, by file and name. */
  readonly tables: Map<string, KeptTable>
  /** The exporters of OpenTelemetry, by where they are made. */
  readonly exporters: Map<string, Exporter>
}

/** What one pass over the code has found. Objects and values of the pass before fill in what has not been met yet. */
export interface Facts {
  readonly heap: Heap
  readonly runs: Runs
  readonly metrics: Metrics
  readonly ends: Ends
  readonly finds: Finds
}

export function emptyFacts(): Facts {
  return {
    heap: {
      objects: new Map(), environments: new Map(), functions: new Map(), classes: new Map(), instances: new Map(),
      constructions: new Map(), constructing: new Map(), inhabitants: new Map(),
    },
    runs: {
      executed: new Set(), running: new Set(), called: new Set(), roots: new Set(), receivers: new Map(),
      results: new Map(), returns: new Map(), workedOut: new Map(), rounds: new Map(), efforts: new Map(),
      creators: new Set(), work: 0,
    },
    metrics: {
      made: new Map(), holders: new Map(), readMembers: new Map(), recordings: new Map(), moves: new Map(),
      boundThrough: new Map(), passed: new Set(), escaped: new Set(), registered: new Map(), unattributed: new Set(),
      defaultLabels: new Map(),
    },
    ends: {
      functions: new Set(), closures: new Map(), unfollowedCalls: new Set(), callsOnGiven: new Set(), givenAway: new Set(), wrapperNames: new Set(), filledNames: new Set(),
      registriesGivenAway: new Map(), failures: new Map(),
    },
    finds: { installations: new Map(), writtenTexts: new Map(), tables: new Map(), exporters: new Map() },
  }
}
