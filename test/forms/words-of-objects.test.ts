import { test } from 'vitest'
import { dashboardWith } from '../rules/lint-files.js'
import { expectMarks } from './marked.js'

test('words that every object of JavaScript has are words like others', async () => {
  const dashboard = dashboardWith('max(«unknown-metric:queue_dept»)')
  const panels = (dashboard as { panels: object[] }).panels.map((panel) => ({ ...panel, type: 'constructor' }))
  await expectMarks({
    'src/other.ts': "import client from 'prom-client'\nexport const x = (y: any) => new y.constructor({ name: 'made_here', help: 'x' }), z = client.constructor, t = 'a'.valueOf()\n",
    'src/other.py': "from prometheus_client import Counter\nname = 'a'.constructor\nCounter('python_jobs', 'x').inc()\n",
    'jobs.json': JSON.stringify({ ...dashboard, panels, templating: { list: [{ name: 'constructor', type: 'toString', query: 'x' }] } }),
    'types.json': JSON.stringify({ ...dashboardWith(), uid: 'types', title: 'Types', panels: [{ id: 1, type: 'stat', title: 'A', datasource: { type: 'valueOf' }, targets: [{ expr: 'x', query: '$y' }] }] }),
    'v2.yaml': 'apiVersion: dashboard.grafana.app/v2\nkind: Dashboard\nmetadata: { name: a }\nspec:\n  title: A\n  tags: [a]\n  elements: {}\n  layout: { kind: constructor, spec: {} }\n  variables: [{ kind: constructor, spec: { name: toString } }]\n',
    'vm.yml': 'groups:\n  - name: a\n    «rule-file-schema:type»: constructor\n    rules:\n      - record: a\n        expr: max(queue_depth)\n',
  })
})
