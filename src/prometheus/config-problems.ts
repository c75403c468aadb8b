import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { actionOf, secondsOf } from './config.js'
import { httpClientProblems, tlsProblems } from './http-client.js'
import { relabellingProblems } from './relabelling.js'
import { goUrlProblem } from './url.js'

type Model = Readonly<Record<string, unknown>>

/** Something in a configuration that Prometheus refuses, or that does not do what it is there for. */
export interface ConfigProblem {
  readonly message: string
  readonly path: DocumentPath
  /** Whether the key at `path` is meant, not its value. */
  readonly onKey?: boolean
  /** Where it is no error. */
  readonly severity?: 'warning'
}

/**
 * What Prometheus refuses in a configuration and its JSON Schema cannot tell, in the order of the sections (Prometheus:
 * config/config.go, UnmarshalYAML and Validate; cmd/promtool/main.go, checkConfig). What versions 2 and 3 judge
 * differently, such as names of labels, is let pass. Values that are filled in before Prometheus reads them as well.
 */
export function configProblems(document: StructuredDocument): ConfigProblem[] {
  const config = recordOf(document.value)
  const lineOf = (path: DocumentPath) => document.source.positionAt(document.spanOf(path).start).line
  return [
    ...globalProblems(recordOf(config['global'])),
    ...['rule_files', 'scrape_config_files'].flatMap((key) => globProblems(config[key], [key])),
    ...repeated(config['scrape_configs'], ['scrape_configs'], 'job_name', lineOf, 'scrape jobs'),
    ...listOf(config['scrape_configs']).flatMap((job, index) => (isRecord(job) ? jobProblems(job, ['scrape_configs', index], recordOf(config['global'])) : [])),
    ...listOf(recordOf(config['alerting'])['alertmanagers']).flatMap((one, index) => (
      isRecord(one) ? staticTargetProblems(one, ['alerting', 'alertmanagers', index]) : []
    )),
    ...['remote_write', 'remote_read'].flatMap((key) => [
      ...repeated(config[key], [key], 'name', lineOf, `${key} sections`),
      ...listOf(config[key]).flatMap((remote, index) => (isRecord(remote) ? remoteProblems(remote, [key, index]) : [])),
    ]),
    ...problemsAnywhere(config, []),
  ]
}

/** Whether a text is filled in by another program before Prometheus reads it. */
export function isFilledIn(value: unknown): boolean {
  return typeof value === 'string' && /\$\{|\$\(|\{\{|\{%|<%|%\{|<[\w .-]+>|\$\$\w|@\w+@|^__\w+__$/.test(value)
}

function globalProblems(global: Model): ConfigProblem[] {
  const timeout = secondsOf(global['scrape_timeout'])
  const interval = secondsOf(global['scrape_interval'])
  return [
    ...(timeout !== undefined && timeout > (interval ?? 60) ? [{
      message: `The timeout of a scrape, ${String(global['scrape_timeout'])}, is longer than the time between two, ${intervalText(global['scrape_interval'])}`,
      path: ['global', 'scrape_timeout'],
    }] : []),
    ...longInterval(interval, ['global', 'scrape_interval']),
  ]
}

function intervalText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '1m by default'
}

/** Prometheus looks back five minutes for a sample: from four on, one failed scrape makes a gap (cmd/promtool/main.go, lintScrapeConfigs). */
function longInterval(interval: number | undefined, path: DocumentPath): ConfigProblem[] {
  if (interval === undefined || interval <= 240) return []
  return [{
    message: 'More than 4m between two scrapes: Prometheus looks back 5m for a sample, and series have gaps', path, severity: 'warning',
  }]
}

/** A path with a glob in another place than the last segment (Prometheus: config/config.go, patRulePath). */
function globProblems(globs: unknown, path: DocumentPath): ConfigProblem[] {
  return listOf(globs).flatMap((glob, index) => (
    typeof glob !== 'string' || isFilledIn(glob) || /^[^*]*(?:\*[^/]*)?$/.test(glob) ? [] : [{
      message: `"${glob}" has a "*" in a folder's name: Prometheus takes it in the name of the file only`, path: [...path, index],
    }]
  ))
}

/** Items of a list that have the name of one before them. */
function repeated(list: unknown, path: DocumentPath, key: string, lineOf: (path: DocumentPath) => number, what: string): ConfigProblem[] {
  const firstOf = new Map<string, number>()
  return listOf(list).flatMap((item, index) => {
    const name = recordOf(item)[key]
    if ((typeof name !== 'string' && typeof name !== 'number') || name === '' || isFilledIn(name)) return []
    const first = firstOf.get(String(name))
    if (first === undefined) firstOf.set(String(name), index)
    return first === undefined ? [] : [{
      message: `"${name}" is already the name on line ${lineOf([...path, first, key])}: Prometheus takes no two ${what} of one name`, path: [...path, index, key],
    }]
  })
}

function jobProblems(job: Model, path: DocumentPath, global: Model): ConfigProblem[] {
  const timeout = secondsOf(job['scrape_timeout'])
  const own = secondsOf(job['scrape_interval'])
  const interval = own ?? secondsOf(global['scrape_interval']) ?? 60
  const isKnown = [job['scrape_interval'], global['scrape_interval']].every((value) => !isFilledIn(value))
  return [
    ...(timeout !== undefined && isKnown && timeout > interval ? [{
      message: `The timeout of a scrape, ${String(job['scrape_timeout'])}, is longer than the time between two, ${
        own === undefined ? `${intervalText(global['scrape_interval'])}${secondsOf(global['scrape_interval']) === undefined ? '' : ' in "global"'}` : String(job['scrape_interval'])}`,
      path: [...path, 'scrape_timeout'],
    }] : []),
    ...longInterval(own, [...path, 'scrape_interval']),
    ...staticTargetProblems(job, path),
    ...listOf(job['file_sd_configs']).flatMap((discovery, index) => fileNameProblems(discovery, [...path, 'file_sd_configs', index])),
  ]
}

/** Targets that stay URLs: Prometheus takes `host:port`, and makes the rest of `scheme` and `metrics_path` (CheckTargetAddress). */
function staticTargetProblems(job: Model, path: DocumentPath): ConfigProblem[] {
  if (mayChangeAddress(job)) return []
  return listOf(job['static_configs']).flatMap((group, index) => targetProblems(group, [...path, 'static_configs', index]))
}

/** The targets of a group that are no addresses. */
export function targetProblems(group: unknown, path: DocumentPath): ConfigProblem[] {
  return listOf(recordOf(group)['targets']).flatMap((target, index) => (
    typeof target !== 'string' || !target.includes('/') || isFilledIn(target) ? [] : [{
      message: `"${target}" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest`, path: [...path, 'targets', index],
    }]
  ))
}

/** Whether relabelling may make another address of a target, or drop it. */
export function mayChangeAddress(job: Model): boolean {
  return listOf(job['relabel_configs']).some((step) => {
    const target = textOf(recordOf(step)['target_label'])
    return !['replace', 'hashmod', 'lowercase', 'uppercase'].includes(actionOf(recordOf(step))) || target === undefined || target === '__address__' || target.includes('$')
  })
}

/** Prometheus: discovery/file/file.go, patFileSDName */
function fileNameProblems(discovery: unknown, path: DocumentPath): ConfigProblem[] {
  return listOf(recordOf(discovery)['files']).flatMap((file, index) => (
    typeof file !== 'string' || isFilledIn(file) || /^[^*]*(?:\*[^/]*)?\.(?:json|yml|yaml|JSON|YML|YAML)$/.test(file) ? [] : [{
      message: `"${file}" is no name of a file for targets: it ends in .json, .yml or .yaml, with a "*" in its last segment only`, path: [...path, 'files', index],
    }]
  ))
}

/** Headers that remote write and read set themselves (Prometheus: config/config.go, reservedHeaders). */
const reservedHeaders = new Set([
  'authorization', 'host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection', 'keep-alive', 'proxy-authenticate',
  'proxy-authorization', 'www-authenticate', 'accept-encoding', 'x-prometheus-remote-write-version', 'x-prometheus-remote-read-version',
])

function remoteProblems(remote: Model, path: DocumentPath): ConfigProblem[] {
  const { url } = remote
  const problem = typeof url === 'string' && !isFilledIn(url) ? goUrlProblem(url) : undefined
  return [
    ...('url' in remote && url === null ? [{ message: `"${path[0]}" needs a "url"`, path: [...path, 'url'] }] : []),
    ...(problem === undefined ? [] : [{ message: `"${String(url)}" is no URL that Prometheus can send to: ${problem}`, path: [...path, 'url'] }]),
    ...Object.keys(recordOf(remote['headers'])).filter((name) => reservedHeaders.has(name.toLowerCase())).map((name): ConfigProblem => ({
      message: name.toLowerCase() === 'authorization' ? 'The header "Authorization" is what "basic_auth", "authorization" and "oauth2" are for' : `The header "${name}" is set by Prometheus itself`,
      path: [...path, 'headers', name], onKey: true,
    })),
  ]
}

/** What is the same wherever it stands: relabelling, authentication, TLS. */
function problemsAnywhere(value: unknown, path: DocumentPath): ConfigProblem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => problemsAnywhere(item, [...path, index]))
  if (!isRecord(value)) return []
  return [
    ...httpClientProblems(value, path),
    ...Object.entries(value).flatMap(([key, inner]) => {
      const at = [...path, key]
      if (key === 'tls_config') return isRecord(inner) ? tlsProblems(inner, at) : []
      if (key.endsWith('relabel_configs')) return listOf(inner).flatMap((step, index) => (isRecord(step) ? relabellingProblems(step, [...at, index]) : []))
      return typeof inner === 'object' ? problemsAnywhere(inner, at) : []
    }),
  ]
}
