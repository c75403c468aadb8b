import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { isRecord, listOf, recordOf, textOf, valueAt } from '../text/value.js'
import { resourceOf } from './resource.js'

/** A PromQL expression that a resource asks Prometheus for, and that belongs to no dashboard and no rule. */
export interface HeldQuery {
  readonly text: string
  readonly path: DocumentPath
  /** What it is to the resource, for people: `errors of SLO "requests"`. */
  readonly what: string
}

export interface QueryHolder {
  readonly document: StructuredDocument
  /** For people: `Sloth SLO`, `ScaledObject "worker"`. */
  readonly title: string
  readonly queries: readonly HeldQuery[]
}

type Finder = (document: StructuredDocument) => readonly HeldQuery[]

/**
 * By group and kind. Sloth: pkg/kubernetes/api/sloth/v1, pkg/prometheus/api/v1; Pyrra: kubernetes/api/v1alpha1; KEDA:
 * scalers/prometheus; Argo Rollouts: analysis/prometheus.
 */
const finders: Readonly<Record<string, Finder>> = {
  'sloth.slok.dev/PrometheusServiceLevel': (document) => slothQueries(document, ['spec']),
  'pyrra.dev/ServiceLevelObjective': pyrraQueries,
  'keda.sh/ScaledObject': kedaQueries,
  'keda.sh/ScaledJob': kedaQueries,
  'argoproj.io/AnalysisTemplate': argoQueries,
  'argoproj.io/ClusterAnalysisTemplate': argoQueries,
}

/** What a document asks Prometheus for; `undefined` where it is none that does. */
export function queryHolder(document: StructuredDocument): QueryHolder | undefined {
  const { value } = document
  if (isRecord(value) && value['version'] === 'prometheus/v1' && Array.isArray(value['slos'])) {
    return { document, title: 'Sloth SLO', queries: slothQueries(document, []) }
  }
  const resource = resourceOf(value)
  const find = resource && finders[`${resource.group}/${resource.kind}`]
  return find && { document, title: `${resource.kind}${resource.name === undefined ? '' : ` "${resource.name}"`}`, queries: find(document) }
}

/** Whether a text may be such a document, by signs in it. */
export function mayAsk(text: string): boolean {
  return signs.test(text)
}

const signs = /^[^\S\n]*(?:version\s*:\s*["']?prometheus\/v1|(?:- )?apiVersion\s*:\s*["']?(?:sloth\.slok\.dev|pyrra\.dev|keda\.sh|argoproj\.io)\/)/m

function slothQueries(document: StructuredDocument, path: DocumentPath): HeldQuery[] {
  return listOf(valueAt(document.value, [...path, 'slos'])).flatMap((slo, index) => {
    const name = textOf(recordOf(slo)['name']) ?? String(index + 1)
    const at = [...path, 'slos', index, 'sli']
    return [
      ...query(document, [...at, 'events', 'errorQuery'], `errors of SLO "${name}"`),
      ...query(document, [...at, 'events', 'error_query'], `errors of SLO "${name}"`),
      ...query(document, [...at, 'events', 'totalQuery'], `total of SLO "${name}"`),
      ...query(document, [...at, 'events', 'total_query'], `total of SLO "${name}"`),
      ...query(document, [...at, 'raw', 'errorRatioQuery'], `error ratio of SLO "${name}"`),
      ...query(document, [...at, 'raw', 'error_ratio_query'], `error ratio of SLO "${name}"`),
    ]
  })
}

function pyrraQueries(document: StructuredDocument): HeldQuery[] {
  const indicator = ['spec', 'indicator']
  return [
    ...query(document, [...indicator, 'ratio', 'errors', 'metric'], 'errors'),
    ...query(document, [...indicator, 'ratio', 'total', 'metric'], 'total'),
    ...query(document, [...indicator, 'latency', 'success', 'metric'], 'success'),
    ...query(document, [...indicator, 'latency', 'total', 'metric'], 'total'),
    ...query(document, [...indicator, 'latencyNative', 'total', 'metric'], 'total'),
    ...query(document, [...indicator, 'bool_gauge', 'metric'], 'gauge'),
  ]
}

function kedaQueries(document: StructuredDocument): HeldQuery[] {
  return listOf(valueAt(document.value, ['spec', 'triggers'])).flatMap((trigger, index) => (
    recordOf(trigger)['type'] === 'prometheus' ? query(document, ['spec', 'triggers', index, 'metadata', 'query'], `trigger ${index + 1}`) : []
  ))
}

function argoQueries(document: StructuredDocument): HeldQuery[] {
  return listOf(valueAt(document.value, ['spec', 'metrics'])).flatMap((metric, index) => (
    query(document, ['spec', 'metrics', index, 'provider', 'prometheus', 'query'], `metric "${textOf(recordOf(metric)['name']) ?? String(index + 1)}"`)
  ))
}

function query(document: StructuredDocument, path: DocumentPath, what: string): HeldQuery[] {
  const text = valueAt(document.value, path)
  return typeof text === 'string' && text.trim() !== '' ? [{ text, path, what }] : []
}
