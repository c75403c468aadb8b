import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { ClientLibrary } from '../../../registry/types.js'
import type { ExtractOptions, SourceTree } from '../../types.js'
import type { Facts } from './facts.js'
import type { Call, Construction, DeclaredType, Environment, Module } from '../values/program.js'
import type { WaysIn } from '../sources/ways-in.js'
import type { ModuleResolver } from '../sources/resolution.js'
import type { Node, Parser } from '../syntax/syntax.js'
import type { Atom, ClassAtom, FunctionAtom, Value } from '../values/values.js'

/** The sources, and what has been read of them. */
export interface Code {
  readonly tree: SourceTree
  readonly parse: Parser
  readonly resolve: ModuleResolver
  readonly modules: Map<string, Module | undefined>
  /** The files that import a metrics library. */
  readonly seeds: ReadonlySet<string>
  /** The client that metrics of configured factories belong to: none, where no file imports one. */
  readonly homeMadeClient: ClientLibrary
  /** The files that write exposition text themselves. */
  readonly writers: ReadonlySet<string>
  /** The files that are read whole; others only lend what is asked of them. */
  readonly walked: Set<string>
}

/** The names by which metrics can be got at. */
export interface Names {
  /** Those of client libraries and their likes: wherever one stands, a metric may be made or recorded. */
  relevant: ReadonlySet<string>
  /** Those of the code's own, found so far. */
  ways: WaysIn
  /** Where in each module they stand. */
  readonly places: Map<Module, readonly number[]>
  /** Those under which the pass before has seen metrics kept. */
  holders: ReadonlySet<string>
}

/** What is the same in every run. */
export interface Constants {
  /** What literals stand for, and types that only declarations tell of. */
  readonly values: Map<Node, Value>
  /** What the names of types stand for, by the module that names them. */
  readonly types: Map<Module, Map<string, DeclaredType | undefined>>
  /** The names of the members of types. */
  readonly names: Map<Node, string>
  /** How often what a type stands for was asked of code that runs: what was not is kept. */
  asked: number
  /** Short keys for long ones. */
  readonly keys: Map<string, string>
}

/** How much an extraction may evaluate, told in work and not in time: the same code always ends at the same place. */
export interface Budget {
  /** What may be spent in all. */
  readonly limit: number
  /** What had been joined when this extraction began. */
  readonly joinedBefore: number
  /** Expressions evaluated so far. */
  evaluated: number
  /** Functions that were called when all was spent, and not followed with these arguments. */
  readonly unfollowed: Map<Node, Module>
}

/**
 * What any room may ask although a later one answers it: to evaluate a part of the code takes all of them. Each question
 * is a function of the room that answers it, under the same name.
 */
export interface Engine {
  readonly evaluate: (analysis: Analysis, node: TSESTree.Expression | TSESTree.PrivateIdentifier, environment: Environment) => Value
  readonly executeBlock: (analysis: Analysis, statements: readonly TSESTree.Statement[], environment: Environment) => void
  readonly executeStatement: (analysis: Analysis, statement: TSESTree.ProgramStatement, environment: Environment) => void
  readonly invoke: (analysis: Analysis, atom: FunctionAtom, given: readonly Value[], call: Call | undefined, construction?: Construction) => Value
  readonly callFunction: (analysis: Analysis, called: Value, given: readonly Value[], call: Call) => Value
  readonly instancesOf: (analysis: Analysis, owner: ClassAtom) => Value
  readonly readProperty: (analysis: Analysis, value: Value, name: string) => Value
  readonly readAnyProperty: (analysis: Analysis, value: Value) => Value
  readonly readTypedProperty: (analysis: Analysis, atom: Atom & { kind: 'typed' }, name: string | undefined) => Value
  readonly declaredFieldType: (analysis: Analysis, owner: ClassAtom, name: string) => Value
}

/** Everything the evaluator works with. */
export interface Analysis {
  readonly code: Code
  readonly options: ExtractOptions
  readonly engine: Engine
  readonly budget: Budget
  readonly names: Names
  readonly constants: Constants
  facts: Facts
  previous: Facts
}
