import type { TargetLabels } from '../contract/labels.js'
import type { PrometheusConfig } from '../prometheus/model.js'
import type { Scraped } from './workspace.js'

/** Labels that every scraped series has (Prometheus: scrape/target.go, PopulateLabels). */
const always = ['job', 'instance']

/**
 * Labels that are put on targets by common set-ups: prometheus-operator's relabelling of Kubernetes targets, and the
 * external labels of fleets. They count only where no Prometheus configuration tells better.
 */
const conventional = [
  'namespace', 'pod', 'container', 'service', 'endpoint', 'node', 'cluster', 'prometheus', 'prometheus_replica',
  'env', 'environment', 'region', 'zone', 'az', 'datacenter', 'dc', 'stage', 'tenant', 'team', 'host', 'hostname', 'app',
]

/** The labels that Prometheus adds to what it scrapes. */
export function targetLabelsOf(configs: readonly PrometheusConfig[], configured: readonly string[]): TargetLabels {
  const jobs = configs.flatMap(({ scrapeJobs }) => scrapeJobs)
  if (jobs.length === 0 && !isOpen(configs)) return { names: new Set([...always, ...conventional, ...configured]), open: false, configured: false }
  const fromJobs = jobs.flatMap(({ labels }) => Object.keys(labels))
  const external = configs.flatMap(({ externalLabels }) => Object.keys(externalLabels))
  return {
    names: new Set([...always, ...fromJobs, ...external, ...configured]),
    open: isOpen(configs),
    configured: true,
  }
}

export function scrapedBy(configs: readonly PrometheusConfig[]): Scraped {
  if (isOpen(configs)) return 'open'
  return configs.some(({ scrapeJobs }) => scrapeJobs.length > 0) ? 'closed' : 'unknown'
}

/** Whether targets come from service discovery or other files, or what is scraped is renamed. */
function isOpen(configs: readonly PrometheusConfig[]): boolean {
  return configs.some(({ scrapeJobs, scrapeConfigFiles }) => (
    scrapeConfigFiles.length > 0 || scrapeJobs.some(({ open, renamesMetrics }) => open || renamesMetrics)
  ))
}
