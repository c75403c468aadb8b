import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const at = (x: number, y: number, w: number, h: number, title: string, more: object = {}) => ({ type: 'stat', title, ...more, gridPos: { x, y, w, h } })
const jobs = (...panels: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels } })

test('reports the uppermost of the panels that lie on others, and how many there are', async () => {
  const files = jobs(at(0, 0, 12, 8, 'Done'), at(12, 0, 12, 8, 'Failed'), at(0, 7, 6, 8, 'Queued'), at(6, 6, 12, 8, 'Costs'))
  expect((await lintLines('overlapping-panels', files)).map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
    'jobs.json:39:18 warning «{ "x": 6, "y": 6, "w": 12, "h": 8 }» This panel lies on panel "Done", and 1 more panel lies on others: Grafana pushes what does not fit down, so that the dashboard does not look as it is written',
  ])
  const [first] = await lintFiles('overlapping-panels', files)
  expect([first!.context, first!.related.map(({ place: { source, span }, message }) => `${source.positionAt(span.start).line} ${message}`)]).toEqual(['panel "Costs" in dashboard "Jobs"', ['9 panel "Done" stands here']])
})

test('takes a row for a panel, and what a collapsed row holds for a grid of its own', async () => {
  expect((await lintFiles('overlapping-panels', jobs(
    at(0, 0, 24, 8, 'Done'),
    at(0, 5, 24, 1, 'Workers', { type: 'row', collapsed: true, panels: [at(0, 6, 12, 8, 'CPU'), at(8, 7, 12, 8, 'Memory'), at(16, 0, 8, 8, 'Load')] }),
  ))).map(({ context, message }) => `${context!}: ${message.split(':')[0]!}`)).toEqual([
    'panel "Memory" in dashboard "Jobs": This panel lies on panel "CPU"',
    'row "Workers" in dashboard "Jobs": This row lies on panel "Done"',
  ])
})

test('says nothing of panels that touch, repeat, were copied by a repeat, or have no place', async () => {
  expect(await lintLines('overlapping-panels', jobs(
    at(0, 0, 12, 8, 'Done'), at(12, 0, 12, 8, 'Failed'), at(0, 8, 24, 8, 'Queued'),
    at(0, 8, 12, 8, 'Each', { repeat: 'queue' }), at(0, 0, 12, 8, 'Copy', { repeatPanelId: 1 }),
    { type: 'stat', title: 'Nowhere' }, at(0, 0, 0, 0, 'Flat'),
  ))).toEqual([])
})

test('a panel as high as can be costs no more than another', async () => {
  expect(await lintFiles('overlapping-panels', jobs(at(-5, 0, 1e9, 1e9, 'High'), at(0, 1e9, 24, 8, 'Below')))).toEqual([])
})
