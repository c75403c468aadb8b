import { familiesOf, type Translation } from '../extract/families.js'
import type { MetricDeclaration, SourceTree } from '../extract/types.js'
import type { CollectorExporter, PrometheusConfig, TranslationStrategy } from '../prometheus/model.js'
import { exposedLabelName, isOpenTelemetry } from '../registry/naming.js'
import { hole } from '../registry/open-telemetry-names.js'
import type { Label } from '../registry/types.js'
import { textsOf } from './sources.js'

interface TranslationEvidence {
  readonly configured: TranslationStrategy | undefined
  readonly prometheusConfigs: readonly PrometheusConfig[]
  readonly collectorExporters: readonly CollectorExporter[]
  readonly activeCatalogs: ReadonlySet<string>
  readonly sources: SourceTree
}

const ownExporter = /exporter-prometheus|exporter[._]prometheus|PrometheusMetricReader/
const otlpExporter = /exporter-metrics-otlp|OTLPMetricExporter|OTEL_EXPORTER_OTLP_|OTEL_METRICS_EXPORTER\W+otlp/

/**
 * The ways in which the metrics of OpenTelemetry clients get to Prometheus: the configured one, or those that the
 * workspace shows. Where it shows none, both are possible, and a query by either name may be right.
 */
export function translationsOf(declarations: readonly MetricDeclaration[], evidence: TranslationEvidence): readonly Translation[] {
  if (!declarations.some(({ client }) => isOpenTelemetry(client))) return [{}]
  const { configured, collectorExporters, prometheusConfigs, activeCatalogs, sources } = evidence
  const receivers = prometheusConfigs.filter(({ receivesOtlp }) => receivesOtlp)
  const ways: Translation[] = [
    ...receivers.map(({ translationStrategy }) => ({ strategy: configured ?? translationStrategy ?? usual })),
    ...collectorExporters.map(({ strategy, namespace }) => ({ strategy: configured ?? strategy, prefix: namespace.join(hole) })),
  ]
  const isShown = ways.length > 0
  if (!isShown) ways.push({ strategy: configured ?? usual })
  // What takes the metrics, and is not at hand, may make labels of their resources.
  const given = isShown ? givenLabels(collectorExporters) : { labelsOpen: true }
  const through = (translations: readonly Translation[]) => translations.map((translation) => ({ ...translation, ...given }))
  if (configured !== undefined) return through(ways)
  const texts = [...textsOf(sources)].map(({ text }) => text)
  const scraped = texts.some((text) => ownExporter.test(text))
  const pushed = isShown || activeCatalogs.has('opentelemetry-collector') || texts.some((text) => otlpExporter.test(text))
  if (scraped && !pushed) return [{}]
  return through(scraped || !pushed ? [{}, ...ways] : ways)
}

/**
 * The series names that OpenTelemetry metrics have where they are sent, and what takes them is not at hand and adds no suffixes:
 * Mimir and VictoriaMetrics do so unless they are told otherwise (Mimir: `otel_metric_suffixes_enabled`; VictoriaMetrics:
 * `opentelemetry.usePrometheusNaming`). None where a receiver is shown or configured.
 */
export function unsuffixedNames(declarations: readonly MetricDeclaration[], translations: readonly Translation[], evidence: TranslationEvidence): ReadonlySet<string> {
  const { configured, collectorExporters, prometheusConfigs } = evidence
  const isShown = configured !== undefined || collectorExporters.length > 0 || prometheusConfigs.some(({ receivesOtlp }) => receivesOtlp)
  if (isShown || !translations.some(({ strategy }) => strategy !== undefined)) return new Set()
  const sent = declarations.filter(({ client }) => isOpenTelemetry(client))
  return new Set(familiesOf(sent, [{ strategy: 'UnderscoreEscapingWithoutSuffixes' }]).families.flatMap(({ series }) => series))
}

/** Prometheus's own default, and what the collector's exporters do that are not set otherwise. */
const usual = 'UnderscoreEscapingWithSuffixes'

/** What collectors add to series. One name may come by several ways: no label of any of them is missing. */
function givenLabels(exporters: readonly CollectorExporter[]): Pick<Translation, 'labels' | 'labelsOpen'> {
  const values = new Map<string, Set<string | undefined>>()
  for (const { labels } of exporters) {
    for (const [name, value] of Object.entries(labels)) values.set(name, (values.get(name) ?? new Set()).add(value))
  }
  return {
    labels: [...values].map(([name, known]): Label => ({
      name: exposedLabelName('opentelemetry-js', name, usual), values: [...known].filter((value) => value !== undefined).sort(), open: known.has(undefined),
    })),
    labelsOpen: exporters.some(({ labelsOpen }) => labelsOpen),
  }
}
