import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const withUid = (uid: unknown) => ({ ...dashboardWith('up'), uid })

test('wants a uid', async () => {
  expect(await lintLines('missing-uid', { 'absent.json': withUid(undefined), 'empty.json': withUid(''), 'null.json': withUid(null) })).toEqual([
    'absent.json:1:1 error «{» This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew',
    'empty.json:2:10 error «""» This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew',
    'null.json:2:10 error «null» This dashboard has no uid: Grafana makes one up, and links and alerts that name it break when it is provisioned anew',
  ])
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
