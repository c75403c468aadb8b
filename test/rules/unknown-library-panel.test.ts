import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const element = (uid: string) => ({ name: uid, uid, kind: 1, model: { type: 'text', title: uid } })
const shows = (uid: string) => ({ id: 1, gridPos: { x: 0, y: 0, w: 12, h: 8 }, libraryPanel: { uid, name: uid } })
const exported = (uids: readonly string[], ...panels: object[]) => ({ __elements: Object.fromEntries(uids.map((uid) => [uid, element(uid)])), uid: 'jobs', title: 'Jobs', tags: ['jobs'], schemaVersion: 39, panels })
const lint = (files: Readonly<Record<string, object>>) => lintLines('unknown-library-panel', files)

test('reports a library panel that an export with others does not bring along', async () => {
  expect(await lint({ 'jobs.json': exported(['jobs-done'], shows('jobs-done'), { type: 'row', id: 2, collapsed: true, panels: [shows('job-done'), shows('x')] }) })).toEqual([
    'jobs.json:47:20 warning «"job-done"» The library panel "job-done" is not among those that this export brings along: the Grafana that imports it shows an error instead. Did you mean "jobs-done"?',
    'jobs.json:60:20 warning «"x"» The library panel "x" is not among those that this export brings along: the Grafana that imports it shows an error instead.',
  ])
})

test('says nothing where library panels are elsewhere', async () => {
  expect(await lint({ 'jobs.json': exported([], shows('jobs-done')) })).toEqual([])
  expect(await lint({ 'jobs.json': { ...exported([], shows('jobs-done')), __elements: undefined } })).toEqual([])
  expect(await lint({ 'jobs.json': exported(['jobs-done'], shows('x')), 'library/x.json': { result: element('x') } })).toEqual([])
})
