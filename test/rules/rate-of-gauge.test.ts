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

test('finds rates of gauges', async () => {
  expect(await lint('sum by (instance) (rate(lb_sessions{instance=~"$host"}[5m]))', 'increase(lb_sessions[1h])')).toEqual([
    'd.json:20:44 warning «lb_sessions{instance=~\\"$host\\"}[5m]» rate() of "lb_sessions" (gauge, lb.registry.json) means nothing: it takes each fall for a restart. Use the gauge itself, or delta() or deriv() of it',
    'd.json:35:29 warning «lb_sessions[1h]» increase() of "lb_sessions" (gauge, lb.registry.json) means nothing: it takes each fall for a restart. Use the gauge itself, or delta() or deriv() of it',
  ])
})

test('is silent on rates of counters, on gauges that code declares, and on what is not known', async () => {
  expect(await lint('rate(lb_sessions_total[5m])', 'delta(lb_sessions[5m])', 'rate(jobs_done_total[5m])', 'rate(jobs_queued[5m])', 'rate(elsewhere[5m])', 'max_over_time(sum(jobs_done_total)[5m:1m])', 'rate(sum(jobs_queued)[5m:1m])')).toEqual([])
})
