import type { Place } from '../../../text/source.js'
import type { Context, Engine } from '../engine/engine.js'
import { noteCatalog } from '../engine/exposition.js'
import { runsMultiprocess } from '../sources/sources.js'
import { noValues } from '../values/metric.js'
import { digest } from '../values/digest.js'
import type { Arguments, Value } from '../values/types.js'
import { optionsOf, unknown } from '../values/values.js'

/** `CollectorRegistry()`: it has no collectors but those it is given. */
export function isOwnRegistry(value: Value): boolean {
  if (value.kind === 'instance') return true
  return value.kind === 'external' && value.made && /^prometheus_client\..*CollectorRegistry$/.test(value.name)
}

/** Functions that expose a registry, with the position of their `registry` argument (prometheus_client/exposition.py). */
const expositions: Readonly<Record<string, number>> = {
  start_http_server: 2, start_wsgi_server: 2, make_asgi_app: 0, make_wsgi_app: 0, generate_latest: 0, push_to_gateway: 2,
  pushadd_to_gateway: 2, write_to_textfile: 1,
}

/** The default registry holds the process, platform and garbage-collection collectors. */
export function noteExposition({ engine: { exposition } }: Context, name: string, args: Arguments, place: Place): void {
  const last = /^prometheus_client\.(?:\w+\.)*(\w+)$/.exec(name)?.[1] ?? ''
  if (/^((Process|Platform|GC)Collector|MetricsHandler|aiohttp|flask)$/.test(last)) noteCatalog(exposition, 'python-default', place)
  if (last === 'MultiProcessCollector') {
    const registry = args.keyword.get('registry') ?? args.positional[0]
    for (const option of registry ? optionsOf(registry) : []) exposition.multiprocess.add(digest(option))
  }
  if (!Object.hasOwn(expositions, last)) return
  const registry = args.keyword.get('registry') ?? args.positional[expositions[last]!]
  for (const option of registry ? optionsOf(registry) : []) exposition.exposed.add(digest(option))
  if (!registry || optionsOf(registry).some((option) => !isOwnRegistry(option))) noteCatalog(exposition, 'python-default', place)
}

/** `REGISTRY.register(collector)`, `REGISTRY.unregister(metric)`: what is certainly unregistered is not exposed. */
export function callRegistryMethod(context: Context, name: string, { positional: [collector] }: Arguments): Value {
  const registration = collector?.kind === 'metric' ? collector.metric.registration : undefined
  if (registration && !name.endsWith('.unregister')) registration.unregistered = false
  else if (registration && isCertain(context)) registration.unregistered = true
  return unknown('the result of register')
}

/** Whether what is executed now is executed whenever its module is imported. */
function isCertain({ engine, results }: Context): boolean {
  return results === undefined && engine.course.stack.length === 0 && engine.course.branchDepth === 0 && engine.course.handlerDepth === 0
}

/** In multiprocess mode most gauges tell their processes apart by `pid`; not where their own registry is exposed as it is. */
export function addProcessLabels(engine: Engine, core: readonly string[]): void {
  const { exposed, multiprocess } = engine.exposition
  const isExposedItself = (registry: string) => exposed.has(registry) && !multiprocess.has(registry)
  const gauges = [...engine.metrics.current].filter(({ registration: { pidInMultiprocess, registry } }) =>
    pidInMultiprocess && !(registry !== undefined && isExposedItself(registry)))
  if (gauges.length === 0 || !runsMultiprocess(engine.workspace.tree, core)) return
  for (const gauge of gauges) gauge.labels.set('pid', { ...noValues(), open: true })
}
