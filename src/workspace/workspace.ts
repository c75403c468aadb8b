import type { Chain } from '../grafana/alerting/expressions.js'
import type { AlertGroup, AlertingFile, AlertQuery, AlertRule } from '../grafana/alerting/model.js'
import type { Annotation, Dashboard, DashboardProvider, Datasource, Panel, Target, TextSpan, Variable } from '../grafana/model.js'
import type { AlertingRule, PrometheusConfig, RecordingRule, RuleFile, RuleGroup } from '../prometheus/model.js'
import type { Expr, ParseResult, VectorSelector } from '../promql/ast.js'
import type { MetricsDocument } from '../prometheus/metrics-document.js'
import type { Edit } from '../text/edit.js'
import type { Monitor } from '../manifests/monitors.js'
import type { QueryHolder } from '../manifests/query-holders.js'
import type { Incompleteness } from '../extract/types.js'
import type { Registry } from '../registry/registry.js'
import type { Family } from '../registry/types.js'
import type { Exposure } from '../contract/exposure.js'
import type { Inferred } from '../contract/inference/types.js'
import type { Contract, TargetLabels } from '../contract/contract.js'
import type { NameVerdict } from '../contract/name-verdict.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import type { Deployment } from './deployment.js'
import type { NamedFileProblem } from './config-files.js'
import type { NamesInCode } from './names-in-code.js'
import type { DatasourcesElsewhere } from './datasources-elsewhere.js'
import type { Templating } from './templating.js'
import type { Place, Problem, SourceText } from '../text/source.js'

export type FileKind =
  | 'dashboard'
  | 'library-panels'
  | 'rule-file'
  | 'prometheus-config'
  | 'collector-config'
  | 'datasources'
  | 'dashboard-providers'
  | 'query-holder'
  | 'grafana-alerting'
  | 'document'
  | 'source'
  | 'registry'
  | 'unknown'

/** A file that the linter read and knows the kind of, or that it could not read and should have. */
export interface WorkspaceFile {
  readonly kind: FileKind
  readonly source: SourceText
  /** The documents in it: one in JSON, any number in YAML, none in source code. */
  readonly documents: readonly StructuredDocument[]
  /** Why it could not be read, or not to its end. */
  readonly problems: readonly Problem[]
}

/** Something in a document, with the way to point into it. */
export interface Located {
  /** The place of the value under `keys`, counted from the thing itself; of the thing where there is none. */
  place(...keys: DocumentPath): Place
}

export type LocatedDashboard = Dashboard & Located & {
  readonly source: SourceText
  /** The folder that Grafana shows it in, as far as the workspace tells; equal keys are equal folders. */
  readonly folder: string
  /** The providers that evidently load it from a file; none where it is imported by hand, or nothing tells. */
  readonly providers: readonly DashboardProvider[]
  /** Equal for what one organization of one Grafana loads, and for all of which nothing tells who loads it. */
  readonly loadedBy: string
}
export type LocatedPanel = Panel & Located & { readonly dashboard: LocatedDashboard }
export type LocatedVariable = Variable & Located & { readonly dashboard: LocatedDashboard }
export type LocatedDatasource = Datasource & Located
export type LocatedRuleGroup = RuleGroup & Located & { readonly file: RuleFile }
export type LocatedAlertingRule = AlertingRule & Located & { readonly group: LocatedRuleGroup }
export type LocatedRecordingRule = RecordingRule & Located & { readonly group: LocatedRuleGroup }

/** A rule that Grafana itself evaluates. */
export type LocatedGrafanaAlert = AlertRule & Located & {
  readonly file: AlertingFile
  readonly group: AlertGroup
  /** Equal for all that one Grafana loads. */
  readonly loadedBy: string
  /** Where it stands, for people: `alert "Down" in group "jobs"`. */
  readonly context: string
  /** What becomes of the results of its queries. */
  chain(): Chain
}

export type LocatedAlertingFile = AlertingFile & {
  readonly loadedBy: string
  readonly alerts: readonly LocatedGrafanaAlert[]
}

/** What a query belongs to. */
export type QueryOwner =
  | { readonly kind: 'target'; readonly panel: LocatedPanel; readonly target: Target }
  | { readonly kind: 'variable'; readonly variable: LocatedVariable }
  | { readonly kind: 'annotation'; readonly dashboard: LocatedDashboard; readonly annotation: Annotation }
  | { readonly kind: 'alerting'; readonly rule: LocatedAlertingRule }
  | { readonly kind: 'recording'; readonly rule: LocatedRecordingRule }
  | { readonly kind: 'holder'; readonly holder: QueryHolder }
  | { readonly kind: 'grafana-alert'; readonly rule: LocatedGrafanaAlert; readonly query: AlertQuery }

/** One PromQL expression in a consumer. */
export interface Query {
  readonly text: string
  /** The file that it stands in: known without the cost of a place. */
  readonly source: SourceText
  readonly owner: QueryOwner
  readonly parsed: ParseResult
  /** `label_values(selector, label)`: the label whose values are asked for; offsets like those of `place`. */
  readonly valuesOf?: TextSpan
  /** Where it stands, for people: `panel "Total Cost" in dashboard "Costs"`. */
  readonly context: string
  /** The place in the file of characters `start` to `end` of `text` (UTF-16 offsets, `end` exclusive). */
  place(start: number, end: number): Place
  /** How these characters become `replacement`; `undefined` where that cannot be written in their place. */
  edit(start: number, end: number, replacement: string): Edit | undefined
}

/** The query of a panel's target. */
export type TargetQuery = Query & { readonly owner: Extract<QueryOwner, { kind: 'target' }> }

/** A query of a rule of Grafana's alerting. */
export type GrafanaAlertQuery = Query & { readonly owner: Extract<QueryOwner, { kind: 'grafana-alert' }> }

export interface QuerySelector {
  readonly query: Query
  readonly selector: VectorSelector
}

export interface Dashboards extends Iterable<LocatedDashboard> {
  readonly size: number
  /** Every dashboard of a uid, whichever Grafana loads it. */
  withUid(uid: string): readonly LocatedDashboard[]
  /** Every uid, once. */
  readonly uids: readonly string[]
  /** Those before this one, in the order of the workspace, that have its uid and that one Grafana loads with it. */
  earlierWithUid(dashboard: LocatedDashboard): readonly LocatedDashboard[]
  /** Those before it that have its title in its folder and that one Grafana loads with it. */
  earlierWithTitle(dashboard: LocatedDashboard): readonly LocatedDashboard[]
}

/** A document that lists metrics of the code. */
export interface JudgedMetricsDocument extends MetricsDocument {
  /** What is known of a name in it; proved where it means a family, or is a pattern. */
  verdictOn(name: string): NameVerdict
}

/** What one dashboard or rule file is held against, of what several Grafanas and Prometheus servers have each for themselves. */
export interface Stack {
  readonly registry: Registry
  readonly targetLabels: TargetLabels
  /** What Prometheus scrapes, as far as the workspace tells. */
  readonly exposure: Exposure
  readonly datasources: readonly LocatedDatasource[]
}

/** What a rule sees of the world. Everything in it is sorted by file and place. */
export interface Workspace extends Contract {
  /** Whether what stands in a file is to be reported, and not only known: the user named it, or a folder above it. */
  isReported(path: string): boolean
  readonly files: readonly WorkspaceFile[]
  /** The sources of TypeScript, JavaScript and Python, be there metrics in them or not. */
  sources(): Iterable<SourceText>
  readonly dashboards: Dashboards
  readonly panels: readonly LocatedPanel[]
  readonly variables: readonly LocatedVariable[]
  readonly datasources: readonly LocatedDatasource[]
  readonly providers: readonly DashboardProvider[]
  readonly ruleGroups: readonly LocatedRuleGroup[]
  readonly alertingRules: readonly LocatedAlertingRule[]
  readonly recordingRules: readonly LocatedRecordingRule[]
  /** What Grafana's own alerting is given. */
  readonly alertingFiles: readonly LocatedAlertingFile[]
  readonly grafanaAlerts: readonly LocatedGrafanaAlert[]
  readonly prometheusConfigs: readonly PrometheusConfig[]
  /** The documents that list metrics of the code. */
  readonly metricsDocuments: readonly JudgedMetricsDocument[]
  /** Scrape jobs that the Prometheus operator makes. */
  readonly monitors: readonly Monitor[]
  /** What is wrong with the files that a configuration of Prometheus names. */
  filesNamedBy(config: StructuredDocument): readonly NamedFileProblem[]
  readonly queries: readonly Query[]
  /** The queries of a panel's targets, in their order: those that are PromQL. */
  queriesOf(panel: LocatedPanel): readonly TargetQuery[]
  /** The queries of a rule of Grafana's alerting that are PromQL. */
  queriesOfAlert(alert: LocatedGrafanaAlert): readonly GrafanaAlertQuery[]
  readonly selectors: readonly QuerySelector[]
  /** What any Prometheus scrapes, as far as the workspace tells. */
  readonly exposure: Exposure
  /** What surrounds a dashboard or rule file, by its path: what its own tree has, and what the workspace has where that has none. */
  stackOf(path: string): Stack
  /** What an expression of any query can yield. */
  infer(expr: Expr): Inferred
  /** What is known of each selector's name. */
  verdictOn(selector: VectorSelector): NameVerdict
  /** Names of the catalogs that count. */
  readonly activeCatalogs: ReadonlySet<string>
  /** By language, what of the code was not followed. */
  readonly incompleteness: readonly Incompleteness[]
  /** Whether the configuration says that a metric comes from elsewhere. */
  isExternalMetric(name: string): boolean
  readonly namesInCode: NamesInCode
  /** Files that hold dashboards or rules in a form that is not read, sorted by path. */
  readonly unread: readonly { readonly form: string; readonly path: string }[]
  readonly templating: Templating
  /** What is provisioned in forms that are not read. */
  readonly datasourcesElsewhere: DatasourcesElsewhere
  /** How Prometheus and Grafana are started, as far as Compose files tell. */
  readonly deployment: Deployment
}

/** The subjects that rules can ask for. */
export interface Subjects {
  workspace: Workspace
  file: WorkspaceFile
  dashboard: LocatedDashboard
  panel: LocatedPanel
  variable: LocatedVariable
  query: Query
  selector: QuerySelector
  ruleGroup: LocatedRuleGroup
  alertingRule: LocatedAlertingRule
  recordingRule: LocatedRecordingRule
  grafanaAlert: LocatedGrafanaAlert
  datasource: LocatedDatasource
  metricsDocument: JudgedMetricsDocument
  family: Family
}
