import { expect, test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { expectMarks } from './marked.js'

const indented = (text: string, by = 4) => text.replace(/^(?=.)/gm, ' '.repeat(by))
const dashboard = (uid: string, expr: string) => indented(JSON.stringify({ ...dashboardWith(expr), uid, title: uid }, null, 2))

test('dashboards, rules and a configuration of Prometheus in ConfigMaps', async () => {
  expect(await expectMarks({
    'monitoring.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: dashboards
data:
  jobs.json: |-
${dashboard('jobs', 'sum(«unknown-metric:jobs_don_total»{queue="mail"})')}
  queues.json: |
${dashboard('queues', 'max(queue_depth)')}
  again.json: |
${dashboard('other', 'sum(max(queue_depth)').replace('"other"', '«duplicate-uid:"jobs"»').replace('_depth)', '_depth)«promql-syntax:»')}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: prometheus
data:
  prometheus.yml: |
    scrape_configs:
      - job_name: worker
        static_configs:
          - targets: ['worker:9100']
  rules.yml: |
    groups:
      - name: jobs
        rules:
          - alert: Deep
            expr: >-
              «unknown-metric:queue_dept»
              > 100
`,
  })).toEqual([
    'No producer exposes "jobs_don_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?',
    'uid "jobs" is already used by "jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
    'unclosed left parenthesis',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
  ])
})

test('a list of ConfigMaps; a broken file in one hides nothing of the others', async () => {
  expect(await expectMarks({
    'maps.yaml': `apiVersion: v1
kind: ConfigMapList
items:
- apiVersion: v1
  kind: ConfigMap
  data:
    broken.json: |
      {
        "title": "Broken",
        "panels": [],
        "templating": { "list": [] }«parse-error:]»
      }
    jobs.json: "{\\"uid\\": \\"jobs\\", \\"title\\": \\"Jobs\\", \\"tags\\": [\\"a\\"], \\"panels\\": [{\\"id\\": 1, \\"type\\": \\"stat\\", \\"title\\": \\"Jobs\\", \\"targets\\": [{\\"expr\\": \\"max(«unknown-metric:queue_dept»{queue=\\\\\\"mail\\\\\\"})\\"}]}]}"
- apiVersion: v1
  kind: ConfigMap
  data:
    alerts.rules: |
      groups:
        - name: jobs
          rules:
            - alert: Deep
             «parse-error:expr:» queue_depth > 100
`,
  })).toEqual([
    'Expected "," or "}" in the object that begins on line 8, found "]"',
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'Expected "- " before "expr:", as the list has begun',
  ])
})
