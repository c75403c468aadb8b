import type { Place } from '../../../text/source.js'
import type { Context, Engine } from '../engine/engine.js'
import { noteCatalog } from '../engine/exposition.js'
import type { Arguments } from '../values/types.js'
import { optionsOf } from '../values/values.js'
import { statusOfInstrumentator } from './fastapi-instrumentator.js'
import { handClientOver } from './libraries.js'

/** `Instrumentator.expose` serves the default registry; aioprometheus has one of its own. */
const installers: readonly [RegExp, string, ...string[]][] = [
  [/^prometheus_fastapi_instrumentator\.(\w+\.)*Instrumentator$/, 'prometheus-fastapi-instrumentator', 'python-default'],
  [/^prometheus_fastapi_instrumentator\.(\w+\.)*PrometheusFastApiInstrumentator$/, 'prometheus-fastapi-instrumentator', 'python-default'],
  [/^prometheus_flask_exporter\.(\w+\.)*\w*PrometheusMetrics\b/, 'python-default'],
  [/^starlette_(exporter|prometheus)\.(\w+\.)*PrometheusMiddleware$/, 'python-default'],
  [/^aioprometheus\.(\w+\.)*MetricsMiddleware$/, 'aioprometheus'],
]

export function noteInstrumentation(context: Context, name: string, args: Arguments, place: Place): void {
  for (const [pattern, ...catalogs] of installers) {
    if (!pattern.test(name)) continue
    for (const catalog of catalogs) {
      noteCatalog(context.engine.exposition, catalog, place, catalog === 'prometheus-fastapi-instrumentator' ? [statusOfInstrumentator(args)] : [])
    }
  }
}

/** A middleware is installed by handing over its class: `app.add_middleware(MetricsMiddleware)`. */
export function noteHandedOver(context: Context, args: Arguments, place: Place): void {
  for (const value of args.positional) {
    for (const option of optionsOf(value)) {
      if (option.kind !== 'external' || option.made) continue
      noteInstrumentation(context, option.name, { ...args, positional: [] }, place)
      handClientOver(context, option.name, { ...args, positional: [] }, place)
    }
  }
}

/** django-prometheus is installed by naming it in the settings or the URL configuration. */
export function noteDjangoPrometheus({ workspace, exposition }: Engine, paths: readonly string[]): void {
  for (const path of paths) {
    const source = workspace.tree.read(path)!
    const match = /(['"])(django_prometheus)(\1|\.(?:urls|middleware)\b)/.exec(source.text)
    if (!match) continue
    const start = match.index + 1
    const place = { source, span: { start, end: start + match[2]!.length } }
    noteCatalog(exposition, 'django-prometheus', place)
    noteCatalog(exposition, 'python-default', place)
  }
}
