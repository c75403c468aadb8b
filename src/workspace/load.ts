import { relative, sep } from 'node:path'
import { nameVerdicts, type Evidence } from '../contract/name-verdict.js'
import { newNameOf } from '../contract/new-name.js'
import { readAlertingFile } from '../grafana/alerting/file.js'
import { readDashboard, looksLikeDashboard } from '../grafana/dashboard.js'
import { readLibraryPanels } from '../grafana/library-panels.js'
import { readDashboardProviders, readDatasources } from '../grafana/provisioning.js'
import type { Factory } from '../extract/types.js'
import { inferenceOf } from '../contract/inference/infer.js'
import type { Monitor } from '../manifests/monitors.js'
import { standsInValues } from '../manifests/helm-values.js'
import { queryHolder } from '../manifests/query-holders.js'
import { readCollectorExporters } from '../prometheus/collector.js'
import { readPrometheusConfig, unreadPrometheusConfig } from '../prometheus/config.js'
import { isLoaded, readRuleFile } from '../prometheus/rule-file.js'
import type { RuleFile, TranslationStrategy } from '../prometheus/model.js'
import type { RegistryContent } from '../registry/types.js'
import type { StructuredDocument } from '../text/document.js'
import { disk } from '../text/disk.js'
import { textOrNothing, type FileTree } from '../text/file-tree.js'
import { once } from '../text/once.js'
import { sourceText } from '../text/source.js'
import { wildcardMatcher } from '../text/wildcard.js'
import { parseYaml } from '../text/yaml.js'
import { isProvisioned, locateAlerting } from './alerting.js'
import { speaksFor } from './asides.js'
import { loadedInCluster } from './cluster.js'
import { buildRegistry, type RegistryBuild } from './build-registry.js'
import { namedFileProblems } from './config-files.js'
import { consumerOf } from './consumer.js'
import { datasourcesElsewhere } from './datasources-elsewhere.js'
import { deploymentOf } from './deployment.js'
import { discover, type Unreadable } from './discovery.js'
import { readDocuments } from './documents.js'
import { locateDashboards, located, locateParts, locateRuleGroups } from './locate.js'
import { alertQueries, dashboardQueries, holderQueries, queriesByAlert, queriesByPanel, ruleQueries, selectorsOf } from './queries.js'
import { judgeMetricsDocuments, readMetricsDocuments } from './metrics-documents.js'
import { configuredMetrics } from './configured-metrics.js'
import { namesInCode } from './names-in-code.js'
import { readingOf, type ReadingNote } from './reading.js'
import { targetLabelsOf } from './scraping.js'
import { sourceTree, textsOf } from './sources.js'
import { stacksOf } from './stacks.js'
import { templatingOf } from './templating.js'
import { treesOf } from './trees.js'
import type { FileKind, Workspace, WorkspaceFile } from './workspace.js'

export interface LoadOptions {
  /** Absolute path that all paths are told relative to. */
  readonly cwd: string
  /** Files, folders and globs to report on. */
  readonly paths: readonly string[]
  /** Absolute paths of the folders that are known whatever `paths` names; absent: what is reported on is all that is known. */
  readonly roots?: readonly string[]
  /** Globs in the syntax of `.gitignore`, relative to `ignoreBase`. */
  readonly ignore: readonly string[]
  readonly ignoreBase: string
  /** As `ignore`. */
  readonly include: readonly string[]
  readonly maxFileSize: number
  /** Registry files, relative to `cwd`. */
  readonly registry: readonly string[]
  readonly catalogs: readonly string[]
  readonly targetLabels: readonly string[]
  readonly externalMetrics: readonly string[]
  readonly factories: readonly Factory[]
  /** Globs in the syntax of `.gitignore`, relative to `ignoreBase`, of documents that list metrics; others are found by what stands in them. */
  readonly metricsDocuments?: readonly string[]
  /** How much work the extraction from code may take, as a multiple of what is usual; 1 when absent. */
  readonly budget?: number
  /** Absolute path of the folder where the results of extraction are kept; absent: nowhere. */
  readonly cacheDirectory?: string | undefined
  /** Called when a step begins, with its name. */
  readonly onStep?: (step: string) => void
  /** How the names of OpenTelemetry instruments are translated; absent: as the workspace shows. */
  readonly translationStrategy?: TranslationStrategy | undefined
  /** What metrics are called now, by their former names; absent: none is renamed. */
  readonly renames?: Readonly<Record<string, string>>
  /** Where all of it is read, the cache aside; the disk when absent. */
  readonly tree?: FileTree
}

export interface LoadedWorkspace {
  readonly workspace: Workspace
  /** What the code at hand exposes, without what other programs of the stack do. */
  readonly exposedByCode: RegistryContent
  /** Paths that the user named, registry files among them, and that match nothing. */
  readonly unmatched: readonly string[]
  /** Whether the user named a file itself, and not only folders. */
  readonly namesFiles: boolean
  /** Whether more is known than what is reported on. */
  readonly knowsMore: boolean
  /** How long each step took, in milliseconds. */
  readonly timings: Readonly<Record<string, number>>
  /** What became of each file, worked out when asked for. */
  readonly reading: () => readonly ReadingNote[]
  /** Absolute paths of the folders that were looked into. */
  readonly folders: readonly string[]
}

/** Reads everything below the given paths and roots into one workspace. Faults in files are part of it and end nothing. */
export async function loadWorkspace(options: LoadOptions): Promise<LoadedWorkspace> {
  const clock = stopwatch()
  const { tree = disk } = options
  options.onStep?.('looking for files')
  const discovery = await discover(options)
  clock.lap('discover')
  options.onStep?.('reading dashboards and rules')

  const { files, images, services, monitorLabels, monitors, pushed, scraping, unread } = readDocuments(discovery.files, options.maxFileSize)
  files.push(...discovery.unreadable.map((one) => unreadableFile(one, 'unknown')))
  clock.lap('documents')

  const documentsOf = (kind: FileKind) => files.filter((file) => file.kind === kind).flatMap(({ documents }) => documents)
  const datasources = documentsOf('datasources').flatMap((document) => readDatasources(document).map((one) => located(document, one.path, one)))
  const providers = documentsOf('dashboard-providers').flatMap(readDashboardProviders)
  const configDocuments = documentsOf('prometheus-config')
  const isRead = new Set(configDocuments.map(pathOf))
  const prometheusConfigs = [
    ...configDocuments.map((document) => (standsInValues(document) ? unreadPrometheusConfig(document) : readPrometheusConfig(document))),
    ...scraping.filter((path) => !isRead.has(path)).map((path) => unreadPrometheusConfig(parseYaml(sourceText(path, ''))[0]!)),
  ]
  const trees = treesOf({
    dashboards: [...documentsOf('dashboard'), ...documentsOf('library-panels')].map(pathOf),
    ruleFiles: documentsOf('rule-file').map(pathOf),
    alerting: documentsOf('grafana-alerting').map(pathOf),
    provisioning: [
      ...[...documentsOf('datasources'), ...documentsOf('dashboard-providers')].map(pathOf),
      ...documentsOf('grafana-alerting').map(pathOf).filter(isProvisioned),
    ],
    rulesLoadedBy: prometheusConfigs.filter((config) => config.ruleFiles.length > 0).map(({ document }) => pathOf(document)),
  })
  const dashboards = locateDashboards(
    documentsOf('dashboard').map((document) => readDashboard(document, looksLikeDashboard(document.value) ?? [])),
    providers,
    trees,
  )
  const libraryPanels = locateDashboards(documentsOf('library-panels').flatMap(readLibraryPanels), [], trees)
  const dashboardParts = [...dashboards, ...libraryPanels].map(locateParts)
  const ruleFiles = documentsOf('rule-file').filter(isLoaded).map(readRuleFile)
  const ruleGroups = ruleFiles.flatMap(locateRuleGroups)
  const alertingRules = ruleGroups.flatMap((group) => group.alertingRules)
  const recordingRules = ruleGroups.flatMap((group) => group.recordingRules)
  const ownDatasources = (path: string) => trees.treeOf(path).own(datasources, ({ document }) => pathOf(document))
  const alertingFiles = documentsOf('grafana-alerting').map((document) => locateAlerting(readAlertingFile(document), ownDatasources, trees))
  const grafanaAlerts = alertingFiles.flatMap(({ alerts }) => alerts)
  clock.lap('models')

  const templating = templatingOf(discovery.files, options.maxFileSize)
  const provisioned = new Set(documentsOf('datasources').map(pathOf))
  const elsewhere = datasourcesElsewhere(discovery.files, options.maxFileSize, (path) => provisioned.has(path))
  const queries = [
    ...dashboardParts.flatMap((parts) => dashboardQueries(parts, ownDatasources(parts.dashboard.source.path), templating)),
    ...[...alertingRules, ...recordingRules].flatMap(ruleQueries),
    ...documentsOf('query-holder').flatMap((document) => queryHolder(document) ?? []).flatMap(holderQueries),
    ...grafanaAlerts.flatMap((alert) => alertQueries(alert, ownDatasources(pathOf(alert.file.document)))),
  ]
  clock.lap('queries')
  options.onStep?.('reading code')

  const consumers = [...new Set([...documentsOf('dashboard'), ...documentsOf('rule-file'), ...documentsOf('grafana-alerting')].map(pathOf))]
  const isInCluster = loadedInCluster(files, discovery.files.map(({ path }) => path))
  // What is provisioned and scraped beside a cluster, in Compose above all, tells nothing of what the cluster loads.
  const speaks = (path: string, other: string) => speaksFor(path, other) && (isInCluster(path) || !isInCluster(other))
  const speaking = prometheusConfigs.filter(({ document }) => consumers.every((path) => speaks(pathOf(document), path)))
  const sources = sourceTree(discovery.files, options.maxFileSize)
  const build: RegistryBuild = await buildRegistry({
    sources,
    options,
    images,
    built: new Set(services.flatMap(({ hosts, builtFrom }) => builtFrom === undefined ? [] : hosts)),
    prometheusConfigs,
    collectorExporters: documentsOf('collector-config').flatMap(readCollectorExporters),
    monitors,
    queries,
    recordingRules,
    grafanaAlerts,
    targetLabels: targetLabelsOf(speaking, monitorLabels, options.targetLabels),
  })
  files.push(...build.files, ...sources.unreadable().map((one) => unreadableFile(one, 'source')))
  clock.lap('registry')
  options.onStep?.('judging queries')

  const unreported = new Set([...discovery.files, ...discovery.unreadable].filter(({ reported }) => !reported).map(({ path }) => path))
  const isExternalMetric = wildcardMatcher(options.externalMetrics)
  const selectors = queries.flatMap(selectorsOf)
  const tell = (absolute: string) => relative(options.cwd, absolute).split(sep).join('/')
  const bare = once(discovery.bareScripts)
  const bareIn = (isShell: boolean) => bare().filter(({ interpreter }) => interpreter.endsWith('sh') === isShell).map(({ absolute }) => absolute)
  const scripts = () => [...discovery.files.filter(({ path, size }) => path.endsWith('.sh') && size <= options.maxFileSize).map(({ absolute }) => absolute), ...bareIn(true)]
  const foreign = () => [...discovery.foreignSources(), ...bareIn(false)]
  const inCode = namesInCode({ foreign, scripts, tell, textAt: (absolute) => textOrNothing(tree, absolute), own: () => textsOf(sources), declared: build.exposedByCode })
  const stacks = stacksOf({
    trees, speaks, datasources, prometheusConfigs, speaking, services, monitorLabels, registry: build.registry, targetLabels: build.targetLabels, configured: options.targetLabels,
    declaring: build.declaring, foreign: prometheusConfigs.length === 0 ? [] : discovery.foreignSources().map(tell), pushed: pushed || monitorLabels.length > 0,
  })
  const evidence: Evidence = { registry: build.registry, activeCatalogs: build.activeCatalogs, unsuffixed: build.unsuffixed, isIncomplete: build.incompleteness.some(({ lacks }) => lacks !== 'values'), isExternalMetric, newNameOf: (series) => newNameOf(series, options.renames ?? {}), namesInCode: { ...inCode, configured: configuredMetrics(discovery.files, options.maxFileSize), inOtherLanguages: (series) => inCode.inOtherLanguages(series) ?? keptBy(monitors, series) } }
  const verdicts = once(() => nameVerdicts(
    selectors.map(({ query, selector }) => ({ selector, expr: query.parsed.expr, exposure: stacks.stackOf(consumerOf(query).file).exposure })),
    evidence,
  ))
  const documents = build.exposedByCode.families.length > 0 || options.registry.length > 0 ? await readMetricsDocuments(discovery.files, options) : []
  const metricsDocuments = judgeMetricsDocuments(documents, (path) => stacks.stackOf(path).exposure, evidence)
  files.push(...metricsDocuments.map(({ source }): WorkspaceFile => ({ kind: 'document', source, documents: [], problems: [] })))
  clock.lap('metrics documents')
  const byPanel = once(() => queriesByPanel(queries))
  const byAlert = once(() => queriesByAlert(queries))
  const around = { cwd: options.cwd, tree, services, known: discovery.files.map(({ path }) => path), ruleFiles: ruleFiles.map(({ document }) => pathOf(document)) }
  const namedFiles = new Map(prometheusConfigs.map(({ document }) => [document, namedFileProblems(document, around)]))
  const workspace: Workspace = {
    files: files.sort((a, b) => (a.source.path < b.source.path ? -1 : 1)),
    sources: () => textsOf(sources),
    dashboards,
    panels: dashboardParts.flatMap(({ panels }) => panels),
    variables: dashboardParts.flatMap(({ variables }) => variables),
    datasources,
    providers,
    ruleGroups: ruleGroups.map(({ group }) => group),
    alertingRules,
    recordingRules,
    alertingFiles,
    grafanaAlerts,
    prometheusConfigs,
    metricsDocuments,
    monitors,
    filesNamedBy: (config) => namedFiles.get(config) ?? [],
    queries,
    queriesOf: (panel) => byPanel().get(panel) ?? [],
    queriesOfAlert: (alert) => byAlert().get(alert) ?? [],
    selectors,
    registry: build.registry,
    targetLabels: build.targetLabels,
    recordings: build.recordings,
    infer: (expr) => inferenceOf(workspace).infer(expr),
    exposure: stacks.whole.exposure,
    stackOf: stacks.stackOf,
    verdictOn: (selector) => verdicts().get(selector)!,
    incompleteness: build.incompleteness,
    activeCatalogs: build.activeCatalogs,
    isExternalMetric,
    namesInCode: inCode,
    isReported: (path) => !unreported.has(path),
    unread: [...unread, ...ruleFiles.flatMap(inOtherLanguage)]
      .filter(({ path }) => !unreported.has(path))
      .sort((a, b) => (a.path === b.path ? (a.form < b.form ? -1 : 1) : a.path < b.path ? -1 : 1)),
    templating,
    datasourcesElsewhere: elsewhere,
    deployment: deploymentOf({ services, images, prometheusConfigs, hasOperator: monitorLabels.length > 0 || monitors.length > 0, files: discovery.files }),
  }
  return {
    workspace,
    exposedByCode: build.exposedByCode,
    unmatched: [...discovery.unmatched, ...build.unmatched],
    namesFiles: discovery.files.some(({ named }) => named),
    knowsMore: unreported.size > 0,
    timings: clock.laps,
    reading: once(() => readingOf(discovery, workspace, options.maxFileSize)),
    folders: discovery.folders,
  }
}

function unreadableFile({ path, message }: Unreadable, kind: FileKind): WorkspaceFile {
  return { kind, source: sourceText(path, ''), documents: [], problems: [{ message, span: { start: 0, end: 0 } }] }
}

/** The file of a resource that has one of some series kept: who wrote it knows them, as those of a node exporter's text files. */
function keptBy(monitors: readonly Monitor[], series: readonly string[]): string | undefined {
  return monitors.find(({ kept }) => series.some((name) => kept.has(name)))?.document.source.path
}

function pathOf({ source }: StructuredDocument): string {
  return source.path
}

/** Rules that have the form of Prometheus' and are in no language that is read. */
function inOtherLanguage({ document, language }: RuleFile): { form: string; path: string }[] {
  if (language !== 'logql' && language !== 'other') return []
  return [{ form: language === 'logql' ? 'LogQL rules' : 'rules in another query language', path: document.source.path }]
}

function stopwatch(): { lap(name: string): void; laps: Record<string, number> } {
  let last = performance.now()
  const laps: Record<string, number> = {}
  return {
    laps,
    lap(name) {
      const now = performance.now()
      laps[name] = now - last
      last = now
    },
  }
}
