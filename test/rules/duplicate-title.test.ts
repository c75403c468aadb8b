import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const named = (uid: string, title: string) => ({ ...dashboardWith('up'), uid, title })
const message = 'title "Jobs" is already used in the same folder: Grafana\'s provider "jobs" then saves no change to any of its dashboards'

test('compares titles within a folder of files', async () => {
  expect(await lintLines('duplicate-title', {
    'team-a/1.json': named('a', 'Jobs'),
    'team-a/2.json': named('b', 'Jobs'),
    'team-a/3.json': named('c', 'Workers'),
    'team-b/4.json': named('d', 'Jobs'),
  })).toEqual(['team-a/2.json:3:12 warning «"Jobs"» title "Jobs" is already used in the same folder: nobody can tell the two apart, and older versions of Grafana refuse the second'])
})

test('compares titles within the folder that a provider puts its dashboards in', async () => {
  const provider = "apiVersion: 1\nproviders:\n  - { name: jobs, folder: Jobs, type: file, options: { path: /etc/grafana/provisioning/dashboards } }\n"
  expect(await lintLines('duplicate-title', {
    'provisioning/dashboards/dashboards.yaml': provider,
    'provisioning/dashboards/a/1.json': named('a', 'Jobs'),
    'provisioning/dashboards/b/2.json': named('b', 'Jobs'),
    'other/grafana/dashboards.yaml': provider,
    'other/grafana/dashboards/3.json': named('c', 'Jobs'),
  })).toEqual([`provisioning/dashboards/b/2.json:3:12 error «"Jobs"» ${message}`])
  expect(await lintLines('duplicate-title', {
    'provisioning/dashboards/dashboards.yaml': provider.replace('path:', 'foldersFromFilesStructure: true, path:'),
    'provisioning/dashboards/a/1.json': named('a', 'Jobs'),
    'provisioning/dashboards/b/2.json': named('b', 'Jobs'),
  })).toEqual([])
})
