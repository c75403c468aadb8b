import { expect, test } from 'vitest'
import { lintLines, loadFiles } from '../rules/lint-files.js'

const monitor = (name: string, spec: string, kind = 'ServiceMonitor', version = 'v1') => `apiVersion: monitoring.coreos.com/${version}
kind: ${kind}
metadata: { name: ${name}, namespace: monitoring }
spec: ${spec}
`

/** The catalogs that count, and of those with families of their own the evidence. */
async function catalogsWith(files: Record<string, string>) {
  const { registry, activeCatalogs } = await loadFiles(files)
  return {
    active: [...activeCatalogs].sort(),
    evidence: Object.fromEntries(registry.families.flatMap(({ origin }) => (origin.kind === 'catalog' ? [[origin.catalog, origin.evidence]] : []))),
  }
}

test('resources of the Prometheus operator are evidence of the exporters that they name', async () => {
  expect(await catalogsWith({
    'monitors.yaml': [
      monitor('kubelet', '{ selector: { matchLabels: { app.kubernetes.io/name: kubelet } }, endpoints: [{ path: /metrics/cadvisor }] }'),
      monitor('state', '{ selector: { matchLabels: { app.kubernetes.io/name: kube-state-metrics } } }'),
      monitor('operator', '{ selector: { matchLabels: { app.kubernetes.io/name: prometheus-operator } } }'),
      monitor('sites', '{ prober: { url: "blackbox-exporter:19115" } }', 'Probe'),
      monitor('machines', '{ staticConfigs: [{ targets: ["machine-1:9100"] }] }', 'ScrapeConfig', 'v1alpha1'),
      monitor('app', '{ selector: { matchLabels: { app: shop, app.kubernetes.io/managed-by: grafana } } }'),
    ].join('---\n'),
  })).toEqual({
    active: ['blackbox-exporter', 'cadvisor', 'kube-state-metrics', 'kubelet', 'node-exporter', 'prometheus-config-reloader', 'prometheus-operator'],
    evidence: {
      'blackbox-exporter': 'Probe "sites"',
      'cadvisor': 'ServiceMonitor "kubelet"',
      'kube-state-metrics': 'ServiceMonitor "state"',
      'kubelet': 'ServiceMonitor "kubelet"',
      'node-exporter': 'ScrapeConfig "machines"',
      'prometheus-operator': 'ServiceMonitor "operator"',
    },
  })
})

test('a template is no resource yet', async () => {
  expect(await catalogsWith({
    'templates/servicemonitor.yaml': `{{- if .Values.serviceMonitor.enabled }}\n${monitor('{{ include "name" . }}', '{ selector: { matchLabels: { app: kube-state-metrics } } }')}{{- end }}\n`,
  })).toEqual({ active: [], evidence: {} })
})

test('a series that a resource has kept is no misspelling of another', async () => {
  const files = (action: string) => ({
    'monitor.yaml': monitor('node-exporter', `{ endpoints: [{ metricRelabelings: [{ action: ${action}, sourceLabels: [__name__], regex: (node_drn_card_info|node_load1) }] }] }`),
    'rules.yml': 'groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: sum(node_drn_card_info)\n',
  })
  expect(await lintLines('unknown-metric', files('keep'))).toEqual([])
  expect(await lintLines('unknown-metric', files('drop'))).toEqual([
    'rules.yml:5:19 error «node_drn_card_info» No producer exposes "node_drn_card_info". Did you mean "node_drm_card_info" (unknown, of Node exporter)?',
  ])
})

const ofShop = (job: string) => monitor('shop', `{ jobLabel: app, selector: { matchLabels: { app: ${job} } }, endpoints: [{ port: metrics, interval: 30s }] }`)
const code = "import { Counter } from 'prom-client'\nexport const done = new Counter({ name: 'orders_done_total', help: 'Orders' })\ndone.inc()\n"
const rule = (expr: string) => `groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: ${expr}\n`

test('a job that is called almost as one that a resource makes is a misspelling of it', async () => {
  const lint = (expr: string) => lintLines('unknown-label-value', { 'monitor.yaml': ofShop('orders'), 'src/metrics.ts': code, 'rules.yml': rule(expr) })
  expect(await lint("sum(orders_done_total{job=~'order|orders'})")).toEqual([
    'rules.yml:5:43 warning «order» No resource at hand makes a scrape job called "order". Did you mean "orders"?',
  ])
  expect(await lint("sum(orders_done_total{job='shop'})")).toEqual([])
  expect(await lint("sum(orders_done_total{job='payments'})")).toEqual([])
  expect(await lint("sum(up{job='order'})")).toEqual([])
})

test('a range is held against how often the job that is asked for is scraped', async () => {
  const lint = (expr: string) => lintLines('range-too-short', { 'monitor.yaml': ofShop('orders'), 'src/metrics.ts': code, 'rules.yml': rule(expr) })
  expect(await lint("rate(orders_done_total{job='orders'}[20s])")).toEqual([expect.stringMatching(/ warning «20s» /)])
  expect(await lint("rate(orders_done_total{job='orders'}[5m])")).toEqual([])
  expect(await lint("rate(orders_done_total{job='other'}[20s])")).toEqual([])
  expect(await lint('rate(orders_done_total[20s])')).toEqual([])
})
