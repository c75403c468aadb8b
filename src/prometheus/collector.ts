import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { translationStrategies, type CollectorExporter } from './model.js'

type Model = Readonly<Record<string, unknown>>

/** Whether a value is the configuration of an OpenTelemetry collector. */
export function looksLikeCollectorConfig(value: unknown): boolean {
  return isRecord(value) && isRecord(value['exporters']) && isRecord(recordOf(value['service'])['pipelines'])
}

/**
 * What each exporter of a collector that hands metrics to Prometheus makes of them; those that no pipeline of metrics has are left out.
 * opentelemetry-collector-contrib: exporter/prometheusexporter and exporter/prometheusremotewriteexporter, README.md and config.go
 */
export function readCollectorExporters({ value }: StructuredDocument): CollectorExporter[] {
  const config = recordOf(value)
  const pipelines = Object.entries(recordOf(recordOf(config['service'])['pipelines'])).filter(([name]) => typeOf(name) === 'metrics')
  return Object.entries(recordOf(config['exporters'])).flatMap(([name, settings]): CollectorExporter[] => {
    const fed = pipelines.map(([, pipeline]) => recordOf(pipeline)).filter(({ exporters }) => listOf(exporters).includes(name))
    if (fed.length === 0 || !(typeOf(name) === 'prometheus' || typeOf(name) === 'prometheusremotewrite')) return []
    const isAttributed = fed.some(({ processors }) => listOf(processors).some((one) => !leavesAttributes.has(typeOf(textOf(one) ?? ''))))
    return [readExporter(recordOf(settings), isAttributed)]
  })
}

function readExporter(settings: Model, isAttributed: boolean): CollectorExporter {
  const strategy = translationStrategies.find((one) => one === settings['translation_strategy'])
  const namespace = textOf(settings['namespace'])
  const labels = Object.entries({ ...recordOf(settings['const_labels']), ...recordOf(settings['external_labels']) })
  return {
    strategy: strategy ?? (settings['add_metric_suffixes'] === false ? 'UnderscoreEscapingWithoutSuffixes' : 'UnderscoreEscapingWithSuffixes'),
    namespace: namespace === undefined ? [''] : namespace.split(expansion),
    labels: Object.fromEntries([...ofResource, ...labels].map(([name, label]) => [name, typeof label === 'string' && !hasExpansion(label) ? label : undefined])),
    labelsOpen: isAttributed || recordOf(settings['resource_to_telemetry_conversion'])['enabled'] === true,
  }
}

/** Made of the resource's `service.name` and `service.instance.id`: in Prometheus `exported_job`, unless the scrape honours labels. */
const ofResource: [name: string, value: unknown][] = [['job', undefined], ['instance', undefined]]

/** What the collector reads from elsewhere when it starts: `${env:STAGE}`, `${file:name}`, `$STAGE`. */
const expansion = /\$\{[^}]*\}|\$\w+/

function hasExpansion(text: string): boolean {
  return expansion.test(text)
}

/** Types of processors that give the points of a metric no attributes; those of the resource do not reach them. */
const leavesAttributes = new Set([
  'batch', 'memory_limiter', 'filter', 'resource', 'resourcedetection', 'k8sattributes', 'probabilistic_sampler', 'tail_sampling',
  'cumulativetodelta', 'deltatocumulative', 'deltatorate', 'interval',
])

/** `prometheus` of `prometheus/shop`. */
function typeOf(name: string): string {
  return name.split('/')[0]!
}
