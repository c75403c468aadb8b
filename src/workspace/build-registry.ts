import { resolve } from 'node:path'
import { carriedLabels, inferredTargetLabels } from '../contract/inferred-target-labels.js'
import { createInference, type Inference } from '../contract/inference/infer.js'
import type { Recording } from '../contract/inference/recordings.js'
import type { TargetLabels } from '../contract/contract.js'
import { labelNames } from '../contract/labels.js'
import { familiesOf } from '../extract/families.js'
import type { Extraction, Incompleteness, SourceTree } from '../extract/types.js'
import type { Monitor } from '../manifests/monitors.js'
import type { CollectorExporter, PrometheusConfig } from '../prometheus/model.js'
import { builtInFamilies } from '../registry/built-in.js'
import { catalogFamilies, catalogsFor, loadCatalog } from '../registry/catalogs.js'
import { mergeRegistries } from '../registry/merge.js'
import { createRegistry, type Registry } from '../registry/registry.js'
import type { Family, FamilyPattern, RegistryContent } from '../registry/types.js'
import { disk } from '../text/disk.js'
import { hasFilledIn } from '../text/filled-in.js'
import { sourceText, type Place, type Problem, type SourceText } from '../text/source.js'
import { cachedExtractions } from './extraction-cache.js'
import type { LoadOptions } from './load.js'
import { translationsOf, unsuffixedNames } from './translations.js'
import type { LocatedGrafanaAlert, LocatedRecordingRule, Query, WorkspaceFile } from './workspace.js'

export interface RegistryInput {
  readonly sources: SourceTree
  readonly options: LoadOptions
  readonly images: readonly string[]
  /** Hosts that run what is built from the code at hand. */
  readonly built: ReadonlySet<string>
  readonly prometheusConfigs: readonly PrometheusConfig[]
  /** What OpenTelemetry collectors make of metrics on their way to Prometheus. */
  readonly collectorExporters: readonly CollectorExporter[]
  /** Scrape jobs that the Prometheus operator makes. */
  readonly monitors: readonly Monitor[]
  /** Every query, those of recording rules among them. */
  readonly queries: readonly Query[]
  /** Every recording rule, those among them whose expressions are not read. */
  readonly recordingRules: readonly LocatedRecordingRule[]
  /** Some of which record. */
  readonly grafanaAlerts: readonly LocatedGrafanaAlert[]
  /** The labels of targets, as far as the Prometheus configuration tells. */
  readonly targetLabels: TargetLabels
}

export interface RegistryBuild {
  readonly registry: Registry
  /** The labels of targets, with those that the queries show where no Prometheus configuration tells. */
  readonly targetLabels: TargetLabels
  readonly recordings: readonly Recording[]
  /** What the code at hand exposes, without what other programs of the stack do. */
  readonly exposedByCode: RegistryContent
  /** Files of the code at hand that declare metrics or switch on instrumentation. */
  readonly declaring: readonly string[]
  /** Sources and registry files with faults. */
  readonly files: readonly WorkspaceFile[]
  readonly activeCatalogs: ReadonlySet<string>
  /** Series names that metrics may have without their suffixes, where what takes them is not at hand. */
  readonly unsuffixed: ReadonlySet<string>
  readonly incompleteness: readonly Incompleteness[]
  /** Registry files that there are not. */
  readonly unmatched: readonly string[]
}

/** Puts together all that is known to be exposed: code, registry files, catalogs, Prometheus itself, recording rules. */
export async function buildRegistry(input: RegistryInput): Promise<RegistryBuild> {
  const { options, prometheusConfigs } = input
  const { sources } = input
  const extractions = await cachedExtractions(options.cacheDirectory, sources, options, (sources) => extract(sources, options))
  const imported = await Promise.all(options.registry.map((path) => importRegistry(path, options)))
  const isBuilt = (target: string) => input.built.has(target.replace(/:\d+$/, ''))
  const jobs = prometheusConfigs.flatMap(({ scrapeJobs }) => scrapeJobs).filter(({ targets }) => !targets.some(isBuilt))
  const active = catalogsFor({ images: input.images, jobs, monitors: input.monitors, configured: options.catalogs })
  const activeCatalogs = new Set([...active, ...extractions.flatMap(({ instrumentations }) => instrumentations)].map(({ catalog }) => catalog))
  const declarations = extractions.flatMap((extraction) => extraction.declarations)
  const ways = { configured: options.translationStrategy, prometheusConfigs, collectorExporters: input.collectorExporters, activeCatalogs, sources }
  const translations = translationsOf(declarations, ways)
  const exposedByCode = mergeRegistries([
    ...extractions.map(({ declarations }) => familiesOf(declarations, translations)),
    { families: extractions.flatMap(instrumented), patterns: [] },
  ])
  const contents: RegistryContent[] = [
    { families: builtInFamilies(), patterns: [] },
    exposedByCode,
    ...imported.map(({ content }) => content),
    { families: active.flatMap(({ catalog, evidence }) => catalogFamilies(loadCatalog(catalog)!, { evidence })), patterns: [] },
  ]
  const targetLabels = withInferred(input, contents)
  const { registry, recorded } = withCarried(input, contents, recordings(input), targetLabels)
  return {
    registry,
    recordings: recorded,
    targetLabels,
    exposedByCode,
    declaring: extractions.flatMap(({ declarations, instrumentations }) => [...declarations, ...instrumentations].map(({ place }) => place.source.path)),
    files: [...extractions.flatMap(brokenSources), ...imported.flatMap(({ files }) => files)],
    activeCatalogs,
    unsuffixed: unsuffixedNames(declarations, translations, ways),
    incompleteness: extractions.flatMap(({ incompleteness }) => incompleteness ?? []),
    unmatched: options.registry.filter((_, index) => imported[index]!.isMissing),
  }
}

function withInferred({ queries, targetLabels }: RegistryInput, contents: readonly RegistryContent[]): TargetLabels {
  if (targetLabels.configured) return targetLabels
  const registry = createRegistry(contents)
  return { ...targetLabels, names: new Set([...targetLabels.names, ...inferredTargetLabels(queries, { registry, targetLabels })]) }
}

/** Loads an extractor only where there is a file for it. */
async function extract(sources: SourceTree, options: LoadOptions): Promise<Extraction[]> {
  const extractions: Extraction[] = []
  if (sources.paths.some((path) => /\.[cm]?[jt]sx?$/i.test(path))) {
    const { extractTypeScript } = await import('../extract/typescript/index.js')
    extractions.push(await extractTypeScript(sources, options))
  }
  if (sources.paths.some((path) => /\.py$/i.test(path))) {
    const { extractPython } = await import('../extract/python/index.js')
    extractions.push(await extractPython(sources, options))
  }
  return extractions
}

function instrumented({ instrumentations }: Extraction): Family[] {
  return instrumentations.flatMap(({ catalog, prefix, labels, known, place }) => {
    const loaded = loadCatalog(catalog)
    if (loaded === undefined) return []
    const { line } = place.source.positionAt(place.span.start)
    const evidence = `${place.source.path}:${line}`
    return catalogFamilies(loaded, { evidence, ...(prefix !== undefined && { prefix }), ...(labels && { labels }), ...(known && { known }) })
  })
}

function brokenSources({ problems }: Extraction): WorkspaceFile[] {
  const sources = new Set(problems.map(({ source }) => source))
  return [...sources].map((source) => ({
    kind: 'source',
    source,
    documents: [],
    problems: problems.filter((one) => one.source === source).map(({ problem }) => problem),
  }))
}

interface ImportedRegistry {
  readonly content: RegistryContent
  /** The file itself, where it has faults. */
  readonly files: readonly WorkspaceFile[]
  readonly isMissing: boolean
}

async function importRegistry(path: string, { cwd, tree = disk }: LoadOptions): Promise<ImportedRegistry> {
  const { readRegistry } = await import('../registry/file.js')
  let text: string
  try {
    text = tree.readText(resolve(cwd, path))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = { message: 'cannot read this registry file', span: { start: 0, end: 0 } }
    return { content: { families: [], patterns: [] }, files: [brokenRegistry(sourceText(path, ''), [problem])], isMissing }
  }
  const source = sourceText(path, text)
  const { content, problems } = readRegistry(source)
  return { content, files: problems.length === 0 ? [] : [brokenRegistry(source, problems)], isMissing: false }
}

function brokenRegistry(source: SourceText, problems: readonly Problem[]): WorkspaceFile {
  return { kind: 'registry', source, documents: [], problems }
}

/** A recording rule with what it records. */
interface LocatedRecording extends Recording {
  readonly place: Place
}

function recordings({ recordingRules, grafanaAlerts, queries }: RegistryInput): LocatedRecording[] {
  const parsed = new Map(queries.map((query) => [query.owner.kind === 'recording' ? query.owner.rule : undefined, query.parsed]))
  const byPrometheus = recordingRules.map((rule): LocatedRecording => {
    // A chart may give it other labels, or other rules of its name.
    if (rule.group.file.document.template) return { place: rule.place('record'), record: rule.record, expr: undefined, labels: {} }
    const { expr, errors = [] } = parsed.get(rule) ?? {}
    return { place: rule.place('record'), record: rule.record, expr: errors.length > 0 ? undefined : expr, labels: { ...rule.group.labels, ...rule.labels } }
  })
  const byGrafana = grafanaAlerts.flatMap((rule): LocatedRecording[] => (
    rule.record === undefined ? [] : [{ place: rule.place('record', 'metric'), record: rule.record, expr: undefined, labels: rule.labels }]
  ))
  return [...byPrometheus, ...byGrafana]
}

/** Where no Prometheus configuration tells which labels a Prometheus gives to what others read of it, the queries show them. */
function withCarried({ queries }: RegistryInput, contents: readonly RegistryContent[], all: readonly LocatedRecording[], targetLabels: TargetLabels) {
  const registry = withRecordings(contents, all, targetLabels)
  const carried = targetLabels.configured || all.length === 0 ? new Set<string>() : carriedLabels(queries, { registry, targetLabels })
  if (carried.size === 0) return { registry, recorded: all }
  const recorded = all.map((one) => ({ ...one, carried }))
  return { registry: withRecordings(contents, recorded, targetLabels), recorded }
}

/** Adds what the recording rules record, with the labels that their expressions yield. */
function withRecordings(contents: readonly RegistryContent[], all: readonly LocatedRecording[], targetLabels: TargetLabels): Registry {
  const families = (inference?: Inference): RegistryContent => {
    const recorded = all.map((recording) => recordedFamily(recording, inference))
    const isComputed = ({ name }: Family) => hasFilledIn(name)
    return { families: recorded.filter((family) => !isComputed(family)), patterns: recorded.filter(isComputed).flatMap(computedFamily) }
  }
  const registry = createRegistry([...contents, families()])
  return all.length === 0 ? registry : createRegistry([...contents, families(createInference({ registry, targetLabels, recordings: all }))])
}

/** A family whose name a template fills in; none where nothing of it is known. */
function computedFamily({ name, ...family }: Family): FamilyPattern[] {
  const pattern = { parts: name.split(/\{\{[^]*?\}\}|[$%]\{[^}]*\}/) }
  return pattern.parts.some((part) => /\w/.test(part)) ? [{ ...family, name: pattern, series: [pattern] }] : []
}

function recordedFamily({ place, record, expr, labels }: LocatedRecording, inference: Inference | undefined): Family {
  const yielded = expr && inference ? labelNames(inference.infer(expr).shapes) : { names: new Set<string>(), open: true }
  const given = Object.entries(labels).filter(([, value]) => value !== '').map(([name]) => name)
  const names = new Set([...[...yielded.names].filter((name) => labels[name] !== ''), ...given])
  names.delete('__name__')
  return {
    name: record,
    type: 'unknown',
    labels: [...names].sort().map((name) => ({ name, values: [], open: true })),
    labelsOpen: yielded.open,
    series: [record],
    recorded: 'yes',
    origin: { kind: 'recording-rule' },
    declarations: [{ place, via: [] }],
  }
}
