import { expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines } from './lint-files.js'

const variables = { list: [{ name: 'task_type', type: 'custom', query: 'a,b' }, { name: 'ds', type: 'datasource', query: 'prometheus' }] }

test('knows defined variables, Grafana\'s own, and what only looks like one', async () => {
  expect(await lintLines('unknown-variable', {
    'jobs.json': {
      ...dashboardWith(
        'rate(jobs_total{t=~"$task_type"}[$__rate_interval])',
        'x{t="${task_type:regex}"}[${__range_s}s] or x{t="[[task_type]]"}',
        'label_replace(x, "a", "$1-${2}", "b", "(.*)-(.*)$")',
      ),
      templating: variables,
    },
  })).toEqual([])
})

test('reports each use of a variable that nobody defined', async () => {
  expect(await lintLines('unknown-variable', {
    'jobs.json': { ...dashboardWith('x{t="$taskType"}', 'x{t="${region:regex}"}'), templating: variables },
  })).toEqual([
    'jobs.json:20:26 error «$taskType» No variable "taskType" is defined in this dashboard. Did you mean "task_type"?',
    'jobs.json:35:26 error «${region:regex}» No variable "region" is defined in this dashboard.',
  ])
})

const provider = 'apiVersion: 1\nproviders:\n  - { name: default, type: file, options: { path: /var/lib/grafana/dashboards } }\n'
const datasource = 'apiVersion: 1\ndatasources:\n  - { name: Prometheus, uid: prometheus, type: prometheus }\n'
/** A dashboard as the dialog for sharing exports it. */
const exported = (more: object = {}) => ({
  ...more,
  uid: 'node', title: 'Node', tags: ['node'], schemaVersion: 39, templating: { list: [] },
  panels: ['CPU', 'Memory'].map((title, id) => ({ id, type: 'timeseries', title, datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' }, targets: [{ refId: 'A', expr: 'up', datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' } }] })),
})
const inputs = [{ name: 'DS_PROMETHEUS', label: 'Prometheus', type: 'datasource', pluginId: 'prometheus', pluginName: 'Prometheus' }]

test('says what Grafana says of a datasource that is a placeholder nobody fills in', async () => {
  const diagnostics = await lintFiles('unknown-variable', {
    'grafana/provisioning/datasources/ds.yml': datasource,
    'grafana/dashboards/node.json': exported(),
  })
  expect(diagnostics.map(({ severity, message, context, suggestions }) => [severity, message, context, suggestions[0]?.replacement?.text])).toEqual(['CPU', 'Memory'].map((title) => [
    'error',
    '"${DS_PROMETHEUS}" is neither a variable of this dashboard nor one of its inputs ("__inputs"): Grafana says "Datasource ${DS_PROMETHEUS} was not found".',
    `panel "${title}" in dashboard "Node"`,
    'prometheus',
  ]))
})

test('takes the inputs of an export that is imported by hand, and reports one that a provider loads', async () => {
  expect(await lintLines('unknown-variable', { 'dashboards/node.json': exported({ __inputs: inputs }) })).toEqual([])
  const diagnostics = await lintFiles('unknown-variable', {
    'grafana/provisioning/datasources/ds.yml': datasource,
    'grafana/provisioning/dashboards/p.yml': provider,
    'grafana/dashboards/node.json': exported({ __inputs: inputs }),
  })
  expect(diagnostics.map(({ place, message, suggestions }) => [place.source.positionAt(place.span.start).line, message, suggestions.map((one) => one.message)])).toEqual([[
    4,
    'This is an export for Grafana\'s import dialog, but a provider loads it: Grafana never asks for the inputs of provisioned dashboards, so "${DS_PROMETHEUS}" stays as it is in 2 places, where Grafana says "Datasource ${DS_PROMETHEUS} was not found"',
    ['Write the uid of the provisioned datasource, "prometheus", instead of "${DS_PROMETHEUS}", and leave "__inputs" out'],
  ]])
})

test('leaves a placeholder alone that a script or an operator fills in', async () => {
  const files = { 'grafana/provisioning/dashboards/p.yml': provider, 'grafana/dashboards/node.json': exported({ __inputs: inputs }) }
  expect(await lintLines('unknown-variable', { ...files, 'grafana/Dockerfile': 'RUN sed -i "s/\\${DS_PROMETHEUS}/prometheus/" /var/lib/grafana/dashboards/*.json\n' })).toEqual([])
  expect(await lintLines('unknown-variable', {
    'dashboards/node.json': { ...dashboardWith(), panels: [{ type: 'text', title: '${site_name}' }] },
    'dashboards/resource.yaml': 'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nspec:\n  datasources:\n    - inputName: site_name\n      datasourceName: prometheus\n',
  })).toEqual([])
})

test("leaves what Terraform's templatefile fills in to Terraform, and looks at the rest", async () => {
  const dashboard = {
    ...dashboardWith(),
    panels: [{ type: 'timeseries', title: 'Up', datasource: { type: 'prometheus', uid: '${datasource_uid}' }, targets: [{ refId: 'A', expr: 'up{env="${environment}", node="$node", pod="$${pod}"}' }] }],
    templating: { list: [{ name: 'node', type: 'query', query: 'up' }] },
  }
  const module = (call: string) => `resource "grafana_dashboard" "jobs" {\n  config_json = ${call}\n}\n`
  const lint = (call: string) => lintLines('unknown-variable', { 'terraform/main.tf': module(call), 'terraform/dashboards/jobs.json': dashboard })
  const expected = ['terraform/dashboards/jobs.json:19:70 error «${pod}» No variable "pod" is defined in this dashboard.']
  expect(await lint('templatefile("${path.module}/dashboards/jobs.json", { environment = var.environment })')).toEqual(expected)
  expect(await lint('templatefile("${path.module}/dashboards/${each.key}", local.values)')).toEqual(expected)
  expect(await lint('templatefile(each.value, local.values)')).toEqual(expected)
  expect(await lint('file("${path.module}/dashboards/jobs.json")')).toHaveLength(3)
})
