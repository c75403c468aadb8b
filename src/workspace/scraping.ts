import { conventionalTargetLabels } from '../contract/conventional-target-labels.js'
import type { TargetLabels } from '../contract/contract.js'
import type { PrometheusConfig, ScrapeJob } from '../prometheus/model.js'
import type { MonitorLabels } from '../prometheus/monitors.js'
import type { Exposer, Exposure, ScrapeTarget } from '../contract/exposure.js'
import { catalogOfTarget } from '../registry/catalogs.js'
import type { ComposeService } from './compose.js'

/** Labels that every scraped series has (Prometheus: scrape/target.go, PopulateLabels). */
const always = ['job', 'instance']

/** The labels that Prometheus adds to what it scrapes; the conventional ones only where no configuration tells better. */
export function targetLabelsOf(configs: readonly PrometheusConfig[], monitors: readonly MonitorLabels[], configured: readonly string[]): TargetLabels {
  const jobs = configs.flatMap(({ scrapeJobs }) => scrapeJobs)
  const monitored = monitors.flatMap(({ names }) => names)
  const open = isOpen(configs) || monitors.some((monitor) => monitor.open)
  // Monitors tell which labels they add, not which the operator's Prometheus gets from elsewhere.
  if (jobs.length === 0 && !isOpen(configs)) return { names: new Set([...always, ...conventionalTargetLabels, ...monitored, ...configured]), open, always: new Set(always), configured: false }
  const fromJobs = jobs.flatMap(({ labels }) => Object.keys(labels))
  const external = configs.flatMap(({ externalLabels }) => Object.keys(externalLabels))
  // Whoever asks the store that a server shares sees what others write there: the server of production beside this one.
  const isShared = configs.some(({ sharesStore }) => sharesStore)
  return {
    names: new Set([...always, ...fromJobs, ...external, ...monitored, ...configured, ...(isShared ? conventionalTargetLabels : [])]),
    ...(!open && monitors.length === 0 && { values: valuesOfTargets(jobs) }),
    open,
    always: alwaysThere(configs),
    honored: jobs.some(({ honorsLabels }) => honorsLabels),
    configured: !isShared,
  }
}

/** `job` and `instance`, unless what is scraped loses labels or programs write into Prometheus. */
function alwaysThere(configs: readonly PrometheusConfig[]): ReadonlySet<string> {
  const jobs = configs.flatMap(({ scrapeJobs }) => scrapeJobs)
  const mayLack = configs.some(({ receivesOtlp }) => receivesOtlp) || jobs.some(({ renamesMetrics }) => renamesMetrics)
  return new Set(mayLack ? [] : always)
}

/** The values of `job` and `instance`, where nothing makes others of them. */
function valuesOfTargets(jobs: readonly ScrapeJob[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  if (jobs.length === 0 || jobs.some(({ honorsLabels }) => honorsLabels)) return values
  const given = (label: string) => jobs.flatMap(({ labels }) => Object.hasOwn(labels, label) ? [labels[label]!] : [])
  if (given('job').every((list) => list.length > 0)) {
    values.set('job', [...new Set([...jobs.map(({ name }) => name), ...given('job').flat()])].sort())
  }
  if (jobs.every(({ relabels, renamesMetrics }) => !relabels && !renamesMetrics) && given('instance').every((list) => list.length > 0)) {
    // Prometheus before version 3 adds the scheme's port where an address has none.
    const addresses = jobs.flatMap(({ targets }) => targets).flatMap((address) => /:\d+$/.test(address) ? [address] : [address, `${address}:80`, `${address}:443`])
    values.set('instance', [...new Set([...addresses, ...given('instance').flat()])].sort())
  }
  return values
}

/** Programs that expose what others hand to them, by their catalogs. */
const gateways = ['pushgateway', 'opentelemetry-collector', 'statsd-exporter']

/** Flags that let other programs write into Prometheus (Prometheus: cmd/prometheus/main.go). */
const receiverFlags = /--web\.enable-(?:remote-write|otlp)-receiver|--enable-feature=\S*(?:remote-write-receiver|otlp-write-receiver)/

/** Whether a Compose file, manifest, Dockerfile or script starts Prometheus so that it takes metrics that it does not scrape. */
export function takesPushes(text: string): boolean {
  return receiverFlags.test(text)
}

/** Whether a shell script writes scrape jobs with names that it computes: which ones there are is not known. */
export function makesScrapeJobs(script: string): boolean {
  return /^\s*(?:-\s*)?job_name:[^\n#]*\$/m.test(script)
}

/** What tells who answers at a target. */
export interface ProgramsAtHand {
  readonly services: readonly ComposeService[]
  /** Files that declare metrics or switch on instrumentation. */
  readonly declaring: readonly string[]
  /** Sources in languages that are not read. */
  readonly foreign: readonly string[]
}

/** What Prometheus scrapes. `pushed`: whether other programs write into it. */
export function exposureOf(configs: readonly PrometheusConfig[], programs: ProgramsAtHand, pushed: boolean): Exposure {
  const jobs = configs.flatMap(({ scrapeJobs }) => scrapeJobs)
  const named = jobs.flatMap(({ name, targets }) => targets.map((address): ScrapeTarget => ({ job: name, address, exposer: exposerOf(name, address, programs) })))
  const targets = withOnlyProgram(named, programs)
  const gatewayIsScraped = targets.some(({ exposer }) => exposer.kind === 'catalog' && gateways.includes(exposer.catalog))
  if (pushed || gatewayIsScraped || isOpen(configs)) return { scraped: 'open', targets }
  return { scraped: jobs.length > 0 ? 'closed' : 'unknown', targets }
}

/** Who answers at an address: the Compose service of that host, else what job and host are named like. */
function exposerOf(job: string, address: string, programs: ProgramsAtHand): Exposer {
  const host = address.replace(/:\d+$/, '')
  const service = programs.services.find(({ hosts }) => hosts.includes(host))
  if (service?.builtFrom !== undefined) return isReadWhole(service.builtFrom, programs) ? { kind: 'code' } : { kind: 'unknown' }
  const catalog = catalogOfTarget({ job, address, ...(service?.image !== undefined && { image: service.image }) })
  if (catalog !== undefined) return { kind: 'catalog', catalog }
  if (service !== undefined) return { kind: 'unknown' }
  const folders = foldersNamed(`${job} ${host}`, programs.declaring)
  return folders.length > 0 && folders.every((folder) => isReadWhole(folder, programs)) ? { kind: 'code' } : { kind: 'unknown' }
}

/** Where one target is left that nothing explains, and one program declares metrics, it is that program. */
function withOnlyProgram(targets: readonly ScrapeTarget[], programs: ProgramsAtHand): readonly ScrapeTarget[] {
  const unexplained = new Set(targets.filter(({ exposer }) => exposer.kind === 'unknown').map(({ job }) => job))
  const isOnly = unexplained.size === 1 && programs.services.length === 0 && targets.every(({ exposer }) => exposer.kind !== 'code')
  if (!isOnly || !isReadWhole('', programs)) return targets
  return targets.map((target) => target.exposer.kind === 'unknown' ? { ...target, exposer: { kind: 'code' } } : target)
}

/** Whether a folder's code declares metrics and is all in languages that are read. */
function isReadWhole(folder: string, { declaring, foreign }: ProgramsAtHand): boolean {
  const isInside = (path: string) => folder === '' || path.startsWith(`${folder}/`)
  return declaring.some(isInside) && !foreign.some(isInside)
}

/** Folders that every program has. */
const namesNoProgram = new Set(['src', 'lib', 'packages', 'services', 'metrics', 'metric', 'prometheus'])

/** The folders above some files one of whose words a text has: `services/api` for `bridge-api`. */
function foldersNamed(text: string, files: readonly string[]): string[] {
  const words = new Set(text.toLowerCase().split(/[^a-z\d]+/).filter((word) => word.length >= 3 && !namesNoProgram.has(word)))
  const folders = new Set<string>()
  for (const file of files) {
    const segments = file.split('/').slice(0, -1)
    segments.forEach((segment, i) => {
      if (segment.toLowerCase().split(/[^a-z\d]+/).some((word) => words.has(word))) folders.add(segments.slice(0, i + 1).join('/'))
    })
  }
  return [...folders]
}

/** Whether targets come from service discovery or files that are not read, what is scraped is renamed, or programs send metrics. */
function isOpen(configs: readonly PrometheusConfig[]): boolean {
  return configs.some(({ unread, scrapeJobs, scrapeConfigFiles, receivesOtlp }) => (
    unread === true || receivesOtlp || scrapeConfigFiles.length > 0 || scrapeJobs.some(({ open, renamesMetrics }) => open || renamesMetrics)
  ))
}
