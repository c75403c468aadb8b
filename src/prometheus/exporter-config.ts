import { sourceText } from '../text/source.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { parseYaml } from '../text/yaml.js'

type Model = Readonly<Record<string, unknown>>

const list = /^[ \t]*(?:- )?["']?(?:metrics|mappings|queries)["']?\s*:\s*(?:#[^\n]*\n\s*)*- /m
const patterned = /^\s*- ["']?pattern["']?\s*:/m

/** Whether a text may hold a configuration that names the metrics of an exporter: parsing costs far more than looking. */
export function mayNameMetrics(text: string): boolean {
  return list.test(text) || patterned.test(text)
}

/**
 * The names that the configuration of an exporter gives to metrics, at any depth and in strings that hold one; what it
 * fills in stands there as `$1`.
 *
 * postgres_exporter: `--extend.query-path`; sql_exporter (burningalert and justwatch): `metrics`, `queries`;
 * json_exporter: `metrics`, with `values` for objects; statsd_exporter: `mappings`; jmx_exporter: `rules` with `pattern`;
 * grok_exporter: `metrics`; kube-state-metrics: CustomResourceStateMetrics.
 */
export function metricsNamedIn(value: unknown): string[] {
  if (typeof value === 'string') return mayNameMetrics(value) ? parseYaml(sourceText('', value)).flatMap((document) => metricsNamedIn(document.value)) : []
  if (Array.isArray(value)) return value.flatMap(metricsNamedIn)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...columnsOf(recordOf(inner)).map((column) => `${key}_${column}`),
    ...listOf(inner).map(recordOf).flatMap((metric) => read[key]?.(metric, value) ?? []),
    ...metricsNamedIn(inner),
  ])
}

/** Uses of a column that make a metric of it (postgres_exporter: cmd/postgres_exporter/namespace.go). */
const kept = /^(?:counter|gauge|histogram|mappedmetric|duration)$/i

/** The columns of one query of postgres_exporter that are metrics. */
function columnsOf({ query, metrics }: Model): string[] {
  if (textOf(query) === undefined) return []
  return listOf(metrics).flatMap((column) => Object.entries(recordOf(column)).filter(([, told]) => kept.test(String(recordOf(told)['usage']))).map(([name]) => name))
}

/** What each list of a configuration names, by its key; `around` is what the list stands in. */
const read: Readonly<Record<string, ((metric: Model, around: Model) => string[]) | undefined>> = {
  metrics({ metric_name, name, values }, { groupVersionKind, metricNamePrefix }) {
    const own = textOf(metric_name) ?? textOf(name)
    if (own === undefined) return []
    const full = isRecord(groupVersionKind) ? `${textOf(metricNamePrefix) ?? 'kube_customresource'}_${own}` : own
    return [full, ...Object.keys(recordOf(values)).map((key) => `${full}_${key}`)]
  },
  mappings: ({ match, name }) => textOf(match) !== undefined && typeof name === 'string' ? [name] : [],
  queries: ({ query, name }) => textOf(query) !== undefined && typeof name === 'string' ? [`sql_${name}`] : [],
  rules: ({ pattern, name }) => textOf(pattern) !== undefined && typeof name === 'string' ? [name] : [],
}
