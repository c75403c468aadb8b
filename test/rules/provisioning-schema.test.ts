import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

test('takes datasources, providers and a Prometheus configuration as they are written', async () => {
  expect(await lintLines('provisioning-schema', {
    'datasources.yaml': `apiVersion: 1
prune: true
deleteDatasources:
  - { name: Old, orgId: 1 }
datasources:
  - name: Prometheus
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: true
    jsonData: { timeInterval: 15s }
`,
    'dashboards.yaml': `apiVersion: 1
providers:
  - name: jobs
    type: file
    folder: Jobs
    options: { path: /etc/grafana/provisioning/dashboards }
`,
    'prometheus.yml': `global:
  scrape_interval: 15s
  external_labels: { cluster: eu }
rule_files: [rules/*.yml]
alerting:
  alertmanagers:
    - static_configs: [{ targets: ['alertmanager:9093'] }]
scrape_configs:
  - job_name: producer
    static_configs: [{ targets: ['producer:3000'] }]
`,
  })).toEqual([])
})

test('points at what Grafana or Prometheus does not take', async () => {
  expect(await lintLines('provisioning-schema', {
    'datasources.yaml': 'apiVersion: 1\ndatasources:\n  - type: prometheus\n    access: proxy\n    url: [http://prometheus:9090]\n',
    'dashboards.yaml': 'apiVersion: 1\nproviders:\n  - name: jobs\n    type: file\n    options: { foldersFromFilesStructure: true }\n',
    'prometheus.yml': 'scrape_configs:\n  - job_name: producer\n    scrape_interval: 15s\n    static_configs:\n      - targets: producer:3000\n',
  })).toEqual([
    'dashboards.yaml:5:14 error «{ foldersFromFilesStructure: true }» a file provider needs "options.path", the folder that holds the dashboards',
    'datasources.yaml:3:5 error «type: prometheus\n    access: proxy\n    url: [http://prometheus:9090]» "datasources[0]" lacks "name"',
    'datasources.yaml:5:10 error «[http://prometheus:9090]» "url" must be a string or null, not a list',
    'prometheus.yml:5:18 error «producer:3000» "targets" must be a list or null, not a string',
  ])
})
