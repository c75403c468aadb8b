import type { StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { secondsOf } from '../prometheus/config.js'
import { asLabelName, labelsOfOperator, type MonitorLabels } from '../prometheus/monitors.js'
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
  /** The labels that it puts on targets. */
  readonly labels: MonitorLabels
  /** Names of series in the patterns of what relabelling keeps: its author knows them. */
  readonly kept: ReadonlySet<string>
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

/** The operator's own group, and those of Azure Monitor and of Red Hat, who run it beside another. */
const groups = new Set(['monitoring.coreos.com', 'azmonitoring.coreos.com', 'monitoring.rhobs'])

/** The scrape jobs of a resource; `undefined` where it makes none. */
export function monitorIn(document: StructuredDocument): Monitor | undefined {
  const resource = resourceOf(document.value)
  const read = resource !== undefined && groups.has(resource.group) ? readers[resource.kind] : undefined
  if (resource === undefined || read === undefined) return undefined
  const spec = recordOf(recordOf(document.value)['spec'])
  const { names, targets, intervals, job } = read(spec, resource)
  return {
    document,
    title: resource.name === undefined ? resource.kind : `${resource.kind} "${resource.name}"`,
    ...(job !== undefined && { job }),
    names: [...new Set([...(resource.name === undefined ? [] : [resource.name]), ...names])],
    targets,
    intervals,
    ...readRelabelling(spec),
  }
}

/** What the whole of a resource tells of labels and series, wherever it stands: its kinds keep relabelling in different places. */
function readRelabelling(spec: Model): Pick<Monitor, 'labels' | 'kept'> {
  const names = new Set<string>(labelsOfOperator)
  const kept = new Set<string>()
  let open = false
  const read = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) read(item, key)
    if (!isRecord(value)) return
    const target = textOf(value['targetLabel'])
    if (target !== undefined && /^[a-zA-Z_]\w*$/.test(target) && !target.startsWith('__')) names.add(target)
    open ||= target?.includes('$') === true || (typeof value['action'] === 'string' && value['action'].toLowerCase() === 'labelmap')
    if (value['action'] === 'keep' && typeof value['regex'] === 'string') for (const name of value['regex'].match(/[a-zA-Z_:][\w:]*/g) ?? []) kept.add(name)
    for (const list of ['targetLabels', 'podTargetLabels']) for (const name of listOf(value[list])) if (typeof name === 'string') names.add(asLabelName(name))
    if (key.startsWith('staticConfig')) for (const name of Object.keys(recordOf(value['labels']))) names.add(name)
    for (const [inner, one] of Object.entries(value)) if (typeof one === 'object' && inner !== 'selector') read(one, inner)
  }
  read(spec, '')
  return { labels: { names: [...names], open }, kept }
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
