import { expect, test } from 'vitest'
import { looksLikePrometheusConfig, readPrometheusConfig } from '../../src/prometheus/config.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const parse = (text: string) => parseYaml(sourceText('prometheus.yml', text))[0]!

test('jobs, their targets and labels', () => {
  const document = parse(`
global:
  scrape_interval: 15s
  external_labels: { cluster: eu, replica: 1 }
rule_files: [alerts/*.yml]
scrape_config_files: [jobs/*.yml]
scrape_configs:
  - job_name: producer
    static_configs:
      - targets: ['producer:9464']
        labels: { service: producer, env: prod, __scrape_interval__: 5s }
      - targets: ['producer-2:9464']
        labels: { service: producer-2 }
    relabel_configs:
      - { target_label: team, replacement: ml }
      - { source_labels: [__address__], target_label: host }
      - { source_labels: [x], target_label: __tmp }
      - { action: drop, source_labels: [y] }
  - job_name: pods
    kubernetes_sd_configs: [{ role: pod }]
    relabel_configs:
      - { action: labelmap, regex: __meta_kubernetes_pod_label_(.+) }
    metric_relabel_configs:
      - { action: LabelDrop, regex: pod_ip }
  - job_name: renamed
    static_configs: [{ targets: [a:1] }]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: old_(.*), target_label: __name__, replacement: new_$1 }
  - job_name: computed
    static_configs: [{ targets: [a:1] }]
    relabel_configs:
      - { source_labels: [a], regex: (.*), target_label: 'x_$1', replacement: y }
`)
  expect(readPrometheusConfig(document)).toEqual({
    document,
    externalLabels: { cluster: 'eu', replica: '1' },
    ruleFiles: ['alerts/*.yml'],
    scrapeConfigFiles: ['jobs/*.yml'],
    receivesOtlp: false,
    sharesStore: false,
    scrapeJobs: [
      {
        path: ['scrape_configs', 0], name: 'producer', interval: 15, targets: ['producer:9464', 'producer-2:9464'],
        labels: { service: ['producer', 'producer-2'], env: ['prod'], team: ['ml'], host: [] }, honorsLabels: false, relabels: true, open: false, renamesMetrics: false,
      },
      { path: ['scrape_configs', 1], name: 'pods', interval: 15, targets: [], labels: {}, honorsLabels: false, relabels: true, open: true, renamesMetrics: true },
      { path: ['scrape_configs', 2], name: 'renamed', interval: 15, targets: ['a:1'], labels: {}, honorsLabels: false, relabels: false, open: false, renamesMetrics: true },
      { path: ['scrape_configs', 3], name: 'computed', interval: 15, targets: ['a:1'], labels: {}, honorsLabels: false, relabels: true, open: true, renamesMetrics: false },
    ],
  })
})

test.each([
  ['with jobs', 'scrape_configs:\n- job_name: a\n', true],
  ['without jobs', 'global: { scrape_interval: 15s }\nrule_files: [a.yml]\n', true],
  ['of Promtail', 'server: { http_listen_port: 9080 }\nclients: [{ url: x }]\nscrape_configs:\n- job_name: a\n', false],
  ['of an OpenTelemetry collector', 'receivers:\n  prometheus:\n    config:\n      scrape_configs: [{ job_name: a }]\n', false],
  ['of Alertmanager', 'global: { resolve_timeout: 5m }\nroute: { receiver: a }\n', false],
  ['of Compose', 'services: { prometheus: { image: prom/prometheus } }\n', false],
  ['of an unknown tool', 'global: { region: eu }\n', false],
])('a configuration %s', (_, text, expected) => {
  expect(looksLikePrometheusConfig(parse(text).value)).toBe(expected)
})

test('parts of the wrong type are read as absent', () => {
  const { scrapeJobs, ruleFiles } = readPrometheusConfig(parse('rule_files: x\nscrape_configs: [a, { job_name: [], static_configs: [b, { targets: c, labels: d }], relabel_configs: e }]\n'))
  expect(ruleFiles).toEqual([])
  expect(scrapeJobs).toEqual([{ path: ['scrape_configs', 1], name: '', interval: 60, targets: [], labels: {}, honorsLabels: false, relabels: false, open: false, renamesMetrics: false }])
})

test('a section for OTLP means that programs send metrics', () => {
  expect(readPrometheusConfig(parse('global: { scrape_interval: 1m }\notlp:\n  promote_resource_attributes: [service.name]\n')).receivesOtlp).toBe(true)
  expect(readPrometheusConfig(parse('otlp:\nscrape_configs: []\n')).receivesOtlp).toBe(true)
})
