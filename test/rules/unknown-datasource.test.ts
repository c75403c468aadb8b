import { describe, expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines, type Files } from './lint-files.js'

const datasources = `apiVersion: 1
datasources:
  - name: Prometheus
    type: prometheus
    url: http://prometheus:9090
  - name: Logs
    uid: logs
    type: loki
`
const onDatasource = (...refs: unknown[]) => ({
  ...dashboardWith(),
  panels: refs.map((datasource, i) => ({ id: i, type: 'timeseries', title: `Panel ${i}`, datasource, targets: [{ refId: 'A', expr: 'up' }] })),
})

test('takes a uid, a name, the uid that Grafana derives, what Grafana has built in, and variables', async () => {
  expect(await lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources,
    'dashboards/jobs.json': onDatasource(
      { type: 'loki', uid: 'logs' }, 'Prometheus', { type: 'prometheus', uid: 'PBFA97CFB590B2093' }, { type: 'datasource', uid: '-- Mixed --' },
      { type: 'prometheus', uid: '${datasource}' }, null, '-- Grafana --', { type: '__expr__', uid: '__expr__' },
    ),
  })).toEqual([])
})

test('reports one that is not provisioned', async () => {
  expect(await lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources,
    'dashboards/jobs.json': onDatasource({ type: 'prometheus', uid: 'thanos' }, 'Prometheu'),
  })).toEqual([
    'dashboards/jobs.json:15:16 error «"thanos"» No datasource "thanos" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
    'dashboards/jobs.json:28:21 error «"Prometheu"» No datasource "Prometheu" is provisioned. Did you mean "Prometheus"?',
  ])
})

test('is silent where datasources are provisioned elsewhere, or from the environment', async () => {
  const dashboard = onDatasource({ type: 'prometheus', uid: 'thanos' })
  expect(await lintLines('unknown-datasource', { 'dashboards/jobs.json': dashboard })).toEqual([])
  expect(await lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources.replace('uid: logs', 'uid: $LOGS_UID'),
    'dashboards/jobs.json': dashboard,
  })).toEqual([])
})

test('knows the uid of a datasource whose name is written otherwise here', async () => {
  expect(await lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources.replace('name: Prometheus', 'name: prometheus'),
    'dashboards/jobs.json': onDatasource({ type: 'prometheus', uid: 'PBFA97CFB590B2093' }),
  })).toEqual([
    'dashboards/jobs.json:15:16 error «"PBFA97CFB590B2093"» No datasource "PBFA97CFB590B2093" is provisioned: Grafana gives that uid to one named "Prometheus". Did you mean "P1809F7CD0C75ACF3" (of "prometheus")?',
  ])
})

test('suggests like for like: for a uid the uid, for a name the name, with the edit', async () => {
  const diagnostics = await lintFiles('unknown-datasource', {
    'provisioning/datasources.yaml': `apiVersion: 1
datasources:
  - { name: Metrics, uid: prometheus, type: prometheus }
  - { name: Long term, uid: thanos, type: prometheus }
  - { name: Logs, uid: loki-main, type: loki }
`,
    'dashboards/jobs.json': onDatasource(
      { type: 'prometheus', uid: 'prom' }, { type: 'prometheus', uid: 'metrics' }, 'metrics', { type: 'loki', uid: 'logging' }, { type: 'tempo', uid: 'tempo' },
    ),
  })
  expect(diagnostics.map(({ message, suggestions }) => [message, ...suggestions.map(({ replacement }) => {
    const { source, span } = replacement!.place
    return `${source.text.slice(span.start, span.end)} -> ${replacement!.text}`
  })])).toEqual([
    ['No datasource "prom" is provisioned. Did you mean "prometheus"?', 'prom -> prometheus'],
    ['No datasource "metrics" is provisioned. Did you mean "prometheus" (of "Metrics")?', 'metrics -> prometheus'],
    ['No datasource "metrics" is provisioned. Did you mean "Metrics"?', 'metrics -> Metrics'],
    ['No datasource "logging" is provisioned. The only one of type "loki" is "Logs" (uid "loki-main").', 'logging -> loki-main'],
    ['No datasource "tempo" is provisioned. There is: "Metrics" (uid "prometheus"), "Long term" (uid "thanos"), "Logs" (uid "loki-main").'],
  ])
})

describe('datasources in forms that are not read', () => {
  const helm = `{{- if .Values.enabled }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "shop.fullname" . }}-datasource
data:
  prometheus.yaml: |-
    apiVersion: 1
    datasources:
      - name: Metrics
        type: prometheus
        url: http://prometheus-server
        uid: thanos
{{- end }}
`
  const lint = (files: Files) => lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources,
    'dashboards/jobs.json': onDatasource({ type: 'prometheus', uid: 'thanos' }, { type: 'prometheus', uid: 'tahnos' }),
    ...files,
  })

  test('a chart that gives one its uid proves it, and others are only doubted', async () => {
    expect(await lint({ 'chart/templates/datasource.yaml': helm })).toEqual([
      'dashboards/jobs.json:30:16 warning «"tahnos"» No datasource "tahnos" is provisioned in a form that is read (chart/templates/datasource.yaml provisions some in another). The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
    ])
  })

  test('so do values of a chart, Terraform, and a script that makes one', async () => {
    const others = {
      'values.yaml': 'grafana:\n  additionalDataSources:\n    - name: Long term\n      type: prometheus\n      uid: thanos\n',
      'main.tf': 'resource "grafana_data_source" "thanos" {\n  type = "prometheus"\n  uid  = "thanos"\n}\n',
      'setup.sh': `curl -X POST "$GRAFANA/api/datasources" -d '{"name":"Thanos","uid":"thanos","type":"prometheus"}'\n`,
    }
    for (const [path, text] of Object.entries(others)) {
      expect(await lint({ [path]: text })).toEqual([
        `dashboards/jobs.json:30:16 warning «"tahnos"» No datasource "tahnos" is provisioned in a form that is read (${path} provisions some in another). The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").`,
      ])
    }
  })

  test('a program that writes the uid into dashboards means it, and provisions nothing', async () => {
    expect(await lint({ 'scripts/dashboards.mjs': 'filters.datasource = {\n  type: "prometheus",\n  uid: "thanos",\n}\n' })).toEqual([
      'dashboards/jobs.json:30:16 error «"tahnos"» No datasource "tahnos" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
    ])
  })

  test('manifests that hold dashboards, and names in other code, tell nothing', async () => {
    const unknown = [
      'dashboards/jobs.json:15:16 error «"thanos"» No datasource "thanos" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
      'dashboards/jobs.json:30:16 error «"tahnos"» No datasource "tahnos" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
    ]
    expect(await lint({ 'k8s/deployment.yaml': 'kind: Deployment\nmetadata:\n  name: thanos\n', 'src/names.ts': "export const store = { name: 'thanos' }\n" })).toEqual(unknown)
  })
})

test('asks of a target only where Grafana does not send it to the datasource of its panel', async () => {
  const panel = (datasource: unknown) => ({ type: 'timeseries', title: 'Up', datasource, targets: [{ refId: 'A', expr: 'up', datasource: { type: 'prometheus', uid: 'old' } }] })
  expect(await lintLines('unknown-datasource', {
    'provisioning/datasources.yaml': datasources,
    'dashboards/jobs.json': { ...dashboardWith(), panels: [panel('Prometheus'), panel({ type: 'datasource', uid: '-- Mixed --' }), panel(null)] },
  })).toEqual([
    'dashboards/jobs.json:37:20 error «"old"» No datasource "old" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
    'dashboards/jobs.json:52:20 error «"old"» No datasource "old" is provisioned. The only one of type "prometheus" is "Prometheus" (uid "PBFA97CFB590B2093").',
  ])
})

test('a stack of Grafana Cloud has datasources of its own', async () => {
  const files = { 'provisioning/datasources/all.yml': datasources, 'dashboards/jobs.json': onDatasource({ type: 'prometheus', uid: 'grafanacloud-prom' }, { type: 'prometheus', uid: 'cloud-prom' }) }
  expect((await lintLines('unknown-datasource', files)).map((line) => /«[^»]+»/.exec(line)?.[0])).toEqual(['«"cloud-prom"»'])
})
