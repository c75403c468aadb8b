import type { ClientLibrary, MetricType } from '../../../registry/types.js'
import type { Call, Frame, Metric } from '../values/program.js'
import { isArgument } from '../objects/callers.js'
import { functionName } from '../objects/names.js'
import type { Analysis } from '../engine/analysis.js'
import { forced, NOTHING, SPREAD, toStrings, valueKey, withoutNullish, type Value } from '../values/values.js'

/** What a client's constructor or factory has been given. */
export interface Creation {
  readonly client: ClientLibrary
  readonly type: MetricType
  readonly name: Value
  readonly help?: Value
  readonly unit?: Value
  readonly labelNames?: Value
  readonly labelsByRecording?: boolean
  /** Whether its name and type alone tell it from others: every place that records it by its name means the same. */
  readonly isByName?: boolean
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
  readonly registers?: Value
}

/** Notes a metric. It is the same metric when the same code makes it, along the same calls, with the same name. */
export function createMetric(analysis: Analysis, creation: Creation, call: Call): Value {
  const { frame } = call.environment
  const name = namesIn(creation.name)
  const way = [...frame.calls.map((site) => `${site.module.source.path}@${site.node.range[0]}`), `${frame.module.source.path}@${call.node.range[0]}`]
  const key = `${creation.isByName ? 'by name' : way.join('>')}:${creation.type}:${valueKey(name)}`
  const known = creation.isByName ? analysis.facts.metrics.made.get(key) : undefined
  const metric: Metric = known ?? {
    key,
    client: creation.client,
    type: creation.type,
    name: toStrings(name),
    help: creation.help ?? NOTHING,
    unit: creation.unit ?? NOTHING,
    labelNames: creation.labelNames ?? NOTHING,
    labelsByRecording: creation.labelsByRecording ?? false,
    buckets: creation.buckets,
    quantiles: creation.quantiles,
    registers: creation.registers ?? NOTHING,
    node: call.node,
    frame,
    labelTypes: analysis.facts.metrics.made.get(key)?.labelTypes ?? new Map<string, Value>(),
  }
  analysis.facts.metrics.made.set(key, metric)
  for (let running: Frame | undefined = frame; running; running = running.caller) {
    if (running.function) analysis.facts.runs.creators.add(running.function)
  }
  noteWrappers(analysis, call, frame.calls.length)
  return [{ kind: 'metric', metric: key, bound: [] }]
}

/** What the name may be: not missing, and nothing unknown that might take the place of one that is given. */
function namesIn(given: Value): Value {
  const present = withoutNullish(forced(given))
  const written = present.filter((atom) => !(atom.kind === 'unknown' && atom.reason === SPREAD))
  return written.length > 0 ? written : present
}

/** Remembers the functions on the way, the innermost first up to a number of calls: other files may call them too. */
export function noteWrappers(analysis: Analysis, { environment }: Pick<Call, 'environment'>, depth: number): void {
  let running: Frame | undefined = environment.frame
  for (let distance = 0; running && distance <= depth; distance++) {
    const isCallback = running.function && isArgument(running.function)
    for (const name of isCallback ? [] : [functionName(running.function, running.class), running.calls.at(-1)?.name]) {
      if (name !== undefined && name !== 'super') analysis.facts.ends.wrapperNames.add(name)
    }
    running = running.caller
  }
}
