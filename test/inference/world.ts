import type { Contract, TargetLabels } from '../../src/contract/contract.js'
import type { Recording } from '../../src/contract/inference/recordings.js'
import { parse } from '../../src/promql/index.js'
import { createRegistry } from '../../src/registry/registry.js'
import type { Family, Label, MetricType } from '../../src/registry/types.js'
import { family } from '../registry/families.js'
import { randomFrom, type Random } from './random.js'

/** Samples of two programs, scraped for forty minutes: what Prometheus holds. */
export const start = 1_700_000_000
export const step = 30
export const samples = 80
/** When queries are asked: in the middle, and where some series have ended. */
export const instants: readonly number[] = [start + 1210, start + samples * step - 10]

type Labels = Readonly<Record<string, string>>

export interface Series {
  readonly name: string
  readonly labels: Labels
  /** One value a scrape; `undefined` where the series was not exposed. */
  readonly values: readonly (number | undefined)[]
}

interface Made {
  readonly name: string
  readonly type: MetricType
  readonly series: readonly Series[]
}

/** Labels of the two targets. */
const targets: readonly Labels[] = [{ job: 'api', instance: 'a:1' }, { job: 'api', instance: 'b:1' }, { job: 'worker', instance: 'c:1' }]

/** The series of a family: some label sets on some targets, with the values that its type allows. */
export function madeFamilies(): readonly Made[] {
  const random = randomFrom(7)
  const values = (of: (i: number) => number) => {
    const from = random.once(4) ? random.below(samples) : 0
    const to = random.once(4) ? random.below(samples) : samples
    return Array.from({ length: samples }, (_, i) => (i < from || (i >= to && to > from) ? undefined : of(i)))
  }
  const counter = () => {
    let value = random.below(3)
    const pace = random.pick([0, 1, 1, 5])
    const reset = random.once(3) ? random.below(samples) : -1
    return values((i) => (value = i === reset ? 0 : value + random.below(pace + 1)))
  }
  const gauge = (numbers: readonly number[]) => values(() => random.pick(numbers))
  const on = (name: string, sets: readonly Labels[], make: () => Series['values'], where = targets): Series[] => (
    where.flatMap((target) => sets.flatMap((labels) => (random.once(6) ? [] : [{ name, labels: { ...target, ...labels }, values: make() }])))
  )
  const histogram = (name: string, sets: readonly Labels[]): Series[] => targets.flatMap((target) => sets.flatMap((labels) => {
    const total = counter()
    const scaled = (share: number) => total.map((value) => value === undefined ? undefined : Math.floor(value * share))
    const own = { ...target, ...labels }
    return [
      ...[['0.1', 0.3], ['1', 0.8], ['+Inf', 1]].map(([le, share]) => ({ name: `${name}_bucket`, labels: { ...own, le: le as string }, values: scaled(share as number) })),
      { name: `${name}_count`, labels: own, values: total },
      { name: `${name}_sum`, labels: own, values: total.map((value) => value === undefined ? undefined : value * 0.25) },
    ]
  }))
  const kinds = [{ kind: 'x' }, { kind: 'y' }]
  return [
    { name: 'done_total', type: 'counter', series: on('done_total', [{ kind: 'x', status: 'ok' }, { kind: 'x', status: 'error' }, { kind: 'y', status: 'ok' }], counter) },
    { name: 'sent_total', type: 'counter', series: on('sent_total', [{ kind: 'x' }, { kind: 'y', zone: 'eu' }, { zone: 'us' }], counter) },
    { name: 'failed_total', type: 'counter', series: on('failed_total', [{ kind: 'x', status: 'failed' }, { kind: 'z', status: 'failed' }], counter) },
    { name: 'depth', type: 'gauge', series: on('depth', [{ queue: 'q1' }, { queue: 'q2' }], () => gauge([-2, -1, 0, 1, 2])) },
    { name: 'level', type: 'gauge', series: on('level', kinds, () => gauge([0, 0.5, 1, NaN, 100])) },
    { name: 'size_bytes', type: 'gauge', series: on('size_bytes', [{}], () => gauge([1, 1e9, Infinity, -1e9])) },
    { name: 'temperature', type: 'gauge', series: on('temperature', [{ zone: 'eu' }, { zone: 'us', status: 'ok' }], () => gauge([20, 21, -5])) },
    { name: 'latency_seconds', type: 'histogram', series: histogram('latency_seconds', kinds) },
    { name: 'pause_seconds', type: 'summary', series: [
      ...on('pause_seconds', [{ quantile: '0.5' }, { quantile: '0.9' }], () => gauge([0.1, 0.2])), ...on('pause_seconds_count', [{}], counter), ...on('pause_seconds_sum', [{}], counter),
    ] },
    { name: 'build_info', type: 'info', series: on('build_info', [{ version: '1.2', kind: 'x' }], () => values(() => 1)) },
    { name: 'pod_owner', type: 'gauge', series: on('pod_owner', [{ exported_instance: 'p', kind: 'y' }], () => gauge([1])) },
    { name: 'up', type: 'gauge', series: on('up', [{}], () => gauge([0, 1, 1])) },
  ]
}

/** What Prometheus records of them, at every scrape. */
export const recordingRules: readonly { readonly record: string; readonly expr: string; readonly labels: Labels }[] = [
  { record: 'kind:done:rate5m', expr: 'sum by (kind, status) (rate(done_total[5m]))', labels: {} },
  { record: 'kind:sent:ratio', expr: 'sum by (kind) (sent_total) / sum by (kind) (done_total)', labels: { mode: 'ratio' } },
  { record: 'kind:sent:ratio', expr: 'sum by (zone) (sent_total)', labels: { mode: 'zone' } },
  { record: 'job:up:low', expr: 'min without (instance) (up) < 1', labels: { job: '', severity: 'page' } },
]

/** The text that `promtool tsdb create-blocks-from openmetrics` reads. */
export function openMetrics(series: readonly Series[]): string {
  const lines = series.flatMap(({ name, labels, values }) => {
    const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')
    return values.flatMap((value, i) => value === undefined ? [] : [`${name}{${inside}} ${textOf(value)} ${start + i * step}`])
  })
  return `${lines.join('\n')}\n# EOF\n`
}

function textOf(value: number): string {
  return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value)
}

export interface NamedContract {
  readonly name: string
  readonly contract: Contract
  /** Whether all is known: then what is empty should be known to be. */
  readonly isWhole: boolean
}

/** Registries that know all of it, less of it, and nothing. */
export function contracts(): readonly NamedContract[] {
  const made = madeFamilies()
  const targetLabels: TargetLabels = {
    names: new Set(['job', 'instance']), open: false, configured: true, always: new Set(['job', 'instance']), honored: false,
    values: new Map([['job', ['api', 'worker']], ['instance', ['a:1', 'b:1', 'c:1']]]),
  }
  const recordings: readonly Recording[] = recordingRules.map(({ record, expr, labels }) => ({ record, expr: parse(expr).expr, labels }))
  const recorded = [...new Set(recordings.map(({ record }) => record))].map((record) => family(record, { type: 'unknown', labelsOpen: true, origin: { kind: 'recording-rule' } }))
  const whole = made.map(familyFrom)
  const named = (name: string, families: readonly Family[], labels: Partial<TargetLabels> = {}, isWhole = false): NamedContract => ({
    name, isWhole, contract: { registry: createRegistry([{ families: [...families, ...recorded], patterns: [] }]), targetLabels: { ...targetLabels, ...labels }, recordings },
  })
  const less = (seed: number): NamedContract => {
    const random = randomFrom(seed)
    const labels: Partial<TargetLabels> = random.once(2) ? { values: new Map(), always: new Set() } : random.once(2) ? { open: true } : {}
    return named(`less ${seed}`, whole.flatMap((one) => lessOf(one, random)), labels)
  }
  return [named('whole', whole, {}, true), less(1), less(2), less(3), named('nothing', [], { open: true, values: new Map() })]
}

/** A family with all that its series show. */
function familyFrom({ name, type, series }: Made): Family {
  const ignored = new Set(['job', 'instance', 'le', 'quantile'])
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].filter((label) => !ignored.has(label)).sort()
  return family(name, {
    type,
    // A label of the target's name is renamed when it is scraped: the program says `instance`.
    labels: names.map((label): Label => ({
      name: label.replace('exported_', ''),
      values: [...new Set(series.flatMap(({ labels }) => label in labels ? [labels[label]!] : []))].sort(),
      open: false,
      ...(series.every(({ labels }) => label in labels) && { always: true }),
    })),
    series: [...new Set(series.map((one) => one.name))].sort(),
    origin: name === 'up' ? { kind: 'built-in' } : { kind: 'code', client: 'prometheus_client' },
  })
}

/** The same family with less known of it, or not known at all. */
function lessOf(one: Family, random: Random): Family[] {
  if (random.once(8) && one.name !== 'up') return []
  if (one.name === 'up') return [one]
  const hidden = random.once(4) ? random.below(4) : -1
  return [{
    ...one,
    type: random.once(5) ? 'unknown' : one.type,
    labels: one.labels.filter((_, i) => i !== hidden).map(({ name, values, always }) => {
      const isOpen = random.once(2)
      return { name, values: isOpen ? values.slice(0, 1) : values, open: isOpen, ...(always && random.once(2) && { always }) }
    }),
    labelsOpen: (hidden >= 0 && hidden < one.labels.length) || random.once(5),
  }]
}
