import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer } from './lint-files.js'

const config = `global: { scrape_interval: 30s }
scrape_configs:
  - job_name: producer
    static_configs: [{ targets: ['producer:3000'] }]
  - job_name: slow
    scrape_interval: 2m
    static_configs: [{ targets: ['slow:3000'] }]
`
const lint = (...exprs: string[]) => lintLines('range-too-short', { 'd.json': dashboardWith(...exprs), 'src/metrics.ts': producer, 'prometheus.yml': config })

test('finds ranges that do not hold two scrapes', async () => {
  expect(await lint('rate(jobs_done_total[30s])', 'delta(jobs_queued[45s])', 'irate(jobs_done_total{job="slow"}[3m])')).toEqual([
    'd.json:20:41 warning «30s» rate() needs two samples, and with a scrape every 30 s there is at most one in 30 s: it yields nothing',
    'd.json:35:38 warning «45s» delta() needs two samples, and with a scrape every 30 s there are not always two in 45 s: it has gaps. Take 120 s, so that a scrape may fail',
    'd.json:50:56 warning «3m» irate() needs two samples, and with a scrape every 120 s there are not always two in 180 s: it has gaps. Take 480 s, so that a scrape may fail',
  ])
})

test('is silent on longer ranges, on variables, on recorded series and on functions of one sample', async () => {
  expect(await lint('rate(jobs_done_total[1m])', 'rate(jobs_done_total[$__rate_interval])', 'rate(jobs:recorded[30s])', 'max_over_time(jobs_queued[30s])', 'rate(sum(jobs_done_total)[30s:5s])')).toEqual([])
})

test('is silent where nothing tells how often is scraped', async () => {
  expect(await lintLines('range-too-short', { 'd.json': dashboardWith('rate(jobs_done_total[30s])'), 'src/metrics.ts': producer })).toEqual([])
})

const monitors = (...intervals: string[]) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: redis-exporter }
spec:
  selector: { matchLabels: { app: redis-exporter } }
  endpoints: [${intervals.map((interval) => `{ port: metrics${interval} }`).join(', ')}]
`

test('reads how often the Prometheus operator scrapes an exporter', async () => {
  expect(await lintLines('range-too-short', {
    'd.json': dashboardWith('rate(redis_commands_processed_total[1m])', 'rate(redis_commands_processed_total[2m])', 'rate(jobs_done_total[1m])'),
    'src/metrics.ts': producer,
    'k8s/redis.yaml': monitors(', interval: 1m'),
  })).toEqual([
    'd.json:20:56 warning «1m» rate() needs two samples, and with a scrape every 60 s there is at most one in 60 s: it yields nothing',
  ])
})

test('is silent where the resource of an exporter does not say how often, or an endpoint is scraped often enough', async () => {
  const dashboard = dashboardWith('rate(redis_commands_processed_total[1m])')
  expect(await lintLines('range-too-short', { 'd.json': dashboard, 'k8s/redis.yaml': monitors(', interval: 1m', '') })).toEqual([])
  expect(await lintLines('range-too-short', { 'd.json': dashboard, 'k8s/redis.yaml': monitors(', interval: 1m', ', interval: 30s') })).toEqual([])
})
