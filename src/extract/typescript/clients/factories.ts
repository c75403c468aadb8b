import type { Factory } from '../../types.js'
import type { Call } from '../calls.js'
import type { Analysis } from '../program.js'
import { readProperty } from '../properties.js'
import { NOTHING, union, type Value } from '../values.js'
import { createMetric } from './creation.js'

/** The metric of a call that the configuration names (`extract.factories`); `undefined` for other calls. */
export function callFactory(analysis: Analysis, written: string, given: readonly Value[], call: Call): Value | undefined {
  const factory = analysis.options.factories?.find(({ name }) => written === name || written.endsWith(`.${name}`))
  if (!factory) return undefined
  return createMetric(analysis, {
    client: 'prom-client',
    type: factory.type,
    name: argument(analysis, factory.nameArgument, given),
    labelNames: argument(analysis, factory.labelsArgument, given),
  }, call)
}

/** An argument by its position, or by its key in an argument that is an object of options. */
function argument(analysis: Analysis, at: Factory['labelsArgument'], given: readonly Value[]): Value {
  if (at === undefined) return NOTHING
  return typeof at === 'number' ? (given[at] ?? NOTHING) : union(...given.map((value) => readProperty(analysis, value, at)))
}
