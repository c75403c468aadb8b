import { expect, test } from 'vitest'
import { lintLines, prometheusConfig } from './lint-files.js'

const producer = `import { Counter, Gauge, Histogram } from 'prom-client'

export const latency = new Histogram({ name: 'query_duration_seconds', help: 'Duration of queries', labelNames: ['route'] })
export const received = new Counter({ name: 'received_bytes_total', help: 'Bytes received', labelNames: ['tenant'] })
export const busy = new Counter({ name: 'worker_busy_seconds_total', help: 'Time that workers were busy' })
export const used = new Gauge({ name: 'cache_used_bytes', help: 'Bytes in the cache' })
export const size = new Gauge({ name: 'cache_size_bytes', help: 'Bytes that fit in the cache' })
export const full = new Gauge({ name: 'disk_full_ratio', help: 'How full the disk is' })
export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done', labelNames: ['status'] })
export const last = new Gauge({ name: 'backup_timestamp_seconds', help: 'When the last backup ended' })

export function record(status: string) {
  latency.observe({ route: 'a' }, 1)
  received.inc({ tenant: 'a' }, 1)
  busy.inc(1)
  used.set(1)
  size.set(1)
  full.set(1)
  done.inc({ status })
  last.set(1)
}
`

/** What is said of a panel with these expressions and further keys. */
async function lint(exprs: readonly (string | object)[], panel: object): Promise<string[]> {
  const lines = await lintLines('panel-unit', {
    'd.json': {
      uid: 'd', title: 'D', tags: ['d'], schemaVersion: 39, templating: { list: [] },
      panels: [{
        id: 1, type: 'timeseries', title: 'P', datasource: { type: 'prometheus', uid: 'prometheus' },
        targets: exprs.map((one, i) => ({ refId: 'ABC'[i], ...(typeof one === 'string' ? { expr: one } : one) })), ...panel,
      }],
    },
    'src/metrics.ts': producer,
    'prometheus.yml': prometheusConfig,
  })
  return lines.map((line) => line.replace(/^d\.json:\d+:\d+ warning /, ''))
}

const shownIn = (unit: string, ...exprs: readonly string[]) => lint(exprs, { fieldConfig: { defaults: { unit }, overrides: [] } })

const p99 = 'histogram_quantile(0.99, sum by (le) (rate(query_duration_seconds_bucket[5m])))'

test.each([
  ['ms', p99, '«ms» The expression yields seconds, the panel shows milliseconds ("ms"). Did you mean "s"?'],
  ['s', `1000 * ${p99}`, '«s» The expression yields milliseconds, the panel shows seconds ("s"). Did you mean "ms"?'],
  ['ms', 'rate(query_duration_seconds_sum[5m]) / rate(query_duration_seconds_count[5m])', '«ms» The expression yields seconds, the panel shows milliseconds ("ms"). Did you mean "s"?'],
  ['bytes', 'time() - backup_timestamp_seconds', '«bytes» The expression yields seconds, the panel shows bytes ("bytes"). Did you mean "s"?'],
  ['bps', 'sum(rate(received_bytes_total[5m]))', '«bps» The expression yields bytes per second, the panel shows bits per second ("bps"). Did you mean "Bps"?'],
  ['Bps', '8 * sum(rate(received_bytes_total[5m]))', '«Bps» The expression yields bits per second, the panel shows bytes per second ("Bps"). Did you mean "bps"?'],
  ['Bps', 'cache_used_bytes', '«Bps» The expression yields bytes, the panel shows bytes per second ("Bps"). Did you mean "bytes"?'],
  ['bytes', 'cache_used_bytes / 1024 / 1024', '«bytes» The expression yields mebibytes, the panel shows bytes ("bytes"). Did you mean "mbytes"?'],
  ['percent', 'cache_used_bytes / cache_size_bytes', '«percent» The expression yields a ratio from 0 to 1, the panel shows percent from 0 to 100 ("percent"). Did you mean "percentunit"?'],
  ['percentunit', '100 * (1 - cache_used_bytes / cache_size_bytes)', '«percentunit» The expression yields percent from 0 to 100, the panel shows a ratio from 0 to 1 ("percentunit"). Did you mean "percent"?'],
  ['percent', 'max(disk_full_ratio)', '«percent» The expression yields a ratio from 0 to 1, the panel shows percent from 0 to 100 ("percent"). Did you mean "percentunit"?'],
  ['percent', 'avg(rate(worker_busy_seconds_total[5m]))', '«percent» The expression yields seconds per second, the panel shows percent from 0 to 100 ("percent"). Did you mean "percentunit"?'],
  ['percent', 'sum(rate(jobs_done_total{status="failed"}[5m])) / sum(rate(jobs_done_total[5m]))', '«percent» The expression yields a ratio from 0 to 1, the panel shows percent from 0 to 100 ("percent"). Did you mean "percentunit"?'],
])('finds that %s is no unit for %s', async (unit, expr, message) => {
  expect(await shownIn(unit, expr)).toEqual([message])
})

test.each([
  ['s', p99], ['ms', `${p99} * 1e3`], ['dtdurations', 'time() - backup_timestamp_seconds'], ['dateTimeAsIso', 'backup_timestamp_seconds * 1000'],
  ['bytes', 'cache_used_bytes'], ['decmbytes', 'cache_used_bytes / 1024 ^ 2'], ['Bps', 'sum(rate(received_bytes_total[5m]))'], ['bytes', 'sum(rate(received_bytes_total[5m]))'],
  ['bps', 'sum(rate(received_bytes_total[5m])) * 8'], ['percentunit', 'rate(worker_busy_seconds_total[5m])'], ['s', 'rate(worker_busy_seconds_total[5m])'],
  ['percent', '100 * cache_used_bytes / cache_size_bytes'], ['short', p99], ['percent', 'sum(rate(jobs_done_total{status="a"}[5m])) / sum(rate(jobs_done_total{status="b"}[5m]))'],
  ['ms', 'elsewhere_seconds'], ['ms', 'backup_timestamp_seconds'], ['ms', `${p99} * $factor`], ['percent', 'rate(jobs_done_total[5m])'], ['Bps', 'received_bytes_total'], ['my unit', p99],
])('takes %s for a unit of %s', async (unit, expr) => {
  expect(await shownIn(unit, expr)).toEqual([])
})

test('points at the query where the unit is right for another', async () => {
  expect(await shownIn('ms', `1000 * ${p99}`, p99)).toEqual([`«${p99}» The expression yields seconds, the panel shows milliseconds ("ms"). Did you mean "s"?`])
})

test('tells of one unit once', async () => {
  expect(await shownIn('ms', p99, p99, 'elsewhere_seconds')).toEqual(['«ms» The expression yields seconds, the panel shows milliseconds ("ms"). Did you mean "s"?'])
})

test('reads overrides, columns of tables, axes of graphs and what old panels have', async () => {
  const unitOf = (id: string, options: string, value: string) => ({ matcher: { id, options }, properties: [{ id: 'unit', value }] })
  const seconds = { expr: p99, legendFormat: 'p99' }
  const table = (expr: string) => ({ expr, format: 'table', instant: true })
  const said = 'The expression yields seconds, the panel shows milliseconds ("ms"). Did you mean "s"?'
  expect([
    await lint([seconds, 'cache_used_bytes'], { fieldConfig: { defaults: { unit: 'bytes' }, overrides: [unitOf('byName', 'p99', 'ms'), unitOf('byFrameRefID', 'B', 'bytes')] } }),
    await lint([table(p99), table('max(cache_used_bytes)')], {
      type: 'table', transformations: [{ id: 'merge', options: {} }, { id: 'organize', options: { renameByName: { 'Value #A': 'p99' } } }],
      fieldConfig: { defaults: {}, overrides: [unitOf('byName', 'p99', 'ms'), unitOf('byName', 'Value #B', 'bytes')] },
    }),
    await lint([p99], { type: 'graph', yaxes: [{ format: 'ms' }, { format: 's' }] }),
    await lint([p99], { type: 'singlestat', format: 'ms' }),
  ]).toEqual(Array(4).fill([`«ms» ${said}`]))
})

test('is silent where the panel may show something else, or an override may be for the query', async () => {
  const defaults = { unit: 'ms' }
  const ofUnit = (id: string, options: string) => ({ fieldConfig: { defaults, overrides: [{ matcher: { id, options }, properties: [{ id: 'unit', value: 's' }] }] } })
  expect([
    await lint([p99], ofUnit('byRegexp', '/.*/')),
    await lint([{ expr: p99, legendFormat: '{{route}}' }], ofUnit('byName', 'a')),
    await lint([p99], ofUnit('byFrameRefID', 'A')),
    await lint([p99], ofUnit('byType', 'number')),
    await lint([p99], { fieldConfig: { defaults }, transformations: [{ id: 'calculateField', options: {} }] }),
    await lint([p99], { type: 'stat', fieldConfig: { defaults }, options: { reduceOptions: { calcs: ['count'] } } }),
    await lint([p99], { type: 'heatmap', fieldConfig: { defaults } }),
    await lint([p99], { type: 'graph', yaxes: [{ format: 'ms' }, { format: 's' }], seriesOverrides: [{ alias: 'p99', yaxis: 2 }] }),
    await lint([{ expr: p99, hide: true }], { fieldConfig: { defaults } }),
  ].flat()).toEqual([])
})
