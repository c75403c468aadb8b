import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

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
    'dashboards/jobs.json:15:16 error «"thanos"» No datasource "thanos" is provisioned. There is: "Prometheus" (uid "PBFA97CFB590B2093"), "Logs" (uid "logs").',
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
