import type { DocumentPath, StructuredDocument } from '../text/document.js'

/** Prometheus: config/config.go, translationStrategy */
export const translationStrategies = [
  'UnderscoreEscapingWithSuffixes', 'UnderscoreEscapingWithoutSuffixes', 'NoUTF8EscapingWithSuffixes', 'NoTranslation',
] as const

export type TranslationStrategy = (typeof translationStrategies)[number]

export interface RuleFile {
  readonly document: StructuredDocument
  /** What its expressions are written in. */
  readonly language: RuleLanguage
  readonly groups: readonly RuleGroup[]
}

/** `logql` in rule files for Loki's ruler, which have the same form; `metricsql` and others in those for vmalert. */
export type RuleLanguage = 'promql' | 'logql' | 'metricsql' | 'other'

export interface RuleGroup {
  readonly path: DocumentPath
  readonly name: string
  /** Labels that the group adds to each of its rules. */
  readonly labels: Readonly<Record<string, string>>
  /** Thanos: what becomes of a rule when a store does not answer, as written. */
  readonly partialResponseStrategy?: string
  readonly rules: readonly Rule[]
}

export type Rule = AlertingRule | RecordingRule

interface RuleBase {
  readonly path: DocumentPath
  readonly expr: string
  readonly exprPath: DocumentPath
  readonly labels: Readonly<Record<string, string>>
}

export interface AlertingRule extends RuleBase {
  readonly kind: 'alerting'
  readonly alert: string
  readonly annotations: Readonly<Record<string, string>>
  /** `for` and `keep_firing_for`, as written. */
  readonly for?: string
  readonly keepFiringFor?: string
}

export interface RecordingRule extends RuleBase {
  readonly kind: 'recording'
  readonly record: string
}

export interface PrometheusConfig {
  readonly document: StructuredDocument
  /** Whether its file could not be read, or is made into one by a template: then nothing else here tells what it has. */
  readonly unread?: true
  readonly externalLabels: Readonly<Record<string, string>>
  readonly scrapeJobs: readonly ScrapeJob[]
  /** `rule_files` globs as written. */
  readonly ruleFiles: readonly string[]
  /** `scrape_config_files` globs as written: more jobs than are listed here. */
  readonly scrapeConfigFiles: readonly string[]
  /** Whether it has an `otlp` section: then programs send metrics, with labels made of their resources. */
  readonly receivesOtlp: boolean
  /** Whether it writes its series to another store, or reads from one (`remote_write`, `remote_read`): others write there too. */
  readonly sharesStore: boolean
  /** `otlp.translation_strategy`: how the names of what is sent are translated. */
  readonly translationStrategy?: TranslationStrategy
}

/** What an exporter of an OpenTelemetry collector makes of the metrics that it hands to Prometheus. */
export interface CollectorExporter {
  readonly strategy: TranslationStrategy
  /** What it puts before every name, split where a part is only known when it runs; `['']`: nothing. */
  readonly namespace: readonly string[]
  /** Labels that it gives every series, with their value where it is known. */
  readonly labels: Readonly<Record<string, string | undefined>>
  /** Whether attributes of resources become labels, or the collector adds some of its own. */
  readonly labelsOpen: boolean
}

export interface ScrapeJob {
  /** Seconds between two scrapes: the job's own, or the global one, or Prometheus's minute. */
  readonly interval: number
  readonly path: DocumentPath
  readonly name: string
  /** `host:port` of every static target, as written. */
  readonly targets: readonly string[]
  /** Labels of the static configs with the values they take; and labels that relabelling sets. */
  readonly labels: Readonly<Record<string, readonly string[]>>
  /** Whether labels of what is scraped win over those of the target (`honor_labels`): then any label may have any value. */
  readonly honorsLabels: boolean
  /** Whether relabelling changes the targets' own labels or addresses. */
  readonly relabels: boolean
  /** Whether targets or their labels come from elsewhere too (service discovery, `labelmap`, computed label names). */
  readonly open: boolean
  /** Labels that `metric_relabel_configs` add to the series themselves, or take away. */
  readonly renamesMetrics: boolean
}
