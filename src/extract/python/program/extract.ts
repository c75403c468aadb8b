import { withIncompleteness } from '../../incompleteness.js'
import type { ExtractOptions, Extraction, SourceTree } from '../../types.js'
import { writtenFamilies } from '../../written-exposition.js'
import { noteDjangoPrometheus } from '../clients/instrumentation.js'
import { addProcessLabels } from '../clients/prometheus-registries.js'
import { incompletenessOf } from '../engine/effort.js'
import type { Engine } from '../engine/engine.js'
import { createEngine } from '../engine/engine.js'
import { python } from '../language/index.js'
import { loadModule } from '../objects/lookup.js'
import type { EmbeddedProgram } from '../sources/embedded-program.js'
import { modulePaths } from '../sources/module-paths.js'
import { findProgramTexts } from '../sources/program-texts.js'
import { importsModule, relativeDots } from '../sources/questions.js'
import { createFileSearch, type InterestingName } from '../sources/sources.js'
import type { ModuleState } from '../values/types.js'
import { toDeclarations } from './declarations.js'
import { attendTo, interestingNames } from './interesting-names.js'
import { followLeft } from './left-functions.js'
import { followProgram, runModules, runUntilStable } from './rounds.js'
import { applyComputedNames, applyUnreachedCalls, applyUnresolvedCalls } from './unreached.js'
import { followUnseenCalls } from './unseen-calls.js'
import { findUnseenObjects } from './unseen-objects.js'

/** How many times files that use what was found are looked for: wrappers of wrappers of wrappers. */
const maximumRounds = 3

/** How many steps more are followed from where these end. */
const maximumSteps = 20

/** What sources tell, and the programs that stand in them as texts. */
interface ExtractionWithPrograms extends Extraction {
  readonly programs: readonly EmbeddedProgram[]
}

/** @param paths all Python producers  @param core those that name a metrics library */
export function extractFrom(tree: SourceTree, paths: readonly string[], core: readonly string[], options: ExtractOptions): ExtractionWithPrograms {
  const resolution = modulePaths(paths, { names: (path, name) => tree.ask(path, importsModule([name])), dots: (path) => tree.ask(path, relativeDots()) })
  const engine = createEngine({ tree, paths: resolution, options }, python)
  const followed = new Set(core)
  engine.effort.budget = Number.MAX_SAFE_INTEGER
  for (const path of core) followModule(engine, path, 'metrics')
  runModules(engine, core)
  attendTo(engine, interestingNames(engine))
  followProgram(engine, core)
  const search = createFileSearch(tree)
  const followUsers = (names: readonly InterestingName[]): boolean => {
    const found = search.find(names, paths.filter((path) => !followed.has(path)))
    for (const path of found) {
      followed.add(path)
      followModule(engine, path, 'recorder')
    }
    return found.length > 0
  }
  for (let round = 0; ; round++) {
    const names = interestingNames(engine)
    if (!followUsers(names) && round > 1) break
    if (round === maximumRounds) break
    attendTo(engine, names)
    findUnseenObjects(engine, paths.filter((path) => !followed.has(path)))
    followProgram(engine, [...followed].sort())
  }
  // Functions that give a metric to one another: what one more step shows is followed from there, and not from the start again.
  for (let step = 0; step < maximumSteps; step++) {
    const names = interestingNames(engine)
    const hasFound = followUsers(names)
    if (!attendTo(engine, names) && !hasFound) break
    runUntilStable(engine, ({ definition }) => !engine.functions.called.has(definition))
  }
  followUnseenCalls(engine)
  applyUnresolvedCalls(engine)
  applyUnreachedCalls(engine)
  applyComputedNames(engine, paths.filter((path) => !followed.has(path)))
  const leftOut = followLeft(engine)
  noteDjangoPrometheus(engine, core)
  addProcessLabels(engine, core)
  const programs = core.flatMap((path) => {
    const module = engine.modules.byPath.get(path)
    return module ? findProgramTexts(module.source, module.body) : []
  })
  const extraction = {
    declarations: [
      ...toDeclarations([...engine.metrics.current].filter((metric) => !metric.registration.unregistered)),
      ...writtenFamilies(engine.exposition.writtenTexts.values()),
    ],
    instrumentations: [...engine.exposition.instrumentations.values()].sort((a, b) => (a.catalog < b.catalog ? -1 : 1)),
    problems: engine.modules.problems
      .filter(({ source }) => followed.has(source.path))
      .sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : a.problem.span.start - b.problem.span.start)),
  }
  return { ...withIncompleteness(extraction, incompletenessOf(engine.effort.total) ?? leftOut), programs }
}

/** Makes a module one whose functions are followed. */
function followModule(engine: Engine, path: string, role: ModuleState['role']): void {
  if (!engine.modules.byPath.has(path)) loadModule(engine, path)
  const module = engine.modules.byPath.get(path)
  if (module && (module.role === 'support' || role === 'metrics')) module.role = role
}
