import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const source = { id: 1, type: 'timeseries', title: 'Done', targets: [{ refId: 'A', expr: 'up' }] }
const showing = (panelId: unknown, datasource: unknown = { type: 'datasource', uid: '-- Dashboard --' }) => ({ id: 2, type: 'stat', title: 'Now', datasource, targets: [{ refId: 'A', panelId }] })
const jobs = (...panels: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels } })

test('reports a panel that shows the result of one that is not there', async () => {
  expect(await lintLines('unknown-panel-reference', jobs(source, showing(99)))).toEqual([
    'jobs.json:28:22 error «99» No panel of this dashboard has the id 99: Grafana says "Could not find source panel"',
  ])
  expect(await lintLines('unknown-panel-reference', jobs(source, showing(7, '-- Dashboard --'), { id: 7, type: 'row', title: 'Costs', collapsed: true, panels: [] }))).toEqual([
    'jobs.json:25:22 error «7» Panel 7 is a row, which has no result: Grafana says "Could not find source panel"',
  ])
})

test('finds the panel wherever it stands', async () => {
  expect(await lintLines('unknown-panel-reference', jobs(showing(1), { id: 3, type: 'row', title: 'Row', collapsed: true, panels: [source] }))).toEqual([])
})

test('says nothing where the query goes elsewhere, or a panel has no id yet', async () => {
  expect(await lintLines('unknown-panel-reference', jobs(source, showing(99, { type: 'prometheus', uid: 'prometheus' })))).toEqual([])
  expect(await lintLines('unknown-panel-reference', jobs({ ...source, id: undefined }, showing(99)))).toEqual([])
})
