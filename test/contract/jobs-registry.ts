import type { Contract } from '../../src/contract/contract.js'
import { parse, walk } from '../../src/promql/index.js'
import type { Expr, VectorSelector } from '../../src/promql/ast.js'
import { createRegistry, type Registry } from '../../src/registry/registry.js'
import { family, familyPattern, histogramSeries, label } from '../registry/families.js'

/** A producer with a counter, a histogram, a summary, a gauge, and metrics of which not all is known. */
export const registry: Registry = createRegistry([{
  families: [
    family('jobs_done_total', { labels: [label('kind'), label('status', 'error', 'ok')] }),
    family('jobs_duration_seconds', { type: 'histogram', labels: [label('kind')], series: histogramSeries('jobs_duration_seconds') }),
    family('jobs_size_bytes', { type: 'summary', series: ['jobs_size_bytes', 'jobs_size_bytes_count', 'jobs_size_bytes_sum'] }),
    family('jobs_queued', { type: 'gauge', labels: [label('instance')] }),
    family('jobs_open', { type: 'gauge', labels: [label('a')], labelsOpen: true }),
    family('job:jobs_done:rate5m', { type: 'unknown', labels: [label('job')], origin: { kind: 'recording-rule' } }),
  ],
  patterns: [familyPattern({ parts: ['worker_', '_seconds'] }, { series: [{ parts: ['worker_', '_seconds'] }] })],
}])

export const contract: Contract = { registry, targetLabels: { names: new Set(['instance', 'job']), open: false, configured: true } }

/** The expression of a query in a dashboard. */
export function exprOf(query: string): Expr {
  const { expr } = parse(query, { templates: 'grafana' })
  if (expr === undefined) throw new Error(`no expression in ${query}`)
  return expr
}

/** The first selector of a query. */
export function selectorOf(query: string): VectorSelector {
  let found: VectorSelector | undefined
  walk(exprOf(query), (node) => {
    if (node.type === 'VectorSelector') found ??= node
  })
  if (found === undefined) throw new Error(`no selector in ${query}`)
  return found
}
