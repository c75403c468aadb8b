import { expect, test } from 'vitest'
import { dashboardWith, lintFiles, lintLines } from './lint-files.js'

test('reports every dashboard but the first with a uid, across the whole workspace', async () => {
  const dashboard = dashboardWith('up')
  const diagnostics = await lintFiles('duplicate-uid', {
    'a/jobs.json': dashboard,
    'b/copy.json': { ...dashboard, title: 'Copy' },
    'b/wrapped.json': { dashboard: { ...dashboard, title: 'Wrapped' }, overwrite: true },
    'b/other.json': { ...dashboard, uid: 'other' },
  })
  expect(diagnostics.map(({ place, message, related }) => [place.source.path, place.source.text.slice(place.span.start, place.span.end), message, related[0]?.place.source.path])).toEqual([
    ['b/copy.json', '"jobs"', 'uid "jobs" is already used by "Jobs": Grafana then saves no dashboard of either provider', 'a/jobs.json'],
    ['b/wrapped.json', '"jobs"', 'uid "jobs" is already used by "Jobs": Grafana then saves no dashboard of either provider', 'a/jobs.json'],
  ])
})

test('leaves dashboards without a uid to missing-uid', async () => {
  const dashboard = { ...dashboardWith('up'), uid: '' }
  expect(await lintLines('duplicate-uid', { 'a.json': dashboard, 'b.json': dashboard })).toEqual([])
})

test('warns of a copy that packaging keeps, where nothing loads both', async () => {
  const files = { 'examples/jobs.json': dashboardWith('up'), 'packaging/examples/jobs.json': dashboardWith('up') }
  expect(await lintLines('duplicate-uid', files)).toEqual([
    'packaging/examples/jobs.json:2:10 warning «"jobs"» uid "jobs" is also that of "examples/jobs.json", of which this file is a copy: Grafana can load one of them',
  ])
  const provider = 'apiVersion: 1\nproviders:\n  - { name: jobs, type: file, options: { path: /dashboards } }\n'
  expect(await lintLines('duplicate-uid', { ...files, 'grafana/provider.yml': provider })).toEqual([
    'packaging/examples/jobs.json:2:10 error «"jobs"» uid "jobs" is already used by "Jobs": Grafana then saves no dashboard of either provider',
  ])
})
