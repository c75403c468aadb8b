import { reasonFor } from '../contract/describe.js'
import type { LabelUse } from '../contract/label-uses.js'
import { judgeLabels } from '../contract/label-verdict.js'
import { selectorLabelValues, type KnownValues } from '../contract/label-values.js'
import { namedValues } from '../contract/named-values.js'
import { askedName, literalOf } from '../contract/selector-match.js'
import type { VectorSelector } from '../promql/ast.js'
import { compareStrings } from '../registry/merge.js'
import { groupedBy } from '../text/grouped-by.js'
import { once } from '../text/once.js'
import type { Place } from '../text/source.js'
import { consumerOf, type Consumer } from '../workspace/consumer.js'
import type { JudgedMetricsDocument, Query, QuerySelector, Workspace } from '../workspace/workspace.js'

/**
 * What is known of something that a consumer names: it is exposed, it cannot be, or nothing at hand tells.
 * What is refuted is reported by a rule; what is unverified is counted and shown.
 */
export type Verdict = 'proved' | 'refuted' | 'unverified'

/** How many references of one kind there are, and what became of them. */
export interface Tally {
  readonly total: number
  readonly proved: number
  readonly refuted: number
  readonly unverified: number
}

/** A name that could not be checked, with all its uses. */
export interface UnverifiedName {
  /** As the queries spell it, templates included: `celery_workers`, `${prefix}_total`; absent where a selector names no metric. */
  readonly metric?: string
  /** Present where it is a label, or a label's value, that could not be checked; the metric then is proved. */
  readonly label?: string
  readonly value?: string
  /** Why, in words for a person, without the name: `nothing at hand exposes it`. */
  readonly reason: string
  readonly count: number
  /** Where it stands first, in the order of files and places; worked out when asked, for it costs more than all else here. */
  readonly first: () => Place
}

/** How much of one dashboard or rule file was checked. */
export interface ConsumerCoverage {
  readonly file: string
  /** A dashboard's title; absent for a rule file. */
  readonly title?: string
  readonly selectors: Tally
  /** Sorted by metric, label and value. */
  readonly unverified: readonly UnverifiedName[]
}

/** What a run checked and what it could not. */
export interface Coverage {
  readonly selectors: Tally
  readonly labels: Tally
  readonly values: Tally
  /** Every name once, over all consumers; sorted by metric, label and value. */
  readonly unverified: readonly UnverifiedName[]
  /** Those of `unverified` that are metrics. */
  readonly unverifiedMetrics: readonly UnverifiedName[]
  /** Every dashboard and rule file with queries, in the order of files. */
  readonly consumers: readonly ConsumerCoverage[]
  /** Every document that lists metrics, in the order of files. */
  readonly documents: readonly DocumentCoverage[]
}

/** How many of the names that a document lists were checked. Patterns are not counted. */
export interface DocumentCoverage {
  readonly file: string
  readonly names: Tally
  /** Sorted by metric. */
  readonly unverified: readonly UnverifiedName[]
}

/** One use of a name, a label or a value, and what became of it. */
interface Reference {
  readonly kind: 'selectors' | 'labels' | 'values'
  readonly verdict: Verdict
  /** What it stands in. */
  readonly consumer: Consumer
  /** What is told of it where it is unverified; absent where its metric is told instead. */
  readonly name?: Omit<UnverifiedName, 'count'>
}

/**
 * Counts the verdicts on everything that the queries of a workspace's files to report on name. Each part is worked out
 * when it is asked for: most reports tell what became of the metrics alone.
 */
export function coverageOf(workspace: Workspace): Coverage {
  const isReported = (path: string) => workspace.isReported(path)
  const selectors = workspace.selectors.filter(({ query }) => isReported(query.source.path))
  const queries = workspace.queries.filter(({ source }) => isReported(source.path))
  const metrics = once(() => [...selectors.map((one) => metricReference(one, workspace)), ...queries.flatMap(unreadReference)])
  const labels = once(() => queries.flatMap((query) => labelReferences(query, workspace)))
  const values = once(() => {
    const alerts = alertNames(workspace)
    return selectors.flatMap((one) => valueReferences(one, workspace, alerts))
  })
  const unverified = once(() => unverifiedNames([...metrics(), ...values(), ...labels()]))
  const unverifiedMetrics = once(() => unverifiedNames(metrics()))
  const documents = once(() => workspace.metricsDocuments.filter(({ source }) => isReported(source.path)).map((document) => documentCoverage(document, workspace)))
  const consumers = once(() => [...groupedBy([...metrics(), ...values(), ...labels()], ({ consumer }) => consumer)].map(([{ file, dashboard }, own]) => {
    const title = dashboard?.title
    return { file, ...(title !== undefined && { title }), selectors: tally(own.filter(({ kind }) => kind === 'selectors')), unverified: unverifiedNames(own) }
  }).sort((a, b) => compareStrings(a.file, b.file) || compareStrings(a.title ?? '', b.title ?? '')))
  return {
    get selectors() { return tally(metrics()) },
    get labels() { return tally(labels()) },
    get values() { return tally(values()) },
    get unverified() { return unverified() },
    get unverifiedMetrics() { return unverifiedMetrics() },
    get documents() { return documents() },
    get consumers() { return consumers() },
  }
}

function documentCoverage({ source, metrics, verdictOn }: JudgedMetricsDocument, workspace: Workspace): DocumentCoverage {
  const labels = new Set(workspace.stackOf(source.path).registry.families.flatMap((family) => family.labels.map(({ name }) => name)))
  const consumer: Consumer = { file: source.path, title: `document ${source.path}` }
  // As stale-docs takes them: a list of labels looks like one of metrics.
  const names = metrics.filter(({ isPresent }) => isPresent).flatMap(({ names: listed, span }) => listed.map((name) => ({ name, span }))).filter(({ name }) => !name.includes('*') && !labels.has(name))
  const references = names.map(({ name, span }): Reference => {
    const verdict = verdictOn(name)
    const common = { kind: 'selectors', verdict: verdict.kind, consumer } as const
    return verdict.kind === 'unverified' ? { ...common, name: { metric: name, reason: reasonFor(verdict.reason), first: () => ({ source, span }) } } : common
  })
  return { file: source.path, names: tally(references), unverified: unverifiedNames(references) }
}

/** A query of which nothing is known, because another tool fills it in or it is more than PromQL: it counts as one selector. */
function unreadReference(query: Query): Reference[] {
  const { expr, errors } = query.parsed
  if (expr !== undefined || errors.length > 0) return []
  return [{ kind: 'selectors', verdict: 'unverified', consumer: consumerOf(query), name: { reason: isMetricsql(query) ? 'it has something that only MetricsQL has' : 'another tool fills in the query before it is loaded', first: () => query.place(0, query.text.length) } }]
}

function isMetricsql({ owner }: Query): boolean {
  return (owner.kind === 'alerting' || owner.kind === 'recording') && owner.rule.group.file.language === 'metricsql'
}

function metricReference({ query, selector }: QuerySelector, workspace: Workspace): Reference {
  const verdict = workspace.verdictOn(selector)
  const common = { kind: 'selectors', verdict: verdict.kind, consumer: consumerOf(query) } as const
  if (verdict.kind !== 'unverified') return common
  const { start, end } = verdict.asked ?? selector
  const metric = verdict.asked?.text
  return { ...common, name: { ...(metric !== undefined && { metric }), reason: reasonFor(verdict.reason), first: () => query.place(start, end) } }
}

function valueReferences({ query, selector }: QuerySelector, workspace: Workspace, alerts: ReadonlySet<string> | undefined): Reference[] {
  const consumer = consumerOf(query)
  const metric = workspace.verdictOn(selector).kind === 'proved' ? askedName(selector)?.text : undefined
  return selector.matchers.flatMap((matcher): Reference[] => {
    const label = literalOf(matcher.name)
    if (label === undefined || label === '__name__') return []
    const known = isAlertName(selector, label) ? alerts : selectorLabelValues(selector, label, workspace.stackOf(consumer.file))
    return namedValues(matcher).map(({ text, start, end }) => ({
      kind: 'values',
      verdict: known === undefined ? 'unverified' : !known.has(text) ? 'refuted' : surelyHas(known, text) ? 'proved' : 'unverified',
      consumer,
      ...(metric !== undefined && { name: { metric, label, value: text, reason: 'not all values of the label are known', first: () => query.place(start, end) } }),
    }))
  })
}

/** What fits a pattern the label may have, or not. */
function surelyHas(known: ReadonlySet<string> | KnownValues, value: string): boolean {
  return !('patterns' in known) || known.values.includes(value)
}

function isAlertName(selector: VectorSelector, label: string): boolean {
  return label === 'alertname' && (askedName(selector)?.text.startsWith('ALERTS') ?? false)
}

/** The alerts of the rule files, as unknown-alert takes them: without a rule file they are defined elsewhere. */
function alertNames({ alertingRules, grafanaAlerts }: Workspace): ReadonlySet<string> | undefined {
  return alertingRules.length === 0 ? undefined : new Set([...alertingRules.map(({ alert }) => alert), ...grafanaAlerts.map(({ title }) => title)])
}

function labelReferences(query: Query, workspace: Workspace): Reference[] {
  const { expr } = query.parsed
  if (expr === undefined) return []
  return judgeLabels(expr, workspace, query.valuesOf).map(({ use, verdict }) => {
    const metric = verdict === 'unverified' ? provedMetric(use, workspace) : undefined
    const name = metric === undefined ? undefined
      : { metric, label: use.label, reason: 'not all labels of the metric are known', first: () => query.place(use.start, use.end) }
    return { kind: 'labels', verdict, consumer: consumerOf(query), ...(name && { name }) }
  })
}

/** The first metric that is proved of those that a label would have to come from. */
function provedMetric({ sides }: LabelUse, workspace: Workspace): string | undefined {
  for (const { selectors } of sides) {
    for (const selector of selectors) if (workspace.verdictOn(selector).kind === 'proved') return askedName(selector)?.text
  }
  return undefined
}

function tally(references: readonly Reference[]): Tally {
  const counts = { total: references.length, proved: 0, refuted: 0, unverified: 0 }
  for (const { verdict } of references) counts[verdict]++
  return counts
}

function unverifiedNames(references: readonly Reference[]): UnverifiedName[] {
  const names = new Map<string, UnverifiedName>()
  for (const { verdict, name } of references) {
    if (verdict !== 'unverified' || name === undefined) continue
    const key = keyOf(name)
    const known = names.get(key)
    names.set(key, known ? { ...known, count: known.count + 1 } : { ...name, count: 1 })
  }
  return [...names].sort(([a], [b]) => compareStrings(a, b)).map(([, name]) => name)
}

/** Sorts names before their labels, and labels before their values. */
function keyOf({ metric, label, value, reason }: Omit<UnverifiedName, 'count'>): string {
  return [metric ?? '', label ?? '', value ?? '', reason].join('\0')
}
