import { describe, expect, test } from 'vitest'
import { repository } from '../cli/repository.js'
import { dashboardWith } from '../rules/lint-files.js'
import { loadFiles } from './load-files.js'

const rule = 'groups:\n  - name: jobs\n    rules:\n      - alert: Stuck\n        expr: up == 0\n        annotations:\n          summary: "{{ with query \\"up\\" }}{{ . }}{{ end }}"\n'
const indented = rule.replace(/^/gm, '  ')
const mixin = '{ prometheusAlerts+:: { groups+: [] } }'
const resource = (apiVersion: string, kind: string, rest: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n${rest}`

describe('forms that are not read are told', () => {
  test.each([
    ['Loki operator rules', 'rules.yaml', resource('loki.grafana.com/v1', 'AlertingRule', `spec:\n${indented}`)],
    ['Helm template', 'templates/rules.yaml', `{{- if .Values.rules.enabled }}\n${resource('monitoring.coreos.com/v1', 'PrometheusRule', `spec:\n${indented}        {{ if .Values.labels }}labels: {}\n          {{ end }}: x\n        b: c\n`)}{{- end }}\n`],
    ['Perses dashboard', 'd.yaml', 'kind: Dashboard\nspec:\n  panels:\n    a:\n      spec:\n        queries: [{ spec: { plugin: { kind: PrometheusTimeSeriesQuery } } }]\n'],
    ['Jsonnet', 'mixin.libsonnet', mixin],
    ['Terraform with dashboards', 'main.tf', 'resource "grafana_dashboard" "x" {\n  config_json = jsonencode({ panels = [] })\n}\n'],
    ['LogQL rules', 'loki/rules.yml', 'groups:\n  - name: x\n    rules:\n      - alert: A\n        expr: sum(rate({app="x"} |= "error" [5m])) > 1\n'],
  ])('%s', async (form, path, text) => {
    const { workspace } = await loadFiles({ [path]: text })
    expect(workspace.unread).toEqual([{ form, path }])
  })

  test.each([
    ['rules.yml', rule],
    ['crd.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: PrometheusRule\n  versions:\n    - schema:\n        expr:\n          type: string\n'],
    ['release.yaml', resource('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec:\n  valuesFrom:\n    - kind: ConfigMap\n')],
    ['config.yaml', resource('v1', 'ConfigMap', 'data:\n  LOG_LEVEL: debug\n')],
    ['job.yaml', resource('keda.sh/v1alpha1', 'ScaledObject', 'spec:\n  triggers:\n    - type: cron\n')],
    ['main.tf', 'resource "grafana_dashboard" "x" {\n  config_json = file("x.json")\n}\n'],
  ])('%s is none of them', async (path, text) => {
    expect((await loadFiles({ [path]: text })).workspace.unread).toEqual([])
  })
})

test('where nothing was read the run fails, and names what stands there', async () => {
  const { run } = repository({ 'a.libsonnet': mixin })
  expect(await run()).toEqual({
    code: 2, stdout: '',
    stderr: 'ml-dash-lint: nothing was read in this folder. 1 file holds dashboards or rules in a form that is not read: Jsonnet (a.libsonnet)\n',
  })
})

test('beside what was read it stands in the summary, of the paths that are named', async () => {
  const { run } = repository({
    'a/a.json': dashboardWith('up'),
    'a/r.libsonnet': mixin,
    'b/r.libsonnet': mixin,
  })
  expect((await run()).stdout).toContain('\n2 files hold dashboards or rules in a form that is not read: Jsonnet (2, first a/r.libsonnet)\n')
  expect((await run('a')).stdout).toContain('\n1 file holds dashboards or rules in a form that is not read: Jsonnet (a/r.libsonnet)\n')
})
