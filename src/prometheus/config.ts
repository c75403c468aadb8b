import { parseDuration } from '../promql/numbers.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { translationStrategies, type PrometheusConfig, type ScrapeJob } from './model.js'

type Model = Readonly<Record<string, unknown>>

/** Keys of the configurations of Promtail, Grafana Agent and collectors, which have `scrape_configs` too. */
const keysOfOthers = ['clients', 'positions', 'server', 'metrics', 'logs', 'receivers', 'exporters']
const keyOfOthers = new RegExp(`^\\s*(?:${keysOfOthers.join('|')})\\s*:`, 'm')

/** Whether a value is a Prometheus server's configuration, or a file for its `scrape_config_files`. */
export function looksLikePrometheusConfig(value: unknown): boolean {
  if (!isRecord(value) || 'apiVersion' in value || 'services' in value) return false
  if (keysOfOthers.some((key) => key in value)) return false
  // Unit tests of rules name the rule files that they test.
  if ('tests' in value) return false
  const jobs = value['scrape_configs']
  if (Array.isArray(jobs)) return jobs.length === 0 ? 'global' in value || 'rule_files' in value : jobs.some((job) => isRecord(job) && 'job_name' in job)
  return hasGlobalSettings(value) || ('rule_files' in value && Array.isArray(value['rule_files']))
}

/**
 * Whether a configuration is for another program that scrapes as Prometheus does and has keys of its own. vmagent:
 * VictoriaMetrics, docs/sd_configs.md, lib/promrelabel; Promtail: Loki, clients/pkg/promtail/scrapeconfig.
 */
export function isForAnotherScraper(value: unknown): boolean {
  const config = recordOf(value)
  return listOf(config['scrape_configs']).some((job) => isRecord(job) && (
    Object.keys(job).some((key) => jobKeysOfOthers.has(key)) ||
    [...listOf(job['relabel_configs']), ...listOf(job['metric_relabel_configs'])].some((step) => isRecord(step) && ('if' in step || actionsOfVmagent.has(actionOf(step))))
  ))
}

const jobKeysOfOthers = new Set([
  'stream_parse', 'series_limit', 'scrape_align_interval', 'scrape_offset', 'relabel_debug', 'metric_relabel_debug', 'no_stale_markers', 'vmui_enabled',
  'disable_compression', 'disable_keepalive', 'headers', 'proxy_headers', 'max_scrape_size', 'label_limit_mode', 'sample_limit_mode',
  'pipeline_stages', 'journal', 'syslog', 'loki_push_api', 'windows_events', 'gcplog', 'gelf', 'cloudflare', 'heroku_drain', 'azure_event_hub', 'kafka', 'decompression',
])
const actionsOfVmagent = new Set([
  'graphite', 'replace_all', 'labelmap_all', 'keep_if_equal', 'drop_if_equal', 'keep_if_contains', 'drop_if_contains', 'keep_metrics', 'drop_metrics',
])

function hasGlobalSettings(value: Model): boolean {
  const global = recordOf(value['global'])
  return ['scrape_interval', 'evaluation_interval', 'scrape_timeout', 'external_labels'].some((key) => key in global)
}

/** Whether a text that is no valid YAML by itself was meant to be a Prometheus server's configuration, or holds one. */
export function mayBePrometheusConfig(text: string): boolean {
  if (keyOfOthers.test(text)) return false
  return /^\uFEFF?scrape_configs\s*:/m.test(text) || (/^[^\S\n]+scrape_configs\s*:/m.test(text) && /^[^\S\n]+(?:evaluation_interval|rule_files|alerting)\s*:/m.test(text))
}

/** A configuration of which no more is known than that it is there. */
export function unreadPrometheusConfig(document: StructuredDocument): PrometheusConfig {
  return { document, unread: true, externalLabels: {}, scrapeJobs: [], ruleFiles: [], scrapeConfigFiles: [], receivesOtlp: false, sharesStore: false }
}

/** Reads what a Prometheus configuration tells of the labels that series have: jobs, targets, relabelling. */
export function readPrometheusConfig(document: StructuredDocument): PrometheusConfig {
  const config = recordOf(document.value)
  const translationStrategy = translationStrategies.find((strategy) => strategy === recordOf(config['otlp'])['translation_strategy'])
  return {
    document,
    externalLabels: texts(recordOf(config['global'])['external_labels']),
    scrapeJobs: listOf(config['scrape_configs']).flatMap((job, index): ScrapeJob[] =>
      isRecord(job) ? [readScrapeJob(job, ['scrape_configs', index], secondsOf(recordOf(config['global'])['scrape_interval']) ?? 60)] : [],
    ),
    ruleFiles: strings(config['rule_files']),
    scrapeConfigFiles: strings(config['scrape_config_files']),
    receivesOtlp: 'otlp' in config,
    sharesStore: 'remote_write' in config || 'remote_read' in config,
    ...(translationStrategy && { translationStrategy }),
  }
}

function readScrapeJob(job: Model, path: DocumentPath, interval: number): ScrapeJob {
  const staticConfigs = listOf(job['static_configs']).filter(isRecord)
  const labels = new Map<string, Set<string>>()
  const add = (name: string, value?: string) => {
    const values = labels.get(name) ?? new Set<string>()
    if (value !== undefined) values.add(value)
    labels.set(name, values)
  }
  for (const { labels: given } of staticConfigs) {
    for (const [name, value] of Object.entries(texts(given))) if (!name.startsWith('__')) add(name, value)
  }
  const relabelling = listOf(job['relabel_configs']).filter(isRecord)
  for (const [name, value] of addedLabels(relabelling)) add(name, value)
  const metricRelabelling = listOf(job['metric_relabel_configs']).filter(isRecord)
  for (const [name, value] of addedLabels(metricRelabelling)) add(name, value)
  return {
    path,
    name: textOf(job['job_name']) ?? '',
    interval: secondsOf(job['scrape_interval']) ?? interval,
    targets: staticConfigs.flatMap(({ targets }) => strings(targets)),
    labels: Object.fromEntries([...labels].map(([name, values]) => [name, [...values]])),
    honorsLabels: job['honor_labels'] === true,
    relabels: relabelling.length > 0,
    open: hasDiscovery(job) || [...relabelling, ...metricRelabelling].some(setsUnknownLabels),
    renamesMetrics: metricRelabelling.some(changesSeries),
  }
}

/** A duration in seconds; `undefined` where it is none, or nothing. */
export function secondsOf(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value !== '' ? parseDuration(value) : undefined
  return parsed !== undefined && 'value' in parsed && parsed.value > 0 ? parsed.value : undefined
}

/** Targets that are found elsewhere bring labels of their own. */
function hasDiscovery(job: Model): boolean {
  return Object.keys(job).some((key) => key.endsWith('_sd_configs'))
}

/** Labels that `replace` and its kin set, with the value where it does not depend on the target. */
function* addedLabels(relabelling: readonly Model[]): Generator<[name: string, value?: string]> {
  for (const step of relabelling) {
    const target = textOf(step['target_label'])
    if (!setsTargetLabel(step) || target === undefined || target.includes('$') || target.startsWith('__')) continue
    const replacement = step['replacement']
    const isFixed = actionOf(step) === 'replace' && typeof replacement === 'string' && !replacement.includes('$')
    yield isFixed && replacement !== '' ? [target, replacement] : [target]
  }
}

function setsUnknownLabels(step: Model): boolean {
  return actionOf(step) === 'labelmap' || (setsTargetLabel(step) && textOf(step['target_label'])?.includes('$') === true)
}

/** Relabelling of scraped series that changes their names, drops some of them, or takes labels away. */
function changesSeries(step: Model): boolean {
  const action = actionOf(step)
  return ['labeldrop', 'labelkeep', 'drop', 'keep', 'dropequal', 'keepequal'].includes(action) ||
    (setsTargetLabel(step) && step['target_label'] === '__name__')
}

function setsTargetLabel(step: Model): boolean {
  return ['replace', 'hashmod', 'lowercase', 'uppercase'].includes(actionOf(step))
}

/** In lower case; `replace` where it has none. */
export function actionOf(step: Model): string {
  return (textOf(step['action']) ?? 'replace').toLowerCase()
}

function strings(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === 'string')
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).flatMap(([name, one]) =>
      typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [[name, String(one)]] : [],
    ),
  )
}
