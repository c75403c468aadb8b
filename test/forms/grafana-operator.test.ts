import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from '../rules/lint-files.js'
import { expectMarks, producer } from './marked.js'

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ')
const withoutUid = { ...dashboardWith('max(«unknown-metric:queue_dept»)'), uid: undefined }

test('GrafanaDashboard and GrafanaDatasource', async () => {
  expect(await expectMarks({
    'grafana.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDatasource
metadata: { name: prometheus }
spec:
  datasource:
    name: Prometheus
    type: prometheus
    uid: prometheus
    access: proxy
    url: http://prometheus:9090
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata: { name: jobs }
spec:
  uid: jobs
  json: |
${indented(JSON.stringify(withoutUid, null, 2))}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata: { name: again }
spec:
  json: >
${indented(JSON.stringify({ ...dashboardWith('sum(queue_depth'), title: 'Again' }, null, 2)).replace('"jobs"', '«duplicate-uid:"jobs"»').replace('(queue_depth', '(queue_depth«promql-syntax:»').replace('"uid": "prometheus"', '"uid": «unknown-datasource:"promethius"»')}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata: { name: elsewhere }
spec:
  url: https://example.org/dashboard.json
`,
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'uid "jobs" is already used by "Jobs": Grafana keeps one dashboard of a uid, so that the second is refused or replaces the first',
    'No datasource "promethius" is provisioned. Did you mean "prometheus"?',
    'unclosed left parenthesis',
  ])
})

test('a packed dashboard is reported at the string that packs it', async () => {
  const packed = gzipSync(JSON.stringify(dashboardWith('max(queue_dept)'))).toString('base64')
  expect(await lintLines('unknown-metric', {
    'src/metrics.ts': producer,
    'packed.yaml': `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: { name: jobs }\nspec:\n  gzipJson: ${packed}\n`,
    'broken.yaml': 'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: { name: jobs }\nspec:\n  gzipJson: H4sIAAAA\n',
  })).toEqual([
    `packed.yaml:5:13 error «${packed}» No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?`,
  ])
})
