import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const jobs = (more: object) => ({ uid: 'jobs', title: 'Jobs', tags: ['ml'], schemaVersion: 39, panels: [], ...more })
const options = { dashboards: [{ from: 'now-1h', to: 'now', refresh: '10s', timezone: 'browser' }] }

test('reports each setting that is another one, at its value', async () => {
  const dashboard = jobs({ time: { from: 'now-24h', to: 'now-1m' }, refresh: '1m', timezone: 'utc' })
  expect(await lintLines('dashboard-defaults', { 'jobs.json': dashboard }, { options })).toEqual([
    'jobs.json:10:13 warning «"now-24h"» The time range of this dashboard begins at "now-24h": the configuration asks for "now-1h"',
    'jobs.json:11:11 warning «"now-1m"» The time range of this dashboard ends at "now-1m": the configuration asks for "now"',
    'jobs.json:13:14 warning «"1m"» The refresh interval of this dashboard is "1m": the configuration asks for "10s"',
    'jobs.json:14:15 warning «"utc"» The timezone of this dashboard is "utc": the configuration asks for "browser"',
  ])
  const diagnostics = await lintFiles('dashboard-defaults', { 'jobs.json': dashboard }, { options })
  expect(diagnostics.map(({ suggestions: [one] }) => one?.replacement?.text)).toEqual(['now-1h', 'now', '10s', 'browser'])
})

test('takes what is not written as Grafana does', async () => {
  expect(await lintLines('dashboard-defaults', { 'jobs.json': jobs({ refresh: false }) }, { options })).toEqual([
    'jobs.json:1:1 warning «{» The time range of this dashboard begins at "now-6h": the configuration asks for "now-1h"',
    'jobs.json:1:1 warning «{» This dashboard has no timezone of its own: the configuration asks for "browser"',
    'jobs.json:9:14 warning «false» This dashboard has no refresh interval: the configuration asks for "10s"',
  ])
  expect(await lintLines('dashboard-defaults', { 'jobs.json': jobs({}) }, { options: { dashboards: [{ from: 'now-6h', to: 'now', refresh: '', timezone: '' }] } })).toEqual([])
  expect(await lintLines('dashboard-defaults', { 'jobs.json': jobs({ refresh: '5s' }) }, { options: { dashboards: [{ refresh: '' }] } })).toEqual([
    'jobs.json:9:14 warning «"5s"» The refresh interval of this dashboard is "5s": the configuration asks for none',
  ])
})

test('takes times that mean the same for the same', async () => {
  const same = { time: { from: 'now-60m', to: 'now' }, refresh: '10000ms', timezone: 'browser' }
  expect(await lintLines('dashboard-defaults', { 'jobs.json': jobs(same) }, { options })).toEqual([])
})

test('is about the dashboards of a uid, a title, a tag or a folder, and the last entry that names a setting counts', async () => {
  const provider = 'apiVersion: 1\nproviders:\n  - { name: default, folder: Machine Learning, type: file, options: { path: /etc/grafana/provisioning/dashboards } }\n'
  const files = {
    'provisioning/dashboards/p.yml': provider,
    'provisioning/dashboards/jobs.json': jobs({ refresh: '5s' }),
    'other/costs.json': jobs({ uid: 'costs', title: 'Costs', tags: [], refresh: '5s' }),
  }
  const reported = async (...dashboards: object[]) => (await lintFiles('dashboard-defaults', files, { options: { dashboards } })).map(({ place, data }) => `${place.source.path} ${data.suggestion!}`)
  expect(await reported({ uid: 'costs', refresh: '1m' })).toEqual(['other/costs.json 1m'])
  expect(await reported({ title: 'Jobs', refresh: '1m' })).toEqual(['provisioning/dashboards/jobs.json 1m'])
  expect(await reported({ tag: 'ml', refresh: '1m' })).toEqual(['provisioning/dashboards/jobs.json 1m'])
  expect(await reported({ folder: 'Machine Learning', refresh: '1m' })).toEqual(['provisioning/dashboards/jobs.json 1m'])
  expect(await reported({ folder: 'other', refresh: '1m' })).toEqual(['other/costs.json 1m'])
  expect(await reported({ uid: 'costs', tag: 'ml', refresh: '1m' })).toEqual([])
  expect(await reported({ refresh: '1m' }, { uid: 'costs', refresh: '1h' }, { uid: 'jobs', timezone: '' })).toEqual(['other/costs.json 1h', 'provisioning/dashboards/jobs.json 1m'])
})

test('reads dashboards of schema v2', async () => {
  const dashboard = {
    apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'jobs' },
    spec: { title: 'Jobs', elements: {}, layout: { kind: 'GridLayout', spec: { items: [] } }, timeSettings: { from: 'now-1h', to: 'now', autoRefresh: '30s', timezone: 'browser' } },
  }
  expect(await lintLines('dashboard-defaults', { 'jobs.json': dashboard }, { options })).toEqual([
    'jobs.json:19:22 warning «"30s"» The refresh interval of this dashboard is "30s": the configuration asks for "10s"',
  ])
})

test('a folder is one that a provider gives, or any directory above by its name or the end of its path', async () => {
  const inFolder = async (folder: string) => lintLines('dashboard-defaults', { 'x/dashboards/team/old/jobs.json': jobs({ refresh: '1m' }) }, { options: { dashboards: [{ folder, refresh: '10s' }] } })
  for (const folder of ['old', 'team', 'team/old', 'dashboards/team', 'x']) expect(await inFolder(folder)).toHaveLength(1)
  for (const folder of ['eam', 'dashboards/old', 'jobs.json', '']) expect(await inFolder(folder)).toEqual([])
})
