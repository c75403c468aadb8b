import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const withUid = (uid: unknown) => ({ ...dashboardWith('up'), uid })

test('wants a uid of what a provider loads', async () => {
  const lines = await lintLines('missing-uid', {
    'dashboards.yml': 'apiVersion: 1\nproviders:\n  - { name: jobs, type: file, options: { path: /dashboards } }\n',
    'dashboards/absent.json': withUid(undefined), 'dashboards/empty.json': withUid(''), 'dashboards/null.json': withUid(null),
  })
  const message = 'This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew'
  expect(lines).toEqual([
    `dashboards/absent.json:1:1 error «{» ${message}`,
    `dashboards/empty.json:2:10 error «""» ${message}`,
    `dashboards/null.json:2:10 error «null» ${message}`,
  ])
})

test('warns of one that Grafana does not load as it is wrapped', async () => {
  expect(await lintLines('missing-uid', {
    'dashboards.yml': 'apiVersion: 1\nproviders:\n  - { name: jobs, type: file, options: { path: /dashboards } }\n',
    'dashboards/wrapped.json': { dashboard: withUid(undefined) },
  })).toEqual(['dashboards/wrapped.json:2:16 warning «{» This dashboard has no uid: each Grafana that it comes to makes one up, and no link or alert can name it'])
})

test('warns where nothing tells who loads it, and leaves a uid to the tool that makes it', async () => {
  expect(await lintLines('missing-uid', { 'absent.json': withUid(undefined), 'made.json': withUid('${dashboard.uid}'), 'chart.json': withUid('{{ .Values.uid }}') })).toEqual([
    'absent.json:1:1 warning «{» This dashboard has no uid: each Grafana that it comes to makes one up, and no link or alert can name it',
  ])
})

test('leaves a uid to the chart that makes it, whatever it is made of', async () => {
  const made = '{{ ternary (printf "\\"%s\\"" (sha1sum (printf "%s-%s" .Release.Namespace (include "jobs.fullname" .)))) "null" .Values.dashboards.deterministicUid }}'
  expect(await lintLines('missing-uid', { 'chart/Chart.yaml': 'name: jobs\n', 'chart/dashboards/jobs.json': JSON.stringify({ ...withUid('made'), title: '{{ .Release.Name }}' }).replace('"made"', made) })).toEqual([])
})

test('wants one that Grafana takes', async () => {
  expect(await lintLines('missing-uid', {
    'fine.json': withUid('a'.repeat(40)),
    'long.json': withUid('a'.repeat(41)),
    'odd.json': withUid('ml.jobs'),
  })).toEqual([
    `long.json:2:10 error «"${'a'.repeat(41)}"» uid "${'a'.repeat(41)}" has 41 characters; Grafana takes 40 at most`,
    'odd.json:2:10 error «"ml.jobs"» uid "ml.jobs" may only have letters, digits, "-" and "_"',
  ])
})
