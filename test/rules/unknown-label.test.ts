import { describe, expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines, producer, prometheusConfig } from './lint-files.js'

const lint = (...exprs: string[]) => lintLines('unknown-label', {
  'dashboards/jobs.json': dashboardWith(...exprs),
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
})

describe('unknown-label', () => {
  test('is silent on labels of the metric, of its series and of its target', async () => {
    expect(await lint(
      'sum by (kind, status, job, instance, tier) (rate(jobs_done_total{kind="a", tier!=""}[5m]))',
      'histogram_quantile(0.9, sum by (le, kind) (rate(jobs_duration_seconds_bucket{le!="0.1"}[5m])))',
      'up{job="producer"}',
      'ALERTS{severity="critical"}',
      'jobs_queued{kind=""}',
    )).toEqual([])
  })

  test('is silent where a service in another language exposes the metric too', async () => {
    expect(await lintLines('unknown-label', {
      'dashboards/jobs.json': dashboardWith('jobs_done_total{state="ok"}'),
      'src/metrics.ts': producer,
      'Queue/Metrics.java': 'Counter.builder("jobs.done").tag("state", state).register(registry);\n',
    })).toEqual([])
  })

  test('is silent on a label that a function makes of one for which nothing has the value that is asked', async () => {
    expect(await lint('sum by (site) (label_replace(up{job=~"site-.*"}, "site", "$1", "job", "site-(.*)"))')).toEqual([])
    expect(await lint('sum by (site) (label_replace(up{job="producer"}, "site", "$1", "job", "site-(.*)"))')).toEqual([
      expect.stringMatching(/ «site» "up" .* has no label "site"/),
    ])
  })

  test('finds a label in a matcher and in every kind of grouping', async () => {
    expect(await lint(
      'jobs_done_total{state="ok"}',
      'sum by (kinds) (jobs_done_total)',
      'sum without (statuses) (jobs_done_total)',
      'jobs_done_total * on (kind, queue) jobs_done_total',
      'jobs_done_total / ignoring (queue) jobs_done_total',
    )).toEqual([
      'dashboards/jobs.json:20:36 error «state» "jobs_done_total" (counter, src/metrics.ts:3) has no label "state". Did you mean "status"?',
      'dashboards/jobs.json:35:28 error «kinds» "jobs_done_total" (counter, src/metrics.ts:3) has no label "kinds". Did you mean "kind"?',
      'dashboards/jobs.json:50:33 error «statuses» "jobs_done_total" (counter, src/metrics.ts:3) has no label "statuses". Did you mean "status"?',
      'dashboards/jobs.json:65:48 error «queue» "jobs_done_total" (counter, src/metrics.ts:3) has no label "queue". It has: kind, status.',
      'dashboards/jobs.json:80:48 error «queue» "jobs_done_total" (counter, src/metrics.ts:3) has no label "queue". It has: kind, status.',
    ])
  })

  test('blames the very selector that lacks it', async () => {
    expect(await lint(
      'sum by (status) (jobs_done_total) / on (status) sum by (status) (jobs_duration_seconds_count)',
      'jobs_queued * on (kind) group_left (status) jobs_done_total',
    )).toEqual([
      'dashboards/jobs.json:20:60 error «status» "jobs_duration_seconds_count" (histogram, src/metrics.ts:4) has no label "status". It has: kind.',
      'dashboards/jobs.json:20:76 error «status» "jobs_duration_seconds_count" (histogram, src/metrics.ts:4) has no label "status". It has: kind.',
      'dashboards/jobs.json:35:38 error «kind» "jobs_queued" (gauge, src/metrics.ts:5) has no label "kind". It has no labels of its own.',
    ])
  })

  test('knows labels that the expression makes', async () => {
    expect(await lint(
      'sum by (short) (label_replace(jobs_done_total, "short", "$1", "kind", "(.).*"))',
      'sum by (both) (label_join(jobs_done_total, "both", "-", "kind", "status"))',
      'sum by (value) (count_values("value", jobs_queued))',
      'sum by (kind) (jobs_queued * on (job) group_left (kind) jobs_done_total)',
      'sum by ($group) (jobs_done_total{$filter, $label="x"})',
      'sum by (anything) ($query)',
      'sum by (anything) (info(jobs_done_total))',
    )).toEqual([])
  })

  test('reads label_values and the labels that recording rules yield', async () => {
    const dashboard = { ...dashboardWith('sum by (status) (kind:jobs_done:rate5m)'), templating: { list: [
      { name: 'ds', type: 'datasource', query: 'prometheus' },
      { name: 'kind', type: 'query', datasource: { type: 'prometheus', uid: '${ds}' }, query: { query: 'label_values(jobs_done_total, knd)', refId: 'A' } },
    ] } }
    expect(await lintLines('unknown-label', {
      'dashboards/jobs.json': dashboard,
      'rules.yml': 'groups:\n  - name: jobs\n    rules:\n      - record: kind:jobs_done:rate5m\n        expr: sum by (kind) (rate(jobs_done_total[5m]))\n',
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:20:28 error «status» "kind:jobs_done:rate5m" (recorded, rules.yml:4) has no label "status". It has: kind.',
      'dashboards/jobs.json:40:51 error «knd» "jobs_done_total" (counter, src/metrics.ts:3) has no label "knd". Did you mean "kind"?',
    ])
  })

  test('is silent where targets may have other labels, and on conventional ones without a configuration', async () => {
    expect(await lintLines('unknown-label', {
      'dashboards/jobs.json': dashboardWith('jobs_queued{pod="a", colour="red"}'),
      'src/metrics.ts': producer,
      'prometheus.yml': 'scrape_configs:\n  - job_name: pods\n    kubernetes_sd_configs: [{ role: pod }]\n    relabel_configs: [{ action: labelmap, regex: __meta_kubernetes_pod_label_(.+) }]\n',
    })).toEqual([])
    expect(await lintLines('unknown-label', {
      'dashboards/jobs.json': dashboardWith('jobs_queued{pod="a", colour="red"}'),
      'src/metrics.ts': producer,
    })).toEqual([
      'dashboards/jobs.json:20:43 error «colour» "jobs_queued" (gauge, src/metrics.ts:5) has no label "colour". It has no labels of its own.',
    ])
  })

  test('is silent beside a configuration of Prometheus that cannot be read', async () => {
    const files = { 'dashboards/jobs.json': dashboardWith('sum by (vm) (jobs_queued)'), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig }
    expect(await lintLines('unknown-label', files)).toEqual([
      'dashboards/jobs.json:20:28 error «vm» "jobs_queued" (gauge, src/metrics.ts:5) has no label "vm". It has no labels of its own.',
    ])
    expect(await lintLines('unknown-label', { ...files, 'deploy/prometheus-host.yml': 'scrape_configs:\n  - job_name: producer\n    static_configs:\n__TARGETS__\n' })).toEqual([])
  })

  test('takes a label that several families are asked for and none declares for one of the targets, unless the configuration tells', async () => {
    const dashboard = dashboardWith('jobs_done_total{shard="1"}', 'jobs_queued{shard="1"}', 'sum by (shard) (jobs_duration_seconds_sum)')
    expect(await lintLines('unknown-label', { 'jobs.json': dashboard, 'metrics.ts': producer })).toEqual([])
    expect(await lintLines('unknown-label', { 'jobs.json': dashboard, 'metrics.ts': producer, 'prometheus.yml': prometheusConfig })).toHaveLength(3)
  })

  test('takes labels for those of other targets where the server shares its store', async () => {
    const files = {
      'alerts/jobs.yml': 'groups:\n  - name: jobs\n    rules:\n      - alert: Stuck\n        expr: sum by (project) (jobs_queued{service="jobs"}) > 9 and sum by (project) (jobs_done_total) > 9 and sum by (project) (jobs_duration_seconds_sum) > 9\n',
      'dashboards/node.json': dashboardWith('process_open_fds{colour="api"}', 'jobs_queued{colour="api"}'),
      'src/metrics.ts': `${producer}\nimport { collectDefaultMetrics } from 'prom-client'\ncollectDefaultMetrics()\n`,
    }
    expect(await lintLines('unknown-label', { ...files, 'prometheus.yml': `${prometheusConfig}remote_write:\n  - url: https://metrics.example/api/v1/write\n` })).toEqual([
      'dashboards/node.json:35:32 error «colour» "jobs_queued" (gauge, src/metrics.ts:5) has no label "colour". It has no labels of its own.',
    ])
    expect(await lintLines('unknown-label', { ...files, 'prometheus.yml': prometheusConfig })).toHaveLength(6)
  })

  test('is silent on what any process exposes where nothing tells the targets', async () => {
    const files = {
      'dashboards/node.json': dashboardWith('process_open_fds{deployment="api"}', 'sum by (deployment) (up)'),
      'src/metrics.ts': "import { collectDefaultMetrics } from 'prom-client'\n\ncollectDefaultMetrics()\n",
    }
    expect(await lintLines('unknown-label', files)).toEqual([])
    expect(await lintLines('unknown-label', { ...files, 'prometheus.yml': prometheusConfig })).toEqual([
      'dashboards/node.json:20:37 error «deployment» "process_open_fds" (gauge, of prom-client default metrics) has no label "deployment". It has no labels of its own.',
      'dashboards/node.json:35:28 error «deployment» "up" (gauge, made by Prometheus) has no label "deployment". It has no labels of its own.',
    ])
  })

  test('lets a dashboard for an exporter filter by the labels of Kubernetes, as published ones do', async () => {
    const compose = 'services:\n  node:\n    image: prom/node-exporter\n'
    const prometheus = "scrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ['node:9100'] }]\n"
    const exprs = ['node_load1{namespace="$namespace"}', 'node_load1{colour="$colour"}', 'jobs_queued{namespace="$namespace"}']
    expect(await lintLines('unknown-label', {
      'compose.yml': compose, 'prometheus.yml': prometheus, 'src/metrics.ts': producer, 'dashboards/node.json': dashboardWith(...exprs),
    })).toEqual([
      'dashboards/node.json:35:31 error «colour» "node_load1" (gauge, of Node exporter) has no label "colour". It has no labels of its own.',
      'dashboards/node.json:50:32 error «namespace» "jobs_queued" (gauge, src/metrics.ts:5) has no label "namespace". It has no labels of its own.',
    ])
    expect(await lintLines('unknown-label', {
      'compose.yml': compose, 'prometheus.yml': prometheus, 'rules.yml': 'groups:\n  - name: node\n    rules:\n      - alert: Load\n        expr: node_load1{namespace="prod"} > 9\n',
    })).toEqual([
      'rules.yml:5:26 error «namespace» "node_load1" (gauge, of Node exporter) has no label "namespace". It has no labels of its own.',
    ])
  })

  test('knows the labels that a ServiceMonitor puts on targets', async () => {
    const monitor = (endpoint: string) => `kind: ServiceMonitor\nspec:\n  podTargetLabels: [release]\n  endpoints:\n    - relabelings:\n        - ${endpoint}\n`
    const lint = (endpoint: string) => lintLines('unknown-label', {
      'src/metrics.ts': producer,
      'dashboards/jobs.json': dashboardWith('sum by (shard, release, colour) (jobs_queued)'),
      'deploy/monitor.yaml': monitor(endpoint),
    })
    expect(await lint('targetLabel: shard')).toEqual([
      'dashboards/jobs.json:20:44 error «colour» "jobs_queued" (gauge, src/metrics.ts:5) has no label "colour". It has no labels of its own.',
    ])
    expect(await lint('action: labelmap')).toEqual([])
  })

  test('takes what several records are asked for, that nothing declares, for what they get on their way', async () => {
    const records = ['done', 'lost', 'sent', 'kept'].map((name) => `      - { record: "seed:${name}:sum", expr: sum by (kind) (jobs_${name}_total) }\n`).join('')
    const rules = `groups:\n  - name: a\n    rules:\n${records}`
    const asking = (label: string, ...names: string[]) => dashboardWith(...names.map((name) => `sum by (kind) (seed:${name}:sum{${label}=~"eu.*"})`))
    expect(await lintLines('unknown-label', { 'r.yml': rules, 'd.json': asking('seed', 'done', 'lost', 'sent') })).toEqual([])
    expect(await lintLines('unknown-label', { 'r.yml': rules, 'd.json': asking('seed', 'done', 'lost') })).toHaveLength(2)
    expect(await lintLines('unknown-label', { 'r.yml': rules, 'd.json': asking('kinds', 'done', 'lost', 'sent') })).toHaveLength(3)
    expect(await lintLines('unknown-label', { 'r.yml': rules, 'd.json': asking('seed', 'done', 'lost', 'sent'), 'prometheus.yml': prometheusConfig })).toHaveLength(3)
    expect(await lintLines('unknown-label', { 'r.yml': rules, 'd.json': asking('status', 'done', 'lost', 'sent'), 'm.ts': producer })).toHaveLength(3)
  })

  test('only warns of a label that a join does not find', async () => {
    const joined = (label: string) => ({ 'd.json': dashboardWith(`jobs_queued * on () group_left (${label}) sum by (kind) (jobs_done_total)`), 'm.ts': producer })
    expect(await lintLines('unknown-label', joined('colour'))).toEqual([])
    expect(await lintLines('unknown-label', { 'd.json': dashboardWith('jobs_queued * on () group_left (colour) jobs_done_total'), 'm.ts': producer })).toEqual([
      expect.stringMatching(/ warning «colour» "jobs_done_total" \(counter, m\.ts:3\) has no label "colour"/),
    ])
  })

  test('knows the labels of what Kubernetes keeps stable, and no others', async () => {
    const asked = (expr: string) => lintLines('unknown-label', { 'd.json': dashboardWith(expr) }, { load: { catalogs: ['kubernetes-apiserver'] } })
    expect(await asked('sum by (contentType) (rate(apiserver_request_total[5m]))')).toEqual([
      expect.stringMatching(/ error «contentType» "apiserver_request_total" \(counter, of Kubernetes API server\) has no label "contentType"/),
    ])
    expect(await asked('sum by (verb, cluster) (rate(apiserver_request_total[5m]))')).toEqual([])
    expect(await asked('sum by (contentType) (rate(apiserver_audit_error_total[5m]))')).toEqual([])
    expect(await asked('sum by (contentType) (rate(apiserver_of_some_release_total[5m]))')).toEqual([])
  })

  test('who leaves out what targets may have means whatever comes', async () => {
    const record = (expr: string) => `groups:\n  - name: a\n    rules:\n      - { record: "jobs:waiting", expr: sum(jobs_queued) }\n      - { record: "jobs:most", expr: ${expr} }\n`
    const lint = (expr: string) => lintLines('unknown-label', { 'rules.yml': record(expr), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig })
    expect(await lint('max without (endpoint, instance, job, pod) (jobs_queued)')).toEqual([])
    expect(await lint('max without (colour) (jobs_queued)')).toEqual([
      'rules.yml:5:51 error «colour» "jobs_queued" (gauge, src/metrics.ts:5) has no label "colour". It has no labels of its own.',
    ])
  })

  test('tells programs the names', async () => {
    const [diagnostic] = await lintFiles('unknown-label', { 'd.json': dashboardWith('sum by (kinds) (jobs_done_total)'), 'm.ts': producer })
    expect(diagnostic?.data).toEqual({ metric: 'jobs_done_total', label: 'kinds', suggestion: 'kind' })
  })
})
