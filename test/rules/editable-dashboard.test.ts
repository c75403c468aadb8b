import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

test('wants dashboards not to be edited', async () => {
  expect(await lintLines('editable-dashboard', {
    'a.json': { ...dashboardWith('up'), editable: true }, 'b.json': { ...dashboardWith('up'), editable: false }, 'c.json': dashboardWith('up'),
  })).toEqual([
    'a.json:28:15 warning «true» This dashboard can be edited in Grafana, and what is changed there is lost with the next deployment: set "editable" to false',
    'c.json:1:1 warning «{» This dashboard can be edited in Grafana, and what is changed there is lost with the next deployment: set "editable" to false',
  ])
})
