import { conventionalTargetLabels } from '../contract/conventional-target-labels.js'
import type { TargetLabels } from '../contract/labels.js'
import type { PrometheusConfig } from '../prometheus/model.js'
import type { Scraped } from './workspace.js'

/** Labels that every scraped series has (Prometheus: scrape/target.go, PopulateLabels). */
const always = ['job', 'instance']

/** The labels that Prometheus adds to what it scrapes; the conventional ones only where no configuration tells better. */
export function targetLabelsOf(configs: readonly PrometheusConfig[], configured: readonly string[]): TargetLabels {
  const jobs = configs.flatMap(({ scrapeJobs }) => scrapeJobs)
  if (jobs.length === 0 && !isOpen(configs)) return { names: new Set([...always, ...conventionalTargetLabels, ...configured]), open: false, configured: false }
  const fromJobs = jobs.flatMap(({ labels }) => Object.keys(labels))
  const external = configs.flatMap(({ externalLabels }) => Object.keys(externalLabels))
  return {
    names: new Set([...always, ...fromJobs, ...external, ...configured]),
    open: isOpen(configs),
    configured: true,
  }
}

/** Programs that expose what others hand to them, by their catalogs. */
const gateways = ['pushgateway', 'opentelemetry-collector', 'statsd-exporter']

/** Flags that let other programs write into Prometheus (Prometheus: cmd/prometheus/main.go). */
const receiverFlags = /--web\.enable-(?:remote-write|otlp)-receiver|--enable-feature=\S*(?:remote-write-receiver|otlp-write-receiver)/

/** Whether a Compose file or manifest starts Prometheus so that it takes metrics that it does not scrape. */
export function takesPushes(text: string): boolean {
  return receiverFlags.test(text)
}

/** `pushed`: whether other programs write into Prometheus. */
export function scrapedBy(configs: readonly PrometheusConfig[], activeCatalogs: ReadonlySet<string>, pushed: boolean): Scraped {
  if (pushed || isOpen(configs) || gateways.some((catalog) => activeCatalogs.has(catalog))) return 'open'
  return configs.some(({ scrapeJobs }) => scrapeJobs.length > 0) ? 'closed' : 'unknown'
}

/** Whether targets come from service discovery or other files, what is scraped is renamed, or programs send metrics. */
function isOpen(configs: readonly PrometheusConfig[]): boolean {
  return configs.some(({ scrapeJobs, scrapeConfigFiles, receivesOtlp }) => (
    receivesOtlp || scrapeConfigFiles.length > 0 || scrapeJobs.some(({ open, renamesMetrics }) => open || renamesMetrics)
  ))
}
