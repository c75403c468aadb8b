import client, { Counter, Gauge as RenamedGauge, Histogram, Registry, Summary, collectDefaultMetrics, exponentialBuckets } from 'prom-client'
import * as prom from 'prom-client'

export const register = new Registry()
register.setDefaultLabels({ service: 'forms' })
collectDefaultMetrics({ register, prefix: 'forms_' })
const registers = [register]

const LABELS = ['method', 'status'] as const
enum Names { Ratio = 'forms_ratio' }

const plain = new Counter({ name: 'forms_plain_total', help: 'No labels', registers })
const labelled = new client.Counter({ name: 'forms_labelled_total', help: 'Labels', labelNames: [...LABELS], registers })
const gauge = new RenamedGauge({ name: `forms_${'gauge'}`, help: 'Gauge', labelNames: ['queue'], registers })
const ratio = new prom.Gauge({ name: Names.Ratio, help: 'Enum name', registers })
const collected = new prom.Gauge({
  name: 'forms_collected',
  help: 'Set when scraped',
  labelNames: ['part'],
  registers,
  collect() { this.set({ part: 'all' }, 1) },
})
const histogram = new Histogram({ name: 'forms_duration_seconds', help: 'Histogram', labelNames: ['method'], buckets: exponentialBuckets(1, 2, 3), registers })
const defaults = new Histogram({ name: 'forms_default_seconds', help: 'Default buckets', registers })
const summary = new Summary({ name: 'forms_summary', help: 'Summary', percentiles: [0.5, 0.9], labelNames: ['method'], registers })
new Counter({ name: 'forms_hidden_total', help: 'In no registry', registers: [] })
const moved = new Counter({ name: 'forms_moved_total', help: 'Registered later', registers: [] })
register.registerMetric(moved)

class Prefixed {
  constructor(private readonly prefix: string) {}
  counter(name: string, labelNames: string[] = []) {
    return new Counter({ name: `${this.prefix}_${name}_total`, help: name, labelNames, registers })
  }
}
const wrapped = new Prefixed('forms').counter('wrapped', ['kind'])
class LaterGauge extends RenamedGauge<'side'> {
  constructor(name: string) { super({ name, help: 'Subclass', labelNames: ['side'], registers }) }
}
const later = new LaterGauge('forms_later')
const table: Record<string, prom.Counter> = {}
for (const [key, help] of [['read', 'Reads'], ['write', 'Writes']] as const) {
  table[key] = new Counter({ name: `forms_${key}_bytes_total`, help, registers })
}

/** Records every metric in every way that the client knows. */
export function record(): void {
  plain.inc()
  labelled.inc({ method: 'GET', status: 'ok' })
  labelled.labels('POST', 'error').inc(2)
  labelled.labels({ method: 'PUT', status: 'ok' }).inc()
  gauge.set({ queue: 'mail' }, 3)
  gauge.dec({ queue: 'sms' })
  ratio.setToCurrentTime()
  const end = histogram.startTimer()
  end({ method: 'GET' })
  histogram.observe({ method: 'POST' }, 2)
  defaults.observe(1)
  const finish = summary.startTimer({ method: 'GET' })
  finish()
  summary.labels('PUT').observe(1)
  moved.inc()
  wrapped.inc({ kind: 'a' })
  later.set({ side: 'left' }, 1)
  table['read']!.inc()
  void collected
}
