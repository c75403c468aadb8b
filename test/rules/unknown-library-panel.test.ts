import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const element = (uid: string) => ({ name: uid, uid, kind: 1, model: { type: 'text', title: uid } })
const shows = (uid: string) => ({ id: 1, gridPos: { x: 0, y: 0, w: 12, h: 8 }, libraryPanel: { uid, name: uid } })
const exported = (uids: readonly string[], ...panels: object[]) => ({ __elements: Object.fromEntries(uids.map((uid) => [uid, element(uid)])), uid: 'jobs', title: 'Jobs', tags: ['jobs'], schemaVersion: 39, panels })
const lint = (files: Readonly<Record<string, object>>) => lintLines('unknown-library-panel', files)

test('reports a library panel that an export with others does not bring along', async () => {
  expect(await lint({ 'jobs.json': exported(['jobs-done'], shows('jobs-done'), { type: 'row', id: 2, collapsed: true, panels: [shows('job-done'), shows('x')] }) })).toEqual([
    'jobs.json:47:20 warning «"job-done"» The library panel "job-done" is not among those that this export brings along: the Grafana that imports it shows an error instead, unless it has it already. Did you mean "jobs-done"?',
    'jobs.json:60:20 warning «"x"» The library panel "x" is not among those that this export brings along: the Grafana that imports it shows an error instead, unless it has it already.',
  ])
})

test('says nothing where library panels are elsewhere', async () => {
  expect(await lint({ 'jobs.json': exported([], shows('jobs-done')) })).toEqual([])
  expect(await lint({ 'jobs.json': { ...exported([], shows('jobs-done')), __elements: undefined } })).toEqual([])
  expect(await lint({ 'jobs.json': exported(['jobs-done'], shows('x')), 'library/x.json': { result: element('x') } })).toEqual([])
})

test('takes an export as Grafana 9 wrote it, with nothing in a panel but where it lies and what it shows', async () => {
  const stat = { name: 'Total Cost', uid: 'nvEBTYigz', kind: 1, model: { datasource: { type: 'datasource', uid: '-- Mixed --' }, targets: [], title: 'Cost', type: 'stat' } }
  const panel = (id: number, uid: string, name: string) => ({ gridPos: { h: 9, w: 2, x: 0, y: 9 * id }, id, libraryPanel: { uid, name } })
  const board = (...panels: object[]) => ({ __inputs: [], __elements: { nvEBTYigz: stat }, __requires: [{ type: 'grafana', id: 'grafana', name: 'Grafana', version: '9.1.2' }], schemaVersion: 37, panels, title: 'Export', uid: 'txTMWCRRz' })
  expect(await lint({ 'export.json': board(panel(2, 'nvEBTYigz', 'Total Cost')) })).toEqual([])
  expect(await lint({ 'export.json': board(panel(2, 'nvEBTYigz', 'Total Cost'), panel(4, '4QeZTLmgz', 'Cost')) })).toEqual([expect.stringMatching(/ «"4QeZTLmgz"» /)])
})
