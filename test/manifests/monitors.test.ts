import { expect, test } from 'vitest'
import { monitorIn } from '../../src/manifests/monitors.js'
import { resourcesIn } from '../../src/manifests/resource.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const monitorsIn = (text: string) => parseYaml(sourceText('monitors.yaml', text)).flatMap(resourcesIn).flatMap((resource) => {
  const monitor = monitorIn(resource)
  return [monitor === undefined ? undefined : { ...monitor, document: undefined }]
})

test('a ServiceMonitor: the job is what `jobLabel` names, and otherwise a Service that is not told', () => {
  expect(monitorsIn(`apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: ksm, namespace: monitoring }
spec:
  jobLabel: app.kubernetes.io/name
  selector: { matchLabels: { app.kubernetes.io/name: kube-state-metrics, app.kubernetes.io/part-of: kube-prometheus, app.kubernetes.io/version: 2.1.0 } }
  endpoints:
    - { port: https-main, interval: 30s }
    - { port: https-self, path: /metrics/self }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: coredns }
spec:
  jobLabel: app.kubernetes.io/name
  selector: { matchLabels: { k8s-app: kube-dns } }
  endpoints: [{ port: metrics, interval: 1m }]
`)).toEqual([
    { document: undefined, title: 'ServiceMonitor "ksm"', job: 'kube-state-metrics', names: ['ksm', 'kube-state-metrics'], targets: [], intervals: [30, undefined] },
    { document: undefined, title: 'ServiceMonitor "coredns"', names: ['coredns', 'kube-dns'], targets: [], intervals: [60] },
  ])
})

test('a PodMonitor, a Probe and a ScrapeConfig in a list', () => {
  expect(monitorsIn(`apiVersion: v1
kind: List
items:
  - apiVersion: monitoring.coreos.com/v1
    kind: PodMonitor
    metadata: { name: flower, namespace: jobs }
    spec: { selector: { matchLabels: { app: flower } }, podMetricsEndpoints: [{ port: http, interval: 15s }] }
  - apiVersion: monitoring.coreos.com/v1
    kind: Probe
    metadata: { name: site, namespace: web }
    spec: { prober: { url: 'blackbox-exporter:9115' }, interval: 1m, targets: { staticConfig: { static: [example.org] } } }
  - apiVersion: monitoring.coreos.com/v1alpha1
    kind: ScrapeConfig
    metadata: { name: nodes }
    spec: { jobName: node-exporter, scrapeInterval: 30s, staticConfigs: [{ targets: ['a:9100', 'b:9100'] }] }
  - apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: { name: rules }
    spec: { groups: [] }
  - apiVersion: example.org/v1
    kind: ServiceMonitor
    metadata: { name: other }
`)).toEqual([
    { document: undefined, title: 'PodMonitor "flower"', job: 'jobs/flower', names: ['flower'], targets: [], intervals: [15] },
    { document: undefined, title: 'Probe "site"', job: 'probe/web/site', names: ['site'], targets: ['blackbox-exporter:9115'], intervals: [60] },
    { document: undefined, title: 'ScrapeConfig "nodes"', job: 'node-exporter', names: ['nodes', 'node-exporter'], targets: ['a:9100', 'b:9100'], intervals: [30] },
    undefined,
    undefined,
  ])
})

test('what is no whole resource yet', () => {
  expect(monitorsIn('apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\nspec: { endpoints: [null], selector: { matchLabels: [a] } }\n')).toEqual([
    { document: undefined, title: 'ServiceMonitor', names: [], targets: [], intervals: [undefined] },
  ])
})
