import type { Place } from '../../../text/source.js'
import type { Instrumentation } from '../../types.js'
import { digest } from '../values/digest.js'
import type { Context, Engine } from '../engine/engine.js'
import type { Arguments, Value } from '../values/values.js'
import { optionsOf } from '../values/values.js'

/** Functions that expose a registry, with the position of their `registry` argument (prometheus_client/exposition.py). */
const expositions: Readonly<Record<string, number>> = {
  start_http_server: 2, start_wsgi_server: 2, make_asgi_app: 0, make_wsgi_app: 0, generate_latest: 0, push_to_gateway: 2,
  pushadd_to_gateway: 2, write_to_textfile: 1,
}

/** The default registry holds the process, platform and garbage-collection collectors. */
export function noteExposition(context: Context, name: string, args: Arguments, place: Place): void {
  const match = /^prometheus_client\.(?:\w+\.)*(\w+)$/.exec(name)
  const last = match?.[1] ?? ''
  if (/^(Process|Platform|GC)Collector$/.test(last)) {
    note(context.engine, 'python-default', place)
    return
  }
  if (last === 'MetricsHandler' || (/^aiohttp$|^flask$/.test(last))) {
    note(context.engine, 'python-default', place)
    return
  }
  if (last === 'MultiProcessCollector') {
    const registry = args.keyword.get('registry') ?? args.positional[0]
    for (const option of registry ? optionsOf(registry) : []) context.engine.registries.multiprocess.add(digest(option))
  }
  if (!Object.hasOwn(expositions, last)) return
  const registry = args.keyword.get('registry') ?? args.positional[expositions[last]!]
  for (const option of registry ? optionsOf(registry) : []) context.engine.registries.exposed.add(digest(option))
  if (!registry || optionsOf(registry).some((option) => !isOwnRegistry(option))) note(context.engine, 'python-default', place)
}

/** `CollectorRegistry()`: it has no collectors but those it is given. */
export function isOwnRegistry(value: Value): boolean {
  if (value.kind === 'instance') return true
  return value.kind === 'external' && value.made && /^prometheus_client\..*CollectorRegistry$|^prometheus_client\.CollectorRegistry$/.test(value.name)
}

/** `Instrumentator.expose` serves the default registry; aioprometheus has one of its own. */
const installers: readonly [RegExp, string, ...string[]][] = [
  [/^prometheus_fastapi_instrumentator\.(\w+\.)*Instrumentator$/, 'prometheus-fastapi-instrumentator', 'python-default'],
  [/^prometheus_fastapi_instrumentator\.(\w+\.)*PrometheusFastApiInstrumentator$/, 'prometheus-fastapi-instrumentator', 'python-default'],
  [/^aioprometheus\.(\w+\.)*MetricsMiddleware$/, 'aioprometheus'],
]

export function noteInstrumentation(context: Context, name: string, place: Place): void {
  for (const [pattern, ...catalogs] of installers) {
    if (!pattern.test(name)) continue
    for (const catalog of catalogs) note(context.engine, catalog, place)
  }
}

/** A middleware is installed by handing over its class: `app.add_middleware(MetricsMiddleware)`. */
export function noteHandedOver(context: Context, args: Arguments, place: Place): void {
  for (const option of args.positional.flatMap((value) => optionsOf(value))) {
    if (option.kind === 'external' && !option.made) noteInstrumentation(context, option.name, place)
  }
}

/** django-prometheus is installed by naming it in the settings or the URL configuration. */
export function noteDjangoPrometheus(engine: Engine, place: Place): void {
  note(engine, 'django-prometheus', place)
  note(engine, 'python-default', place)
}

/** The first place in the order of files counts. */
function note(engine: Engine, catalog: string, place: Place): void {
  const known = engine.instrumentations.get(catalog)
  const isEarlier = !known || place.source.path < known.place.source.path ||
    (place.source.path === known.place.source.path && place.span.start < known.place.span.start)
  if (isEarlier) engine.instrumentations.set(catalog, { catalog, place } satisfies Instrumentation)
}
