import { describe, expect, test } from 'vitest'
import { createInference } from '../../../src/contract/inference/infer.js'
import type { LabelValues, Shape } from '../../../src/contract/inference/types.js'
import { parse } from '../../../src/promql/index.js'
import { createRegistry } from '../../../src/registry/registry.js'
import { family, label } from '../../registry/families.js'

const client = { kind: 'code', client: 'prometheus_client' } as const
const registry = createRegistry([{
  families: [
    family('jobs_done_total', { origin: client, labels: [{ ...label('kind', 'x', 'y', 'z'), always: true }] }),
    family('jobs_failed_total', { origin: client, labels: [{ ...label('kind', 'x'), always: true }] }),
    family('depth', { type: 'gauge', origin: client, labels: [label('queue')] }),
  ],
  patterns: [],
}])
const { infer } = createInference({ registry, targetLabels: { names: new Set(['job']), open: false, configured: true, always: new Set(['job']) } })

const values = (of: LabelValues) => (of.kind === 'open' ? (of.mayBeAbsent ? '*?' : '*') : of.values.size === 0 ? 'none' : [...of.values].map((value) => value || '-').join('|'))
const told = ({ labels, others }: Shape) => [...[...labels].map(([name, of]) => `${name}=${values(of)}`), ...(others.kind === 'open' ? ['…'] : [])].join(' ')

function yielded(query: string): string {
  const { expr } = parse(query, { templates: 'grafana' })
  const { shapes, cause } = infer(expr!)
  return shapes.length > 0 ? shapes.map(told).join('; ') : `nothing: ${cause!.kind}${cause!.kind === 'selector' ? ` ${cause!.label}` : ''}`
}

describe('what a selector can yield', () => {
  test.each([
    ['jobs_done_total', '__name__=jobs_done_total kind=x|y|z job=*'],
    ['jobs_done_total{kind="x"}', '__name__=jobs_done_total kind=x job=*'],
    ['jobs_done_total{kind!="x"}', '__name__=jobs_done_total kind=y|z job=*'],
    ['jobs_done_total{kind=~"x|y"}', '__name__=jobs_done_total kind=x|y job=*'],
    ['jobs_done_total{kind=~"[xy]"}', '__name__=jobs_done_total kind=x|y job=*'],
    ['jobs_done_total{kind!~"[xy]"}', '__name__=jobs_done_total kind=z job=*'],
    ['jobs_done_total{kind=~"x|y", kind!="x"}', '__name__=jobs_done_total kind=y job=*'],
    ['jobs_done_total{kind="w"}', 'nothing: selector kind'],
    ['jobs_done_total{kind="x", kind="y"}', 'nothing: selector kind'],
    ['jobs_done_total{zone="eu"}', 'nothing: selector zone'],
    ['jobs_done_total{zone=~"eu|"}', '__name__=jobs_done_total kind=x|y|z job=*'],
    ['jobs_done_total{job=""}', 'nothing: selector job'],
    // A variable tells nothing, unless there is text beside it.
    ['jobs_done_total{kind=~"$kind"}', '__name__=jobs_done_total kind=x|y|z job=*'],
    ['depth{queue="$queue"}', '__name__=depth queue=*? job=*'],
    ['depth{queue="q-$queue"}', '__name__=depth queue=* job=*'],
    ['jobs_done_total{zone="z-$zone"}', 'nothing: selector zone'],
    // A pattern that is a list of known names has these series and no others.
    ['{__name__="depth"}', '__name__=depth queue=*? job=*'],
    ['{__name__=~"jobs_done_total|depth"}', '__name__=depth queue=*? job=*; __name__=jobs_done_total kind=x|y|z job=*'],
    ['{__name__=~"jobs_(done|failed)_total"}', '__name__=jobs_done_total kind=x|y|z job=*; __name__=jobs_failed_total kind=x job=*'],
    ['{__name__=~"jobs_(?:done|failed)_total", kind="y"}', '__name__=jobs_done_total kind=y job=*'],
    ['{__name__=~"jobs_(done|lost)_total", kind="x"}', '__name__=jobs_done_total kind=x job=*; __name__=* kind=x …'],
    ['{__name__=~"jobs_.+", kind="y"}', '__name__=jobs_done_total kind=y job=*; __name__=* kind=y …'],
    ['nowhere', '…'],
    ['{job="a"}', 'job=a …'],
  ])('%s: %s', (query, expected) => {
    expect(yielded(query)).toBe(expected)
  })
})

describe('the name of an operation', () => {
  test.each([
    ['depth * 2', '__name__=- queue=*? job=*'],
    // Prometheus 2.42 keeps it here, and should not.
    ['depth atan2 2', '__name__=depth|- queue=*? job=*'],
    ['depth atan2 ignoring (kind, queue) jobs_done_total', '__name__=depth|- queue=- job=* kind=-'],
    ['depth > 2', '__name__=depth queue=*? job=*'],
    ['depth > bool 2', '__name__=- queue=*? job=*'],
  ])('%s: %s', (query, expected) => {
    expect(yielded(query)).toBe(expected)
  })
})
