import type { Place } from '../../../text/source.js'
import { incompletenessAt } from '../../incompleteness.js'
import type { Incompleteness } from '../../types.js'
import { isFromMetricsLibrary } from '../clients/libraries.js'
import { instrumentMethods } from '../clients/opentelemetry.js'
import { constructorNames } from '../clients/prometheus-client.js'
import type { LeftFunctions } from '../engine/effort.js'
import type { Engine } from '../engine/engine.js'
import { forgetReached } from '../engine/left.js'
import { findReferences } from '../syntax/references.js'
import type { ModuleState } from '../values/types.js'
import { optionsOf } from '../values/values.js'
import { applyUnreachedCalls, applyUnresolvedCalls } from './unreached.js'
import { followUnseenCalls } from './unseen-calls.js'

/**
 * Follows what functions that were left before their end call behind that place, for any arguments, and opens the labels
 * of what they record there. Tells what they lack; `undefined` where it makes no difference to any metric.
 */
export function followLeft(engine: Engine): Incompleteness | undefined {
  const closedBefore = closedLabels(engine)
  const all: LeftFunctions = new Map()
  while (engine.effort.left.size > 0) {
    for (const [definition, place] of forgetReached(engine)) all.set(definition, place)
    followUnseenCalls(engine)
  }
  if (all.size === 0) return undefined
  applyUnresolvedCalls(engine)
  applyUnreachedCalls(engine)
  const places = [...all].map(([{ start, end }, { module: { source } }]): Place => ({ source, span: { start, end } }))
  const declaring = places.filter(placesThatDeclare(engine, all))
  if (declaring.length > 0) return incompletenessAt('Python', declaring, 'names')
  return closedLabels(engine) < closedBefore ? incompletenessAt('Python', places, 'values') : undefined
}

function closedLabels({ metrics }: Engine): number {
  let count = 0
  for (const { labels, escaped } of metrics.current) if (!escaped) for (const { open } of labels.values()) if (!open) count++
  return count
}

const constructors: ReadonlySet<string> = new Set([...constructorNames, ...instrumentMethods])

/** A test for places in which a metric is declared that was not reached. */
function placesThatDeclare(engine: Engine, all: LeftFunctions): (place: Place) => boolean {
  const calls = new Map([...new Set([...all.values()].map(({ module }) => module))].map((module) => {
    const ends = [...findReferences(module.body).calls].flatMap(([name, found]) => (constructors.has(name) ? found : []))
    return [module.source, ends.filter((end) => !module.evaluated.has(end) && !isImportedFromElsewhere(module, end))] as const
  }))
  return ({ source, span }) => calls.get(source)?.some((end) => end > span.start && end <= span.end) ?? false
}

/** Whether the name that ends here comes from a library of another kind: `collections.Counter`. */
function isImportedFromElsewhere({ scope, source }: ModuleState, end: number): boolean {
  const [root] = /[\w.]*$/.exec(source.text.slice(0, end))![0].split('.')
  const imported = scope.imports.get(root!)?.flatMap((resolve) => optionsOf(resolve()))
  return imported?.every((option) => option.kind === 'external' && !isFromMetricsLibrary(option)) ?? false
}
