import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { partOf, wrappedIn } from '../text/embedded.js'
import { isRecord, valueAt } from '../text/value.js'
import { viewOf } from '../text/view.js'
import type { HeldFile } from './holders.js'
import { resourceOf } from './resource.js'

/** What values of a chart hold. */
export interface HeldByValues {
  /** Parts that may be documents, or resources that hold some, and maybe are neither. */
  readonly documents: readonly StructuredDocument[]
  readonly files: readonly HeldFile[]
}

const namedValues = /(?:^|\/)[^/]*values[^/]*\.ya?ml$/i
/**
 * Keys of the charts of Prometheus and Grafana: prometheus-community/helm-charts (kube-prometheus-stack, prometheus:
 * values.yaml), grafana/helm-charts (grafana: values.yaml).
 */
const keys = /^[^\S\n]*["']?(?:additionalPrometheusRules(?:Map)?|serverFiles|dashboardProviders|additionalScrapeConfigs|prometheusSpec|alertmanagerSpec|grafana\.ini|dashboardsConfigMaps)["']?\s*:/m
const signs = /\b(?:expr|panels|datasources|providers|scrape_configs|job_name|alert|contactPoints|policies)\\*["']?\s*:/

/** Whether a file is values for a chart by its name: such a file is no template itself. */
export function isNamedValues(path: string): boolean {
  return namedValues.test(path)
}

/** Whether a text is values for a chart of Helm that may hold something. */
export function mayBeValues(path: string, text: string): boolean {
  return (namedValues.test(path) || (/\.ya?ml$/i.test(path) && keys.test(text))) && signs.test(text)
}

/**
 * Whether a document stands in values: what it is has more to it, then, because a chart has values of its own, and each
 * installation is by itself.
 */
export function standsInValues({ holder }: StructuredDocument): boolean {
  return holder !== undefined && ['Helm values', 'HelmRelease', 'Application', 'ApplicationSet'].includes(holder.kind)
}

/** How deep values are looked into: a dashboard of a sub-chart stands in the sixth map. */
const maxDepth = 8

/**
 * What stands at `path` of a document as values for a chart: rule files (`{ groups }`), lists of rules, provisioning,
 * a configuration of Prometheus (`serverFiles`, `additionalScrapeConfigs`), whole files in strings (`json` of a
 * dashboard), and resources in lists (`extraObjects`). Charts differ in the keys, and what stands under them does not.
 */
export function heldByValues(document: StructuredDocument, path: DocumentPath): HeldByValues {
  const documents: StructuredDocument[] = []
  const files: HeldFile[] = []

  function visit(value: unknown, at: DocumentPath): void {
    if (typeof value === 'string') {
      if (isFile(value)) files.push({ name: nameOf(at), path: at, text: value })
    } else if (Array.isArray(value)) {
      if (value.length > 0 && value.every(isRule)) documents.push(ruleFileOf(document, at))
      else if (at.at(-1) === 'additionalScrapeConfigs') documents.push(wrappedIn(partOf(document, at), ['scrape_configs']))
      else if (at.length - path.length < maxDepth) value.forEach((item, index) => { visit(item, [...at, index]) })
    } else if (isRecord(value)) {
      if (isAlertingFile(value, at)) documents.push(viewOf(document, (builder) => builder.object(at, { apiVersion: 1, ...value })))
      else if (Array.isArray(value['groups'])) documents.push(wrappedIn(partOf(document, [...at, 'groups']), ['groups']))
      else if (resourceOf(value) !== undefined || isDocument(value)) documents.push(partOf(document, at))
      else if (at.at(-1) === 'prometheus.yml' && at.at(-2) === 'serverFiles') documents.push(partOf(document, at))
      else if (at.length - path.length < maxDepth) for (const [key, item] of Object.entries(value)) visit(item, [...at, key])
    }
  }

  visit(valueAt(document.value, path), path)
  return { documents, files }
}

/** Provisioning of Grafana, or a dashboard: told by the keys that each has to have. */
function isDocument(value: Readonly<Record<string, unknown>>): boolean {
  if (value['apiVersion'] === 1) return ['datasources', 'providers', 'contactPoints', 'policies', 'templates', 'muteTimes'].some((key) => Array.isArray(value[key]))
  return Array.isArray(value['panels']) && typeof value['title'] === 'string'
}

/**
 * What Grafana's alerting is given by the chart of Grafana: files below `alerting`, or what is secret of one. They need no
 * `apiVersion`, which Grafana does not ask of them (grafana/helm-charts: templates/_config.tpl; Grafana:
 * pkg/services/provisioning/alerting/config_reader.go).
 */
function isAlertingFile(value: Readonly<Record<string, unknown>>, path: DocumentPath): boolean {
  const [above, name] = (path.at(-1) === 'secret' ? path.slice(0, -1) : path).slice(-2)
  return above === 'alerting' && /\.(?:ya?ml|json)$/.test(String(name)) && !('apiVersion' in value) && alertingKeys.some((key) => Array.isArray(value[key]))
}

const alertingKeys = ['groups', 'contactPoints', 'policies', 'templates', 'muteTimes']

function isRule(value: unknown): boolean {
  return isRecord(value) && typeof value['expr'] === 'string' && (typeof value['alert'] === 'string' || typeof value['record'] === 'string')
}

function isFile(text: string): boolean {
  return /^\s*\{[^]*"panels"/.test(text) || (text.includes('\n') && /^[^\S\n]*(?:groups|scrape_configs|datasources|providers|contactPoints)\s*:/m.test(text))
}

/** The name that a string has as a file: its key, or that of the dashboard that it is `json` of. */
function nameOf(path: DocumentPath): string {
  const key = String(path.at(-1))
  return key === 'json' ? `${String(path.at(-2))}.json` : key
}

/** Rules that a chart puts into a group of its own, with what it takes of each. */
function ruleFileOf(document: StructuredDocument, path: DocumentPath): StructuredDocument {
  const rules = valueAt(document.value, path) as readonly Readonly<Record<string, unknown>>[]
  return viewOf(document, (builder) => ({
    groups: [builder.object(path, {
      name: typeof path.at(-2) === 'string' ? path.at(-2) : 'rules',
      rules: rules.map((rule, index) => builder.object([...path, index], Object.fromEntries(ruleKeys.map((key) => [key, rule[key]])))),
    }, { name: path, rules: path })],
  }))
}

const ruleKeys = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']
