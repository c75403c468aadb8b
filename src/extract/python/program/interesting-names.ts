import { isFunction } from '../../types.js'
import { isFromMetricsLibrary } from '../clients/libraries.js'
import { instrumentMethods } from '../clients/opentelemetry.js'
import { constructorNames } from '../clients/prometheus-client.js'
import type { Engine } from '../engine/engine.js'
import { isMetricClass } from '../language/instances.js'
import { clientModules } from '../sources/client-modules.js'
import { commonNames } from '../sources/common-names.js'
import type { InterestingName } from '../sources/sources.js'
import { moduleWords } from '../sources/sources.js'
import { hasWord, importedAs, mentionsWord } from '../sources/text-search.js'
import type { Definition, ModuleState, Value } from '../values/types.js'
import { mayBeMetric, metricsIn, optionsOf } from '../values/values.js'

/** How deep metrics are looked for in lists and dictionaries. */
const maximumDepth = 3

/** The names by which other files can reach what declares or records a metric. */
export function interestingNames(engine: Engine): InterestingName[] {
  const found = new Map<string, { modules: Set<string>; telling: boolean }>()
  const add = (name: string, path: string, attribute: boolean) => {
    if (!/^[A-Za-z_]\w*$/.test(name) || name.startsWith('__')) return
    const entry = found.get(name) ?? { modules: new Set<string>(), telling: false }
    found.set(name, entry)
    for (const word of moduleWords(path)) entry.modules.add(word)
    entry.telling ||= attribute && name.length > 4 && !commonNames.has(name)
  }
  const touches = (value: Value, depth = 0): boolean => optionsOf(value).some((option) => {
    if (option.kind === 'metric' || isFromMetricsLibrary(option)) return true
    if (option.kind === 'function') return engine.functions.touching.has(option.definition)
    if (option.kind === 'method') return engine.functions.touching.has(option.callee.definition)
    if (option.kind === 'partial') return touches(option.callee, depth) || [...option.args.positional, ...option.args.keyword.values()].some((each) => touches(each, depth + 1))
    if (option.kind === 'class') return isMetricClass(engine, option)
    if (option.kind === 'instance') return option.metric !== undefined || isMetricClass(engine, option.class) || [...option.attributes.values()].some(mayBeMetric)
    if (depth > maximumDepth) return false
    return option.kind === 'sequence' ? option.items.some((item) => touches(item, depth + 1))
      : option.kind === 'dictionary' && option.entries.some((entry) => touches(entry.value, depth + 1))
  })
  const classes = new Set([...engine.functions.met].flatMap(({ owner }) => owner ?? []))
  for (const module of engine.modules.byPath.values()) {
    if (module.role === 'support') continue
    for (const [name, value] of module.scope.variables) {
      if (touches(value)) add(name, module.path, false)
      for (const option of optionsOf(value)) if (option.kind === 'class') classes.add(option)
    }
  }
  for (const owner of classes) {
    if (owner.scope.module.role === 'support') continue
    const held = [owner, ...owner.instances].flatMap(({ attributes }) => [...attributes])
    for (const [name, value] of held) if (optionsOf(value).some(isFromMetricsLibrary)) add(name, owner.scope.module.path, true)
  }
  for (const callees of engine.objects.functionsByName.values()) {
    for (const { definition, owner, scope } of callees) {
      if (definition.kind === 'function' && engine.functions.touching.has(definition)) add(definition.name, scope.module.path, owner !== undefined)
    }
  }
  for (const [name, held] of engine.metrics.byHolder) {
    for (const { metric } of [...held.values()].flatMap(metricsIn)) add(name, metric.constructorPlace.source.path, true)
  }
  for (const [name, path] of engine.metrics.containers) add(name, path, true)
  return [...found].map(([name, { modules, telling }]) => ({ name, modules, telling }))
}

/** From now on only the functions that hold one of these names are followed for their own sake; whether these are more than before. */
export function attendTo(engine: Engine, names: readonly InterestingName[]): boolean {
  const before = engine.attention.mentionsMetrics
  const matches = mentionsWord([...new Set([...names.map(({ name }) => name), ...libraryWords(engine)])])
  const attended = new Set(names.map(({ name }) => name))
  const aliases = new Map<ModuleState, readonly string[]>()
  const aliasesIn = (module: ModuleState): readonly string[] => {
    let found = aliases.get(module)
    if (found === undefined) aliases.set(module, (found = importedAs(module.source.text).flatMap(([name, alias]) => (attended.has(name) ? [alias] : []))))
    return found
  }
  const known = new Map<Definition, boolean>()
  engine.attention.isFirstRound = false
  engine.attention.mentionsMetrics = ({ definition, scope }) => {
    // What a function within one that has to do with metrics does with its variables shows no such name.
    if (scope.function && engine.functions.touching.has(scope.function.definition)) return true
    // A client of the code's own: what it writes is kept in what its functions fill.
    if (scope.module.writesExposition) return true
    let answer = known.get(definition)
    if (answer === undefined) {
      const text = scope.module.source.text.slice(definition.start, definition.end)
      answer = matches(text) || aliasesIn(scope.module).some((alias) => hasWord(text, alias))
      known.set(definition, answer)
    }
    return answer
  }
  return [...engine.functions.met].some((callee) => !before(callee) && engine.attention.mentionsMetrics(callee))
}

/** The words by which a function can get at a metrics library: what its module imports from one, above all. */
function libraryWords(engine: Engine): Set<string> {
  const words = new Set([...clientModules, ...instrumentMethods])
  for (const { name } of engine.workspace.options.factories?.filter(isFunction) ?? []) words.add(name.slice(name.lastIndexOf('.') + 1))
  for (const module of engine.modules.byPath.values()) {
    if (module.role === 'support') continue
    if (module.writesExposition) words.add('TYPE').add('HELP').add('version')
    if (module.starImports.some(isFromMetricsLibrary)) {
      for (const name of constructorNames) words.add(name)
    }
    for (const [name, resolvers] of module.scope.imports) {
      if (resolvers.some((resolve) => optionsOf(resolve()).some(isFromMetricsLibrary))) words.add(name)
    }
  }
  return words
}
