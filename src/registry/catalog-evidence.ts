/**
 * What shows that an exporter runs. Patterns are in lower case, `*` stands for any text, and all that
 * separates words in a name is written `-`.
 */
export interface CatalogEvidence {
  /** The last component of an image's repository: `node-exporter` for `prom/node-exporter:v1.8.0`. */
  readonly images: readonly string[]
  /** Names of scrape jobs. */
  readonly jobs: readonly string[]
  /** `host:port` of scrape targets. */
  readonly targets: readonly string[]
}

/** What a stack says about the programs that run in it. */
export interface StackEvidence {
  /** Images as Compose files and manifests write them, variables included. */
  readonly images: readonly string[]
  readonly jobs: readonly { readonly name: string; readonly targets: readonly string[] }[]
  /** Scrape jobs that the Prometheus operator makes of resources. */
  readonly monitors?: readonly NamingMonitor[]
  /** Catalogs that the configuration names. */
  readonly configured: readonly string[]
}

/** A resource that scrapes a program, with what names the program. */
export interface NamingMonitor {
  /** `ServiceMonitor "kubelet"`. */
  readonly title: string
  readonly names: readonly string[]
  readonly targets: readonly string[]
}

/** The first piece of evidence for a catalog, in words for a person; `undefined` where there is none. */
export function evidenceFor(catalog: string, evidence: CatalogEvidence, stack: StackEvidence): string | undefined {
  if (stack.configured.includes(catalog)) return 'the configuration'
  const image = stack.images.find((name) => matchesAny(evidence.images, imageName(name)))
  if (image !== undefined) return `image "${image}"`
  for (const { name, targets } of stack.jobs) {
    if (matchesAny(evidence.jobs, plainName(name))) return `scrape job "${name}"`
    const target = targets.find((text) => matchesAny(evidence.targets, plainTarget(text)))
    if (target !== undefined) return `target "${target}" of scrape job "${name}"`
  }
  return stack.monitors?.find((monitor) => namesExporter(evidence, monitor))?.title
}

/** Whether what a resource scrapes is named like the exporter. */
export function namesExporter(evidence: CatalogEvidence, { names, targets }: NamingMonitor): boolean {
  return names.some((name) => matchesAny(evidence.jobs, plainName(name))) || targets.some((target) => matchesAny(evidence.targets, plainTarget(target)))
}

/** A program that is scraped, by all that names it. */
export interface NamedTarget {
  readonly job: string
  /** `host:port`. */
  readonly address: string
  readonly image?: string
}

/** Whether a target is named like the exporter: by its image, its job or its host. A port alone names nothing. */
export function isNamedLike(evidence: CatalogEvidence, { job, address, image }: NamedTarget): boolean {
  if (image !== undefined) return matchesAny(evidence.images, imageName(image))
  const hosts = evidence.targets.filter((pattern) => !pattern.startsWith('*:'))
  return matchesAny(evidence.jobs, plainName(job)) || matchesAny(hosts, plainTarget(address))
}

/** Whether a target could be the exporter for its port. */
export function hasPortOf(evidence: CatalogEvidence, address: string): boolean {
  return matchesAny(evidence.targets.filter((pattern) => pattern.startsWith('*:')), plainTarget(address))
}

/**
 * The last component of an image reference, without tag and digest (distribution/reference: the grammar of
 * `reference.go`). Compose's `${VAR:-default}` counts as its default, other variables as nothing.
 */
function imageName(image: string): string {
  const reference = image
    .toLowerCase()
    .replace(/\$\{\w+:?-([^}]*)\}/g, '$1')
    .replace(/\$\{[^}]*\}|\$\w+/g, '')
    .replace(/@.*$/, '')
  return plainName(reference.slice(reference.lastIndexOf('/') + 1).replace(/:.*$/, ''))
}

/** One name is written in many ways: `node_exporter`, `Node Exporter`, `serviceMonitor/monitoring/node-exporter/0`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[_\s./]/g, '-')
}

function plainTarget(target: string): string {
  const address = target.replace(/^\w+:\/\//, '').replace(/\/.*$/, '')
  const colon = address.lastIndexOf(':')
  return colon < 0 ? plainName(address) : plainName(address.slice(0, colon)) + address.slice(colon)
}

function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text))
}

/** Whether a text has the parts of a pattern that lie between its `*`, in their order, the first and last at the ends. */
function matches(pattern: string, text: string): boolean {
  const [start = '', ...others] = pattern.split('*')
  const end = others.pop()
  if (end === undefined) return text === start
  let at = start.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.startsWith(start) && text.endsWith(end) && text.length - end.length >= at
}
