import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const withVariables = (...list: object[]) => ({ ...dashboardWith('up'), templating: { list } })
const variables = [
  { name: ['datasource', 'prometheus_datasource'], type: 'datasource', label: 'Data source' },
  { name: 'job', type: 'query', multi: true, includeAll: true, allValue: '.+', datasource: 'variable' },
]
const job = { name: 'job', type: 'query', query: 'label_values(up, job)', multi: true, includeAll: true, allValue: '.+', datasource: { type: 'prometheus', uid: '$datasource' } }
const datasource = { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }

test('wants variables to be there', async () => {
  expect(await lintLines('dashboard-variables', { 'a.json': withVariables(), 'b.json': withVariables(datasource) }, { options: { variables } })).toEqual([
    'a.json:3:12 warning «"Jobs"» This dashboard lacks the variables "datasource" or "prometheus_datasource", "job"',
    'b.json:3:12 warning «"Jobs"» This dashboard lacks the variable "job"',
  ])
})

test('is content with variables that are as asked for', async () => {
  expect(await lintLines('dashboard-variables', { 'a.json': withVariables({ ...datasource, name: 'prometheus_datasource' }, job) }, { options: { variables } })).toEqual([])
})

test('wants variables to be as asked for', async () => {
  expect(await lintLines('dashboard-variables', {
    'a.json': withVariables(
      { ...datasource, label: 'DS' },
      { ...job, multi: false, includeAll: false, allValue: '.*', datasource: { type: 'prometheus', uid: 'prometheus' } },
    ),
    'b.json': withVariables(datasource, { name: 'job', type: 'custom', query: 'a,b' }),
  }, { options: { variables } })).toEqual([
    'a.json:31:18 warning «"DS"» Variable "datasource" must have the label "Data source", not "DS"',
    'a.json:37:18 warning «false» Variable "job" must let people choose several values ("multi")',
    'a.json:38:23 warning «false» Variable "job" must let people choose "All" ("includeAll")',
    'a.json:39:21 warning «".*"» Variable "job" must write "All" as ".+" ("allValue"), not ".*"',
    'a.json:42:18 warning «"prometheus"» Variable "job" must have a variable as its datasource',
    'b.json:35:17 warning «"custom"» Variable "job" must be of type "query", not "custom"',
  ])
})

test('is not about dashboards without PromQL', async () => {
  const other = { uid: 'a', title: 'A', panels: [{ id: 1, type: 'logs', datasource: { type: 'loki', uid: 'l' }, targets: [{ refId: 'A', expr: '{job="x"}' }] }] }
  expect(await lintLines('dashboard-variables', { 'a.json': other }, { options: { variables } })).toEqual([])
})
