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

  test('is silent beside the metrics of another client where a package is handed the registry, but for what is misspelt', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/node.json': dashboardWith('rate(nodejs_gc_pause_seconds_total[5m])', 'nodejs_gc_reclaimed_bytes_total', 'rate(nodejs_gc_duratoin_seconds_sum[5m])', 'jobs_queuing'),
      'src/metrics.ts': "import { gcStats } from 'prometheus-gc-stats'\nimport { collectDefaultMetrics, Gauge, Registry } from 'prom-client'\n\n"
        + "const register = new Registry()\ncollectDefaultMetrics({ register })\ngcStats(register)\n"
        + "new Gauge({ name: 'jobs_queued', help: 'Jobs that wait', registers: [register] }).set(1)\n",
    })).toEqual([
      'dashboards/node.json:50:25 error «nodejs_gc_duratoin_seconds_sum» No producer exposes "nodejs_gc_duratoin_seconds_sum". Did you mean "nodejs_gc_duration_seconds_sum" (histogram, of prom-client default metrics)?',
      'dashboards/node.json:65:20 error «jobs_queuing» No producer exposes "jobs_queuing". Did you mean "jobs_queued" (gauge, src/metrics.ts:7)?',
    ])
  })

  test('names the nearest series, its type and where it is declared', async () => {
    expect(await lint('rate(jobs_finished_total[5m])', 'jobs_queue')).toEqual([
      'dashboards/jobs.json:20:25 error «jobs_finished_total» No producer exposes "jobs_finished_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:20 error «jobs_queue» No producer exposes "jobs_queue". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
    ])
  })

  test('names the one series that has a prefix before it', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('nodejs_heap_size_used_bytes', 'rate(jobs_done_total[5m])', 'jobs_lost_total'),
      'src/metrics.ts': "import { collectDefaultMetrics, Counter } from 'prom-client'\ncollectDefaultMetrics({ prefix: 'api_' })\n"
        + "new Counter({ name: 'shop_jobs_done_total', help: 'D' }).inc()\nnew Counter({ name: 'a_jobs_lost_total', help: 'L' }).inc()\nnew Counter({ name: 'b_jobs_lost_total', help: 'L' }).inc()\n",
      'prometheus.yml': prometheusConfig,
    })).toEqual([
      'dashboards/jobs.json:20:20 error «nodejs_heap_size_used_bytes» No producer exposes "nodejs_heap_size_used_bytes". Did you mean "api_nodejs_heap_size_used_bytes" (gauge, of prom-client default metrics)?',
      'dashboards/jobs.json:35:25 error «jobs_done_total» No producer exposes "jobs_done_total". Did you mean "shop_jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:50:20 error «jobs_lost_total» No producer exposes "jobs_lost_total", and all that Prometheus scrapes is known (job "producer")',
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
      'dashboards/http.json': dashboardWith('rate(http_requests_tota[5m])', 'rate(http_requests_total[5m])'),
    })).toEqual([
      'dashboards/http.json:20:25 error «http_requests_tota» No producer exposes "http_requests_tota". Did you mean "http_requests_served_total" (counter, src/metrics.ts:3)?',
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
    ['a collector that it scrapes', {
      'compose.yml': 'services:\n  telemetry:\n    image: otel/opentelemetry-collector-contrib\n',
      'prometheus.yml': `${prometheusConfig}  - job_name: all\n    static_configs: [{ targets: ['telemetry:8889'] }]\n`,
    }],
    ['a Pushgateway that it scrapes', { 'prometheus.yml': `${prometheusConfig}  - job_name: pushgateway\n    static_configs: [{ targets: ['push:9091'] }]\n` }],
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
    expect(await lint('{__name__="jobs_done_totl"}', '{__name__=~"jobs_(lost|failed)_total"}')).toEqual([
      'dashboards/jobs.json:20:32 error «jobs_done_totl» No producer exposes "jobs_done_totl". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:33 error «jobs_(lost|failed)_total» No producer exposes "jobs_(lost|failed)_total"',
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

  test('knows what nothing exposes, where all that Prometheus scrapes is known', async () => {
    // One word of it is that of an exporter which nothing scrapes, one of no program at all.
    expect(await lint('rabbitmq_queue_messages', 'billing_invoices_total', 'billing_refunds_total / billing_open_invoices')).toEqual([
      'dashboards/jobs.json:20:20 error «rabbitmq_queue_messages» No producer exposes "rabbitmq_queue_messages": it is a metric of RabbitMQ, and all that Prometheus scrapes is known (job "producer")',
      'dashboards/jobs.json:35:20 error «billing_invoices_total» No producer exposes "billing_invoices_total", and all that Prometheus scrapes is known (job "producer")',
      'dashboards/jobs.json:50:20 error «billing_refunds_total» No producer exposes "billing_refunds_total", and all that Prometheus scrapes is known (job "producer")',
      'dashboards/jobs.json:50:44 error «billing_open_invoices» No producer exposes "billing_open_invoices", and all that Prometheus scrapes is known (job "producer")',
    ])
  })

  test.each([
    ['another target is a program that nothing explains', { 'prometheus.yml': `${prometheusConfig}  - job_name: ledger\n    static_configs: [{ targets: ['10.0.0.7:8000'] }]\n` }],
    ['the code is partly in a language that is not read', { 'ledger/main.go': 'package main\n' }],
    ['another target is an exporter of which only the beginning of names is known', { 'prometheus.yml': `${prometheusConfig}  - job_name: snmp\n    static_configs: [{ targets: ['snmp-exporter:9116'] }]\n` }],
    ['another target is an exporter that may have more in it than its catalog lists', { 'prometheus.yml': `${prometheusConfig}  - job_name: thanos-query\n    static_configs: [{ targets: ['thanos-query:10902'] }]\n` }],
    ['a package that the code imports is called like it', { 'src/app.ts': "import { invoices } from '@acme/billing-client'\n" }],
    ['no Prometheus configuration is at hand', { 'prometheus.yml': '' }],
  ])('proves nothing where %s', async (_, files) => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total'), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig, ...files,
    })).toEqual([])
  })

  test('proves nothing of names that any program may have, though an exporter that nothing scrapes lists them', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/host.json': dashboardWith('node_load1', 'http_requests_total', 'grpc_server_handled_total', 'mysql_up'),
      'prometheus.yml': 'scrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ["node-exporter:9100"] }]\n',
    })).toEqual([
      'dashboards/host.json:65:20 error «mysql_up» No producer exposes "mysql_up": it is a metric of MySQL server exporter, and all that Prometheus scrapes is known (job "node")',
    ])
  })

  test('knows who answers at a target from Compose', async () => {
    const files = {
      'dashboards/celery.json': dashboardWith('celery_worker_up', 'flower_worker_onlne'),
      'worker/metrics.py': 'from prometheus_client import Counter\n\nDONE = Counter("jobs_done", "Done")\nDONE.inc()\n',
      'prometheus.yml': 'scrape_configs:\n  - job_name: flower\n    static_configs: [{ targets: ["flower:5555"] }]\n  - job_name: worker\n    static_configs: [{ targets: ["tasks:8000"] }]\n',
    }
    const compose = (worker: string) => ({ 'compose.yml': `services:\n  flower:\n    image: mher/flower:2.0\n  tasks:\n    ${worker}\n` })
    expect(await lintLines('unknown-metric', { ...files, ...compose('build: ./worker') })).toEqual([
      'dashboards/celery.json:20:20 error «celery_worker_up» No producer exposes "celery_worker_up": it is a metric of celery-exporter, and all that Prometheus scrapes is known (jobs "flower", "worker")',
      'dashboards/celery.json:35:20 error «flower_worker_onlne» No producer exposes "flower_worker_onlne". Did you mean "flower_worker_online" (gauge, of Flower)?',
    ])
    // What is in an image that nobody knows cannot be told.
    expect(await lintLines('unknown-metric', { ...files, ...compose('image: acme/tasks') })).toEqual([
      'dashboards/celery.json:35:20 error «flower_worker_onlne» No producer exposes "flower_worker_onlne". Did you mean "flower_worker_online" (gauge, of Flower)?',
    ])
  })

  test('code that does what an exporter does is no such exporter', async () => {
    const files = {
      'dashboards/celery.json': dashboardWith('celery_task_sent_total'),
      'compose.yml': 'services:\n  celery-exporter:\n    build: ./exporter\n',
      'prometheus.yml': 'scrape_configs:\n  - job_name: celery-exporter\n    static_configs: [{ targets: ["celery-exporter:9808"] }]\n',
    }
    const code = (name: string) => ({ 'exporter/metrics.py': `from prometheus_client import Counter\n\nSENT = Counter("${name}", "Sent")\nSENT.inc()\n` })
    expect(await lintLines('unknown-metric', { ...files, ...code('celery_task_sent') })).toEqual([])
    expect(await lintLines('unknown-metric', { ...files, ...code('celery_jobs_sent') })).toEqual([
      'dashboards/celery.json:20:20 error «celery_task_sent_total» No producer exposes "celery_task_sent_total". Did you mean "celery_jobs_sent_total" (counter, exporter/metrics.py:3)?',
    ])
  })

  test('a port alone makes no gateway of a worker', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total'),
      'src/metrics.ts': producer,
      'prometheus.yml': 'scrape_configs:\n  - job_name: producer\n    static_configs: [{ targets: ["producer:9091"] }]\n',
    })).toEqual([
      'dashboards/jobs.json:20:20 error «billing_invoices_total» No producer exposes "billing_invoices_total", and all that Prometheus scrapes is known (job "producer")',
    ])
  })

  test('names that are asked for in the job of the code are the code\'s', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs_queued{job="producer"}', 'billing_invoices_total{job="producer"}', 'billing_open{job="ledger"}'),
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:35:20 error «billing_invoices_total» No producer exposes "billing_invoices_total"',
    ])
  })

  test('a misspelt first word is a mistake', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('rate(jbos_done_total[5m])', 'flask_jobs_queued', 'jobs_done_total or tasks_done_total'),
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:20:25 error «jbos_done_total» No producer exposes "jbos_done_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    ])
  })

  test('takes what any program may call so for no misspelling of what one does', async () => {
    const files = (expr: string) => ({ 'compose.yml': 'services:\n  node:\n    image: prom/node-exporter:v1.8.0\n', 'd.json': dashboardWith(expr), 'm.ts': producer })
    expect(await lintLines('unknown-metric', files('process_resident_memory_anon_bytes'))).toEqual([])
    expect(await lintLines('unknown-metric', files('process_resident_memory_byte'))).toHaveLength(1)
  })

  test('names nothing where several are as near, and nothing of another type', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('rate(jobs_finished_total[5m])', 'jobs_finished'),
      'src/metrics.ts': `import { Counter } from 'prom-client'
export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done' })
export const completed = new Counter({ name: 'jobs_completed_total', help: 'Jobs completed' })
`,
    })).toEqual([
      'dashboards/jobs.json:20:25 error «jobs_finished_total» No producer exposes "jobs_finished_total"',
      'dashboards/jobs.json:35:20 error «jobs_finished» No producer exposes "jobs_finished"',
    ])
  })

  test('holds names against catalogs where there is no code at all', async () => {
    const dashboard = { 'dashboards/node.json': dashboardWith('node_load1', 'node_loadz1') }
    const expected = ['dashboards/node.json:35:20 error «node_loadz1» No producer exposes "node_loadz1". Did you mean "node_load1" (gauge, of Node exporter)?']
    expect(await lintLines('unknown-metric', { ...dashboard, 'compose.yml': 'services:\n  node:\n    image: prom/node-exporter:v1.8.0\n' })).toEqual(expected)
    expect(await lintLines('unknown-metric', dashboard, { load: { catalogs: ['node-exporter'] } })).toEqual(expected)
    expect(await lintLines('unknown-metric', dashboard)).toEqual([])
  })

  test('would rather suggest what the code exposes than name an exporter', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('rabbitmq_queue_messages'),
      'src/metrics.ts': "import { Gauge } from 'prom-client'\nexport const ready = new Gauge({ name: 'rabbitmq_queued_messages', help: 'Messages' })\nready.set(1)\n",
    })).toEqual([
      'dashboards/jobs.json:20:20 error «rabbitmq_queue_messages» No producer exposes "rabbitmq_queue_messages". Did you mean "rabbitmq_queued_messages" (gauge, src/metrics.ts:2)?',
    ])
  })

  test('leaves the metric of an exporter whose prefix the code has too, unless all that is scraped is known', async () => {
    const files = {
      'dashboards/jobs.json': dashboardWith('pg_stat_activity_count', 'pg_pool_idle'),
      'src/metrics.ts': "import { Gauge } from 'prom-client'\nexport const waiting = new Gauge({ name: 'pg_pool_waiting', help: 'Clients' })\nwaiting.set(1)\n",
    }
    const own = 'dashboards/jobs.json:35:20 error «pg_pool_idle» No producer exposes "pg_pool_idle". Did you mean "pg_pool_waiting" (gauge, src/metrics.ts:2)?'
    expect(await lintLines('unknown-metric', files)).toEqual([own])
    expect(await lintLines('unknown-metric', { ...files, 'prometheus.yml': 'scrape_configs:\n  - job_name: src\n    static_configs: [{ targets: [\'src:3000\'] }]\n' })).toEqual([
      'dashboards/jobs.json:20:20 error «pg_stat_activity_count» No producer exposes "pg_stat_activity_count": it is a metric of PostgreSQL exporter, and all that Prometheus scrapes is known (job "src")',
      own,
    ])
  })

  test('leaves names that are not like the code\'s own to unverified-metric', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('billing_invoices_total', 'jobs_lost_total'),
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:35:20 error «jobs_lost_total» No producer exposes "jobs_lost_total"',
    ])
  })

  test('knows a prefix that was renamed, however many names it had', async () => {
    const files = { 'src/metrics.ts': producer }
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('work_done_total', 'work_queued', 'work_duration_seconds_sum', 'work_lost_total'), ...files,
    })).toEqual([
      'dashboards/jobs.json:20:20 error «work_done_total» No producer exposes "work_done_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:20 error «work_queued» No producer exposes "work_queued". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
      'dashboards/jobs.json:50:20 error «work_duration_seconds_sum» No producer exposes "work_duration_seconds_sum". Did you mean "jobs_duration_seconds_sum" (histogram, src/metrics.ts:4)?',
    ])
    // So does one that was put before the code's own names.
    expect(await lintLines('unknown-metric', { 'dashboards/jobs.json': dashboardWith('app_jobs_done_total', 'app_jobs_queued'), ...files })).toEqual([
      'dashboards/jobs.json:20:20 error «app_jobs_done_total» No producer exposes "app_jobs_done_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
      'dashboards/jobs.json:35:20 error «app_jobs_queued» No producer exposes "app_jobs_queued". Did you mean "jobs_queued" (gauge, src/metrics.ts:5)?',
    ])
    // One such name may be anybody's.
    expect(await lintLines('unknown-metric', { 'dashboards/jobs.json': dashboardWith('billing_done_total'), ...files })).toEqual([])
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

  test('is silent on samples that are written out, in any language; a name of a declared family stays one', async () => {
    const exprs = [
      'jobs_probe_success', 'jobs_backup_seconds', 'jobs_pool_idle', 'jobs_rows_read', 'jobs_lag_bucket', 'jobs_stage_total', 'jobs_size_total',
      'jobs_probe_succes', 'jobs_restores_total', 'jobs_depth_count', 'jobs_window_open', 'jobs_report_age_seconds', 'jobs_window_closed',
    ]
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith(...exprs),
      'src/metrics.ts': producer,
      'prometheus.yml': prometheusConfig,
      'ops/probe.sh': `cat <<EOF > "$DIR/probe.prom"
# TYPE jobs_probe_success gauge
jobs_probe_success \${value}
EOF
printf 'jobs_backup_seconds{host="%s"} %d\n' "$HOST" "$SECONDS" | curl --data-binary @- http://pushgateway:9091/metrics/job/backup
echo "jobs_restores_total is no sample"
`,
      'ops/pool.py': `
def pools(rows):
    return {f'jobs_pool_idle{{{labels(row)}}}': row[9] for row in rows}
def show(rows):
    return '# TYPE jobs_depth gauge\\n' + 'jobs_depth 1\\n' + ''.join(f'{name} {value}\\n' for name, value in pools(rows).items())
`,
      'etl/rows.js': "res.setHeader('Content-Type', 'text/plain; version=0.0.4')\nres.end('jobs_rows_read ' + rows)\n",
      'lag/main.rs': 'let lag = format!("# TYPE jobs_lag histogram\\njobs_lag_bucket{{le=\\"{}\\"}} {}\\njobs_stage_total {}", le, n, m);\n',
      'ops/window-metrics': `#!/usr/bin/env bash
printf '# TYPE jobs_window_open gauge\njobs_window_open %d\n' "$OPEN" > "$DIR/window.prom"
echo "jobs_window_closed"
`,
      'ops/report': '#!/usr/bin/python3 -u\nGauge("jobs_report_age_seconds", "Age of the report").set(age())\n',
      'NOTES': 'Gauge("jobs_window_closed")\n',
      'size/main.cc': 'out << "jobs_size_total{queue=\\"a\\"} " << size; // version=0.0.4\n',
    })).toEqual([
      'dashboards/jobs.json:125:20 error «jobs_probe_succes» No producer exposes "jobs_probe_succes"',
      'dashboards/jobs.json:140:20 error «jobs_restores_total» No producer exposes "jobs_restores_total"',
      'dashboards/jobs.json:155:20 error «jobs_depth_count» No series is called "jobs_depth_count": "jobs_depth" is a gauge (ops/pool.py:5), which exposes "jobs_depth"',
      'dashboards/jobs.json:200:20 error «jobs_window_closed» No producer exposes "jobs_window_closed"',
    ])
  })

  test('takes another metric of an exporter neither for what a name has become nor for what it says besides', async () => {
    expect(await lintLines('unknown-metric', {
      'm.ts': producer,
      'compose.yml': 'services:\n  node:\n    image: prom/node-exporter:v1.8.0\n  prometheus:\n    image: prom/prometheus:v3.4.2\n',
      'dashboards/host.json': dashboardWith('count(node_cpu{mode="user"})', 'rate(node_cpu[5m])', 'rate(prometheus_tsdb_retention_cutoffs_total[10m])', 'node_filesystem_avail'),
    })).toEqual([
      expect.stringContaining('warning «node_filesystem_avail» No producer exposes "node_filesystem_avail". Did you mean "node_filesystem_avail_bytes" (gauge, of Node exporter)?'),
    ])
  })

  test('is silent on what the configuration of an exporter names', async () => {
    const exprs = [
      'jobs_by_state_count', 'jobs_by_state_state', 'jobs_pool_size', 'jobs_queue_depth_ready', 'rate(jobs_timer_checkout_count[5m])', 'jobs_replies_bucket', 'jobs_jvm_threads',
      'sql_jobs_running', 'jobs_cr_phase', 'jobs_by_stat_count',
    ]
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith(...exprs),
      'src/metrics.ts': producer,
      'prometheus.yml': prometheusConfig,
      'monitoring/pg-queries.yml': `jobs_by_state:
  query: SELECT state, count(*) AS count FROM jobs GROUP BY state
  metrics:
    - state: { usage: LABEL }
    - count: { usage: GAUGE, description: Jobs by their state }
`,
      'sql/collector.yml': 'collector_name: jobs\nmetrics:\n  # of each pool\n  - metric_name: jobs_pool_size\n    type: gauge\n    values: [size]\n',
      'sql/jobs.yml': 'jobs:\n  - name: local\n    queries:\n      - name: jobs_running\n        values: [n]\n        query: SELECT 1 AS n\n',
      'json.yml': 'modules:\n  default:\n    metrics:\n      - name: jobs_queue_depth\n        type: object\n        values: { ready: "{.ready}" }\n',
      'k8s/statsd.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: statsd }
data:
  mapping.yml: |
    mappings:
      - match: shop.timer.*
        name: jobs_timer_$1
      - match: shop.replies
        name: jobs_replies
`,
      'jmx.yml': 'rules:\n  - pattern: java.lang<type=Threading>\n    name: jobs_jvm_threads\n',
      'state.yml': `kind: CustomResourceStateMetrics
spec:
  resources:
    - groupVersionKind: { kind: Job }
      metricNamePrefix: jobs
      metrics:
        - name: cr_phase
`,
    })).toEqual([
      'dashboards/jobs.json:35:20 error «jobs_by_state_state» No producer exposes "jobs_by_state_state", and all that Prometheus scrapes is known (job "producer")',
      'dashboards/jobs.json:155:20 error «jobs_by_stat_count» No producer exposes "jobs_by_stat_count", and all that Prometheus scrapes is known (job "producer")',
    ])
  })

  test('takes neither a word nor the name of a declaration that is understood for evidence', async () => {
    expect(await lintLines('unknown-metric', {
      'dashboards/jobs.json': dashboardWith('jobs_total', 'jobs_duration_bucket'),
      'src/metrics.ts': `import { Counter, Histogram } from 'prom-client'
export const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done' })
export const duration = new Histogram({ name: 'jobs_duration_seconds', help: 'Duration of jobs' })
export const tables = ['jobs', 'jobs_duration_seconds']
`,
    })).toEqual([
      'dashboards/jobs.json:20:20 error «jobs_total» No producer exposes "jobs_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:2)?',
      'dashboards/jobs.json:35:20 error «jobs_duration_bucket» No producer exposes "jobs_duration_bucket". Did you mean "jobs_duration_seconds_bucket" (histogram, src/metrics.ts:3)?',
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

  test('only doubts an OpenTelemetry name without its suffixes where nothing at hand takes the metrics', async () => {
    const files = {
      'dashboards/shop.json': dashboardWith('rate(pay_wait_bucket[5m])', 'rate(paid[5m])', 'rate(paid_total[5m])'),
      'src/telemetry.ts': `import { metrics } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'

export const exporter = new OTLPMetricExporter()
const meter = metrics.getMeter('shop')
meter.createHistogram('pay.wait', { unit: 'ms' }).record(1)
meter.createCounter('paid').add(1)
`,
    }
    expect(await lintLines('unknown-metric', files)).toEqual([
      'dashboards/shop.json:20:25 warning «pay_wait_bucket» No producer exposes "pay_wait_bucket". Did you mean "pay_wait_milliseconds_bucket" (histogram, src/telemetry.ts:6)?',
      'dashboards/shop.json:35:25 warning «paid» No series is called "paid": "paid_total" is a counter (src/telemetry.ts:7), which exposes "paid_total"',
    ])
    expect(await lintLines('unknown-metric', { ...files, 'prometheus.yml': 'global:\n  scrape_interval: 15s\notlp:\n  promote_resource_attributes: [service.name]\n' })).toEqual([
      'dashboards/shop.json:20:25 error «pay_wait_bucket» No producer exposes "pay_wait_bucket". Did you mean "pay_wait_milliseconds_bucket" (histogram, src/telemetry.ts:6)?',
      'dashboards/shop.json:35:25 error «paid» No series is called "paid": "paid_total" is a counter (src/telemetry.ts:7), which exposes "paid_total"',
    ])
  })

  test('holds OpenTelemetry names against what the collector at hand makes of them', async () => {
    const lintPushed = (settings: string, ...exprs: string[]) => lintLines('unknown-metric', {
      'dashboards/shop.json': dashboardWith(...exprs),
      'src/telemetry.ts': `import { metrics } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'

export const exporter = new OTLPMetricExporter()
const meter = metrics.getMeter('shop')
const wait = meter.createHistogram('pay.wait', { unit: 'ms' })
const cost = meter.createCounter('shop.cost', { unit: 'USD' })
wait.record(1)
cost.add(1)
`,
      'collector.yaml': `exporters:
  prometheus: ${settings}
service:
  pipelines:
    metrics: { receivers: [otlp], exporters: [prometheus] }
`,
    })
    expect(await lintPushed('{ endpoint: 0.0.0.0:8889 }', 'rate(pay_wait_bucket[5m])', 'rate(shop_cost[5m])', 'rate(shop_cost_USD_total[5m])')).toEqual([
      'dashboards/shop.json:20:25 error «pay_wait_bucket» No producer exposes "pay_wait_bucket". Did you mean "pay_wait_milliseconds_bucket" (histogram, src/telemetry.ts:6)?',
      'dashboards/shop.json:35:25 error «shop_cost» No producer exposes "shop_cost". Did you mean "shop_cost_USD_total" (counter, src/telemetry.ts:7)?',
    ])
    expect(await lintPushed('{ namespace: shop }', 'rate(shop_cost[5m])', 'rate(shop_shop_cost_USD_total[5m])')).toEqual([
      'dashboards/shop.json:20:25 error «shop_cost» No producer exposes "shop_cost". Did you mean "shop_shop_cost_USD_total" (counter, src/telemetry.ts:7)?',
    ])
    expect(await lintPushed('{ add_metric_suffixes: false }', 'rate(pay_wait_bucket[5m])', 'rate(shop_cost[5m])')).toEqual([])
  })

  test.each([
    ['TypeScript', 'src/shards.ts', `import { Counter, Gauge } from 'prom-client'
new Gauge({ name: 'shard_count', help: 'Shards' }).set(1)
export const make = (id: number) => new Counter({ name: \`shard_\${id}_total\`, help: 'Done' })
`],
    ['Python', 'shards.py', `from prometheus_client import Counter, Gauge
Gauge('shard_count', 'Shards').set(1)
def make(id):
    return Counter('shard_%d_total' % id, 'Done')
`],
  ])('takes digits alone for a number that is part of a name in %s', async (_, path, code) => {
    const queries = dashboardWith('rate(shard_3_total[5m])', 'rate(shard_12_total[5m])', 'rate(shard_x_total[5m])')
    expect(await lintLines('unknown-metric', { 'dashboards/shards.json': queries, [path]: code })).toEqual([
      'dashboards/shards.json:50:25 error «shard_x_total» No producer exposes "shard_x_total"',
    ])
  })
})
