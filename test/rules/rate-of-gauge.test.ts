import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const registry = JSON.stringify({
  version: 1,
  families: [
    { name: 'lb_sessions', type: 'gauge', labels: [{ name: 'proxy', open: true }], series: ['lb_sessions'], declarations: [] },
    { name: 'lb_sessions_total', type: 'counter', labels: [{ name: 'proxy', open: true }], series: ['lb_sessions_total'], declarations: [] },
  ],
})

const lint = (...exprs: string[]) => lintLines('rate-of-gauge', { 'd.json': dashboardWith(...exprs), 'lb.registry.json': registry, 'src/metrics.ts': producer }, { load: { registry: ['lb.registry.json'] } })

test('finds rates of sums of counters', async () => {
  expect(await lint('rate(sum(jobs_done_total)[5m:1m])', 'increase((max by (kind) (jobs_done_total))[1h:])')).toEqual([
    'd.json:20:25 warning «sum(jobs_done_total)[5m:1m]» rate() of a "sum" of counters takes each restart of one for a restart of all. Take the rate() of each first, and aggregate that',
    'd.json:35:29 warning «(max by (kind) (jobs_done_total))[1h:]» increase() of a "max by (kind)" of counters takes each restart of one for a restart of all. Take the increase() of each first, and aggregate that',
  ])
})

test('finds rates of recorded sums of counters', async () => {
  const record = (name: string, expr: string) => `      - record: ${name}\n        expr: ${expr}\n`
  const recorded = `groups:\n  - name: jobs\n    rules:\n${record('jobs:sum', 'sum without (instance) (jobs_done_total)')}${record('jobs:rate', 'sum(rate(jobs_done_total[5m]))')}${record('jobs:max', 'max without (replica) (jobs_done_total)')}${record('jobs:queue', 'sum(elsewhere)')}`
  expect(await lintLines('rate-of-gauge', {
    'd.json': dashboardWith('increase(jobs:sum{kind="a"}[1h])', 'rate(jobs:rate[5m])', 'rate(jobs:max[5m])', 'rate(jobs:queue[5m])', 'jobs:sum'),
    'rules.yml': recorded, 'src/metrics.ts': producer,
  })).toEqual([
    'd.json:20:29 warning «jobs:sum{kind=\\"a\\"}[1h]» "jobs:sum" is a recorded sum of counters: increase() of it takes each restart of one for a restart of all. Record the sum of the increase() of each',
  ])
})

test('finds rates of gauges', async () => {
  expect(await lint('sum by (instance) (rate(lb_sessions{instance=~"$host"}[5m]))', 'increase(lb_sessions[1h])')).toEqual([
    'd.json:20:44 warning «lb_sessions{instance=~\\"$host\\"}[5m]» rate() of "lb_sessions" (gauge, lb.registry.json) takes each fall for a restart. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
    'd.json:35:29 warning «lb_sessions[1h]» increase() of "lb_sessions" (gauge, lb.registry.json) takes each fall for a restart. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
  ])
})

const gauges = `import { Gauge } from 'prom-client'
import { watch } from 'somewhere'
const level = new Gauge({ name: 'tank_level', help: 'Level' })
const seen = new Gauge({ name: 'tanks_seen', help: 'Seen' })
const given = new Gauge({ name: 'tanks_given', help: 'Given' })
const filled = new Gauge({ name: 'tanks_filled_total', help: 'Filled' })
watch(given)
export function run(n) {
  level.set(n)
  filled.set(n)
  seen.inc()
  given.inc()
}
`

test('finds rates of gauges that code sets, and tells once of one that it only increments, where it is declared; what is called a counter most likely is one', async () => {
  const exprs = ['rate(tank_level[5m])', 'rate(sum(tank_level)[5m:1m])', 'increase(tanks_seen[1h])', 'rate(tanks_seen[5m]) > 1', 'rate(tanks_given[5m])', 'rate(tanks_filled_total[5m])']
  expect(await lintLines('rate-of-gauge', { 'd.json': dashboardWith(...exprs), 'src/tanks.js': gauges })).toEqual([
    'd.json:20:25 warning «tank_level[5m]» rate() of "tank_level" (gauge, src/tanks.js:3) takes each fall for a restart, and the code sets or decrements it. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
    'd.json:35:25 warning «sum(tank_level)[5m:1m]» rate() of "tank_level" (gauge, src/tanks.js:3) takes each fall for a restart, and the code sets or decrements it. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
    "src/tanks.js:4:32 warning «'tanks_seen'» The code only ever increments \"tanks_seen\", and a query takes increase() of it: declare it as a counter, not a gauge",
  ])
})

test('takes the word of a registry file that was exported from code', async () => {
  const { families } = JSON.parse(registry) as { families: object[] }
  const exported = (movement?: string) => JSON.stringify({
    version: 1, families: families.map((family) => ({ ...family, ...(movement !== undefined && { movement }), origin: { kind: 'code', client: 'prom-client' } })),
  })
  const of = (movement?: string) => lintLines('rate-of-gauge', {
    'd.json': dashboardWith('rate(lb_sessions[5m])', 'irate(lb_sessions[5m])'), 'lb.registry.json': exported(movement),
  }, { load: { registry: ['lb.registry.json'] } })
  expect([await of('freely'), await of('up'), await of()]).toEqual([
    [
      'd.json:20:25 warning «lb_sessions[5m]» rate() of "lb_sessions" (gauge, lb.registry.json) takes each fall for a restart, and the code sets or decrements it. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
      'd.json:35:26 warning «lb_sessions[5m]» irate() of "lb_sessions" (gauge, lb.registry.json) takes each fall for a restart, and the code sets or decrements it. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises',
    ],
    ['d.json:20:25 warning «lb_sessions[5m]» The code only ever increments "lb_sessions", and a query takes rate() of it: declare it as a counter, not a gauge'],
    [],
  ])
})

test('is silent on rates of counters and on what is not known', async () => {
  expect(await lint('rate(lb_sessions_total[5m])', 'delta(lb_sessions[5m])', 'rate(jobs_done_total[5m])', 'rate(elsewhere[5m])', 'max_over_time(sum(jobs_done_total)[5m:1m])')).toEqual([])
})

test('leaves out what an exporter evidently copies from a counter', async () => {
  const gauge = (name: string, help = 'Load') => `from prometheus_client import Gauge\n\nLEVEL = Gauge("${name}", "${help}")\nLEVEL.set(read())\n`
  const of = (name: string, help?: string) => lintLines('rate-of-gauge', { 'collector.py': gauge(name, help), 'd.json': dashboardWith(`rate(${name}[5m])`) })
  expect(await of('host_network_rx_bytes')).toEqual([])
  expect(await of('host_bytes_sent')).toEqual([])
  expect(await of('host_requests', 'Total number of requests')).toEqual([])
  expect(await of('host_requests', 'Requests under way')).toHaveLength(1)
})
