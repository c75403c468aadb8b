import { describe, expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const lint = (text: string) => lintLines('rule-file-schema', { 'rules.yml': text })

test('takes every key that Prometheus takes', async () => {
  expect(await lint(`groups:
  - name: jobs
    interval: 1m30s
    query_offset: 30s
    limit: 10
    labels: { team: jobs }
    rules:
      - alert: JobsStuck
        expr: jobs_queued > 5
        for: 10m
        keep_firing_for: 5m
        labels: { severity: page }
        annotations: { summary: "{{ $value }} jobs" }
      - record: job:jobs_done:rate5m
        expr: sum by (job) (rate(jobs_done_total[5m]))
        labels: { level: job }
  - name: empty
`)).toEqual([])
})

test('takes what the rulers of Thanos, Cortex, Mimir, Grafana Enterprise Metrics and Loki add', async () => {
  expect(await lint(`namespace: jobs
groups:
  - name: jobs
    source_tenants: [team-a, team-b]
    align_evaluation_time_on_interval: true
    evaluation_delay: 1m
    partial_response_strategy: warn
    remote_write:
      - url: http://mimir/api/v1/push
    rules:
      - record: job:jobs_done:rate5m
        expr: sum by (job) (rate(jobs_done_total[5m]))
`)).toEqual([])
  expect(await lint(`groups:
  - name: logs
    remote_write: [{ url: http://mimir/api/v1/push }]
    rules:
      - record: job:lines:rate5m
        expr: sum by (job) (rate({app="jobs"} |= "error" [5m]))
`)).toEqual([])
})

test('leaves what only vmalert reads to vmalert', async () => {
  expect(await lint('groups:\n  - name: jobs\n    tenant: "1:2"\n    rules: [{ alert: A, expr: up == 0, debug: true, for: 1d12h }]\n')).toEqual([])
})

test('leaves values alone that Helm fills in, and looks at the others', async () => {
  expect(await lint(`groups:
  - name: jobs
    interval: "{{ .Values.interval }}"
    rules:
      - alert: JobsStuck
        expr: jobs_queued > {{ .Values.limit }}
        for: "{{ .Values.for }}"
        annotation: { summary: "{{ $value }} jobs" }
`)).toEqual(['rules.yml:8:9 error «annotation» unknown key "annotation" in "rules[0]". Did you mean "annotations"?'])
})

describe('points at what Prometheus refuses', () => {
  test('in the form of the file', async () => {
    expect(await lint(`groups:
  - name: jobs
    intervall: 1m
    rules:
      - alert: JobsStuck
        expr: jobs_queued > 5
        for: 10 minutes
        lables: { severity: page }
      - alert: JobsLost
        record: jobs:lost
        expr: jobs_lost
      - record: jobs:queued
        annotations: { summary: none }
        expr: jobs_queued
      - alert: JobsSlow
`)).toEqual([
      'rules.yml:3:5 error «intervall» unknown key "intervall" in "groups[0]". Did you mean "interval"?',
      'rules.yml:7:14 error «10 minutes» not a duration: Prometheus takes numbers with the units y, w, d, h, m, s and ms, in this order ("1h30m")',
      'rules.yml:8:9 error «lables» unknown key "lables" in "rules[0]". Did you mean "labels"?',
      'rules.yml:9:16 error «JobsLost» a rule has either "alert" or "record", not both',
      'rules.yml:13:22 error «{ summary: none }» a recording rule has no annotations',
      'rules.yml:15:9 error «alert: JobsSlow» "rules[3]" lacks "expr"',
    ])
  })

  test('beyond the form of the file', async () => {
    expect(await lint(`groups:
  - name: jobs
    rules:
      - record: sum(jobs)
        expr: jobs_queued
  - name: jobs
    rules: []
`)).toEqual([
      'rules.yml:4:17 error «sum(jobs)» "sum(jobs)" is not a name for a metric',
      'rules.yml:6:11 error «jobs» Group "jobs" is already defined on line 2',
    ])
  })
})

test('leaves the rule files of others alone: PrometheusRule resources, Grafana\'s alerting, any list called groups', async () => {
  expect(await lintLines('rule-file-schema', {
    'resource.yml': 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: jobs\n      rules: []\n',
    'grafana.yml': 'apiVersion: 1\ngroups:\n  - orgId: 1\n    name: jobs\n    folder: Jobs\n    rules:\n      - { uid: a, title: Jobs, condition: A, data: [] }\n',
    'users.yml': 'groups:\n  - name: admins\n    members: [a, b]\n',
  })).toEqual([])
})

test('leaves the files of vmalert to vmalert', async () => {
  const rules = (key: string) => `groups:
  - name: jobs
    ${key}
    rules:
      - alert: JobsStuck
        expr: jobs_queued > 5
        debug: true
`
  expect(await lint(rules('concurrency: 2'))).toEqual([])
  expect(await lint(rules('interval: 1m'))).toEqual(['rules.yml:7:9 error «debug» unknown key "debug" in "rules[0]"'])
})
