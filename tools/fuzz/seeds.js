/** What the inputs are made from: the files of `fixtures/` and a few of the forms that are not among them. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

function fixtures(pattern) {
  return readdirSync(join(root, 'fixtures'), { recursive: true }).map(String).sort()
    .filter((path) => pattern.test(path) && statSync(join(root, 'fixtures', path)).isFile())
    .map((path) => readFileSync(join(root, 'fixtures', path), 'utf8'))
}

const once = (read) => {
  let value
  return () => (value ??= read())
}

/** A dashboard of at most a few panels, so that most changes touch something that matters. */
function smaller(text) {
  let dashboard
  try {
    dashboard = JSON.parse(text)
  } catch {
    // One of the fixtures is torn on purpose.
    return []
  }
  return [0, 4, 8].map((from) => ({ ...dashboard, panels: dashboard.panels?.slice(from, from + 3) }))
}

export const dashboards = once(() => fixtures(/dashboards?[/\\][^/\\]+\.json$/).flatMap(smaller).concat([
  { uid: 'v2', title: 'B', schemaVersion: 14, rows: [{ title: 'row', panels: [{ id: 1, type: 'graph', datasource: '${DS}', targets: [{ expr: 'rate(http_total{code=~"$code"}[5m])' }] }] }],
    templating: { list: [{ name: 'code', type: 'query', datasource: 'prometheus', query: 'label_values(http_total, code)', regex: '/(.*)/' }, { name: 'i', type: 'interval', query: '1m,5m' }] },
    annotations: { list: [{ datasource: { type: 'prometheus', uid: 'p' }, expr: 'ALERTS{alertname="X"}', name: 'a' }] }, __inputs: [{ name: 'DS', type: 'datasource', pluginId: 'prometheus' }] },
  { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'x' }, spec: { title: 'V2', elements: { 'panel-1': { kind: 'Panel', spec: { id: 1, title: 'P', data: { kind: 'QueryGroup', spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', query: { kind: 'DataQuery', group: 'prometheus', spec: { expr: 'up' } } } }] } } } } }, layout: { kind: 'GridLayout', spec: { items: [] } }, variables: [] } },
]))

export const queries = once(() => {
  const found = new Set(['a', 'sum by (job) (rate(http_total{code=~"5..|$x"}[${w}])) > bool 0.5e-3', 'histogram_quantile(0.9, sum(rate(x_bucket[5m:1m] @ end() offset -1h)) by (le))', '{"a.b", x!="y", __name__=~`a|b`}[1h30m]'])
  const collect = (value) => {
    if (typeof value !== 'object' || value === null) return
    if (typeof value.expr === 'string') found.add(value.expr)
    Object.values(value).forEach(collect)
  }
  dashboards().forEach(collect)
  for (const text of ruleFiles()) for (const [, expr] of text.matchAll(/expr: *([^|>\s].*)/g)) found.add(expr)
  return [...found]
})

export const ruleFiles = once(() => [...fixtures(/alerts?[^/\\]*\.ya?ml$|rules[^/\\]*\.ya?ml$/), `groups:
  - name: &n jobs
    interval: 30s
    rules:
      - record: job:x:sum
        expr: sum by (job) (x_total)
      - alert: Down
        expr: |
          up == 0
            and on (job) job:x:sum{kind="a"}
        for: 5m
        labels: &l { severity: page }
        annotations: { summary: "{{ $labels.job }} of {{ $value | humanize }}" }
      - alert: Up
        expr: "up{job=\\"a\\\\u0062\\"}
          > 0"
        labels: { <<: *l, team: 'it''s' }
`])
export const scrapeConfigs = once(() => fixtures(/prometheus\.ya?ml$/))
export const composeFiles = once(() => fixtures(/compose[^/\\]*\.ya?ml$/))
export const provisioningFiles = once(() => [...fixtures(/provisioning[/\\].*\.ya?ml$|datasources?[^/\\]*\.ya?ml$/), `apiVersion: 1
datasources:
  - { name: P, uid: p, type: prometheus, url: 'http://p:9090', isDefault: true }
providers:
  - { name: d, type: file, options: { path: /var/lib/grafana/dashboards } }
groups:
  - orgId: 1
    name: g
    folder: f
    rules:
      - { uid: r, title: R, condition: A, data: [{ refId: A, datasourceUid: p, model: { expr: up } }] }
`])
export const typescript = once(() => [...fixtures(/\.ts$/), `import client, { Counter } from 'prom-client'
const labelNames = ['status', 'kind'] as const
export class Metrics<T extends string> {
  private readonly done = new Counter({ name: \`app_\${'x'}_total\`, help: 'Done', labelNames })
  constructor(private prefix: string, ...rest: number[]) { for (const n of ['a', 'b']) new client.Gauge({ name: this.prefix + n, help: n }) }
  record(status: 'ok' | 'failed', { kind = 'a', ...more } = {}) { try { this.done.inc({ status, kind }) } finally { this.done.labels(status, kind).inc() } }
}
export default (m = new Metrics('p_')) => { switch (m) { case null: m.record('ok'); default: m?.record('failed', { kind: 'b' }) } }
`])
export const javascript = once(() => [`const { Counter, Histogram } = require('prom-client')
const names = { done: 'app_done_total', failed: 'app_failed_total' }
const counters = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, new Counter({ name, help: key, labelNames: ['s'] })]))
function* all() { for (const key in names) yield counters[key] }
module.exports = { counters, time: (fn) => async (...args) => { const end = h.startTimer({ s: args.length ? 'x' : 'y' }); try { return await fn(...args) } finally { end() } } }
const h = new Histogram({ name: ['app', 'seconds'].join('_'), help: \`a \${1}\`, buckets: [0.1, 1], labelNames: ['s'] })
counters.done.inc({ s: /re[/]x/.test('a') ? 'ok' : 'no' }, 1)
`])
export const python = once(() => [...fixtures(/metrics[^/\\]*\.py$|app[^/\\]*\.py$|tasks[^/\\]*\.py$|main\.py$/), `from prometheus_client import Counter, Histogram as H, Gauge
PREFIX = "app"
NAMES = {k: f"{PREFIX}_{k}_total" for k in ("a", "b")}
class M:
    def __init__(self, ns="x", *args, **kw):
        self.c = Counter(name="done", documentation="d", labelnames=["s"], namespace=ns)
    @staticmethod
    def of(n): return M(ns=n) if n else None
    def rec(self, ok: bool):
        with H('t_seconds', """d""").time():
            try: self.c.labels(s="ok" if ok else 'bad').inc()
            except (ValueError, KeyError) as e:
                raise
            finally: pass
for k, n in NAMES.items():
    globals()[k] = Counter(n, k); x = [y for y in range(3) if y]
match PREFIX:
    case "a" | "b": g = Gauge('g', 'd', ['l'])
    case _: g = lambda *a: a
`])
export const registries = once(() => [exported('registry', (registry) => ({ ...registry, families: registry.families.slice(0, 6), patterns: [] }))])
export const usages = once(() => [exported('usage', (usage) => ({ ...usage, consumers: usage.consumers.slice(0, 6) }))])

/** What the tool itself writes of a fixture, cut short. */
function exported(command, cut) {
  const text = execFileSync(process.execPath, [join(root, 'bin/ml-dash-lint.js'), command, 'export', 'fixtures/ml-services'], { cwd: root, encoding: 'utf8' })
  return JSON.stringify(cut(JSON.parse(text)), null, 2)
}

export const expositions = once(() => [`# HELP app_total Done \\\\ and \\n dusted
# TYPE app_total counter
app_total{status="ok",kind="a\\"b"} 1 1700000000000
# TYPE h_seconds histogram
h_seconds_bucket{le="0.1"} 3
h_seconds_bucket{le="+Inf"} 4 # {trace_id="x"} 0.5 1.2
h_seconds_sum 1e-3
h_seconds_count 4
# TYPE i info
# UNIT h_seconds seconds
i_info{version="1"} 1
{"with.dots",x="y"} NaN
# EOF
`])
export const configurations = once(() => [JSON.stringify({ ignore: ['x/**'], registry: [], catalogs: [], targetLabels: ['env'], externalMetrics: ['ext_*'], rules: { 'unknown-metric': 'warning', 'required-tags': ['error', { tags: ['a'] }] } }, null, 2)])
