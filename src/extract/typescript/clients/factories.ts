import { isFunction, type FactoryFunction } from '../../types.js'
import type { Call } from '../values/program.js'
import { objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { readProperty } from '../objects/properties.js'
import type { Node } from '../syntax/syntax.js'
import { forced, NOTHING, union, withoutNullish, toStrings, type Value } from '../values/values.js'
import { createMetric } from './creation.js'
import { record } from './recordings.js'
import { writtenName } from '../objects/written-names.js'

/** The metric of a call that the configuration names (`extract.factories`); `undefined` for other calls. */
export function callFactory(analysis: Analysis, callee: Node, given: readonly Value[], call: Call): Value | undefined {
  const factories = analysis.options.factories?.filter(isFunction) ?? []
  if (factories.length === 0) return undefined
  const written = writtenName(callee)
  const names = [written, importedName(written, call)]
  const factory = factories.find(({ name }) => names.some((each) => each === name || each.endsWith(`.${name}`)))
  if (!factory) return undefined
  const name = argument(analysis, factory.nameArgument, given)
  const labels = withoutNullish(forced(argument(analysis, factory.labelsArgument, given)))
  if (labels.length > 0 && !labels.some((atom) => isListed(analysis, [atom]))) return recordByName(analysis, factory, name, labels, call)
  const made = createMetric(analysis, { client: analysis.code.homeMadeClient, type: factory.type, name, labelNames: labels }, call)
  // `incr('jobs_total')` may be all that there is to it.
  if (labels.length === 0 && isDiscarded(call.node)) {
    for (const atom of made) if (atom.kind === 'metric') analysis.facts.metrics.escaped.add(atom.metric)
  }
  return made
}

/** What is recorded by its name in several places is one metric, with the labels of them all. */
function recordByName(analysis: Analysis, { type }: FactoryFunction, name: Value, labels: Value, call: Call): Value {
  return union(...toStrings(name).map((text) => {
    const made = createMetric(analysis, { client: analysis.code.homeMadeClient, type, name: [text], labelsByRecording: true, isByName: true }, call)
    for (const atom of made) if (atom.kind === 'metric') record(analysis, atom, [labels], call, 1)
    return made
  }))
}

/** Whether a value is a list of names, and no object of labels. */
function isListed(analysis: Analysis, value: Value): boolean {
  return value.some((atom) => {
    const [object] = objectVersions(analysis, atom)
    if (object) return object.shape === 'list' || object.shape === 'set'
    return atom.kind === 'string' || (atom.kind === 'typed' && /^TS(Array|Tuple|TypeOperator)/.test(atom.node.type))
  })
}

/** The name that a function was imported by: `incr` for `bump` in `import { incr as bump }`. */
function importedName(written: string, { environment }: Call): string {
  const [first = '', ...rest] = written.split('.')
  const read = environment.frame.module.imports.get(first)
  return read && read.name !== 'default' && read.name !== '*' ? [read.name, ...rest].join('.') : written
}

/** Whether nothing takes the result of a call. */
function isDiscarded({ parent }: Node): boolean {
  if (parent === undefined) return false
  if (parent.type === 'AwaitExpression' || parent.type === 'ChainExpression' || parent.type === 'UnaryExpression') return isDiscarded(parent)
  return parent.type === 'ExpressionStatement' || parent.type === 'ArrowFunctionExpression'
}

/** An argument by its position, or by its key in an argument that is an object of options. */
function argument(analysis: Analysis, at: FactoryFunction['labelsArgument'], given: readonly Value[]): Value {
  if (at === undefined) return NOTHING
  return typeof at === 'number' ? (given[at] ?? NOTHING) : union(...given.map((value) => readProperty(analysis, value, at)))
}
