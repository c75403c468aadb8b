import type { ClientLibrary, MetricType } from '../../../registry/types.js'
import type { Call } from '../calls.js'
import { functionName } from '../names.js'
import type { Analysis, Frame, Metric } from '../program.js'
import { forced, NOTHING, toStrings, valueKey, type Value } from '../values.js'

/** What a client's constructor or factory has been given. */
export interface Creation {
  readonly client: ClientLibrary
  readonly type: MetricType
  readonly name: Value
  readonly help?: Value
  readonly unit?: Value
  readonly labelNames?: Value
  readonly labelsByRecording?: boolean
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
  readonly registers?: Value
}

/** Notes a metric. It is the same metric when the same code makes it, along the same calls, with the same name. */
export function createMetric(analysis: Analysis, creation: Creation, call: Call): Value {
  const { frame } = call.environment
  const name = forced(creation.name)
  const way = [...frame.calls.map((site) => `${site.module.source.path}@${site.node.range[0]}`), `${frame.module.source.path}@${call.node.range[0]}`]
  const key = `${way.join('>')}:${creation.type}:${valueKey(name)}`
  const metric: Metric = {
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
    labelTypes: analysis.facts.metrics.get(key)?.labelTypes ?? new Map<string, Value>(),
  }
  analysis.facts.metrics.set(key, metric)
  for (let running: Frame | undefined = frame; running; running = running.caller) {
    if (running.function) analysis.facts.creators.add(running.function)
  }
  noteWrappers(analysis, call, frame.calls.length)
  return [{ kind: 'metric', metric: key, bound: [] }]
}

/** Remembers the functions on the way, the innermost first up to a number of calls: other files may call them too. */
export function noteWrappers(analysis: Analysis, { environment }: Pick<Call, 'environment'>, depth: number): void {
  let running: Frame | undefined = environment.frame
  for (let distance = 0; running && distance <= depth; distance++) {
    for (const name of [functionName(running), running.calls.at(-1)?.name]) {
      if (name !== undefined && name !== 'super') analysis.facts.wrapperNames.add(name)
    }
    running = running.caller
  }
}
