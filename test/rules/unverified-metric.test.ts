import { describe, expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines, producer } from './lint-files.js'

const lint = (files: Record<string, string | object>) => lintLines('unverified-metric', { 'src/metrics.ts': producer, ...files })

describe('unverified-metric', () => {
  test('is silent on what is proved and on what is refuted', async () => {
    expect(await lint({ 'dashboards/jobs.json': dashboardWith('jobs_queued', 'jobs_lost_total', 'up') })).toEqual([])
  })

  test('tells each component once, at its first place', async () => {
    expect(await lint({ 'dashboards/billing.json': dashboardWith('billing_open', 'rate(billing_paid_total[5m])', 'billing_open', 'shop_carts', 'jobs_queued') })).toEqual([
      'dashboards/billing.json:20:20 warning «billing_open» Nothing at hand exposes these 2 metrics that are called billing_*: "billing_open", "billing_paid_total". If another program exposes them, lint with its "registry", or set "externalMetrics": ["billing_*"].',
      'dashboards/billing.json:65:20 warning «shop_carts» Nothing at hand exposes "shop_carts". If another program exposes it, lint with its "registry", or set "externalMetrics": ["shop_*"].',
    ])
  })

  test('takes no function of a broken query for a metric', async () => {
    expect(await lint({ 'dashboards/jobs.json': dashboardWith('ceil by (kind) (rate(billing_paid_total[5m]))') })).toEqual([
      'dashboards/jobs.json:20:41 warning «billing_paid_total» Nothing at hand exposes "billing_paid_total". Nothing that dashboard "Jobs" reads is exposed. If another program exposes it, lint with its "registry", or set "externalMetrics": ["billing_*"].',
    ])
  })

  test('names no exporter for what any program may have', async () => {
    const [line] = await lintLines('unverified-metric', { 'dashboards/jobs.json': dashboardWith('grpc_server_handled_total', 'grpc_calls_total', 'jobs_queued'), 'm.ts': producer })
    expect(line).toContain('Nothing at hand exposes these 2 metrics that are called grpc_*: "grpc_calls_total", "grpc_server_handled_total".')
  })

  test('takes no name of a query in another language for a metric', async () => {
    expect(await lintLines('unverified-metric', { 'dashboards/logs.json': dashboardWith('{job="gateway"} |= "ERROR" | json', 'jobs_queued'), 'm.ts': producer })).toEqual([])
  })

  test('names the exporter that would have to run, and its catalog', async () => {
    expect(await lint({ 'dashboards/queue.json': dashboardWith('rabbitmq_queue_messages', 'rabbitmq_queue_consumers', 'node_load1') })).toEqual([
      'dashboards/queue.json:20:20 warning «rabbitmq_queue_messages» Nothing at hand exposes these 2 metrics of RabbitMQ: "rabbitmq_queue_consumers", "rabbitmq_queue_messages". Nothing that dashboard "Jobs" reads is exposed. If it runs, set "catalogs": ["rabbitmq"]; if others check it, "externalMetrics": ["rabbitmq_*"].',
      'dashboards/queue.json:50:20 warning «node_load1» Nothing at hand exposes this metric of Node exporter: "node_load1". Nothing that dashboard "Jobs" reads is exposed. If it runs, set "catalogs": ["node-exporter"]; if others check it, "externalMetrics": ["node_*"].',
    ])
  })

  test('tells the other consumers, and of which nothing at all is exposed', async () => {
    const [finding, ...others] = await lintFiles('unverified-metric', {
      'src/metrics.ts': producer,
      'dashboards/a.json': { ...dashboardWith('jobs_queued', 'billing_open'), title: 'Jobs' },
      'dashboards/b.json': { ...dashboardWith('billing_open', 'billing_paid_total'), title: 'Billing' },
      'dashboards/c.json': { ...dashboardWith('jobs_queued', 'billing_open'), title: 'All' },
      'alerts.yml': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: billing_open > 5\n',
    })
    expect(others).toEqual([])
    expect(finding?.related.map(({ place: { source, span }, message }) => `${source.path}:${source.positionAt(span.start).line} ${message}`)).toEqual([
      'dashboards/b.json:20 nothing that dashboard "Billing" reads is exposed by anything at hand',
      'dashboards/c.json:35 one of them in dashboard "All"',
      'alerts.yml:5 nothing that rule file alerts.yml reads is exposed by anything at hand',
    ])
  })

  test('tells of the dashboard itself, whose first place it is, in the sentence', async () => {
    const [finding, ...others] = await lintFiles('unverified-metric', { 'src/metrics.ts': producer, 'a.json': { ...dashboardWith('billing_open', 'shop_carts'), title: 'Billing' } })
    expect(others.map(({ message }) => message)).toEqual(['Nothing at hand exposes "shop_carts". Nothing that dashboard "Billing" reads is exposed. If another program exposes it, lint with its "registry", or set "externalMetrics": ["shop_*"].'])
    expect([finding?.message, finding?.related]).toEqual(['Nothing at hand exposes "billing_open". Nothing that dashboard "Billing" reads is exposed. If another program exposes it, lint with its "registry", or set "externalMetrics": ["billing_*"].', []])
  })

  test('says where the names stand in code that is not understood', async () => {
    expect(await lint({
      'dashboards/host.json': dashboardWith('host_uptime', 'host_load', 'host_gone'),
      'src/host.ts': "gauge('host_uptime', 1)\ngauge('host_load', 2)\n",
    })).toEqual([
      'dashboards/host.json:20:20 warning «host_uptime» Nothing at hand exposes these 3 metrics that are called host_*: "host_gone", "host_load", "host_uptime". Nothing that dashboard "Jobs" reads is exposed. 2 of the names stand in src/host.ts: tell how metrics are made there with "extract.factories". If another program exposes them, lint with its "registry", or set "externalMetrics": ["host_*"].',
    ])
  })

  test('is silent on names in languages that are not read, and on what the configuration calls external', async () => {
    expect(await lint({ 'dashboards/go.json': dashboardWith('ledger_open_total'), 'ledger/main.go': 'prometheus.NewCounter(prometheus.CounterOpts{Name: "ledger_open_total"})\n' })).toEqual([])
    expect(await lintLines('unverified-metric', { 'src/metrics.ts': producer, 'd.json': dashboardWith('billing_open') }, { load: { externalMetrics: ['billing_*'] } })).toEqual([])
  })

  test('tells names that only a recording rule can make, whatever programs are at hand', async () => {
    const rules = { 'rules.yml': 'groups:\n  - name: a\n    rules:\n      - record: job:jobs:rate5m\n        expr: job:jobs:rate1m_other + cluster:x:sum\n' }
    expect(await lintLines('unverified-metric', rules)).toEqual([
      'rules.yml:5:15 warning «job:jobs:rate1m_other» No rule at hand records these 2 names: "cluster:x:sum", "job:jobs:rate1m_other". Nothing that rule file rules.yml reads is exposed. If a rule file of another repository records them, set "externalMetrics".',
    ])
  })

  test('calls a name with one colon behind the name of a program what it may be: a metric or what a rule records', async () => {
    expect(await lint({ 'd.json': dashboardWith('rate(turbo:num_hit_tokens_total[5m])', 'turbo:cache_usage', 'job:num_hit_tokens_total', 'turbo:hit_tokens:rate5m', 'turbo:hit_tokens_rate5m') })).toEqual([
      'd.json:20:25 warning «turbo:num_hit_tokens_total» Nothing at hand exposes or records these 2 names: "turbo:cache_usage", "turbo:num_hit_tokens_total". Nothing that dashboard "Jobs" reads is exposed. If another program exposes them, lint with its "registry"; if a rule of another repository records them, set "externalMetrics": ["turbo:*"].',
      'd.json:50:20 warning «job:num_hit_tokens_total» No rule at hand records these 3 names: "job:num_hit_tokens_total", "turbo:hit_tokens:rate5m", "turbo:hit_tokens_rate5m". Nothing that dashboard "Jobs" reads is exposed. If a rule file of another repository records them, set "externalMetrics".',
    ])
  })

  test('without any producer says nothing of each component: the summary tells that nothing could be checked', async () => {
    expect(await lintLines('unverified-metric', { 'd.json': dashboardWith('billing_open') })).toEqual([])
  })
})

test('what a rule records is no metric of an exporter whose names begin alike, and a name is itself where it has no first word', async () => {
  expect((await lint({ 'rules.yml': 'groups:\n  - name: a\n    rules:\n      - { alert: A, expr: "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate > 1" }\n      - { alert: B, expr: "__does_not_exist__ > 1" }\n' })).map((line) => line.replace(/ Nothing that .* is exposed\./, ''))).toEqual([
    'rules.yml:4:28 warning «node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate» No rule at hand records "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate". If a rule file of another repository records it, set "externalMetrics".',
    'rules.yml:5:28 warning «__does_not_exist__» Nothing at hand exposes "__does_not_exist__". If another program exposes it, lint with its "registry", or set "externalMetrics": ["__does_not_exist__"].',
  ])
})

test('what is written to be absent names no metric', async () => {
  expect(await lint({ 'dashboards/jobs.json': dashboardWith('jobs_queued or absent(__does_not_exist__) * 0', 'absent(billing_up)') })).toEqual([
    expect.stringContaining('Nothing at hand exposes "billing_up".'),
  ])
})

test('a word that stands where none may is no metric', async () => {
  expect(await lint({ 'rules.yml': 'groups:\n  - name: a\n    rules:\n      - { alert: A, expr: "((jobs_queued > 60) and (max(billing_up) < 1 for 3m)) or (jobs_queued > 50)" }\n' })).toEqual([
    expect.stringContaining('Nothing at hand exposes "billing_up".'),
  ])
})

test('what merely begins like the metrics of an exporter is none of them where its catalog lists all: the catalog would help nobody', async () => {
  const [own, other, ...rest] = await lint({ 'dashboards/jobs.json': dashboardWith('alertmanager_alerts', 'alertmanager_oldest_alert', 'jobs_queued') })
  expect(rest).toEqual([])
  expect(own).toContain('Nothing at hand exposes this metric of Alertmanager: "alertmanager_alerts". If it runs, set "catalogs": ["alertmanager"]')
  expect(other).toContain('Nothing at hand exposes "alertmanager_oldest_alert". If another program exposes it, lint with its "registry"')
})
