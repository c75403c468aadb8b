import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const titled = (title: string) => ({ ...dashboardWith('up'), title })
const provider = (name: string, path: string, more = '') => `apiVersion: 1\nproviders:\n  - { name: ${name}, type: file${more}, options: { path: ${path} } }\n`

test('reports every dashboard but the first of a folder, and warns of one in another folder', async () => {
  expect(await lintLines('duplicate-uid', {
    'a/jobs.json': titled('Jobs'),
    'b/copy.json': titled('Copy'),
    'b/wrapped.json': { dashboard: titled('Wrapped'), overwrite: true },
    'b/other.json': { ...titled('Other'), uid: 'other' },
  })).toEqual([
    'b/copy.json:2:10 warning «"jobs"» uid "jobs" is already used by "Jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
    'b/wrapped.json:3:12 error «"jobs"» uid "jobs" is already used by "Copy": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
  ])
})

test('says what Grafana does with those that one provider loads, or two', async () => {
  expect(await lintLines('duplicate-uid', {
    'grafana/provisioning/dashboards/all.yml': provider('all', '/dashboards'),
    'grafana/dashboards/jobs.json': titled('Jobs'),
    'grafana/dashboards/more/copy.json': titled('Copy'),
  })).toEqual([
    'grafana/dashboards/more/copy.json:2:10 error «"jobs"» uid "jobs" is already used by "Jobs": Grafana shows one of the two, and provider "all" then saves no change to any of its dashboards',
  ])
  expect(await lintLines('duplicate-uid', {
    'grafana/provisioning/dashboards/a.yml': provider('team-a', '/var/lib/grafana/a'),
    'grafana/provisioning/dashboards/b.yml': provider('team-b', '/var/lib/grafana/b'),
    'grafana/a/jobs.json': titled('Jobs'),
    'grafana/b/copy.json': titled('Copy'),
  })).toEqual([
    'grafana/b/copy.json:2:10 error «"jobs"» uid "jobs" is already used by "Jobs": Grafana shows one of the two, and providers "team-a" and "team-b" then save no change to any of their dashboards',
  ])
})

test('takes no folder for the one that a provider reads, where others are called alike', async () => {
  const twice = { 'grafana/a/dashboards/jobs.json': titled('Jobs'), 'grafana/b/dashboards/copy.json': titled('Copy') }
  const lines = (path: string) => lintLines('duplicate-uid', { 'grafana/provisioning/dashboards/all.yml': provider('all', path), ...twice })
  expect(await lines('/etc/dashboards')).toEqual([
    'grafana/b/dashboards/copy.json:2:10 warning «"jobs"» uid "jobs" is already used by "Jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
  ])
  expect(await lines('/etc/a/dashboards')).toEqual([])
})

test('compares what one Grafana loads, and one organization of it', async () => {
  expect(await lintLines('duplicate-uid', {
    'shop/grafana/provisioning/dashboards/all.yml': provider('all', '/dashboards'),
    'shop/grafana/dashboards/jobs.json': titled('Jobs'),
    'mail/grafana/provisioning/dashboards/all.yml': provider('all', '/dashboards'),
    'mail/grafana/dashboards/jobs.json': titled('Mail'),
    'docs/dashboards/jobs.json': titled('For the import'),
  })).toEqual([])
  expect(await lintLines('duplicate-uid', {
    'grafana/provisioning/dashboards/a.yml': provider('one', '/var/lib/grafana/a', ', orgId: 1'),
    'grafana/provisioning/dashboards/b.yml': provider('two', '/var/lib/grafana/b', ', orgId: 2'),
    'grafana/a/jobs.json': titled('Jobs'),
    'grafana/b/copy.json': titled('Copy'),
  })).toEqual([])
})

test('leaves a uid to the tool that makes it', async () => {
  expect(await lintLines('duplicate-uid', { 'a.json': { ...titled('A'), uid: '${uid}' }, 'b.json': { ...titled('B'), uid: '${uid}' } })).toEqual([])
})

test('leaves dashboards without a uid to missing-uid', async () => {
  const dashboard = { ...dashboardWith('up'), uid: '' }
  expect(await lintLines('duplicate-uid', { 'a.json': dashboard, 'b.json': dashboard })).toEqual([])
})

test('says nothing of a copy that packaging keeps, where nothing loads both', async () => {
  const files = { 'examples/jobs.json': dashboardWith('up'), 'packaging/examples/jobs.json': dashboardWith('up') }
  expect(await lintLines('duplicate-uid', files)).toEqual([])
  expect(await lintLines('duplicate-uid', { ...files, 'packaging/examples/jobs.json': titled('Other') })).toHaveLength(1)
  expect(await lintLines('duplicate-uid', {
    'provisioning/dashboards/jobs.yml': provider('jobs', '/dashboards'),
    'dashboards/examples/jobs.json': dashboardWith('up'),
    'dashboards/packaging/jobs.json': dashboardWith('up'),
  })).toEqual([
    'dashboards/packaging/jobs.json:2:10 error «"jobs"» uid "jobs" is already used by "Jobs": Grafana shows one of the two, and provider "jobs" then saves no change to any of its dashboards',
  ])
})

test('takes two renderings of one object for one', async () => {
  const map = (name: string, title: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: monitoring }\ndata:\n  jobs.json: '${JSON.stringify(titled(title))}'\n`
  expect(await lintLines('duplicate-uid', { 'rendered/default.yaml': map('boards', 'Jobs'), 'rendered/e2e.yaml': map('boards', 'Jobs 2') })).toEqual([])
  expect(await lintLines('duplicate-uid', { 'rendered/default.yaml': map('boards', 'Jobs'), 'rendered/e2e.yaml': map('others', 'Jobs 2') })).toHaveLength(1)
})
