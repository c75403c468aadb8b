import { expect, test } from 'vitest'
import { treesOf } from '../../src/workspace/trees.js'
import { dashboardWith, lintLines, type Files } from '../rules/lint-files.js'
import { loadFiles } from './load-files.js'

/** The root of the tree that each dashboard or rule file is held against; `undefined` where it is held against all. */
function rootsOf(files: readonly string[]): Record<string, string | undefined> {
  const dashboards = files.filter((path) => path.endsWith('.json'))
  const ruleFiles = files.filter((path) => path.endsWith('rules.yml'))
  const trees = treesOf({
    dashboards,
    ruleFiles,
    alerting: [],
    provisioning: files.filter((path) => path.endsWith('source.yml')),
    rulesLoadedBy: files.filter((path) => path.endsWith('prometheus.yml')),
  })
  return Object.fromEntries([...dashboards, ...ruleFiles].map((path) => [path, trees.treeOf(path).root]))
}

test('with one Grafana and one Prometheus all is one, wherever they lie', () => {
  expect(rootsOf([
    'docker/grafana/provisioning/datasources/source.yml', 'docker/prometheus/prometheus.yml', 'docker/prometheus/rules.yml', 'dashboards/a.json',
  ])).toEqual({ 'docker/prometheus/rules.yml': '', 'dashboards/a.json': '' })
})

test('each Grafana has what lies nearest to it, as far up as there is no other', () => {
  expect(rootsOf([
    'shop/monitoring/grafana/provisioning/datasources/source.yml', 'shop/monitoring/prometheus/prometheus.yml', 'shop/dashboards/a.json', 'shop/rules.yml',
    'mail/grafana/datasources/source.yml', 'mail/grafana/dashboards/b.json', 'mail/prometheus.yml', 'mail/rules.yml',
    'dashboards/c.json', 'rules.yml',
  ])).toEqual({
    'shop/dashboards/a.json': 'shop/', 'shop/rules.yml': 'shop/',
    'mail/grafana/dashboards/b.json': 'mail/', 'mail/rules.yml': 'mail/',
    'dashboards/c.json': undefined, 'rules.yml': undefined,
  })
})

test('one inside the folder of another has its own', () => {
  expect(rootsOf([
    'grafana/provisioning/datasources/source.yml', 'grafana/dashboards/a.json',
    'tools/bench/grafana/provisioning/datasources/source.yml', 'tools/bench/dashboards/b.json', 'tools/c.json',
  ])).toEqual({ 'grafana/dashboards/a.json': '', 'tools/bench/dashboards/b.json': 'tools/', 'tools/c.json': 'tools/' })
})

test('a Grafana with no dashboard near it loads those of the others', () => {
  expect(rootsOf([
    'grafana/provisioning/datasources/source.yml', 'grafana/dashboards/a.json', 'deploy/dev/grafana/provisioning/datasources/source.yml',
    'prometheus/prometheus.yml', 'prometheus/rules.yml', 'deploy/dev/prometheus.yml',
  ])).toEqual({ 'grafana/dashboards/a.json': '', 'prometheus/rules.yml': '' })
})

/** A service with a Grafana and a Prometheus of its own, that scrapes one target of the service. */
function service(name: string, port: number): Files {
  return {
    [`${name}/src/metrics.ts`]: `import { Counter } from 'prom-client'
export const requests = new Counter({ name: '${name}_requests_total', help: 'Requests' })
requests.inc()
`,
    [`${name}/docker-compose.yml`]: `services:
  app: { build: . }
  prometheus: { image: prom/prometheus }
`,
    [`${name}/monitoring/prometheus/prometheus.yml`]: `rule_files: [rules/*.yml]
scrape_configs:
  - job_name: ${name}-api
    static_configs: [{ targets: ['app:${port}'] }]
`,
    [`${name}/monitoring/grafana/provisioning/datasources/prometheus.yml`]: `apiVersion: 1
datasources: [{ name: ${name}, uid: ${name}, type: prometheus }]
`,
  }
}

const shopAndMail = { ...service('shop', 8000), ...service('mail', 9000) }
const onDatasource = (uid: string, ...exprs: string[]) => {
  const dashboard = dashboardWith(...exprs)
  return { ...dashboard, panels: [{ type: 'timeseries', title: 'A', datasource: { type: 'prometheus', uid }, targets: exprs.map((expr, i) => ({ refId: `A${i}`, expr })) }] }
}

test('jobs and instances are those of the own Prometheus', async () => {
  const queries = ['shop_requests_total{job="shop-api", instance="app:8000"}', 'mail_requests_total{job="mail-api", instance="app:9000"}']
  expect(await lintLines('unknown-label-value', {
    ...shopAndMail,
    'shop/dashboards/shop.json': dashboardWith(...queries),
    'mail/monitoring/prometheus/rules/mail.yml': `groups:
  - name: mail
    rules:
      - { alert: Quiet, expr: 'rate(mail_requests_total{job="shop-api"}[5m]) == 0' }
      - { alert: Loud, expr: 'rate(mail_requests_total{job="mail-api"}[5m]) > 9' }
`,
    'mail/dashboards/mail.json': dashboardWith(queries[1]!),
    'dashboards/both.json': dashboardWith(...queries),
  })).toEqual([
    'mail/monitoring/prometheus/rules/mail.yml:4:62 error «shop-api» No scrape job is called "shop-api". It is one of: "mail-api".',
    'shop/dashboards/shop.json:35:46 error «mail-api» No scrape job is called "mail-api". It is one of: "shop-api".',
    'shop/dashboards/shop.json:35:69 error «app:9000» No scrape target has the instance "app:9000". It is one of: "app:8000".',
  ])
})

test('what lies around a Grafana inside it may be for that one: it may use what is provisioned and scraped there too', async () => {
  const files: Files = {
    ...service('monitoring', 9000),
    'grafana/provisioning/datasources/login.yml': 'apiVersion: 1\ndatasources: [{ name: Login, uid: login, type: yesoreyeram-infinity-datasource }]\n',
    'config/prometheus.yml': 'scrape_configs:\n  - job_name: old\n    static_configs: [{ targets: ["old:3000"] }]\n',
    'dashboards/jobs.json': onDatasource('monitoring', 'up{job="monitoring-api"}', 'up{job="old"}', 'up{job="neither"}'),
    'monitoring/dashboards/jobs.json': onDatasource('login', 'up{job="old"}'),
  }
  expect([...await lintLines('unknown-datasource', files), ...await lintLines('unknown-label-value', files)]).toEqual([
    'monitoring/dashboards/jobs.json:14:16 error «"login"» No datasource "login" is provisioned. The only one of type "prometheus" is "monitoring" (uid "monitoring").',
    'dashboards/jobs.json:27:29 error «neither» No scrape job is called "neither". It is one of: "monitoring-api", "old".',
    'monitoring/dashboards/jobs.json:19:29 error «old» No scrape job is called "old". It is one of: "monitoring-api".',
  ])
})

test('a datasource is one of the own Grafana', async () => {
  expect(await lintLines('unknown-datasource', {
    ...shopAndMail,
    'shop/dashboards/own.json': onDatasource('shop', 'up'),
    'shop/dashboards/other.json': onDatasource('mail', 'up'),
    'mail/dashboards/mail.json': onDatasource('mail', 'up'),
    'dashboards/any.json': onDatasource('mail', 'up'),
    'dashboards/none.json': onDatasource('tempo', 'up'),
  })).toEqual([
    'dashboards/none.json:14:16 error «"tempo"» No datasource "tempo" is provisioned. There is: "mail" (uid "mail"), "shop" (uid "shop").',
    'shop/dashboards/other.json:14:16 error «"mail"» No datasource "mail" is provisioned. The only one of type "prometheus" is "shop" (uid "shop").',
  ])
})

test('a name is refuted by what the own Prometheus scrapes, though another takes what it is not told', async () => {
  expect(await lintLines('unknown-metric', {
    ...shopAndMail,
    'mail/monitoring/prometheus/prometheus.yml': `scrape_configs:
  - job_name: anything
    kubernetes_sd_configs: [{ role: pod }]
`,
    'shop/dashboards/shop.json': dashboardWith('queue_depth', 'shop_requests_total'),
    'mail/dashboards/mail.json': dashboardWith('queue_depth', 'mail_requests_total'),
    'dashboards/both.json': dashboardWith('queue_depth'),
  })).toEqual([
    'shop/dashboards/shop.json:20:20 error «queue_depth» No producer exposes "queue_depth", and all that Prometheus scrapes is known (job "shop-api")',
  ])
})

test('uids and titles clash where one Grafana loads both', async () => {
  const files = {
    ...shopAndMail,
    'shop/dashboards/a.json': { ...dashboardWith('up'), uid: 'overview', title: 'Overview' },
    'mail/dashboards/a.json': { ...dashboardWith('up'), uid: 'overview', title: 'Overview' },
    'mail/dashboards/b.json': { ...dashboardWith('up'), uid: 'overview', title: 'Overview' },
  }
  expect([...await lintLines('duplicate-uid', files), ...await lintLines('duplicate-title', files)]).toEqual([
    'mail/dashboards/b.json:2:10 error «"overview"» uid "overview" is already used by "Overview": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
    'mail/dashboards/b.json:3:12 warning «"Overview"» title "Overview" is already used in the same folder: nobody can tell the two apart, and older versions of Grafana refuse the second',
  ])
})

test('what lies beside the values of a chart is loaded by no provider in them, but what is called like its folder may be', async () => {
  const values = 'dashboardProviders:\n  providers.yaml:\n    apiVersion: 1\n    providers:\n      - { name: default, type: file, options: { path: /var/lib/grafana/dashboards/default } }\ndashboards: {}\n'
  const { workspace } = await loadFiles({ 'grafana/values.yaml': values, 'grafana/dashboards/a.json': dashboardWith('up'), 'grafana/dashboards/default/b.json': { ...dashboardWith('up'), uid: 'b', title: 'B' } })
  expect([...workspace.dashboards].map(({ source, providers }) => [source.path, providers.map(({ name }) => name)])).toEqual([
    ['grafana/dashboards/a.json', []], ['grafana/dashboards/default/b.json', ['default']],
  ])
})

test('what lies in a folder of tests or examples says nothing of what lies outside', async () => {
  const files = (folder: string): Files => ({
    [`${folder}/prometheus.yml`]: 'scrape_configs:\n  - job_name: app\n    static_configs: [{ targets: ["app:3000"] }]\n',
    'dashboards/jobs.json': dashboardWith('up{job="other"}'),
    [`${folder}/dashboards/jobs.json`]: dashboardWith('up{job="another"}'),
  })
  expect(await lintLines('unknown-label-value', files('docker'))).toHaveLength(2)
  expect(await lintLines('unknown-label-value', files('test/docker'))).toEqual([expect.stringMatching(/^test\/docker\/dashboards\/jobs\.json:.*«another»/)])
  expect(await lintLines('unknown-label-value', files('examples/compose'))).toEqual([expect.stringMatching(/^examples\/compose\/.*«another»/)])
})

test('what a cluster loads is not held against the Prometheus and Grafana that run beside it', async () => {
  const dashboard = JSON.stringify(onDatasource('cluster', 'up{job="app-service"}', 'sum by (pod) (shop_requests_total)'))
  const rules = 'groups:\n  - name: a\n    rules:\n      - { alert: A, expr: up{job="app-service"} == 0 }\n'
  const beside: Files = {
    'prometheus.yml': 'scrape_configs:\n  - job_name: app\n    static_configs: [{ targets: ["app:3000"] }]\n',
    'grafana/provisioning/datasources/a.yml': 'apiVersion: 1\ndatasources: [{ name: Dev, uid: dev, type: prometheus }]\n',
    'app.js': "import { Counter } from 'prom-client'\nnew Counter({ name: 'shop_requests_total', help: 'R' }).inc()\n",
  }
  const findings = async (files: Files) =>
    (await Promise.all(['unknown-datasource', 'unknown-label-value', 'unknown-label'].map((rule) => lintLines(rule, { ...beside, ...files })))).map((lines) => lines.length)
  expect(await findings({ 'dashboards/shop.json': dashboard })).toEqual([1, 1, 1])
  expect(await findings({ 'deploy/dashboard.yml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: d }\ndata:\n  shop.json: '${dashboard}'\n` })).toEqual([0, 0, 0])
  expect(await findings({ 'deploy/rules.yml': `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: r }\nspec:\n${rules.replace(/^/gm, '  ')}\n` })).toEqual([0, 0, 0])
  expect(await findings({ 'chart/Chart.yaml': 'name: shop\nversion: 1.0.0\n', 'chart/dashboards/shop.json': dashboard })).toEqual([0, 0, 0])
  // A configuration that the cluster loads speaks for both.
  const inCluster = { 'k8s/prometheus.yml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: p }\ndata:\n  prometheus.yml: |\n${(beside['prometheus.yml'] as string).replace(/^/gm, '    ')}\n`, 'prometheus.yml': '' }
  expect(await findings({ ...inCluster, 'deploy/dashboard.yml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: d }\ndata:\n  shop.json: '${dashboard}'\n` })).toEqual([0, 1, 1])
})
