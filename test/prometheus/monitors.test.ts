import { expect, test } from 'vitest'
import { monitorLabelsIn } from '../../src/prometheus/monitors.js'

const ofOperator = ['namespace', 'service', 'pod', 'container', 'endpoint']

test('the labels that a ServiceMonitor puts on targets', () => {
  expect(monitorLabelsIn(`apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: jobs }
spec:
  jobLabel: app
  targetLabels: [app.kubernetes.io/name, team]
  podTargetLabels:
    - version
    - "release"
  endpoints:
    - port: metrics
      relabelings:
        - sourceLabels: [__meta_kubernetes_pod_node_name]
          targetLabel: node
        - targetLabel: "__address__"
          replacement: jobs:9090
      metricRelabelings:
        - { action: drop, regex: go_.* }
        - action: replace
          targetLabel: shard
`)).toEqual({ names: [...ofOperator, 'node', 'shard', 'app_kubernetes_io_name', 'team', 'version', 'release'], open: false })
})

test('a chart that is no YAML yet, and the values that it is made of', () => {
  expect(monitorLabelsIn(`{{- if .Values.serviceMonitor.enabled }}
kind: PodMonitor
spec:
  podMetricsEndpoints:
    - relabelings:
        - targetLabel: tier
          replacement: {{ .Values.tier }}
        - action: labelmap
          regex: __meta_kubernetes_pod_label_(.+)
{{- end }}
`)).toEqual({ names: [...ofOperator, 'tier'], open: true })
  expect(monitorLabelsIn(`serviceMonitor:
  relabelings:
    - sourceLabels: [__meta_kubernetes_namespace]
      targetLabel: kubernetes_ns
`)).toEqual({ names: ['kubernetes_ns'], open: false })
})

test('the labels of static targets', () => {
  expect(monitorLabelsIn(`kind: Probe
spec:
  targets:
    staticConfig:
      static: [https://example.org]
      labels:
        site: main
        owner: web
  interval: 1m
---
kind: ScrapeConfig
spec:
  staticConfigs:
    - targets: [jobs:9090]
      labels:
        tier: backend
`)).toEqual({ names: [...ofOperator, 'site', 'owner', 'tier'], open: false })
})

test('computed labels may be any', () => {
  expect(monitorLabelsIn('kind: ServiceMonitor\nspec:\n  endpoints:\n    - relabelings:\n        - targetLabel: ${1}\n')).toEqual({ names: ofOperator, open: true })
})

test('other manifests tell nothing', () => {
  expect(monitorLabelsIn('kind: Service\nspec:\n  ports: [{ port: 80 }]\n')).toBeUndefined()
  expect(monitorLabelsIn('scrape_configs:\n  - job_name: a\n    relabel_configs: [{ action: labelmap }]\n')).toBeUndefined()
})
