import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

const panel = (id: number | undefined, title: string, more: object = {}) => ({ ...(id !== undefined && { id }), type: 'stat', title, ...more })
const jobs = (...panels: object[]) => ({ 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels } })

test('reports each panel and row that has the id of an earlier one, in rows too', async () => {
  const files = jobs(
    panel(1, 'Done'),
    panel(2, 'Failed'),
    panel(1, 'Queued'),
    { id: 3, type: 'row', title: 'Workers', collapsed: true, panels: [panel(2, 'CPU')] },
    { id: 3, type: 'row', title: 'Costs', panels: [] },
  )
  expect(await lintLines('duplicate-panel-id', files)).toEqual([
    'jobs.json:17:13 error «1» id 1 is already that of panel "Done": Grafana gives this panel another one each time it loads the dashboard, so that no link or alert can name it',
    'jobs.json:28:17 error «2» id 2 is already that of panel "Failed": Grafana gives this panel another one each time it loads the dashboard, so that no link or alert can name it',
    'jobs.json:35:13 error «3» id 3 is already that of row "Workers": Grafana gives this row another one each time it loads the dashboard, so that no link or alert can name it',
  ])
  const [first] = await lintFiles('duplicate-panel-id', files)
  expect([first!.context, first!.related.map(({ place: { source, span }, message }) => `${source.positionAt(span.start).line} ${message}`)]).toEqual(['panel "Queued" in dashboard "Jobs"', ['7 first used here']])
})

test('says nothing of panels without an id', async () => {
  expect(await lintLines('duplicate-panel-id', jobs(panel(undefined, 'A'), panel(undefined, 'B'), panel(0, 'C'), panel(0, 'D'), panel(4, 'E')))).toEqual([])
})
