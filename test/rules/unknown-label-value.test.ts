import { describe, expect, test } from 'vitest'
import { dashboardWith, lintLines, prometheusConfig, type Files } from './lint-files.js'

const producer = `import { Counter, Histogram, Summary } from 'prom-client'

const done = new Counter({ name: 'jobs_done_total', help: 'Jobs done', labelNames: ['kind', 'status'] })
const duration = new Histogram({ name: 'jobs_duration_seconds', help: 'Duration', labelNames: ['status'], buckets: [0.1, 0.5, 1] })
const size = new Summary({ name: 'jobs_size_bytes', help: 'Size', percentiles: [0.5, 0.9] })

export function record(kind: string, ok: boolean, seconds: number) {
  const status = ok ? 'completed' : 'failed'
  done.inc({ kind, status })
  duration.observe({ status }, seconds)
  size.observe(1)
}
`

const lint = (exprs: readonly string[], files: Files = {}) => lintLines('unknown-label-value', {
  'dashboards/jobs.json': dashboardWith(...exprs),
  'src/metrics.ts': producer,
  'prometheus.yml': prometheusConfig,
  ...files,
})

describe('unknown-label-value', () => {
  test('is silent on values that the code gives, and on what it may give', async () => {
    expect(await lint([
      'jobs_done_total{status="completed"}',
      'jobs_done_total{status=~"completed|failed", kind="anything"}',
      'jobs_done_total{status=~"fail.*", status!="failed", status!~"comp.+"}',
      'jobs_done_total{status=""}',
      'jobs_done_total{status=~"failed|"}',
      'jobs_done_total{status=~"$status", kind=~"${kind:regex}"}',
      'jobs_done_total{status=~".*", job="producer", tier="backend"}',
      'jobs_duration_seconds_bucket{le="0.5"} / ignoring (le) jobs_duration_seconds_bucket{le="+Inf"}',
      'jobs_duration_seconds_bucket{le=~"1|1.0"}',
      'jobs_size_bytes{quantile="0.9"}',
    ])).toEqual([])
  })

  test('finds a value that no code gives', async () => {
    expect(await lint([
      'jobs_done_total{status="complete"}',
      'sum(rate(jobs_done_total{kind="a", status="success"}[5m]))',
      'jobs_done_total{status=~"5.."}',
    ])).toEqual([
      'dashboards/jobs.json:20:45 error «complete» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "complete". Did you mean "completed"?',
      'dashboards/jobs.json:35:66 error «success» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "success". It is one of: "completed", "failed".',
      'dashboards/jobs.json:50:46 error «5..» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "5..". It is one of: "completed", "failed".',
    ])
  })

  test('only warns where the query still finds something', async () => {
    expect(await lint([
      'jobs_done_total{status=~"failed|errored"}',
      'jobs_done_total{status=~"(?:cancelled|errored)"}',
      'jobs_done_total{status!="fail"}',
      'jobs_done_total{status!~"time\\\\.out|failed"}',
      'jobs_done_total{status=~"comp.+|errored"}',
      'jobs_done_total{status=~"comp.+|e[r|R]rored|.*"}',
    ])).toEqual([
      'dashboards/jobs.json:20:53 warning «errored» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "errored". It is one of: "completed", "failed".',
      'dashboards/jobs.json:35:49 error «cancelled» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "cancelled". It is one of: "completed", "failed".',
      'dashboards/jobs.json:35:59 error «errored» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "errored". It is one of: "completed", "failed".',
      'dashboards/jobs.json:50:46 warning «fail» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "fail", so that nothing is excluded. Did you mean "failed"?',
      'dashboards/jobs.json:65:46 warning «time\\\\\\\\.out|failed» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "time.out", so that nothing is excluded. It is one of: "completed", "failed".',
      'dashboards/jobs.json:80:53 warning «errored» Label "status" of "jobs_done_total" (counter, src/metrics.ts:3) is never "errored". It is one of: "completed", "failed".',
    ])
  })

  const requests = `import { Counter } from 'prom-client'
const requests = new Counter({ name: 'shop_requests_total', help: 'Requests', labelNames: ['route', 'status'] })
export const record = (id: string, status: number) => requests.inc({ route: \`/orders/\${id}\`, status: status > 0 ? String(status) : 'none' })
`
  test('knows what computed values are like', async () => {
    expect(await lint([
      'shop_requests_total{status="503", route="/orders/7"}',
      'shop_requests_total{status=~"5..|none", route=~"/orders/.*"}',
      'shop_requests_total{status=~"5.."}',
      'shop_requests_total{status="5xx"}',
      'shop_requests_total{status=~"error|503"}',
      'shop_requests_total{route="/items/7"}',
      'shop_requests_total{route="/orders/7", status!="ok"}',
    ], { 'src/requests.ts': requests })).toEqual([
      'dashboards/jobs.json:65:49 error «5xx» Label "status" of "shop_requests_total" (counter, src/requests.ts:2) is never "5xx". It is "none" or a number.',
      'dashboards/jobs.json:80:50 warning «error» Label "status" of "shop_requests_total" (counter, src/requests.ts:2) is never "error". It is "none" or a number.',
      'dashboards/jobs.json:95:48 error «/items/7» Label "route" of "shop_requests_total" (counter, src/requests.ts:2) is never "/items/7". It is like "/orders/*".',
      'dashboards/jobs.json:110:71 warning «ok» Label "status" of "shop_requests_total" (counter, src/requests.ts:2) is never "ok", so that nothing is excluded. It is "none" or a number.',
    ])
  })

  test('knows that prometheus_fastapi_instrumentator groups status codes', async () => {
    const app = (args: string) => ({ 'app.py': `from fastapi import FastAPI\nfrom prometheus_fastapi_instrumentator import Instrumentator\napp = FastAPI()\nInstrumentator(${args}).instrument(app).expose(app)\n` })
    const asked = ['http_requests_total{status="429"}', 'http_requests_total{status=~"5.."}', 'http_requests_total{status="5xx"}']
    expect(await lint(asked, app(''))).toEqual([
      'dashboards/jobs.json:20:49 error «429» Label "status" of "http_requests_total" (counter, of Prometheus FastAPI Instrumentator) is never "429". Did you mean "4xx"?',
    ])
    expect(await lint(asked, app('should_group_status_codes=False'))).toEqual([
      'dashboards/jobs.json:50:49 error «5xx» Label "status" of "http_requests_total" (counter, of Prometheus FastAPI Instrumentator) is never "5xx". It is a number.',
    ])
  })

  const kubernetes = ['kube_pod_status_phase{phase="running"}', 'kube_pod_status_phase{phase=~"Pending|Failed"}', 'go_gc_duration_seconds{quantile="0.99"}', 'apiserver_request_total{code="5xx"}', 'kube_pod_info{node="any"}']
  test('knows the values of exporters that have no others', async () => {
    expect(await lint(kubernetes, { 'compose.yml': 'services:\n  ksm:\n    image: registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0\n' })).toEqual([
      'dashboards/jobs.json:20:50 error «running» Label "phase" of "kube_pod_status_phase" (gauge, of kube-state-metrics) is never "running". Did you mean "Running"?',
      'dashboards/jobs.json:50:54 error «0.99» Label "quantile" of "go_gc_duration_seconds" (summary, of kube-state-metrics) is never "0.99". It is one of: "0", "0.25", "0.5", "0.75", "1".',
      'dashboards/jobs.json:65:51 warning «5xx» Label "code" of "apiserver_request_total" (of Kubernetes API server) is never "5xx". It is a number.',
    ])
  })

  test('only warns of them where nothing shows that the exporter runs', async () => {
    expect(await lint(kubernetes)).toEqual([
      'dashboards/jobs.json:20:50 warning «running» Label "phase" of "kube_pod_status_phase" (of kube-state-metrics) is never "running". Did you mean "Running"?',
      'dashboards/jobs.json:65:51 warning «5xx» Label "code" of "apiserver_request_total" (of Kubernetes API server) is never "5xx". It is a number.',
    ])
  })

  test('knows bucket bounds and quantiles', async () => {
    expect(await lint([
      'jobs_duration_seconds_bucket{le="0.3"}',
      'jobs_size_bytes{quantile="0.99"}',
    ])).toEqual([
      'dashboards/jobs.json:20:54 error «0.3» Label "le" of "jobs_duration_seconds_bucket" (histogram, src/metrics.ts:4) is never "0.3". It is one of: "0.1", "0.5", "1", "+Inf".',
      'dashboards/jobs.json:35:47 error «0.99» Label "quantile" of "jobs_size_bytes" (summary, src/metrics.ts:5) is never "0.99". It is one of: "0.5", "0.9".',
    ])
  })

  test('knows the scrape jobs and targets that are written out', async () => {
    expect(await lint(['jobs_done_total{job="producr"}', 'up{job=~"producer|worker"}', 'up{instance="producer:3001"}', 'nobody_knows{job="x", instance=~"$i"}'])).toEqual([
      'dashboards/jobs.json:20:42 error «producr» No scrape job is called "producr". Did you mean "producer"?',
      'dashboards/jobs.json:35:39 warning «worker» No scrape job is called "worker". It is one of: "producer".',
      'dashboards/jobs.json:50:34 error «producer:3001» No scrape target has the instance "producer:3001". It is one of: "producer:3000".',
      'dashboards/jobs.json:65:39 error «x» No scrape job is called "x". It is one of: "producer".',
    ])
  })

  test.each([
    ['service discovery finds targets', '    kubernetes_sd_configs: [{ role: pod }]\n'],
    ['what is scraped brings its own labels', '    honor_labels: true\n'],
    ['relabelling computes the job', '    relabel_configs: [{ source_labels: [__address__], target_label: job }]\n'],
  ])('knows no jobs where %s', async (_, addition) => {
    expect(await lint(['up{job="other"}'], { 'prometheus.yml': `${prometheusConfig}  - job_name: more\n${addition}` })).toEqual([])
  })

  const others = 'global:\n  evaluation_interval: 15s\nscrape_configs:\n  - job_name: other\n    static_configs:\n'
  const indented = others.replaceAll(/^/gm, '    ')
  test.each<[string, Files]>([
    ['with a placeholder that a script replaces', { 'deploy/prometheus-host.yml': `${others}__TARGETS__\n  - job_name: last\n` }],
    ['that Ansible fills in', { 'deploy/prometheus.yml.j2': `${others}{% for host in hosts %}\n      - targets: ['{{ host }}:9100']\n{% endfor %}\n` }],
    ['in a ConfigMap of a chart', { 'chart/templates/prometheus.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-prometheus\ndata:\n  prometheus.yml: |\n${indented}` }],
  ])('knows no jobs beside a configuration of Prometheus that is not read, %s', async (_, files) => {
    expect(await lint(['up{job="other"}'], files)).toEqual([])
  })

  test('knows the jobs beside a broken configuration of Promtail, and a template without any', async () => {
    const finding = ['dashboards/jobs.json:20:29 error «other» No scrape job is called "other". It is one of: "producer".']
    expect(await lint(['up{job="other"}'], { 'promtail.yml': `server:\n  http_listen_port: 9080\n${others}__TARGETS__\n` })).toEqual(finding)
    expect(await lint(['up{job="other"}'], { 'prometheus.yml.j2': '# none\n{% for host in hosts %}\n' })).toEqual(finding)
  })

  test('knows the jobs that scripts and workflows write', async () => {
    expect(await lint(['up{job="backup"}', 'up{job="nightly"}', 'up{job="other"}'], {
      'ops/install.sh': `cat >> /etc/prometheus/prometheus.yml <<EOF\n  - job_name: 'backup'\n    static_configs: [{ targets: [localhost:9300] }]\nEOF\necho "job other is done"\n`,
      '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    steps:\n      - run: printf '\\n  - job_name: nightly\\n' >> prometheus.yml\n`,
    })).toEqual([expect.stringMatching(/ «other» No scrape job is called "other"/)])
  })

  test('knows no jobs beside a script that computes the names of some', async () => {
    const script = (name: string) => `for each in a b; do\n  cat >> prometheus.yml <<EOF\n  - job_name: ${name}\n    static_configs: [{ targets: ["$each:80"] }]\nEOF\ndone\n`
    expect(await lint(['up{job="site-a"}'], { 'entrypoint.sh': script('site-${each}') })).toEqual([])
    expect(await lint(['up{job="site-a"}'], { 'entrypoint.sh': script('sites') })).toEqual([expect.stringMatching(/ «site-a» No scrape job is called "site-a"/)])
  })

  test('counts jobs that labels of targets and relabelling name, and leaves what rules record', async () => {
    expect(await lint(['up{job="given"}', 'up{job="set"}', 'job:up:sum{job="any"}', 'ALERTS{job="any"}'], {
      'prometheus.yml': `${prometheusConfig}  - job_name: more
    static_configs: [{ targets: [a], labels: { job: given } }]
    relabel_configs: [{ target_label: job, replacement: set }]
`,
      'rules.yml': 'groups:\n  - name: a\n    rules:\n      - record: job:up:sum\n        expr: up\n        labels: { job: any }\n',
    })).toEqual([])
  })

  test('is silent where a service in another language exposes the metric too', async () => {
    expect(await lint(['jobs_done_total{status="complete"}', 'jobs_duration_seconds_bucket{status="x"}'], {
      'queue/metrics.go': 'prometheus.CounterOpts{Namespace: "jobs", Name: "done_total"}\n',
    })).toEqual([
      'dashboards/jobs.json:35:58 error «x» Label "status" of "jobs_duration_seconds_bucket" (histogram, src/metrics.ts:4) is never "x". It is one of: "completed", "failed".',
    ])
  })

  test('is silent where relabelling or a target sets the label', async () => {
    expect(await lint(['jobs_done_total{status="complete"}'], {
      'prometheus.yml': `scrape_configs:
  - job_name: producer
    static_configs:
      - targets: ['producer:3000']
    metric_relabel_configs:
      - source_labels: [status]
        regex: completed
        target_label: status
        replacement: complete
`,
    })).toEqual([])
  })
})
