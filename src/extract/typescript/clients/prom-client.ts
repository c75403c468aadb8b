import type { MetricType } from '../../../registry/types.js'
import { holderName } from '../objects/written-names.js'
import { letEscape } from '../engine/escape.js'
import type { Call } from '../values/program.js'
import { allocate } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import { itemsOf, readProperty } from '../objects/properties.js'
import { forced, knownText, knownTexts, NOTHING, toStrings, union, withoutNullish, type LibraryAtom, type Value } from '../values/values.js'
import { MAKING_METHODS } from '../files.js'
import { createMetric } from './creation.js'
import { noteDefaultMetrics } from './default-metrics.js'
import { isRecordingMethod } from './recordings.js'
import { noteDefaultLabels, registryKeys } from './registries.js'
import { ownValue } from '../../../text/value.js'
import { callFunction, instancesOf } from '../engine/engine.js'

const TYPES: Readonly<Record<string, MetricType>> = { Counter: 'counter', Gauge: 'gauge', Histogram: 'histogram', Summary: 'summary' }

/** prom-client: lib/histogram.js and lib/summary.js. */
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const DEFAULT_QUANTILES = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]

/** `new client.Counter({ … })` and its kin, `new client.Registry()`. */
export function constructPromClient(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  const type = ownValue(TYPES, atom.path)
  if (type) return promMetric(analysis, type, given, call)
  if (!/Registry$/.test(atom.path)) return undefined
  const registry = allocate(analysis, `${call.environment.key}@${call.node.range[0]}registry`)
  registry.library = atom
  return [{ kind: 'object', key: registry.key }]
}

/**
 * A metric that a class of an unknown package makes: it is called like one of prom-client's, and is given a name and a help
 * text. What OpenTelemetry has by these names is made by a meter, never by `new`.
 */
export function constructByShape(analysis: Analysis, given: readonly Value[], call: Call): Value | undefined {
  const type = ownValue(TYPES, call.name ?? '')
  return type && isConfiguration(analysis, given[0]) ? promMetric(analysis, type, given, call) : undefined
}

const METHODS: ReadonlyMap<string, MetricType> = new Map(MAKING_METHODS.map((name) => [name, name]))

/**
 * A metric that a method of something unknown makes, as `use('telemetry').counter({ name, help })`: by the methods of
 * that name in the workspace that make metrics, or else as prom-client does.
 */
export function callByShape(analysis: Analysis, given: readonly Value[], call: Call): Value | undefined {
  const type = METHODS.get(call.name ?? '')
  if (!type || !isConfiguration(analysis, given[0])) return undefined
  const { facts, previous } = analysis
  const makers = [...facts.heap.classes.values()].flatMap((owner) => {
    const own = readProperty(analysis, instancesOf(analysis, owner), call.name!)
      .filter((atom) => atom.kind === 'function' && (facts.runs.creators.has(atom.node) || previous.runs.creators.has(atom.node)))
    // Whoever makes an instance may put it where this one comes from.
    if (own.length > 0 && owner.node.id) facts.ends.wrapperNames.add(owner.node.id.name)
    return own
  })
  return makers.length > 0 ? callFunction(analysis, union(makers), given, call) : promMetric(analysis, type, given, call)
}

/** Whether a call may make a metric by its shape, so that what it is called on has to be known. */
export function mayMakeByShape(analysis: Analysis, name: string, [configuration]: readonly Value[]): boolean {
  return METHODS.has(name) && isConfiguration(analysis, configuration)
}

/** Whether an argument is what prom-client's constructors take: it has at least a name and a help text. */
function isConfiguration(analysis: Analysis, configuration: Value | undefined): boolean {
  if (!configuration?.some((atom) => atom.kind === 'object')) return false
  return ['name', 'help'].every((name) => {
    const present = withoutNullish(forced(readProperty(analysis, configuration, name)))
    return present.length > 0 && present.every((atom) => atom.kind === 'string')
  })
}

/** A metric from the arguments of its constructor: a configuration, or as up to prom-client 11, name, help and labels. */
export function promMetric(analysis: Analysis, type: MetricType, given: readonly Value[], call: Call): Value {
  const configuration = forced(given[0] ?? NOTHING)
  const isPositional = given.length > 1 && configuration.length > 0 && configuration.every((atom) => atom.kind === 'string')
  const read = (name: string) => readProperty(analysis, configuration, name)
  const made = isPositional
    ? createMetric(analysis, { client: 'prom-client', type, name: configuration, help: given[1] ?? NOTHING, labelNames: given[2] ?? NOTHING }, call)
    : createMetric(analysis, {
        client: 'prom-client',
        type,
        name: read('name'),
        help: read('help'),
        labelNames: read('labelNames'),
        buckets: type === 'histogram' ? numbersOf(analysis, read('buckets'), DEFAULT_BUCKETS) : undefined,
        quantiles: type === 'summary' ? numbersOf(analysis, read('percentiles'), DEFAULT_QUANTILES) : undefined,
        registers: read('registers'),
      }, call)
  collectWith(analysis, read('collect'), made, call)
  return made
}

/** `collect` is called before each scrape, with the metric as `this`. */
function collectWith(analysis: Analysis, collect: Value, metric: Value, call: Call): void {
  for (const atom of forced(collect)) {
    if (atom.kind === 'function') callFunction(analysis, [{ ...atom, receiver: metric }], [], call)
    else if (atom.kind !== 'nullish') letEscape(analysis, [metric])
  }
}

/** Numbers in ascending order; `undefined` when they are not all known. */
export function numbersOf(analysis: Analysis, value: Value, byDefault: readonly number[]): readonly number[] | undefined {
  const given = forced(value).filter((atom) => atom.kind !== 'nullish')
  if (given.length === 0) return byDefault
  const { items, rest } = itemsOf(analysis, given)
  const numbers = items.map((item) => (item.length === 1 && item[0]?.kind === 'number' ? item[0].number : NaN))
  const isKnown = given.length === 1 && rest.length === 0 && numbers.every((number) => !Number.isNaN(number))
  return isKnown ? numbers.filter(Number.isFinite).sort((a, b) => a - b) : undefined
}

/** Functions of prom-client and methods of its registries. */
export function callPromClient(analysis: Analysis, atom: LibraryAtom, given: readonly Value[], call: Call): Value | undefined {
  const [first = NOTHING] = given
  const name = atom.path.split(/[.#]/).at(-1)!
  switch (name) {
    case 'collectDefaultMetrics':
      noteDefaultMetrics(analysis, first, call)
      return NOTHING
    case 'linearBuckets':
    case 'exponentialBuckets': return bucketList(analysis, name, given, call)
    case 'setDefaultLabels':
      for (const key of registryKeys(call.receiver ?? NOTHING)) noteDefaultLabels(analysis, key, first)
      return NOTHING
    case 'registerMetric':
      for (const argument of first) {
        if (argument.kind !== 'metric') continue
        const known = analysis.facts.metrics.registered.get(argument.metric) ?? []
        analysis.facts.metrics.registered.set(argument.metric, new Set([...known, ...registryKeys(call.receiver ?? NOTHING)]))
      }
      return NOTHING
    case 'getSingleMetric': return metricsNamed(analysis, first)
    case 'merge': return [{ kind: 'library', module: 'prom-client', path: 'Registry#' }]
    default:
      if (!/^(Counter|Gauge|Histogram|Summary)#/.test(atom.path)) return [{ kind: 'unknown', external: true }]
      if (isRecordingMethod(analysis, name, holderName(call))) analysis.facts.metrics.unattributed.add(holderName(call) ?? '')
      return [{ kind: 'library', module: atom.module, path: atom.path.replace(/#.*/, '#') }]
  }
}

/** prom-client: lib/bucketGenerators.js. */
function bucketList(analysis: Analysis, name: string, given: readonly Value[], call: Call): Value {
  const [start, step, count] = given.map((value) => (value.length === 1 && value[0]?.kind === 'number' ? value[0].number : NaN))
  const key = `${call.environment.key}@${call.node.range[0]}buckets`
  const list = allocate(analysis, key, 'list')
  const isKnown = start !== undefined && step !== undefined && count !== undefined && ![start, step, count].some(Number.isNaN) && count < 1000
  const numbers: number[] = []
  for (let i = 0, bound = start ?? 0; isKnown && i < count; i++) {
    numbers.push(bound)
    bound = name === 'linearBuckets' ? start + step * (i + 1) : bound * step
  }
  list.items.splice(0, list.items.length, ...numbers.map((number): Value => [{ kind: 'number', number }]))
  if (!isKnown) list.rest = [{ kind: 'number', number: NaN }]
  return [{ kind: 'object', key }]
}

/** The metrics that have been made with a name. */
export function metricsNamed(analysis: Analysis, name: Value): Value {
  const { texts, open } = knownTexts(name)
  const found = new Map<string, Value>()
  for (const facts of [analysis.facts, analysis.previous]) {
    for (const metric of facts.metrics.made.values()) {
      const isNamed = toStrings(metric.name).some((atom) => {
        const text = knownText(atom)
        return text !== undefined && (open || texts.includes(text))
      })
      if (isNamed) found.set(metric.key, [{ kind: 'metric', metric: metric.key, bound: [] }])
    }
  }
  return open ? NOTHING : union(...found.values())
}
