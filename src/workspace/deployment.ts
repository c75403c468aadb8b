import { posix } from 'node:path'
import type { PrometheusConfig } from '../prometheus/model.js'
import { once } from '../text/once.js'
import { globMatcher } from '../text/path.js'
import type { ComposeService, Mount } from './compose.js'
import { textOf, type FoundFile } from './discovery.js'

/** A container that Compose starts. */
export interface Container {
  readonly service: ComposeService
  /** Where a file of the workspace is in it; none where it is not mounted. */
  pathsOf(file: string): readonly string[]
  /** Whether something that is no file of the workspace, such as a volume, is mounted at a path, above or below it. */
  isHidden(path: string): boolean
}

export interface PrometheusServer extends Container {
  readonly config: PrometheusConfig
  /** Where its configuration is in the container. */
  readonly configPath: string
  /** `--enable-feature` */
  readonly features: ReadonlySet<string>
  /** `--storage.tsdb.retention.time`, in seconds. */
  readonly retention?: number
  /** Whether its `rule_files` match a path in the container. */
  loadsRules(path: string): boolean
}

export interface GrafanaServer extends Container {
  /** The folder that it reads provisioning from, without a slash at its end. */
  readonly provisioning: string
}

/** How Prometheus and Grafana are started. Each is only known where nothing else in the workspace may start one in another way. */
export interface Deployment {
  readonly prometheus: readonly PrometheusServer[] | undefined
  readonly grafana: readonly GrafanaServer[] | undefined
  /** Whether a script, a Dockerfile or a workflow has a text, such as the name of a file that it copies. */
  isMentioned(text: string): boolean
}

export interface DeploymentInput {
  readonly services: readonly ComposeService[]
  /** All images that the workspace names, those of the services among them. */
  readonly images: readonly string[]
  readonly prometheusConfigs: readonly PrometheusConfig[]
  /** Whether there are resources of the Prometheus operator. */
  readonly hasOperator: boolean
  readonly files: readonly FoundFile[]
}

/** Files of other tools that start programs: Terraform, Helm, Kustomize, Ansible. */
const otherTools = /\.(?:tf|tpl|jsonnet)$|(?:^|\/)(?:Chart|kustomization|helmfile|skaffold)\.ya?ml$|(?:^|\/)(?:playbooks?|roles|ansible)\//i
const script = /\.(?:sh|mk)$|(?:^|\/)(?:Makefile|Dockerfile[^/]*|Procfile)$|\.Dockerfile$|(?:^|\/)\.(?:github|gitlab)[^/]*\//i

const prometheusImage = /(?:^|\/)prom\/prometheus(?=[:@]|$)/
const grafanaImage = /(?:^|\/)grafana\/grafana(?:-oss|-enterprise)?(?=[:@]|$)/
/** Images with a Prometheus or Grafana in them that keep their files elsewhere, or with another program that takes rules or answers queries. */
const otherPrometheus = /(?:^|[/-])(?:prometheus|thanos|mimir|cortex|vmalert|vmagent|victoria-metrics|otel-lgtm|prometheus-agent)(?=[:@]|$)|victoriametrics\//i
const otherGrafana = /(?:^|\/)(?:grafana|otel-lgtm)(?=[:@]|$)/i

/** Reads how the servers are started, when first asked. */
export function deploymentOf({ services, images, prometheusConfigs, hasOperator, files }: DeploymentInput): Deployment {
  const isOnlyCompose = once(() => !hasOperator && !files.some(({ path }) => otherTools.test(path)))
  const prometheus = once(() => isOnlyCompose() ? servers(prometheusImage, otherPrometheus, services, images, (service) => prometheusServer(service, prometheusConfigs)) : undefined)
  const grafana = once(() => isOnlyCompose() ? servers(grafanaImage, otherGrafana, services, images, grafanaServer) : undefined)
  const scripts = once(() => files.filter(({ path }) => script.test(path)).map(textOf).join('\n'))
  return {
    get prometheus() { return prometheus() },
    get grafana() { return grafana() },
    isMentioned: (text) => scripts().includes(text),
  }
}

/** The servers with an image; `undefined` where there is none, where one is not understood, or something else may run one. */
function servers<Server>(image: RegExp, others: RegExp, services: readonly ComposeService[], images: readonly string[], read: (service: ComposeService) => Server | undefined): Server[] | undefined {
  const own = services.filter((service) => service.image !== undefined && image.test(service.image))
  const named = own.reduce((sum, { isMerged, namesImages = 0 }) => sum + (isMerged ? namesImages : 1), 0)
  if (own.length === 0 || images.filter((one) => image.test(one)).length > named) return undefined
  if (images.some((one) => others.test(one) && !image.test(one))) return undefined
  // A service of that name elsewhere, without an image, adds to one of these, or is built.
  if (services.some((service) => !own.includes(service) && own.some(({ name }) => name === service.name))) return undefined
  const found = own.map(read)
  return found.every((server) => server !== undefined) ? found : undefined
}

/** Those of some servers that `docker compose up` starts where it is told no files: to people one is enough of a service with an override file. */
export function startedByDefault<Server extends Container>(servers: readonly Server[]): Server[] {
  return servers.filter(({ service: { name, file, isMerged } }) => isMerged || !servers.some(({ service }) => service.isMerged && service.name === name && service.file === file))
}

function grafanaServer(service: ComposeService): GrafanaServer | undefined {
  const provisioning = service.environment['GF_PATHS_PROVISIONING'] ?? '/etc/grafana/provisioning'
  if (service.isOpen || service.builtFrom !== undefined || service.command !== undefined || provisioning.includes('$')) return undefined
  return { ...containerOf(service), provisioning: provisioning.replace(/\/+$/, '') }
}

/** Prometheus: cmd/prometheus/main.go, Dockerfile (CMD) */
function prometheusServer(service: ComposeService, configs: readonly PrometheusConfig[]): PrometheusServer | undefined {
  const { command } = service
  if (service.isOpen || service.builtFrom !== undefined || command?.some((argument) => argument.includes('$'))) return undefined
  const flags = command === undefined ? new Map([['config.file', ['/etc/prometheus/prometheus.yml']]]) : flagsOf(command)
  const configPath = flags?.get('config.file')?.at(-1)
  if (flags === undefined || configPath?.startsWith('/') !== true) return undefined
  const path = fileAt(configPath, service.mounts)
  const config = configs.find(({ document, unread }) => document.source.path === path && unread !== true && document.holder === undefined)
  if (config === undefined) return undefined
  const patterns = config.ruleFiles.map((pattern) => globMatcher(posix.resolve(posix.dirname(configPath), pattern)))
  const retention = secondsOf(flags.get('storage.tsdb.retention.time')?.at(-1))
  return {
    ...containerOf(service),
    config,
    configPath,
    features: new Set((flags.get('enable-feature') ?? []).flatMap((list) => list.split(','))),
    ...(retention !== undefined && { retention }),
    loadsRules: (file) => patterns.some((matches) => matches(file)),
  }
}

/** `--name=value` and `--name value`; `undefined` where there is something else, such as a shell. */
function flagsOf(command: readonly string[]): Map<string, string[]> | undefined {
  const flags = new Map<string, string[]>()
  const rest = /(?:^|\/)prometheus$/.test(command[0] ?? '') ? command.slice(1) : command
  let open: string | undefined
  for (const argument of rest) {
    const flag = /^--?([a-z][\w.-]*)(?:=(.*))?$/s.exec(argument.replace(/^(["'])(.*)\1$/, '$2'))
    if (flag === null) {
      if (open === undefined) return undefined
      flags.get(open)!.push(argument)
      open = undefined
      continue
    }
    const name = flag[1]!
    flags.set(name, [...(flags.get(name) ?? []), ...(flag[2] === undefined ? [] : [flag[2].replace(/^(["'])(.*)\1$/, '$2')])])
    open = flag[2] === undefined ? name : undefined
  }
  return flags
}

/** Prometheus: common/model/time.go, ParseDuration */
function secondsOf(text: string | undefined): number | undefined {
  const parts = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text ?? '')
  if (!parts || text === '' || text === undefined) return undefined
  const [years, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part: string | undefined) => Number(part ?? 0))
  return ((((years! * 365 + weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!) * 60) + seconds!
}

function containerOf(service: ComposeService): Container {
  const { mounts } = service
  return {
    service,
    pathsOf: (file) => mounts.flatMap(({ source, target }) => {
      if (source === undefined) return []
      if (file === source) return [target]
      return source === '' || file.startsWith(`${source}/`) ? [posix.join(target, source === '' ? file : file.slice(source.length + 1))] : []
    }),
    isHidden: (path) => mounts.some(({ source, target }) => source === undefined && (isIn(path, target) || isIn(target, path))),
  }
}

/** The file of the workspace at a path in a container: the deepest mount counts. */
function fileAt(path: string, mounts: readonly Mount[]): string | undefined {
  const [mount] = mounts.filter(({ target }) => isIn(path, target)).sort((a, b) => b.target.length - a.target.length)
  return mount?.source === undefined ? undefined : posix.join(mount.source, path.slice(mount.target.length)).replace(/^\//, '')
}

/** Whether a file is there to be looked at or copied, by its path: nobody loads examples. */
export function isExample(path: string): boolean {
  return /(?:^|[/._-])(?:examples?|samples?|templates?|archived?|disabled)(?=[/._-]|$)/i.test(path)
}

export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}
