import { expect, test } from 'vitest'
import { expectMarks } from './marked.js'

test('VMRule and vmalert files: PromQL is checked, and what only MetricsQL has is left open', async () => {
  expect(await expectMarks({
    'vm.yaml': `apiVersion: operator.victoriametrics.com/v1beta1
kind: VMRule
metadata:
  name: jobs
spec:
  groups:
    - name: jobs
      concurrency: 2
      rules:
        - alert: Stuck
          expr: rate(«unknown-metric:jobs_don_total»[5m]) == 0
        - alert: Deep
          expr: range_median(queue_depth) keep_metric_names > 5
`,
    'vmalert.yml': `groups:
  - name: first
    type: prometheus
    rules:
      - record: a
        expr: max(queue_depth)
---
groups:
  - name: second
    type: prometheus
    rules:
      - record: b
        expr: max(«unknown-metric:queue_dept»)
`,
  })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
  ])
})

test('a rule file that calls functions of MetricsQL is for VictoriaMetrics', async () => {
  await expectMarks({
    'slo.yml': `groups:
  - name: slo
    rules:
      - record: done:share
        expr: histogram_share(0.1, sum(rate(jobs_done_total[5m])) by (vmrange))
      - record: done:rate
        expr: sum(rate(«unknown-metric:jobs_don_total»[5m]))
`,
  })
})

test('what the ruler of Mimir and Cortex takes and gives', async () => {
  await expectMarks({
    'namespaces.yaml': `team-a:
  - name: jobs
    rules:
      - record: queue:jobs_done:rate5m
        expr: sum by (queue) (rate(«unknown-metric:jobs_don_total»[5m]))
team-b:
  - name: queues
    source_tenants: [a]
    rules:
      - alert: Deep
        expr: max(queue_depth > 5«promql-syntax:»
        «rule-file-schema:form»: 5m
`,
    'group.yaml': `name: jobs
interval: 1m
rules:
  - alert: Deep
    expr: «unknown-metric:queue_dept» > 5
`,
  })
})

test('rules that nothing loads', async () => {
  expect(await expectMarks({
    'rules/two.yml': `groups:
  - name: first
    rules:
      - record: first
        expr: max(queue_depth)
---
«rule-file-schema:g»roups:
  - name: second
    rules:
      - record: second
        expr: max(no_such_thing)
`,
    'rules/list.yml': `«rule-file-schema:-» alert: Deep
  expr: queue_depth > 5
`,
    'elsewhere/list.yml': `# The parts of a rule file that a script makes
«rule-file-schema:-» name: jobs
  rules:
    - record: x
      expr: no_such_thing
`,
    'rules/uses.yml': `groups:
  - name: uses
    rules:
      - record: third
        expr: first + 1
`,
  })).toEqual([
    'Prometheus loads no rule of a list: a rule file has its rules in "groups"',
    'Prometheus loads no rule of a list: a rule file has its rules in "groups"',
    'Prometheus reads the first document of a rule file only: these rules, after a "---", are never loaded',
  ])
})
