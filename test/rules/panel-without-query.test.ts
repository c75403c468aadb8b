import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const prometheus = { type: 'prometheus', uid: 'prometheus' }
const jobs = (...panels: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels } })
const found = async (...panels: object[]) => (await lintFiles('panel-without-query', jobs(...panels))).map(({ context }) => context)

test('reports a panel without a query, and one whose queries are all empty', async () => {
  expect(await lintLines('panel-without-query', jobs(
    { type: 'timeseries', title: 'None', datasource: prometheus, targets: [] },
    { type: 'stat', title: 'Absent' },
    { type: 'gauge', title: 'Empty', datasource: prometheus, targets: [{ refId: 'A', expr: ' ' }, { refId: 'B' }] },
  ))).toEqual([
    'jobs.json:8:16 warning «"None"» This panel has no query: it says "No data" for ever',
    'jobs.json:17:16 warning «"Absent"» This panel has no query: it says "No data" for ever',
    'jobs.json:26:18 warning «[\n        {\n          "refId": "A",\n          "expr": " "\n        },\n        {\n          "refId": "B"\n        }\n      ]» Every query of this panel is empty: it says "No data" for ever',
  ])
})

test('finds panels in rows', async () => {
  expect(await found({ type: 'row', title: 'Row', collapsed: true, panels: [{ type: 'stat', title: 'Inside', datasource: prometheus }] })).toEqual(['panel "Inside" in dashboard "Jobs"'])
})

test('says nothing of what needs no query, or has one that is not read', async () => {
  expect(await found(
    { type: 'row', title: 'Row' }, { type: 'text', title: 'Text' }, { type: 'dashlist', title: 'List' }, { type: 'alertlist', title: 'Alerts' }, { type: 'canvas', title: 'Canvas' }, { type: 'acme-panel', title: 'Plugin' },
    { type: 'stat', title: 'Library', libraryPanel: { uid: 'a', name: 'A' } },
    { type: 'stat', title: 'Saved', snapshotData: [{ fields: [] }] },
    { type: 'stat', title: 'Broken', targets: 'up' },
    { type: 'stat', title: 'Random walk', datasource: { type: 'datasource', uid: 'grafana' } },
    { type: 'stat', title: 'Test data', datasource: { type: 'grafana-testdata-datasource', uid: 'x' } },
    { type: 'stat', title: 'Other panel', datasource: { type: 'datasource', uid: '-- Dashboard --' }, targets: [{ refId: 'A', panelId: 1 }] },
    { type: 'stat', title: 'SQL', datasource: { type: 'mysql', uid: 'x' }, targets: [{ refId: 'A', rawSql: 'select 1' }] },
    { type: 'stat', title: 'One of two', datasource: prometheus, targets: [{ refId: 'A', expr: '' }, { refId: 'B', expr: 'up' }] },
    { type: 'stat', title: 'Unknown', targets: [{ refId: 'A', expr: '' }] },
  )).toEqual([])
})
