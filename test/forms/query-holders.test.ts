import { test } from 'vitest'
import { expectMarks } from './marked.js'

test('Sloth, as a file and as a resource', async () => {
  await expectMarks({
    'slo.yml': `version: prometheus/v1
service: worker
slos:
  - name: requests
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(jobs_done_total{queue="«unknown-label-value:male»"}[{{.window}}]))
        total_query: sum(rate(«unknown-metric:jobs_don_total»[{{.window}}]))
`,
    'slo-k8s.yaml': `apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: worker }
spec:
  service: worker
  slos:
    - name: requests
      sli:
        raw:
          errorRatioQuery: |
            sum(rate(jobs_done_total[{{.window}}]))
            /
            sum(rate(«unknown-metric:jobs_don_total»[{{.window}}]))
`,
  })
})

test('Pyrra, KEDA and Argo Rollouts', async () => {
  await expectMarks({
    'slo.yaml': `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: jobs }
spec:
  target: "99"
  window: 4w
  indicator:
    ratio:
      errors:
        metric: jobs_done_total{«unknown-label:queu»="mail"}
      total:
        metric: «unknown-metric:jobs_don_total»
`,
    'scale.yaml': `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: worker }
spec:
  triggers:
    - type: cron
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: sum(«unknown-metric:queue_dept»)
        threshold: '5'
`,
    'analysis.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: jobs }
spec:
  args: [{ name: queue }]
  metrics:
    - name: done
      provider:
        prometheus:
          address: http://prometheus:9090
          query: |
            sum(rate(jobs_done_total{queue="{{args.queue}}"}[5m])) / sum(rate(«unknown-metric:jobs_don_total»[5m]))
`,
  })
})

test('broken queries, at the character', async () => {
  await expectMarks({
    'slo.yml': `version: prometheus/v1
service: worker
slos:
  - name: requests
    objective: 99.9
    sli:
      events:
        error_query: sum(«promql-syntax:ratte»(jobs_done_total{queue="mail"}[5m]))
        total_query: sum(rate(jobs_done_total[5m]))
`,
    'slo.yaml': `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: jobs }
spec:
  target: "99"
  window: 4w
  indicator:
    ratio:
      errors:
        metric: jobs_done_total{queue=«promql-syntax:mail»}
      total:
        metric: jobs_done_total
`,
    'scale.yaml': `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: worker }
spec:
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: «promql-syntax:summ»(queue_depth)
        threshold: '5'
`,
    'analysis.yaml': `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: jobs }
spec:
  metrics:
    - name: done
      provider:
        prometheus:
          address: http://prometheus:9090
          query: |
            sum(queue_depth) >
            «promql-syntax:>» 1
`,
  })
})
