import { expect, test } from 'vitest'
import { monitorIn } from '../../src/manifests/monitors.js'
import { resourcesIn } from '../../src/manifests/resource.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const monitorsIn = (text: string) => parseYaml(sourceText('monitors.yaml', text)).flatMap(resourcesIn).flatMap((resource) => {
  const monitor = monitorIn(resource)
  return [monitor && [monitor.title, monitor.job, monitor.names, monitor.targets, monitor.intervals]]
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
    ['ServiceMonitor "ksm"', 'kube-state-metrics', ['ksm', 'kube-state-metrics'], [], [30, undefined]],
    ['ServiceMonitor "coredns"', undefined, ['coredns', 'kube-dns'], [], [60]],
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
    ['PodMonitor "flower"', 'jobs/flower', ['flower'], [], [15]],
    ['Probe "site"', 'probe/web/site', ['site'], ['blackbox-exporter:9115'], [60]],
    ['ScrapeConfig "nodes"', 'node-exporter', ['nodes', 'node-exporter'], ['a:9100', 'b:9100'], [30]],
    undefined,
    undefined,
  ])
})

test('what is no whole resource yet', () => {
  expect(monitorsIn('apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\nspec: { endpoints: [null], selector: { matchLabels: [a] } }\n')).toEqual([
    ['ServiceMonitor', undefined, [], [], [undefined]],
  ])
})

test('the labels that it puts on targets, and the series that it keeps', () => {
  const monitor = (spec: string) => monitorIn(parseYaml(sourceText('m.yaml', `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nspec:\n${spec}`))[0]!)
  const ofOperator = ['namespace', 'service', 'pod', 'container', 'endpoint']
  const { labels, kept } = monitor(`  selector: { matchLabels: { targetLabel: none } }
  targetLabels: [app.kubernetes.io/name]
  podTargetLabels: [team]
  endpoints:
    - relabelings: [{ targetLabel: node }, { targetLabel: __address__ }]
      metricRelabelings:
        - { action: keep, sourceLabels: [__name__], regex: '(node_cards_info|up)' }
        - { action: drop, sourceLabels: [__name__], regex: go_gc }
`)!
  expect({ labels, kept: [...kept] }).toEqual({ labels: { names: [...ofOperator, 'app_kubernetes_io_name', 'team', 'node'], open: false }, kept: ['node_cards_info', 'up'] })
  expect(monitor('  endpoints: [{ relabelings: [{ action: labelmap, regex: a }] }]\n')!.labels).toEqual({ names: ofOperator, open: true })
})
