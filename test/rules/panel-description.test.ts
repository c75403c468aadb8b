import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const dashboard = (...panels: object[]) => ({ uid: 'a', title: 'A', panels: panels.map((panel, i) => ({ id: i + 1, targets: [{ refId: 'A', expr: 'up' }], ...panel })) })


test('wants titles and descriptions of panels that show queries', async () => {
  expect(await lintLines('panel-description', {
    'a.json': dashboard(
      { type: 'stat', title: 'Fine', description: 'All of it' },
      { type: 'stat', title: 'Only a title' },
      { type: 'stat', description: 'Only a description' },
      { type: 'stat' },
      { type: 'text', targets: [] },
      { type: 'row', title: 'Row', targets: [] },
      { type: 'stat', libraryPanel: { uid: 'x', name: 'Elsewhere' } },
    ),
  })).toEqual([
    'a.json:26:16 warning «"Only a title"» This panel has no description',
    'a.json:28:5 warning «{» This panel has no title',
    'a.json:39:5 warning «{» This panel has no title and no description',
  ])
})
