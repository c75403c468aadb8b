import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const jobs = dashboardWith('sum(rate(jobs_done_total[5m]))', 'histogram_quantile(0.9, sum by (le) (rate(jobs_duration_seconds_bucket[5m])))')
const lint = (dashboard: object, ...dashboards: object[]) => lintLines('required-panels', { 'jobs.json': dashboard }, { options: { dashboards } })

test('reports the panels that are not there, and those that may have been meant', async () => {
  expect(await lint(jobs, { uid: 'jobs', panels: ['Panel 1', 'Panel 02', 'Costs'] }, { panels: ['Panel 2'] }, { uid: 'costs', panels: ['Other'] })).toEqual([
    'jobs.json:3:12 warning «"Jobs"» This dashboard lacks the panels "Panel 02", "Costs"',
  ])
  expect(await lint(jobs, { panels: ['Panel 1', 'Panels 2'] })).toEqual([
    'jobs.json:3:12 warning «"Jobs"» This dashboard lacks the panel "Panels 2" (there is "Panel 2")',
  ])
})

test('finds panels in rows', async () => {
  const dashboard = { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels: [{ type: 'row', title: 'Row', collapsed: true, panels: [{ type: 'stat', title: 'Inside' }] }] }
  expect(await lint(dashboard, { panels: ['Row', 'Inside'] })).toEqual([])
})

test('reports the metrics that no query asks for, by series or by family', async () => {
  expect(await lint(jobs, { tag: 'jobs', metrics: ['jobs_done_total', 'jobs_duration_seconds', 'jobs_duration_seconds_bucket', 'jobs_queued', 'jobs_failed_total'] })).toEqual([
    'jobs.json:3:12 warning «"Jobs"» No query of this dashboard asks for "jobs_queued", "jobs_failed_total"',
  ])
})

test('says nothing of metrics where a query may ask for any', async () => {
  expect(await lint(dashboardWith('up', '{__name__=~"jobs_.*"}'), { metrics: ['jobs_queued'] })).toEqual([])
  expect(await lint({ ...jobs, panels: [{ type: 'stat', title: 'Shared', libraryPanel: { uid: 'a', name: 'Shared' } }] }, { metrics: ['jobs_queued'] })).toEqual([])
})
