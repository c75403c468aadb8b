import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { secondsOf } from '../prometheus/config.js'
import { resourceOf, type Resource } from './resource.js'

type Model = Readonly<Record<string, unknown>>

/** Scrape jobs that the Prometheus operator makes of one resource. */
export interface Monitor {
  readonly document: StructuredDocument
  /** For people: `ServiceMonitor "kubelet"`. */
  readonly title: string
  /** The value of the label `job`, where the resource itself tells it. */
  readonly job?: string
  /** What tells which program it scrapes: its own name, and the values of the labels that select what is scraped. */
  readonly names: readonly string[]
  /** `host:port` of what is written out, the prober of a Probe among it. */
  readonly targets: readonly string[]
  /** Seconds between two scrapes, one for each endpoint; `undefined` where the Prometheus resource tells it. */
  readonly intervals: readonly (number | undefined)[]
}

type Reader = (spec: Model, resource: Resource) => Pick<Monitor, 'names' | 'targets' | 'intervals'> & { readonly job?: string | undefined }

/** prometheus-operator: pkg/apis/monitoring/v1 and v1alpha1; which job it makes of each: pkg/prometheus/promcfg.go. */
const readers: Readonly<Record<string, Reader>> = {
  ServiceMonitor: (spec) => ({ ...selected(spec), targets: [], intervals: listOf(spec['endpoints']).map(intervalOf) }),
  PodMonitor: (spec, resource) => {
    const { names, job } = selected(spec)
    return { names, job: spec['jobLabel'] === undefined ? qualified(resource) : job, targets: [], intervals: listOf(spec['podMetricsEndpoints']).map(intervalOf) }
  },
  Probe: (spec, resource) => ({
    job: textOf(spec['jobName']) ?? (qualified(resource) && `probe/${qualified(resource)}`),
    names: [],
    targets: textOf(recordOf(spec['prober'])['url']) === undefined ? [] : [String(recordOf(spec['prober'])['url'])],
    intervals: [intervalOf(spec)],
  }),
  ScrapeConfig: (spec, resource) => ({
    job: textOf(spec['jobName']) ?? (qualified(resource) && `scrapeConfig/${qualified(resource)}`),
    names: textOf(spec['jobName']) === undefined ? [] : [String(spec['jobName'])],
    targets: listOf(spec['staticConfigs']).flatMap((one) => listOf(recordOf(one)['targets'])).filter((target) => typeof target === 'string'),
    intervals: [secondsOf(spec['scrapeInterval'])],
  }),
}

/** The scrape jobs of a resource; `undefined` where it makes none. */
export function monitorIn(document: StructuredDocument): Monitor | undefined {
  const resource = resourceOf(document.value)
  const read = resource?.group === 'monitoring.coreos.com' ? readers[resource.kind] : undefined
  if (resource === undefined || read === undefined) return undefined
  const { names, targets, intervals, job } = read(recordOf(recordOf(document.value)['spec']), resource)
  return {
    document,
    title: resource.name === undefined ? resource.kind : `${resource.kind} "${resource.name}"`,
    ...(job !== undefined && { job }),
    names: [...new Set([...(resource.name === undefined ? [] : [resource.name]), ...names])],
    targets,
    intervals,
  }
}

/** Labels that name the program; others tell of what it is a part, its version, or whose it is. */
const namingLabels = ['app.kubernetes.io/name', 'app.kubernetes.io/component', 'app', 'k8s-app', 'component', 'name']

/** What the labels tell that select what is scraped; the job is a Service's name but for `jobLabel`, whose value they may have. */
function selected({ selector, jobLabel }: Model): { readonly names: readonly string[]; readonly job?: string } {
  const labels = recordOf(recordOf(selector)['matchLabels'])
  const job = typeof jobLabel === 'string' ? textOf(labels[jobLabel]) : undefined
  return { names: namingLabels.flatMap((label) => textOf(labels[label]) ?? []), ...(job !== undefined && { job }) }
}

function intervalOf(endpoint: unknown): number | undefined {
  return isRecord(endpoint) ? secondsOf(endpoint['interval']) : undefined
}

function qualified({ namespace, name }: Resource): string | undefined {
  return namespace === undefined || name === undefined ? undefined : `${namespace}/${name}`
}
