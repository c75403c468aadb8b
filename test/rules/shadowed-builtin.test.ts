import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

test("reports a variable that has the name of one of Grafana's own", async () => {
  const list = [{ name: '__interval', type: 'interval', query: '1m,5m' }, { name: 'interval', type: 'interval', query: '1m,5m' }, { name: '__range', type: 'constant', query: '1h' }, { name: '__mine', type: 'textbox' }]
  expect(await lintLines('shadowed-builtin', { 'jobs.json': { uid: 'jobs', title: 'Jobs', schemaVersion: 39, panels: [], templating: { list } } })).toEqual([
    'jobs.json:9:17 warning «"__interval"» Grafana has a variable "__interval" of its own: in queries its own counts, and this one in titles and links',
    'jobs.json:19:17 warning «"__range"» Grafana has a variable "__range" of its own: in queries its own counts, and this one in titles and links',
  ])
})
