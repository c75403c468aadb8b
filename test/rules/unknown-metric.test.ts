import { describe, expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines, producer, prometheusConfig } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('unknown-metric', {
  'dashboards/jobs.json': dashboardWith(...exprs),
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
})

describe('unknown-metric', () => {
  test('is silent on what the code exposes, and on what Prometheus makes', async () => {
    expect(await lint(
      'sum by (kind) (rate(jobs_done_total[5m]))',
      'histogram_quantile(0.95, sum by (le) (rate(jobs_duration_seconds_bucket[5m])))',
      'jobs_queued / up{job="producer"}',
      'ALERTS{alertname="JobsStuck"}',
      '{__name__=~"jobs_.*"}',
    )).toEqual([])
  })

  test('names the nearest series, its type and where it is declared', async () => {
    expect(await lint('rate(jobs_finished_total[5m])', 'jobs_queue')).toEqual([
      'dashboards/jobs.json:20:25 error «jobs_finished_total» No producer exposes "jobs_finished_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:20 error «jobs_queue» No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
    ])
  })

  test('says so when the family exists but the series does not', async () => {
    expect(await lint(
      'histogram_quantile(0.9, rate(jobs_done_total_bucket[5m]))',
      'rate(jobs_done[5m])',
      'histogram_quantile(0.9, rate(jobs_duration_seconds[5m]))',
      'rate(jobs_queued_total[5m])',
    )).toEqual([
      'dashboards/jobs.json:20:49 error «jobs_done_total_bucket» No series is called "jobs_done_total_bucket": "jobs_done_total" is a counter (src/metrics.ts:3), which exposes "jobs_done_total"',
      'dashboards/jobs.json:35:25 error «jobs_done» No series is called "jobs_done": "jobs_done_total" is a counter (src/metrics.ts:3), which exposes "jobs_done_total"',
      'dashboards/jobs.json:50:49 error «jobs_duration_seconds» No series is called "jobs_duration_seconds": "jobs_duration_seconds" is a histogram (src/metrics.ts:4), which exposes "jobs_duration_seconds_bucket", "jobs_duration_seconds_count" and "jobs_duration_seconds_sum"',
      'dashboards/jobs.json:65:25 error «jobs_queued_total» No series is called "jobs_queued_total": "jobs_queued" is a gauge (src/metrics.ts:5), which exposes "jobs_queued"',
    ])
  })

  test('suggests what the code exposes before what others do', async () => {
    expect(await lintLines('unknown-metric', {
      'src/metrics.ts': "import { Counter } from 'prom-client'\n\nexport const served = new Counter({ name: 'http_requests_served_total', help: 'Requests' })\n",
      'compose.yml': 'services:\n  prometheus:\n    image: prom/prometheus\n',
      // Prometheus itself has a `prometheus_http_requests_total`, and other clients an `http_requests_total`.
      'dashboards/http.json': dashboardWith('http_requests_tota', 'rate(http_requests_total[5m])'),
    })).toEqual([
      'dashboards/http.json:20:20 error «http_requests_tota» No producer exposes "http_requests_tota". Did you mean "http_requests_served_total" (counter, src/metrics.ts:3)?',
      'dashboards/http.json:35:25 error «http_requests_total» No producer exposes "http_requests_total". Did you mean "http_requests_served_total" (counter, src/metrics.ts:3)?',
    ])
  })

  test('suggests buckets to one who asks for buckets and to nobody else', async () => {
    expect(await lint('rate(jobs_durations_total[5m])', 'histogram_quantile(0.9, rate(jobs_time_seconds_bucket[5m]))')).toEqual([
      'dashboards/jobs.json:20:25 error «jobs_durations_total» No producer exposes "jobs_durations_total". Did you mean "jobs_duration_seconds_count" (histogram, src/metrics.ts:4)?',
      'dashboards/jobs.json:35:49 error «jobs_time_seconds_bucket» No producer exposes "jobs_time_seconds_bucket". Did you mean "jobs_duration_seconds_bucket" (histogram, src/metrics.ts:4)?',
    ])
  })

  test.each([
    ['an OTLP receiver', { 'prometheus.yml': `${prometheusConfig}otlp: { promote_resource_attributes: [service.name] }\n` }],
    ['remote write', { 'compose.yml': 'services:\n  prometheus:\n    image: prom/prometheus\n    command: [--web.enable-remote-write-receiver]\n' }],
    ['a collector', { 'compose.yml': 'services:\n  collector:\n    image: otel/opentelemetry-collector-contrib\n' }],
    ['a Pushgateway', { 'compose.yml': 'services:\n  push:\n    image: prom/pushgateway\n' }],
  ])('with %s, only names like those of the code are wrong', async (_, files) => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total', 'jobs_queue'), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig, ...files,
    })).toEqual([
      'dashboards/jobs.json:35:20 error «jobs_queue» No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
    ])
  })

  test('knows what rules record that are not in PromQL', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs:errors:rate5m', 'jobs:top', 'jobs:gone'),
      'src/metrics.ts': producer,
      'loki.yml': 'groups:\n  - name: logs\n    rules:\n      - record: jobs:errors:rate5m\n        expr: sum(rate({app="jobs"} |= "error" [5m]))\n',
      'vmalert.yml': 'groups:\n  - name: vm\n    concurrency: 2\n    rules:\n      - record: jobs:top\n        expr: topk_max(3, jobs_queued)\n',
    })).toEqual([
      'dashboards/jobs.json:50:20 error «jobs:gone» No producer exposes "jobs:gone"',
    ])
  })

  test('tells programs the names', async () => {
    const [diagnostic] = await lintFiles('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('histogram_quantile(0.9, rate(jobs_duration_seconds[5m]))'),
      'src/metrics.ts': producer,
    })
    expect(diagnostic?.data).toEqual({ metric: 'jobs_duration_seconds', suggestion: 'jobs_duration_seconds_bucket' })
    expect(diagnostic?.context).toBe('panel "Panel 1" in dashboard "Jobs"')
  })

  test('reads Grafana variables as parts of a name', async () => {
    expect(await lint('rate(${prefix}_total[5m])', 'rate(jobs_${what}_count[5m])', 'rate(jobs_${what}_bytes[5m])', '$metric')).toEqual([
      'dashboards/jobs.json:50:25 error «jobs_${what}_bytes» No producer exposes "jobs_${what}_bytes"',
    ])
  })

  test('takes the name from a matcher on __name__', async () => {
    expect(await lint('{__name__="jobs_done_totl"}', '{__name__=~"tasks_(done|failed)_total"}')).toEqual([
      'dashboards/jobs.json:20:32 error «jobs_done_totl» No producer exposes "jobs_done_totl". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:33 warning «tasks_(done|failed)_total» No producer exposes "tasks_(done|failed)_total"',
    ])
  })

  test('reports alerts and each panel that share one metric', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs_waiting', 'sum(jobs_waiting)'),
      'alerts.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsWait\n        expr: |\n          jobs_waiting\n            > 5\n',
      'src/metrics.ts': producer,
    })).toEqual([
      'alerts.yml:6:11 error «jobs_waiting» No producer exposes "jobs_waiting". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
      'dashboards/jobs.json:20:20 error «jobs_waiting» No producer exposes "jobs_waiting". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
      'dashboards/jobs.json:35:24 error «jobs_waiting» No producer exposes "jobs_waiting". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
    ])
  })

  test('says which exporter would have to run', async () => {
    expect(await lint('rabbitmq_queue_messages')).toEqual([
      'dashboards/jobs.json:20:20 warning «rabbitmq_queue_messages» No producer exposes "rabbitmq_queue_messages": it is a metric of RabbitMQ, and nothing here shows that it runs',
    ])
  })

  test('would rather suggest what the code exposes than name an exporter', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('rabbitmq_queue_messages'),
      'src/metrics.ts': "import { Gauge } from 'prom-client'\nexport const ready = new Gauge({ name: 'rabbitmq_queued_messages', help: 'Messages' })\nready.set(1)\n",
    })).toEqual([
      'dashboards/jobs.json:20:20 error «rabbitmq_queue_messages» No producer exposes "rabbitmq_queue_messages". Did you mean "rabbitmq_queued_messages" (gauge, src/metrics.ts:2)?',
    ])
  })

  test('only warns of names that are not like the code\'s own', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total', 'jobs_lost_total'),
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:20:20 warning «billing_invoices_total» No producer exposes "billing_invoices_total"',
      'dashboards/jobs.json:35:20 error «jobs_lost_total» No producer exposes "jobs_lost_total"',
    ])
  })

  test('is silent on several such names that begin alike: they are those of a library or service that is not at hand', async () => {
    expect(await lint('billing_invoices_total', 'billing_refunds_total / billing_invoices_total', 'billing_open_invoices')).toEqual([])
  })

  test('knows a prefix that was renamed, however many names it had', async () => {
    expect(await lint('work_done_total', 'work_queued', 'work_duration_seconds_sum', 'work_lost_total')).toEqual([
      'dashboards/jobs.json:20:20 error «work_done_total» No producer exposes "work_done_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:20 error «work_queued» No producer exposes "work_queued". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
      'dashboards/jobs.json:50:20 error «work_duration_seconds_sum» No producer exposes "work_duration_seconds_sum". Did you mean "jobs_duration_seconds_sum" (histogram, src/metrics.ts:4)?',
    ])
    // One such name may be anybody's.
    expect(await lint('billing_done_total')).toEqual([
      'dashboards/jobs.json:20:20 warning «billing_done_total» No producer exposes "billing_done_total"',
    ])
  })

  test('is silent on such names where targets come from service discovery', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total'),
      'src/metrics.ts': producer,
      'prometheus.yml': 'scrape_configs:\n  - job_name: pods\n    kubernetes_sd_configs: [{ role: pod }]\n',
    })).toEqual([])
  })

  test('only warns of what is known under another name where the code declares a metric whose name cannot be told', async () => {
    const factory = "import { Counter } from 'prom-client'\nexport const make = (name: string) => new Counter({ name, help: name })\n"
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs_finished_total', 'jobs_lost_total'),
      'src/metrics.ts': producer,
      'src/factory.ts': factory,
    })).toEqual([
      'dashboards/jobs.json:20:20 warning «jobs_finished_total» No producer exposes "jobs_finished_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    ])
  })

  test('is silent without any producer, and on metrics that the configuration calls external', async () => {
    expect(await lintLines('unknown-metric', { 'dashboards/jobs.json': dashboardWith('jobs_lost_total') })).toEqual([])
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs_lost_total'),
      'src/metrics.ts': producer,
    }, { load: { externalMetrics: ['jobs_l*'] } })).toEqual([])
  })

  test('is silent on names that stand in code that is not understood', async () => {
    const exprs = ['jobs_enqueued_total', 'jobs_retry_delay_seconds_bucket', 'jobs_cart_size_bytes', 'jobs_wait_seconds_count', 'jobs_gone_total']
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith(...exprs),
      'src/metrics.ts': producer,
      'prometheus.yml': prometheusConfig,
      'queue/metrics.go': `var enqueued = promauto.NewCounter(prometheus.CounterOpts{Namespace: "jobs", Name: "enqueued_total"})
var delay = promauto.NewHistogram(prometheus.HistogramOpts{Namespace: "jobs", Subsystem: "retry", Name: "delay_seconds"})
`,
      'cart/Metrics.cs': 'meter.CreateHistogram<long>("jobs.cart.size", unit: "By");\n',
      'src/statsd.ts': `// "jobs_gone_total" was too loud.\nstatsd.timing('jobs_wait_seconds', seconds)\n`,
    })).toEqual([
      'dashboards/jobs.json:80:20 error «jobs_gone_total» No producer exposes "jobs_gone_total"',
    ])
  })

  test('counts what recording rules record', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('job:jobs_done:rate5m', 'job:jobs_done:rate1m'),
      'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: job:jobs_done:rate5m\n        expr: sum by (job) (rate(jobs_done_total[5m]))\n',
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:35:20 error «job:jobs_done:rate1m» No producer exposes "job:jobs_done:rate1m". Did you mean "job:jobs_done:rate5m" (recorded, rules.yml:4)?',
    ])
  })
})
