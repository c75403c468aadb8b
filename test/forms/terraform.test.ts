import { expect, test } from 'vitest'
import { loadFiles } from '../workspace/load-files.js'
import { expectMarks } from './marked.js'

const panel = (id: number, expr: string) => `{ "id": ${id}, "type": "stat", "title": "Panel %{ if named }\${name}%{ endif }", "gridPos": { "x": 0, "y": 0, "w": 12, "h": 8 }, "datasource": { "type": "prometheus", "uid": "\${datasource}" }, "targets": [{ "refId": "A", "expr": "${expr}" }] }`
const dashboard = (panels: string) => `{
  "uid": "jobs", "title": "Jobs", "tags": ["jobs"], "schemaVersion": 39,
  "templating": { "list": [{ "name": "queue", "type": "custom", "query": "mail,print" }] },
  "panels": [
    ${panels}
  ]
}
`

test('a dashboard for templatefile, with conditions outside and inside of strings', async () => {
  expect(await expectMarks({
    'dashboards/jobs.json': dashboard([
      panel(1, 'max(«unknown-metric:queue_dept»{queue=\\"$queue\\", team=\\"${team}\\"})'),
      '%{ if detailed != "" ~}',
      `, ${panel(2, 'sum(rate(jobs_done_total{%{ if filtered == "yes" }queue=\\"mail\\"%{ endif }}[${window}]))')}`,
      '%{ else ~}',
      `, ${panel(2, 'max(queue_depth{queue=\\"$«unknown-variable:${queu}»\\"})')}`,
      '%{ endif ~}',
    ].join('\n    ')),
  })).toEqual([
    'No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?',
    'No variable "queu" is defined in this dashboard. Did you mean "queue"?',
  ])
})

test('a template that is no dashboard yet is counted, and nothing is said of it', async () => {
  const repeated = dashboard(`%{ for panel in panels ~}\n    \${panel},\n    %{ endfor ~}\n    ${panel(1, 'max(queue_dept)')}`)
  expect(await expectMarks({ 'dashboards/jobs.json': repeated })).toEqual([])
  const { workspace } = await loadFiles({ 'dashboards/jobs.json': repeated })
  expect(workspace.unread).toEqual([{ form: 'Terraform template', path: 'dashboards/jobs.json' }])
})
