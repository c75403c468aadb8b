import { isClientPackage, mentionsClient } from '../files.js'
import type { Analysis } from './analysis.js'
import { keepsMetrics } from './heap.js'
import type { ClassNode, Module } from '../values/program.js'
import type { Node, FunctionNode } from '../syntax/syntax.js'
import { isWay, waysInFinder, type WaysIn } from '../sources/ways-in.js'
import { mentionPlaces } from '../sources/words.js'
import { topLevelWrites } from '../syntax/writes.js'

/** Methods of registries and meters, by which a function changes what becomes of metrics without naming any. */
export const REGISTRY_METHODS = [
  'setDefaultLabels', 'registerMetric', 'removeSingleMetric', 'collectDefaultMetrics', 'merge',
  'getMeter', 'addCallback', 'addBatchObservableCallback',
]

/**
 * Whether a function or class may make or record a metric: it mentions a name by which one can be got at. In a file that
 * imports a metrics library it is enough that the top-level statement that it stands in does, also by a name of the
 * file's own. What else a file does is not followed until something asks for its result.
 */
export function isRelevant(analysis: Analysis, node: FunctionNode | ClassNode, module: Module): boolean {
  return hasRelevantName(analysis, analysis.code.seeds.has(module.source.path) ? statementAround(node, module) : node, module)
}

/** Whether by a name a metric can be got at. */
export function isRelevantName({ names: { relevant, ways } }: Analysis, name: string): boolean {
  return relevant.has(name) || isWay(ways, name)
}

/** Whether a name by which a metric can be got at stands in a piece of code. */
export function hasRelevantName(analysis: Analysis, { range: [start, end] }: Node, module: Module): boolean {
  return isAnyWithin(relevantPlaces(analysis, module), start, end)
}

/** Whether one of some places, which are in order, lies between two. */
function isAnyWithin(places: readonly number[], start: number, end: number): boolean {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < start) low = middle + 1
    else high = middle
  }
  return low < places.length && places[low]! < end
}

function statementAround(node: Node, module: Module): Node {
  let current = node
  while (current.parent && current.parent !== module.program) current = current.parent
  return current
}

/** What a module calls a relevant name that it imports by another one. */
function aliasesIn(analysis: Analysis, module: Module): ReadonlySet<string> {
  return new Set([...module.imports].flatMap(([name, read]) => (read.name !== name && isRelevantName(analysis, read.name) ? [name] : [])))
}

/** The top-level variables of a module that keep metrics, as far as the pass before knows. */
function keepersIn(analysis: Analysis, module: Module): string[] {
  const variables = analysis.previous.heap.environments.get(module)?.variables ?? []
  return [...variables].flatMap(([name, value]) => (keepsMetrics(analysis, value) ? [name] : []))
}

/** Where in a module a relevant name stands. */
function relevantPlaces(analysis: Analysis, module: Module): readonly number[] {
  let places = analysis.names.places.get(module)
  if (places === undefined) {
    places = placesIn(analysis, module, analysis.code.seeds.has(module.source.path) ? namesOfRelevant(analysis, module) : new Set([...aliasesIn(analysis, module), ...keepersIn(analysis, module)]))
    analysis.names.places.set(module, places)
  }
  return places
}

/** Where in a module one of the relevant names stands, or of some of its own. */
function placesIn({ names: { relevant, ways } }: Analysis, { source: { text } }: Module, own: ReadonlySet<string>): readonly number[] {
  const words = mentionPlaces(text, own.size === 0 ? relevant : new Set([...relevant, ...own]))
  return [...words, ...finderOf(ways)(text)].sort((a, b) => a - b)
}

const finders = new WeakMap<WaysIn, (text: string) => number[]>()

function finderOf(ways: WaysIn): (text: string) => number[] {
  let find = finders.get(ways)
  if (!find) finders.set(ways, (find = waysInFinder(ways, true)))
  return find
}

/** The top-level names of a module whose declaration or import mentions a relevant name, or another of these. */
function namesOfRelevant(analysis: Analysis, module: Module): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [name, read] of module.imports) {
    if (isRelevantName(analysis, read.name) || isClientPackage(read.specifier)) names.add(name)
  }
  let found = true
  while (found) {
    found = false
    const places = placesIn(analysis, module, names)
    for (const [name, { range: [start, end] }] of module.declarations) {
      if (names.has(name)) continue
      if (!isAnyWithin(places, start, end) && !mentionsClient(module.source.text.slice(start, end))) continue
      names.add(name)
      found = true
    }
    // What has been put in a variable stands at no declaration.
    for (const statement of module.program.body) {
      if (!isAnyWithin(places, ...statement.range)) continue
      for (const name of topLevelWrites(statement)) {
        if (names.has(name) || !module.declarations.has(name)) continue
        names.add(name)
        found = true
      }
    }
  }
  return names
}
