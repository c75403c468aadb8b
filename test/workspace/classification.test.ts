import { describe, expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import type { Files } from '../cli/repository.js'
import { loadFiles } from './load-files.js'

/** What each file is taken for; files that are nobody's business are not there. */
async function kinds(files: Files): Promise<Record<string, string[]>> {
  const { workspace } = await loadFiles(files)
  const found: Record<string, string[]> = {}
  for (const { source, kind } of workspace.files) (found[source.path] ??= []).push(kind)
  return found
}

const dashboard = dashboardWith('up')
const ruleFile = 'groups:\n  - name: jobs\n    rules:\n      - alert: A\n        expr: up == 0\n'

test('input of tests is left alone, unless it is what is linted', async () => {
  const files = { 'dashboards/a.json': dashboard, 'cmd/testdata/bad.json': '{ "panels": [', 'cmd/testdata/rules.yml': ruleFile, 'src/__fixtures__/a.json': dashboard, 'test/a.json': dashboard }
  expect(await kinds(files)).toEqual({ 'dashboards/a.json': ['dashboard'], 'test/a.json': ['dashboard'] })
  const { workspace } = await loadFiles(files, { paths: ['cmd/testdata'] })
  expect(workspace.files.map(({ source, kind }) => [source.path, kind])).toContainEqual(['cmd/testdata/rules.yml', 'rule-file'])
})

describe('dashboards', () => {
  test('by what is in them, whatever they are called and however they are wrapped', async () => {
    expect(await kinds({
      'model.json': dashboard,
      'wrapped.json': { dashboard, folderUid: 'jobs', overwrite: true },
      'with-meta.json': { meta: { slug: 'jobs' }, dashboard },
      'old.json': { title: 'Old', rows: [{ panels: [{ id: 1, type: 'graph' }] }], templating: { list: [] }, schemaVersion: 6 },
      'UPPER.JSON': dashboard,
    })).toEqual({
      'model.json': ['dashboard'], 'wrapped.json': ['dashboard'], 'with-meta.json': ['dashboard'], 'old.json': ['dashboard'], 'UPPER.JSON': ['dashboard'],
    })
  })

  test('no other JSON: panels by themselves, packages, datasource lists, tables with rows', async () => {
    expect(await kinds({
      'panel.json': { type: 'timeseries', title: 'Jobs', targets: [{ expr: 'up', refId: 'A' }], panels: [] },
      'package.json': { name: 'x', dashboard: 'yes' },
      'ds.json': { apiVersion: 1, datasources: [{ name: 'Prometheus', type: 'prometheus' }] },
      'table.json': { rows: [[1, 2], [3, 4]], panels: 2 },
      'list.json': [{ panels: [] }],
    })).toEqual({})
  })
})

describe('YAML', () => {
  test('by what is in it, each document of a file by itself', async () => {
    expect(await kinds({
      'rules.yml': ruleFile,
      'alerts.rules': ruleFile,
      'rules.json': { groups: [{ name: 'jobs', rules: [{ alert: 'A', expr: 'up == 0' }] }] },
      'prometheus.yaml': 'scrape_configs:\n  - job_name: a\n',
      'datasources.yml': 'apiVersion: 1\ndatasources:\n  - { name: Prometheus, type: prometheus }\n',
      'dashboards.yml': 'apiVersion: 1\nproviders:\n  - { name: a, type: file, options: { path: /x } }\n',
      'several.yml': `# rules of two teams\n${ruleFile}---\n${ruleFile}---\nkind: Other\n---\nscrape_configs:\n  - job_name: a\n`,
    })).toEqual({
      'rules.yml': ['rule-file'],
      'alerts.rules': ['rule-file'],
      'rules.json': ['rule-file'],
      'prometheus.yaml': ['prometheus-config'],
      'datasources.yml': ['datasources'],
      'dashboards.yml': ['dashboard-providers'],
      'several.yml': ['rule-file', 'prometheus-config'],
    })
  })

  test('no other YAML: Compose files, manifests, Helm values, workflows, user groups', async () => {
    expect(await kinds({
      'docker-compose.yml': 'name: stack\nservices:\n  web: { image: nginx }\n',
      'deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: nginx }] } } }\n',
      'certificate.yaml': 'apiVersion: cert-manager.io/v1\nkind: CertificateRequestPolicy\nmetadata: { name: jobs }\nspec:\n  groups:\n    - name: jobs\n      rules: [{ alert: A, expr: up == 0 }]\n',
      'values.yaml': 'global: { image: x }\nprometheus:\n  serverFiles: {}\n',
      'workflow.yml': 'name: ci\non: push\njobs: {}\n',
      'users.yml': 'groups:\n  - name: admins\n    members: [a]\n',
      'template.yaml': 'groups:\n{{- range .Values.groups }}\n  - name: {{ .name }}\n{{- end }}\n',
      'mkdocs.yml': 'name: docs\nproviders: [x]\n',
      'alertmanager.yml': 'global: { resolve_timeout: 5m }\nroute: { receiver: a }\nreceivers: [{ name: a }]\n',
    })).toEqual({})
  })
})

test('rules of Loki are no PromQL', async () => {
  const { workspace } = await loadFiles({
    'loki.yml': 'groups:\n  - name: logs\n    rules:\n      - alert: Errors\n        expr: sum(rate({app="web"} |= "error" [5m])) > 10\n      - record: errors:rate5m\n        expr: sum(count_over_time({app="web"}[5m]))\n',
    'prometheus.yml': ruleFile,
  })
  expect(workspace.queries.map(({ text }) => text)).toEqual(['up == 0'])
  expect(workspace.alertingRules.map(({ alert }) => alert)).toEqual(['Errors', 'A'])
})
