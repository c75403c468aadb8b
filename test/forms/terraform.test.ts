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

test('a rule file that templatefile() reads, with conditions on lines of their own', async () => {
  expect(await expectMarks({
    'templates/rules.yml.tftpl': `groups:
  - name: \${name}-jobs
    interval: \${interval}
    rules:
%{ if page ~}
      - alert: QueueFull\${suffix}
        expr: |
          max by (queue) (queue_depth{team="\${team}"}) > \${limit}
%{ if quiet }
            and on () hour() > 7
%{ endif }
        for: \${patience}
        labels: { severity: "\${severity}" }
        annotations: { summary: "{{ $labels.queue }} of $\${team} is full" }
%{ endif ~}
%{ for queue in queues ~}
      - alert: Idle\${queue}
        expr: rate(«unknown-metric:jobs_dne_total»{queue="\${queue}"}[\${window}]) == 0
%{ endfor ~}
      - record: \${prefix}:jobs:rate
        expr: sum(rate(jobs_done_total[5m]))
`,
  })).toEqual(['No producer exposes "jobs_dne_total". Did you mean "jobs_done_total" (counter, src/metrics.ts:3)?'])
})

test('a dashboard that templatefile() reads is known by its name', async () => {
  expect(await expectMarks({
    'templates/jobs.json.tftpl': dashboard(panel(1, 'max(«unknown-metric:queue_dept»{queue=\\"$${queue}\\", team=\\"${team}\\"})')),
  })).toEqual(['No producer exposes "queue_dept". Did you mean "queue_depth" (gauge, src/metrics.ts:4)?'])
})

test('a configuration of Prometheus in a template is not read, and leaves open what is scraped', async () => {
  const files = { 'templates/prometheus.yml.tftpl': 'scrape_configs:\n  - job_name: node\n    static_configs: [{ targets: ["${ip}:9100"] }]\n', 'rules.yml': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: up{job="other"} == 0\n' }
  expect(await expectMarks(files)).toEqual([])
})

test('nothing in a template is called a mistake of its form', async () => {
  expect(await expectMarks({
    'templates/rules.yml.tftpl': 'groups:\n  - name: a\n    rules: ${jsonencode(rules)}\n  - { broken: [${x}\n',
    'templates/board.json.tftpl': '{ "panels": ${panels}, "templating": { "list": [] }, "schemaVersion": 39 }',
    'templates/cloud-init.tftpl': '#!/bin/sh\necho "${x}" > /etc/x: {\n',
    'templates/empty.tftpl': '',
  })).toEqual([])
  const { workspace } = await loadFiles({ 'templates/board.json.tftpl': '{ "panels": ${panels}, "templating": { "list": [] }, "schemaVersion": 39 }' })
  expect(workspace.unread).toEqual([{ form: 'Terraform template', path: 'templates/board.json.tftpl' }])
})

test('a broken query with nothing filled in is one, and two dashboards of one uid are left to the conditions', async () => {
  await expectMarks({
    'templates/rules.yml.tftpl': 'groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: «promql-syntax:summ»(queue_depth) > 1\n      - alert: B\n        expr: summ(queue_depth{team="${team}"}) >\n',
    'templates/a.json.tftpl': dashboard(panel(1, 'max(queue_depth{queue=\\"$queue\\"})')),
    'templates/b.json.tftpl': dashboard(panel(1, 'max(queue_depth{queue=\\"$queue\\"})')),
  })
})
