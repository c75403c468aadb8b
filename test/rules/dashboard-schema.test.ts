import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const lint = (dashboard: object) => lintLines('dashboard-schema', { 'jobs.json': dashboard })
const withPanel = (panel: object) => ({ ...dashboardWith(), panels: [{ id: 1, type: 'stat', ...panel }] })

test('takes what Grafana takes: nulls, unknown keys, plugins, old forms', async () => {
  expect(await lint({
    ...dashboardWith('up'),
    description: null,
    time: { from: 'now-6h', to: 'now' },
    refresh: false,
    somePluginOfOurs: { anything: true },
    templating: { list: [{ name: 'a', type: 'custom', query: 'x,y', current: null, options: null }] },
  })).toEqual([])
  expect(await lint({
    title: 'Old',
    schemaVersion: 6,
    rows: [{ title: 'Row', panels: [{ id: 1, type: 'graph', datasource: 'Prometheus', span: 12, targets: [{ refId: 'A', expr: 'up' }] }] }],
    templating: { list: [] },
  })).toEqual([])
})

test('points at each value of the wrong type', async () => {
  expect(await lint({ ...dashboardWith('up'), panels: 'none' })).toEqual([
    'jobs.json:8:13 error «"none"» "panels" must be a list or null, not a string',
  ])
  expect(await lint(withPanel({ title: ['Jobs'], targets: {} }))).toEqual([
    'jobs.json:12:16 error «[\n        "Jobs"\n      ]» "title" must be a string or null, not a list',
    'jobs.json:15:18 error «{}» "targets" must be a list or null, not an object',
  ])
  expect(await lint({ ...dashboardWith('up'), uid: 7 })).toEqual([
    'jobs.json:2:10 error «7» "uid" must be a string or null, not a number',
  ])
})

test('reads a dashboard that is wrapped, and points into it', async () => {
  expect(await lint({ dashboard: { ...dashboardWith('up'), tags: 'jobs' }, overwrite: true })).toEqual([
    'jobs.json:5:13 error «"jobs"» "tags" must be a list or null, not a string',
  ])
})

test('takes an empty list of options for none', async () => {
  expect(await lint(withPanel({ options: [] }))).toEqual([])
  expect(await lint(withPanel({ options: [1] }))).toHaveLength(1)
})

test('finds a dashboard that Grafana does not provision, as it is wrapped', async () => {
  const wrapped = { dashboard: dashboardWith('up'), overwrite: true }
  const provider = 'apiVersion: 1\nproviders:\n  - { name: jobs, type: file, options: { path: /dashboards } }\n'
  expect(await lintLines('dashboard-schema', { 'provisioning/dashboards.yml': provider, 'dashboards/jobs.json': wrapped, 'dashboards/whole.json': dashboardWith('up'), 'exports/jobs.json': wrapped })).toEqual([
    'dashboards/jobs.json:2:3 error «"dashboard"» Grafana provisions nothing from this file ("Dashboard title cannot be empty"): it reads the dashboard itself, and not one in "dashboard", as its HTTP API takes it',
  ])
})
