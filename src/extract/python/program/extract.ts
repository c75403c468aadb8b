import type { Extraction, ExtractOptions, SourceTree } from '../../types.js'
import { withIncompleteness } from '../../incompleteness.js'
import { writtenFamilies } from '../../written-exposition.js'
import type { EmbeddedProgram } from './embedded-programs.js'
import { incompletenessOf } from '../engine/budget.js'
import { createEngine } from '../engine/engine.js'
import type { Engine } from '../engine/engine.js'
import { attendTo, followModule, followProgram, followUnseenCalls, interestingNames, runModules } from './follow.js'
import { noteDjangoPrometheus } from '../clients/instrumentation.js'
import { followLeft } from './left-functions.js'
import { toDeclarations } from '../values/metrics.js'
import { modulePaths } from '../sources/module-paths.js'
import { findProgramTexts } from './program-texts.js'
import { applyUnreachedCalls, applyUnresolvedCalls } from '../clients/recordings.js'
import { createFileSearch, runsMultiprocess } from '../sources/sources.js'
import { findUnseenObjects } from './unseen-objects.js'

/** How many times files that use what was found are looked for: wrappers of wrappers of wrappers. */
const maximumRounds = 3

/** What sources tell, and the programs that stand in them as texts. */
interface ExtractionWithPrograms extends Extraction {
  readonly programs: readonly EmbeddedProgram[]
}

/** @param paths all Python producers  @param core those that name a metrics library */
export function extractFrom(tree: SourceTree, paths: readonly string[], core: readonly string[], options: ExtractOptions): ExtractionWithPrograms {
  const engine = createEngine(tree, modulePaths(paths), options)
  const followed = new Set(core)
  engine.budget = Number.MAX_SAFE_INTEGER
  for (const path of core) followModule(engine, path, 'metrics')
  runModules(engine, core)
  attendTo(engine, interestingNames(engine))
  followProgram(engine, core)
  const search = createFileSearch(tree)
  for (let round = 0; ; round++) {
    const names = interestingNames(engine)
    const found = search.find(names, paths.filter((path) => !followed.has(path)))
    if (round > 1 && found.length === 0) break
    for (const path of found) {
      followed.add(path)
      followModule(engine, path, 'recorder')
    }
    if (round === maximumRounds) break
    attendTo(engine, names)
    findUnseenObjects(engine, paths.filter((path) => !followed.has(path)))
    followProgram(engine, [...followed].sort())
  }
  followUnseenCalls(engine)
  applyUnresolvedCalls(engine)
  applyUnreachedCalls(engine)
  const leftOut = followLeft(engine)
  findDjangoPrometheus(engine, core)
  addProcessLabels(engine, core)
  const programs = core.flatMap((path) => {
    const module = engine.modules.get(path)
    return module ? findProgramTexts(module.source, module.body) : []
  })
  const extraction = {
    declarations: [
      ...toDeclarations([...engine.metrics.current].filter((metric) => !metric.unregistered)),
      ...writtenFamilies(engine.writtenTexts.values()),
    ],
    instrumentations: [...engine.instrumentations.values()].sort((a, b) => (a.catalog < b.catalog ? -1 : 1)),
    problems: engine.problems
      .filter(({ source }) => followed.has(source.path))
      .sort((a, b) => (a.source.path < b.source.path ? -1 : a.source.path > b.source.path ? 1 : a.problem.span.start - b.problem.span.start)),
  }
  return { ...withIncompleteness(extraction, incompletenessOf(engine.total) ?? leftOut), programs }
}

function findDjangoPrometheus(engine: Engine, core: readonly string[]): void {
  for (const path of core) {
    const source = engine.tree.read(path)!
    const match = /(['"])(django_prometheus)(\1|\.(?:urls|middleware)\b)/.exec(source.text)
    if (!match) continue
    const start = match.index + 1
    noteDjangoPrometheus(engine, { source, span: { start, end: start + match[2]!.length } })
  }
}

/** In multiprocess mode most gauges tell their processes apart by `pid`; not where their own registry is exposed as it is. */
function addProcessLabels(engine: Engine, core: readonly string[]): void {
  const { exposed, multiprocess } = engine.registries
  const isExposedItself = (registry: string) => exposed.has(registry) && !multiprocess.has(registry)
  const gauges = [...engine.metrics.current].filter(({ pidInMultiprocess, registry }) =>
    pidInMultiprocess && !(registry !== undefined && isExposedItself(registry)))
  if (gauges.length === 0) return
  if (!runsMultiprocess(engine.tree, core)) return
  for (const gauge of gauges) gauge.labels.set('pid', { values: new Set(), open: true })
}
