import { withIncompleteness } from '../incompleteness.js'
import { isTable, mergeExtractions, type ExtractOptions, type Extraction, type SourceTree } from '../types.js'
import { mayWriteExposition, writtenFamilies } from '../written-exposition.js'
import { budgetOf, incompletenessOf, isSpent } from './engine/budget.js'
import { instrumentationsOf, declarationsBehindExporters, declarationsOfOthers, declarationsWithOpenPrefix } from './program/instrumentations.js'
import { isProducer, makesByMethod, MAKING_METHODS, mentionsClient, MAKING_NAMES } from './files.js'
import { offersOf } from './program/offers.js'
import { readAnew, readOn } from './program/pass.js'
import { emptyFacts } from './engine/facts.js'
import type { Analysis, Engine } from './engine/analysis.js'
import { reachOver, type Reach } from './sources/reach.js'
import { joinWays, NO_WAYS, type WaysIn } from './sources/ways-in.js'
import { findProgramTexts } from './sources/program-texts.js'
import { holdsProgram, makesMetrics } from './sources/questions.js'
import { moduleResolver } from './sources/resolution.js'
import { loadParser } from './syntax/syntax.js'
import { evaluate } from './language/expressions.js'
import { executeBlock, executeStatement } from './language/statements.js'
import { invoke } from './language/invocations.js'
import { callFunction } from './language/calls.js'
import { instancesOf } from './language/instances.js'
import { readProperty, readAnyProperty } from './objects/properties.js'
import { readTypedProperty, declaredFieldType } from './objects/annotations.js'
import { DISTINCTIVE } from './clients/recordings.js'
import { namesOfCollections } from './program/collections.js'
import { declarationsOf } from './program/declarations.js'
import { declarationsOfTables } from './objects/metric-tables.js'
import { REGISTRY_METHODS } from './engine/relevance.js'

/** Who answers what any room may ask. */
const ENGINE: Engine = {
  evaluate, executeBlock, executeStatement, invoke, callFunction, instancesOf, readProperty, readAnyProperty, readTypedProperty, declaredFieldType,
}

/** How often in one pass files that use what has been found are added. */
const MAXIMUM_ROUNDS = 5
/** How many passes there are when each tells something new. */
const MAXIMUM_PASSES = 4

/**
 * The metrics that TypeScript and JavaScript sources declare, with what is known about their labels and recordings.
 * Only files that can matter are parsed: those that import a metrics library, those that use what they offer, and
 * those that they take constants and types from.
 */
export async function extractTypeScript(tree: SourceTree, options: ExtractOptions = {}): Promise<Extraction> {
  const extraction = extractFrom(tree, options)
  const holdsOne = holdsProgram()
  const hosts = tree.paths.filter((path) => isProducer(path) && tree.ask(path, holdsOne))
  return hosts.length === 0 ? extraction : withPrograms(extraction, tree, hosts, options)
}

/** Adds what Python programs tell that stand in sources as texts, as for `python -c`. */
async function withPrograms(extraction: Extraction, tree: SourceTree, hosts: readonly string[], options: ExtractOptions): Promise<Extraction> {
  const { extractEmbeddedPrograms } = await import('../python/program/embedded-programs.js')
  const { isPythonProgram } = await import('../python/sources/embedded-program.js')
  const parse = loadParser()
  const programs = hosts.flatMap((path) => findProgramTexts(tree.read(path)!, parse, isPythonProgram))
  const embedded = await extractEmbeddedPrograms(programs, options)
  return { ...extraction, ...mergeExtractions([extraction, embedded]) }
}

function extractFrom(tree: SourceTree, options: ExtractOptions): Extraction {
  const sources = tree.paths.filter(isProducer)
  const factories = new Set((options.factories ?? []).map((factory) => (isTable(factory) ? factory.table : factory.name).split('.').at(-1)!))
  const asked = makesMetrics([...factories].sort())
  const seeds = sources.filter((path) => tree.ask(path, asked))
  if (seeds.length === 0) return { declarations: [], instrumentations: [], problems: [] }

  const byMethod = seeds.some((path) => makesByMethod(tree.read(path)?.text ?? ''))
  const writers = new Set(seeds.filter((path) => mayWriteExposition(tree.read(path)?.text ?? '')))
  const resolve = moduleResolver(tree)
  const analysis: Analysis = {
    code: {
      tree,
      parse: loadParser(),
      resolve,
      modules: new Map(),
      seeds: new Set(seeds),
      homeMadeClient: seeds.some((path) => mentionsClient(tree.read(path)?.text ?? '')) ? 'prom-client' : 'exposition-text',
      writers,
      walked: new Set(seeds),
    },
    options,
    engine: ENGINE,
    budget: budgetOf(options.budget ?? 1),
    names: {
      relevant: new Set([...DISTINCTIVE, ...REGISTRY_METHODS, ...MAKING_NAMES, ...factories, ...(byMethod ? MAKING_METHODS : []), ...(writers.size > 0 ? ['TYPE', 'HELP', 'version'] : [])]),
      ways: NO_WAYS,
      places: new Map(),
      holders: new Set(),
    },
    constants: { values: new Map(), types: new Map(), names: new Map(), asked: 0, keys: new Map() },
    facts: emptyFacts(),
    previous: emptyFacts(),
  }
  const reach = reachOver(tree, sources, resolve)
  for (let pass = 0; pass < MAXIMUM_PASSES; pass++) {
    const hasNews = readAnew(analysis)
    if (isSpent(analysis.budget) && pass > 0) {
      // The pass before is whole: what this one has not come to is known there.
      analysis.facts = analysis.previous
      break
    }
    const { ways } = analysis.names
    for (let round = 0; round < MAXIMUM_ROUNDS && addUsers(analysis, reach); round++) readOn(analysis)
    // What has been read before a way was found has not gone it.
    if ((!hasNews && analysis.names.ways === ways) || isSpent(analysis.budget)) break
  }
  analysis.names.holders = new Set([...analysis.facts.metrics.holders.values()].flatMap((names) => [...names]))
  return withIncompleteness({
    declarations: [...declarationsOf(analysis, sources), ...declarationsWithOpenPrefix(analysis), ...declarationsOfOthers(analysis), ...declarationsBehindExporters(analysis),
      ...declarationsOfTables(analysis), ...writtenFamilies(analysis.facts.finds.writtenTexts.values())],
    instrumentations: instrumentationsOf(analysis),
    problems: problemsOf(analysis),
  }, incompletenessOf(analysis.budget))
}

/** Adds what has been found to the relevant names, and the files that use it to those read whole; whether there was any. */
function addUsers(analysis: Analysis, reach: Reach): boolean {
  const { names, code } = analysis
  const found = waysIn(analysis)
  const offers = offersOf(analysis)
  const ways = joinWays(names.ways, found)
  const relevant = new Set([...names.relevant, ...offers.aliases])
  const makers = reach.naming(new Set([...MAKING_NAMES, ...offers.aliases]), offers.paths)
  const walked = [...wayPaths(analysis), ...reach.usersOf(found, code.walked), ...reach.recorders(code.walked), ...makers].filter((path) => !code.walked.has(path))
  const hasNewNames = ways !== names.ways || relevant.size > names.relevant.size
  for (const path of walked) code.walked.add(path)
  if (hasNewNames) {
    Object.assign(names, { ways, relevant })
    names.places.clear()
  }
  return hasNewNames || walked.length > 0
}

/** The files that calls on the way to a client's constructor stand in: a wrapper may be handed to a file that imports no client. */
function wayPaths({ facts }: Analysis): string[] {
  return [...facts.metrics.made.values()].flatMap(({ frame }) => frame.calls.map((site) => site.module.source.path))
}

/** How other files can get at a metric: by what holds one or several, and by functions that make or record one. */
function waysIn(analysis: Analysis): WaysIn {
  const { metrics, ends } = analysis.facts
  return {
    held: new Set([...[...metrics.holders.values()].flatMap((names) => [...names]), ...namesOfCollections(analysis)]),
    called: ends.wrapperNames,
    filled: ends.filledNames,
  }
}

function problemsOf({ code: { modules }, facts }: Analysis): Extraction['problems'] {
  const broken = [...modules.values()].flatMap((module) => module?.problems.map((problem) => ({ source: module.source, problem })) ?? [])
  return [...broken, ...facts.ends.failures.values()].sort((a, b) => (a.source.path < b.source.path ? -1 : 1))
}
