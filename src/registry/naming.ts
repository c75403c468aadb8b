import { patternOf, withHoles } from './name-pattern.js'
import { hole, openTelemetryJsName, openTelemetryPythonName, translatedName } from './open-telemetry-names.js'
import type { TranslationStrategy } from '../prometheus/model.js'
import type { ClientLibrary, Hole, Label, MetricType, NamePattern } from './types.js'

/** What else decides which series a family has; all of it is optional. */
export interface NamingOptions {
  /** OpenTelemetry: how the names reach Prometheus. Absent: through the client's own Prometheus exporter. */
  readonly strategy?: TranslationStrategy | undefined
  /** OpenTelemetry: the exporter's `prefix`. */
  readonly prefix?: string | undefined
  /** prom-client: the registry serves OpenMetrics, which adds `_total` to counters. */
  readonly openMetrics?: boolean | undefined
  /** prometheus_client: `false` after `disable_created_metrics()` or with `PROMETHEUS_DISABLE_CREATED_SERIES`. */
  readonly created?: boolean | undefined
  /** A summary without quantiles has no series by its bare name. */
  readonly quantiles?: readonly number[] | undefined
  /** A prometheus_client histogram with a negative bucket has no `_sum`. */
  readonly buckets?: readonly number[] | undefined
}

/** The names of one family in Prometheus. */
export interface ExposedNames {
  /** As on the `# TYPE` line of the text format 0.0.4. */
  readonly family: NamePattern
  /** Every series name, sorted. */
  readonly series: readonly NamePattern[]
}

/**
 * How a client library names what `name` declares; `name` is what reaches its constructor.
 *
 * Found out by running prom-client 15.1, prometheus_client 0.26, @opentelemetry/exporter-prometheus 0.223 and
 * opentelemetry-exporter-prometheus 0.66b2. For the type `unknown` every series that some type would have is listed.
 */
export function exposedNames(
  client: ClientLibrary,
  type: MetricType,
  name: NamePattern,
  unit?: string,
  options: NamingOptions = {},
): ExposedNames {
  // A sign or point that OpenTelemetry takes in a name is replaced on the way: what was a number need not be digits then.
  const written = withHoles(name, isOpenTelemetry(client) ? { any: hole, digits: hole } : holes)
  const family = familyName(client, type, written, unit, options)
  const series = new Set(seriesNames(client, type, family, options))
  return { family: toPattern(family), series: [...series].sort().map(toPattern) }
}

/** Whether a client's names go through a translation on their way to Prometheus. */
export function isOpenTelemetry(client: ClientLibrary): boolean {
  return client === 'opentelemetry-js' || client === 'opentelemetry-python'
}

/** How a client library names a label: OpenTelemetry attribute keys lose their dots (`http.route` → `http_route`). */
export function exposedLabelName(client: ClientLibrary, name: string, strategy?: TranslationStrategy): string {
  if (!isOpenTelemetry(client) || strategy === 'NoTranslation' || strategy === 'NoUTF8EscapingWithSuffixes') return name
  if (strategy === undefined && client === 'opentelemetry-python') {
    return name.replace(/^[0-9]/, '_').replace(/[^a-zA-Z0-9]+/g, '_')
  }
  const clean = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/_{2,}/g, '_')
  // prometheus/otlptranslator: label_namer.go, Build
  return strategy !== undefined && /^[0-9]/.test(clean) ? `key_${clean}` : clean
}

/**
 * The labels that an exporter adds to each of a client's series: OpenTelemetry tells the instrumentation scope, unless
 * it is configured not to. Sorted by name.
 */
export function addedLabels(client: ClientLibrary): readonly Label[] {
  if (!isOpenTelemetry(client)) return []
  const names = ['otel_scope_name', 'otel_scope_schema_url', 'otel_scope_version']
  return names.map((name) => ({ name, values: [], open: true }))
}

function familyName(
  client: ClientLibrary,
  type: MetricType,
  name: string,
  unit: string | undefined,
  { strategy, prefix, openMetrics }: NamingOptions,
): string {
  switch (client) {
    case 'prom-client':
      return type === 'counter' && openMetrics ? `${withoutTotal(name)}_total` : name
    case 'prometheus_client':
      return pythonFamilyName(type, name, unit)
    case 'aioprometheus':
    case 'exposition-text':
      return name
    case 'opentelemetry-js':
    case 'opentelemetry-python':
      if (strategy !== undefined) return translatedName(strategy, type, name, unit, prefix)
      return client === 'opentelemetry-js'
        ? openTelemetryJsName(type, name, prefix)
        : openTelemetryPythonName(type, name, unit, prefix)
  }
}

/** prometheus_client: metrics.py, _build_full_name; exposition.py, generate_latest. */
function pythonFamilyName(type: MetricType, name: string, unit: string | undefined): string {
  const base = type === 'counter' ? withoutTotal(name) : name
  const withUnit = unit && !base.endsWith(`_${unit}`) ? `${base}_${unit}` : base
  if (type === 'counter') return `${withUnit}_total`
  return type === 'info' ? `${withUnit}_info` : withUnit
}

function seriesNames(client: ClientLibrary, type: MetricType, family: string, options: NamingOptions): string[] {
  const python = client === 'prometheus_client'
  const created = python && options.created !== false ? [`${withoutTotal(family)}_created`] : []
  const hasSum = !(python && options.buckets !== undefined && options.buckets[0]! < 0)
  switch (type) {
    case 'counter':
      return [family, ...created]
    case 'histogram':
      return [`${family}_bucket`, `${family}_count`, ...(hasSum ? [`${family}_sum`] : []), ...created]
    case 'summary': {
      const quantiles = !python && options.quantiles?.length !== 0 ? [family] : []
      return [...quantiles, `${family}_count`, `${family}_sum`, ...created]
    }
    case 'unknown': {
      const plain = [family, `${family}_bucket`, `${family}_count`, `${family}_sum`]
      if (!python) return client === 'prom-client' || client === 'aioprometheus' ? plain : [...plain, `${withoutTotal(family)}_total`]
      return [...plain, `${withoutTotal(family)}_total`, `${family}_info`, ...created]
    }
    case 'gauge':
    case 'info':
    case 'stateset':
    case 'untyped':
      return [family]
  }
}

function withoutTotal(name: string): string {
  return name.endsWith('_total') ? name.slice(0, -'_total'.length) : name
}

/** What stands for each kind of hole while a name is made of it. */
const holes: Readonly<Record<Hole, string>> = { any: hole, digits: '\u0001' }

function toPattern(name: string): NamePattern {
  const kinds = (name.match(/[\0\u0001]/g) ?? []).map((letter): Hole => (letter === holes.any ? 'any' : 'digits'))
  return patternOf(name.split(/[\0\u0001]/), kinds)
}
