import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const file = (...alerts: readonly object[]) => `groups:\n  - name: g\n    rules:\n${alerts.map((alert, i) => `      - ${JSON.stringify({ alert: `A${i}`, ...alert })}\n`).join('')}`
const said = (name: string) => `${name}() picks other series whenever the ranking changes, and each is an alert of its own: those that drop out resolve, and those that come in wait for "for" anew. Alert on all that pass the limit`

test('reports a ranking whose series are the alerts', async () => {
  expect(await lintLines('ranking-in-alert', { 'rules.yml': file(
    { expr: 'topk(10, jobs_queued > 0)' },
    { expr: '(0.5 < ceil(bottomk(3, jobs_queued) * 100)) unless on () up == 0' },
    { expr: 'up == 0 or limitk(2, jobs_queued)' },
  ) })).toEqual([
    `rules.yml:4:31 warning «topk» ${said('topk')}`,
    `rules.yml:5:43 warning «bottomk» ${said('bottomk')}`,
    `rules.yml:6:42 warning «limitk» ${said('limitk')}`,
  ])
})

test('says nothing of one of doublets, of a ranking that is summed up, and of records', async () => {
  expect(await lintLines('ranking-in-alert', { 'rules.yml': `${file(
    { expr: 'topk by (namespace, resource) (1, quota) > 0.9' },
    { expr: 'sum(topk(3, jobs_queued)) > 10' },
    { expr: 'jobs_queued > on () group_left () topk(1, jobs_limit)' },
    { expr: 'jobs_queued > 1 and topk(3, jobs_queued)' },
  )}      - { record: r, expr: 'topk(3, jobs_queued)' }\n` })).toEqual([])
})
