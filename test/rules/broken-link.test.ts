import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const provider = 'apiVersion: 1\nproviders:\n  - { name: default, type: file, options: { path: /etc/grafana/provisioning/dashboards } }\n'
const costs = {
  uid: 'ml-costs', title: 'Costs', schemaVersion: 39,
  panels: [{ id: 1, type: 'stat', title: 'Total' }, { id: 2, type: 'row', title: 'By task', collapsed: true, panels: [{ id: 7, type: 'stat', title: 'Task' }] }],
  templating: { list: [{ name: 'task_type', type: 'custom', query: 'a,b' }] },
}
const jobs = (more: object) => ({ uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels: [{ id: 1, type: 'stat', title: 'Done' }], ...more })
const links = (...urls: string[]) => ({ links: urls.map((url) => ({ type: 'link', title: 'x', url })) })
const provisioned = (dashboard: object, more: Readonly<Record<string, string | object>> = {}) => ({
  'provisioning/dashboards/p.yml': provider, 'provisioning/dashboards/costs.json': costs, 'provisioning/dashboards/jobs.json': dashboard, ...more,
})
const lint = async (...urls: string[]) => (await lintLines('broken-link', provisioned(jobs(links(...urls))))).map((line) => line.replace('provisioning/dashboards/', ''))

test('reports a dashboard, a panel and a variable that are not there', async () => {
  expect(await lint('/d/ml-cost/costs', '/d/ml-costs/costs?viewPanel=3', '/d/ml-costs?orgId=1&viewPanel=panel-8&var-taskType=$x&from=now-1h', 'd/jobs?editPanel=2')).toEqual([
    'jobs.json:16:18 warning «ml-cost» No dashboard with the uid "ml-cost" is provisioned. Did you mean "ml-costs"?',
    'jobs.json:21:43 error «3» No panel of dashboard "Costs" has the id 3',
    'jobs.json:26:45 error «panel-8» No panel of dashboard "Costs" has the id 8',
    'jobs.json:26:57 warning «taskType» Dashboard "Costs" has no variable "taskType": the link sets it in vain. Did you mean "task_type"?',
    'jobs.json:31:32 error «2» No panel of dashboard "Jobs" has the id 2',
  ])
})

test('finds what is there, and leaves alone what is elsewhere or shows when the dashboard runs', async () => {
  expect(await lint(
    '/d/ml-costs', '/grafana/d/ml-costs/x?viewPanel=7&var-task_type=a#b', '/d/jobs/jobs?viewPanel=1', '/d/ml-costs?viewPanel=panel-1-clone-2&var-${x}=1&${task:queryparam}&${__url_time_range}',
    'https://grafana.example.com/d/none', 'https://example.com/x?u=/d/none', '/d/${uid}/x', '/explore?panelId=3', '/dashboards/f/none', 'd',
  )).toEqual([])
})

test('reads the links of the dashboard, its panels and its data', async () => {
  const link = [{ title: 'x', url: '/d/ml-costs?viewPanel=99' }]
  const panels = [{
    id: 1, type: 'timeseries', title: 'Done', links: link, options: { dataLinks: link }, styles: [{ linkUrl: '/d/ml-costs?viewPanel=99' }],
    fieldConfig: { defaults: { links: link }, overrides: [{ matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'unit', value: 's' }, { id: 'links', value: link }] }] },
  }]
  const diagnostics = await lintFiles('broken-link', provisioned(jobs({ panels, links: link })))
  expect(diagnostics.map(({ context }) => context)).toEqual([...Array<string>(5).fill('panel "Done" in dashboard "Jobs"'), 'dashboard "Jobs"'])
})

test('says nothing of a dashboard that may be elsewhere', async () => {
  const files = (more: object) => ({ 'dashboards/costs.json': costs, 'dashboards/jobs.json': jobs(links('/d/none', '/d/ml-costs?viewPanel=3')), ...more })
  const unprovisioned = ['dashboards/jobs.json:21:37 error «3» No panel of dashboard "Costs" has the id 3']
  expect(await lintLines('broken-link', files({}))).toEqual(unprovisioned)
  expect(await lintLines('broken-link', provisioned(jobs(links('/d/none')), { 'provisioning/dashboards/broken.json': '{ "uid": "none", "title": "None", "panels": [' }))).toEqual([])
})

test('takes a panel for there that gets its id when the dashboard runs', async () => {
  const files = (panels: object[]) => provisioned(jobs(links('/d/other?viewPanel=9')), { 'provisioning/dashboards/other.json': { ...costs, uid: 'other', title: 'Other', panels } })
  expect(await lintLines('broken-link', files([{ type: 'stat', title: 'No id' }]))).toEqual([])
  expect(await lintLines('broken-link', files([{ id: 1, type: 'stat', title: 'Each', repeat: 'task_type' }]))).toEqual([])
  expect(await lintLines('broken-link', files([{ id: 1, type: 'stat', title: 'One' }]))).toHaveLength(1)
})
