import { expect, test } from 'vitest'
import { expectMarks } from './marked.js'

test('a PrometheusRule among other documents', async () => {
  expect(await expectMarks({
    'k8s/rules.yaml': `apiVersion: v1
kind: Service
metadata:
  name: worker
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: jobs
  labels:
    role: alert-rules
spec:
  groups:
    - name: jobs
      interval: 1m
      partial_response_strategy: warn
      labels:
        team: mail
      rules:
        - record: queue:jobs_done:rate5m
          expr: sum by (queue) (rate(jobs_done_total[5m]))
        - alert: Stuck
          expr: |
            rate(«unknown-metric:jobs_don_total»[5m]) == 0
              and on (queue) queue:jobs_done:rate5m > 0
          annotations:
            summary: Nothing is done in {{ $labels.queue }}
        - alert: Broken
          expr: sum(queue_depth«promql-syntax:»
        - alert: Late
          «rule-file-schema:form»: 5m
          expr: queue_depth{queue="«unknown-label-value:male»"} > 9
`,
  })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'unclosed left parenthesis',
    'unknown key "form" in "rules[3]". Did you mean "for"?',
    'Label "queue" of "queue_depth" (gauge, src/metrics.ts:4) is never "male". It is one of: "mail".',
  ])
})

test('PrometheusRules in a list, in YAML and JSON', async () => {
  await expectMarks({
    'all.yaml': `apiVersion: v1
kind: List
items:
  - apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: { name: a }
    spec: { groups: [{ name: a, rules: [{ alert: A, expr: «unknown-metric:queue_dept» > 5 }] }] }
  - apiVersion: v1
    kind: ConfigMap
    data: { LOG_LEVEL: debug }
`,
    'all.json': '{"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRuleList", "items": [{"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule", "spec": {"groups": [{"name": "a", "rules": [{"alert": "A", "expr": "«unknown-metric:queue_depht» > 5"}]}]}}]}\n',
  })
})
