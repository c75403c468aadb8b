import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const rules = 'groups:\n  - name: a\n    rules:\n      - { record: a:b, expr: up }\n'

test('takes a configuration with all its files', async () => {
  expect(await lintLines('prometheus-config', {
    'prometheus.yml': `global: { scrape_interval: 15s, scrape_timeout: 10s }
rule_files: [rules/*.yml, alerts.yml]
scrape_configs:
  - job_name: producer
    static_configs: [{ targets: ['producer:3000'] }]
  - job_name: nodes
    file_sd_configs: [{ files: [targets/*.json, targets/nodes.yml] }]
`,
    'alerts.yml': rules,
    'rules/a.yml': rules,
    'targets/a.json': [{ targets: ['a:9100'], labels: { room: '1' } }],
    'targets/nodes.yml': '- targets: [b:9100]\n',
  })).toEqual([])
})

test('tells what Prometheus refuses', async () => {
  expect(await lintLines('prometheus-config', {
    'prometheus.yml': `global:
  scrape_interval: 10s
remote_write:
  - url: mimir:9009/api/v1/push
scrape_configs:
  - job_name: app
    scrape_timeout: 30s
    static_configs: [{ targets: ['http://app:3000/metrics'] }]
  - job_name: app
    scrape_interval: 10m
    tls_config:
      cert_file: app.crt
    relabel_configs:
      - source_labels: [__meta_a]
      - { action: keep, source_labels: [b], regex: 'a(' }
`,
  })).toEqual([
    'prometheus.yml:4:10 error «mimir:9009/api/v1/push» "mimir:9009/api/v1/push" is no URL that Prometheus can send to: it begins with no "http://" or "https://"',
    'prometheus.yml:7:21 error «30s» The timeout of a scrape, 30s, is longer than the time between two, 10s in "global"',
    'prometheus.yml:8:34 error «\'http://app:3000/metrics\'» "http://app:3000/metrics" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest',
    'prometheus.yml:9:15 error «app» "app" is already the name on line 6: Prometheus takes no two scrape jobs of one name',
    'prometheus.yml:10:22 warning «10m» More than 4m between two scrapes: Prometheus looks back 5m for a sample, and series have gaps',
    'prometheus.yml:12:7 error «cert_file» "cert_file" is half of a pair: the key of this certificate, "key_file", is not given',
    'prometheus.yml:14:9 error «source_labels: [__meta_a]» The action "replace" needs a "target_label"',
    "prometheus.yml:15:52 error «'a('» Prometheus cannot compile this pattern: error parsing regexp: missing closing ): `a(`",
  ])
})

test('tells which files are not there', async () => {
  expect(await lintLines('prometheus-config', {
    'monitoring/prometheus.yml': `rule_files: [none.yml, rules/*.yml, /etc/prometheus/rules/*.yml]
scrape_configs:
  - job_name: nodes
    file_sd_configs: [{ files: [targets/nodes.json] }]
`,
  })).toEqual([
    'monitoring/prometheus.yml:1:14 error «none.yml» There is no file "none.yml": Prometheus has none of its rules',
    'monitoring/prometheus.yml:1:24 warning «rules/*.yml» "rules/*.yml" matches no file: Prometheus starts without these rules',
    'monitoring/prometheus.yml:4:33 warning «targets/nodes.json» There is no file "targets/nodes.json": the job has no targets until there is',
  ])
})

test('says nothing of files that lie elsewhere in the workspace: they may be put together when they are deployed', async () => {
  expect(await lintLines('prometheus-config', {
    'prometheus/prometheus.yml': 'rule_files: [alerts.yml, rules/*.yml, ../../out/of/sight.yml]\n',
    'rules/alerts.yml': rules,
  })).toEqual([])
})

test('goes the way of Compose mounts', async () => {
  const files = {
    'deploy/compose.yml': `services:
  prometheus:
    image: prom/prometheus
    volumes:
      - ../monitoring/prometheus.yml:/etc/prometheus/prometheus.yml:ro
      - type: bind
        source: ../monitoring/alerts
        target: /etc/prometheus/rules
      - data:/prometheus
      - \${SECRETS:-./secrets}:/etc/prometheus/secrets
`,
    'monitoring/prometheus.yml': `rule_files:
  - rules/a.yml
  - /etc/prometheus/rules/*.yml
  - rules/b.yml
  - /etc/prometheus/rules/c*.yml
  - baked-in.yml
  - secrets/d.yml
  - /prometheus/e.yml
`,
    'monitoring/alerts/a.yml': rules,
    'monitoring/rules/b.yml': rules,
  }
  expect(await lintLines('prometheus-config', files)).toEqual([
    'monitoring/prometheus.yml:4:5 error «rules/b.yml» There is no file "rules/b.yml": Prometheus has none of its rules',
    'monitoring/prometheus.yml:5:5 warning «/etc/prometheus/rules/c*.yml» "/etc/prometheus/rules/c*.yml" matches no file: Prometheus starts without these rules',
  ])
})

test('reads the lists of targets that a configuration names', async () => {
  expect(await lintLines('prometheus-config', {
    'prometheus.yml': 'scrape_configs:\n  - job_name: nodes\n    file_sd_configs: [{ files: [targets/*.json, targets/*.yml] }]\n',
    'targets/a.json': [{ targets: ['a:9100'], label: {} }],
    'targets/b.json': '[{ "targets": ["http://b:9100/metrics"] }]\n',
    'targets/c.json': '[{ "targets": ["c:9100"], }]\n',
    'targets/d.yml': 'targets: [d:9100]\n',
    'targets/e.yml': '- targets: e:9100\n',
    'targets/f.yml': '',
  })).toEqual([
    'targets/a.json:6:5 error «"label"» unknown key "label" in "[0]". Did you mean "labels"?',
    'targets/b.json:1:16 error «"http://b:9100/metrics"» "http://b:9100/metrics" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest',
    'targets/c.json:1:25 error «,» Prometheus cannot read these targets: Trailing comma before "}"',
    'targets/d.yml:1:1 error «t» this file must be a list, not an object',
    'targets/e.yml:1:12 error «e:9100» "targets" must be a list or null, not a string',
  ])
})

test('reads a configuration in a ConfigMap, whose files are mounted by others', async () => {
  expect(await lintLines('prometheus-config', {
    'configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: prometheus }
data:
  prometheus.yml: |
    rule_files: [none.yml]
    scrape_configs:
      - job_name: a
        static_configs: [{ targets: ['https://a'] }]
`,
  })).toEqual([
    'configmap.yaml:9:38 error «\'https://a\'» "https://a" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest',
  ])
})

test('says nothing of templates, and of configurations of other programs', async () => {
  expect(await lintLines('prometheus-config', {
    'template.yml': `scrape_configs:
  - job_name: '{{ .Values.name }}'
    static_configs: [{ targets: ['{{ .Values.url }}/metrics'] }]
  - job_name: '{{ .Values.name }}'
`,
    'vmagent.yml': `scrape_configs:
  - job_name: a
    stream_parse: true
    static_configs: [{ targets: ['http://a:8080/metrics'] }]
`,
    'rules.test.yml': 'rule_files: [none.yml]\nevaluation_interval: 1m\ntests: []\n',
  })).toEqual([])
})

const promtool = spawnSync('promtool', ['--version']).error === undefined
if (!promtool) console.log('promtool is not installed: its verdicts are not compared')

describe.skipIf(!promtool)('has the verdict of promtool', () => {
  const config = (discovery: string) => `scrape_configs:\n  - job_name: a\n    file_sd_configs: [{ files: ['${discovery}'] }]\n`
  test.each([
    [0, { 'prometheus.yml': 'rule_files: [a.yml]\n', 'a.yml': rules }],
    [1, { 'prometheus.yml': 'rule_files: [a.yml]\n' }],
    [0, { 'prometheus.yml': 'rule_files: [a*.yml]\n' }],
    [0, { 'prometheus.yml': config('t.json') }],
    [0, { 'prometheus.yml': config('t.json'), 't.json': '[{ "targets": ["a:1"] }]' }],
    [1, { 'prometheus.yml': config('t.json'), 't.json': '[{ "targets": "a:1" }]' }],
    [1, { 'prometheus.yml': config('t.json'), 't.json': '{ "targets": ["a:1"] }' }],
    [1, { 'prometheus.yml': config('t.json'), 't.json': '[{ "targets": ["http://a:1/b"] }]' }],
    [1, { 'prometheus.yml': config('t.yml'), 't.yml': '- target: [a:1]\n' }],
    [0, { 'prometheus.yml': config('t.yml'), 't.yml': '- targets: [a:1]\n  labels: { b: 1 }\n' }],
  ])('%i errors of %j', async (errors, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-config-'))
    try {
      for (const [path, text] of Object.entries<string>(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      expect(spawnSync('promtool', ['check', 'config', join(folder, 'prometheus.yml')]).status).toBe(errors)
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect((await lintLines('prometheus-config', files)).filter((line) => line.includes(' error '))).toHaveLength(errors)
  })
})
