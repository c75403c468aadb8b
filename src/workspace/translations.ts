import type { MetricDeclaration, SourceTree } from '../extract/types.js'
import type { PrometheusConfig, TranslationStrategy } from '../prometheus/model.js'
import { isOpenTelemetry } from '../registry/naming.js'
import { textsOf } from './sources.js'

/** How the names of OpenTelemetry instruments reach Prometheus; `undefined`: as the client's own Prometheus exporter writes them. */
export type Translation = TranslationStrategy | undefined

interface TranslationEvidence {
  readonly configured: TranslationStrategy | undefined
  readonly prometheusConfigs: readonly PrometheusConfig[]
  readonly activeCatalogs: ReadonlySet<string>
  readonly sources: SourceTree
}

const ownExporter = /exporter-prometheus|exporter[._]prometheus|PrometheusMetricReader/
const otlpExporter = /exporter-metrics-otlp|OTLPMetricExporter|OTEL_EXPORTER_OTLP_|OTEL_METRICS_EXPORTER\W+otlp/

/**
 * The ways in which the metrics of OpenTelemetry clients get to Prometheus: the configured one, or those that the
 * workspace shows. Where it shows none, both are possible, and a query by either name may be right.
 */
export function translationsOf(
  declarations: readonly MetricDeclaration[],
  { configured, prometheusConfigs, activeCatalogs, sources }: TranslationEvidence,
): readonly Translation[] {
  if (configured !== undefined) return [configured]
  if (!declarations.some(({ client }) => isOpenTelemetry(client))) return [undefined]
  const receivers = prometheusConfigs.filter(({ receivesOtlp }) => receivesOtlp)
  // Prometheus's own default, and what the collector's exporters do (add_metric_suffixes).
  const strategies = receivers.map(({ translationStrategy }) => translationStrategy ?? 'UnderscoreEscapingWithSuffixes')
  if (strategies.length === 0) strategies.push('UnderscoreEscapingWithSuffixes')
  const texts = [...textsOf(sources)].map(({ text }) => text)
  const scraped = texts.some((text) => ownExporter.test(text))
  const pushed = receivers.length > 0 || activeCatalogs.has('opentelemetry-collector') || texts.some((text) => otlpExporter.test(text))
  if (scraped && !pushed) return [undefined]
  return scraped || !pushed ? [undefined, ...strategies] : strategies
}
