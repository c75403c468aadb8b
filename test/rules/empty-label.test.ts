import { expect, test } from 'vitest'
import { lintFiles, lintLines } from './lint-files.js'

test('reports labels of rules and groups that have no value', async () => {
  const files = { 'rules.yml': `groups:
  - name: jobs
    labels: { team: "" }
    rules:
      - alert: JobsStuck
        expr: jobs_queued > 5
        labels:
          severity:
          page: "{{ $value }}"
      - record: job:jobs_done:rate5m
        expr: rate(jobs_done_total[5m])
        labels: { level: '' }
` }
  expect(await lintLines('empty-label', files)).toEqual([
    'rules.yml:3:21 warning «""» Label "team" has no value: Prometheus takes the label away instead of adding it',
    'rules.yml:8:20 warning «» Label "severity" has no value: Prometheus takes the label away instead of adding it',
    'rules.yml:12:26 warning «\'\'» Label "level" has no value: Prometheus takes the label away instead of adding it',
  ])
  expect((await lintFiles('empty-label', files)).map(({ context }) => context)).toEqual(['group "jobs"', 'alert "JobsStuck" in group "jobs"', 'recording rule "job:jobs_done:rate5m" in group "jobs"'])
})

test('says nothing of a label that the group adds and a rule takes away, and of LogQL', async () => {
  expect(await lintLines('empty-label', { 'rules.yml': 'groups:\n  - name: g\n    labels: { team: jobs }\n    rules:\n      - { record: "a:b", expr: up, labels: { team: "" } }\n' })).toEqual([])
  expect(await lintLines('empty-label', { 'rules.yml': 'groups:\n  - name: g\n    rules:\n      - { alert: A, expr: \'sum(rate({app="x"} |= "error" [5m])) > 1\', labels: { team: "" } }\n' })).toEqual([])
})
